"""The pages of loans: what is offered, one's own, the officer's desk, one loan from wish to last won."""

from . import changes, late, loans, money, papers, products, reports, review

urlpatterns = [
    *changes.urlpatterns,
    *late.urlpatterns,
    *loans.urlpatterns,
    *money.urlpatterns,
    *papers.urlpatterns,
    *products.urlpatterns,
    *reports.urlpatterns,
    *review.urlpatterns,
]

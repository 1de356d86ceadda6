"""The pages of loans: what is offered, one's own, the officer's desk, one loan from wish to last won."""

from . import changes, late, loans, money, products, reports

urlpatterns = [
    *changes.urlpatterns,
    *late.urlpatterns,
    *loans.urlpatterns,
    *money.urlpatterns,
    *products.urlpatterns,
    *reports.urlpatterns,
]

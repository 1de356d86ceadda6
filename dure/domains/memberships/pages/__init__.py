"""The pages of the memberships."""

from . import admission, bank, dues, members, papers, receipts

urlpatterns = [
    *admission.urlpatterns,
    *dues.urlpatterns,
    *bank.urlpatterns,
    *papers.urlpatterns,
    *receipts.urlpatterns,
    *members.urlpatterns,
]

check_urlpatterns = papers.check_urlpatterns

"""The pages of the memberships."""

from . import admission, bank, dues, members, receipts

urlpatterns = [
    *admission.urlpatterns,
    *dues.urlpatterns,
    *bank.urlpatterns,
    *receipts.urlpatterns,
    *members.urlpatterns,
]

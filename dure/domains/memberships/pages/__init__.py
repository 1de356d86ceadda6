"""The pages of the memberships."""

from . import admission, dues, members, receipts

urlpatterns = [
    *admission.urlpatterns,
    *dues.urlpatterns,
    *receipts.urlpatterns,
    *members.urlpatterns,
]

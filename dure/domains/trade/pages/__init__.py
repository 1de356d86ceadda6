"""The pages of mutual trade."""

from . import clearing, corrections, deals, fund, totals

urlpatterns = [
    *deals.urlpatterns,
    *corrections.urlpatterns,
    *fund.urlpatterns,
    *totals.urlpatterns,
    *clearing.urlpatterns,
]

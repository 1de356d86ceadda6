"""The pages of mutual trade."""

from . import clearing, corrections, deals, fund, orders, totals

urlpatterns = [
    *deals.urlpatterns,
    *corrections.urlpatterns,
    *fund.urlpatterns,
    *orders.urlpatterns,
    *totals.urlpatterns,
    *clearing.urlpatterns,
]

"""The pages of mutual trade."""

from . import clearing, corrections, deals, fund, listings, orders, totals

urlpatterns = [
    *deals.urlpatterns,
    *corrections.urlpatterns,
    *fund.urlpatterns,
    *listings.urlpatterns,
    *orders.urlpatterns,
    *totals.urlpatterns,
    *clearing.urlpatterns,
]

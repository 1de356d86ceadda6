"""The pages of mutual trade."""

from . import bundles, clearing, corrections, deals, fund, group_buys, listings, orders, totals

urlpatterns = [
    *deals.urlpatterns,
    *corrections.urlpatterns,
    *fund.urlpatterns,
    *listings.urlpatterns,
    *orders.urlpatterns,
    *group_buys.urlpatterns,
    *bundles.urlpatterns,
    *totals.urlpatterns,
    *clearing.urlpatterns,
]

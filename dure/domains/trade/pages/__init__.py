"""The pages of mutual trade."""

from . import (
    bundles,
    clearing,
    corrections,
    deals,
    fund,
    group_buys,
    listing_files,
    listings,
    orders,
    profiles,
    totals,
)

urlpatterns = [
    *deals.urlpatterns,
    *corrections.urlpatterns,
    *fund.urlpatterns,
    *listing_files.urlpatterns,
    *listings.urlpatterns,
    *orders.urlpatterns,
    *profiles.urlpatterns,
    *group_buys.urlpatterns,
    *bundles.urlpatterns,
    *totals.urlpatterns,
    *clearing.urlpatterns,
]

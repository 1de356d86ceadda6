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
    papers,
    profiles,
    recurring,
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
    *papers.urlpatterns,
    *recurring.urlpatterns,
    *totals.urlpatterns,
    *clearing.urlpatterns,
]

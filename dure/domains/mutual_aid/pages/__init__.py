"""The pages of mutual aid: one's own, the office's desk, claims and those who review them, plans."""

from . import campaigns, claims, enrolments, plans, reserve, solvency

urlpatterns = [
    *enrolments.urlpatterns,
    *claims.urlpatterns,
    *plans.urlpatterns,
    *reserve.urlpatterns,
    *solvency.urlpatterns,
    *campaigns.urlpatterns,
]

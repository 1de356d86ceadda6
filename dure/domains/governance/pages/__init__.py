"""The pages of bodies, meetings, votes, issues."""

from . import agenda, bodies, meetings, papers, votes

urlpatterns = [
    *bodies.urlpatterns,
    *meetings.urlpatterns,
    *votes.urlpatterns,
    *papers.urlpatterns,
    *agenda.urlpatterns,
]

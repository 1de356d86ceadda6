"""The pages of bodies, meetings, votes, issues."""

from . import agenda, bodies, meetings, minutes, papers, votes

urlpatterns = [
    *bodies.urlpatterns,
    *meetings.urlpatterns,
    *votes.urlpatterns,
    *minutes.urlpatterns,
    *papers.urlpatterns,
    *agenda.urlpatterns,
]

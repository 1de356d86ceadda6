"""The pages of bodies, meetings, votes, issues."""

from . import agenda, bodies, meetings, minutes, notices, papers, resolutions, rooms, votes

urlpatterns = [
    *bodies.urlpatterns,
    *meetings.urlpatterns,
    *notices.urlpatterns,
    *rooms.urlpatterns,
    *votes.urlpatterns,
    *minutes.urlpatterns,
    *papers.urlpatterns,
    *resolutions.urlpatterns,
    *agenda.urlpatterns,
]

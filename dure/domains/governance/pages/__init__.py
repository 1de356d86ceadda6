"""The pages of bodies, meetings, votes."""

from . import bodies, meetings, papers, votes

urlpatterns = [
    *bodies.urlpatterns,
    *meetings.urlpatterns,
    *votes.urlpatterns,
    *papers.urlpatterns,
]

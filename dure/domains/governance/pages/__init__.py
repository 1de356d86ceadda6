"""The pages of bodies, meetings, votes, elections, issues."""

from . import (
    activity,
    agenda,
    bodies,
    calendar,
    demands,
    elections,
    meetings,
    minutes,
    notices,
    papers,
    resolutions,
    rooms,
    statistics,
    votes,
    writing,
)

urlpatterns = [
    *bodies.urlpatterns,
    *calendar.urlpatterns,
    *meetings.urlpatterns,
    *notices.urlpatterns,
    *rooms.urlpatterns,
    *votes.urlpatterns,
    *elections.urlpatterns,
    *writing.urlpatterns,
    *minutes.urlpatterns,
    *papers.urlpatterns,
    *resolutions.urlpatterns,
    *statistics.urlpatterns,
    *activity.urlpatterns,
    *demands.urlpatterns,
    *agenda.urlpatterns,
]

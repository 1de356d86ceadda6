"""The pages of bodies, meetings, votes."""

from . import bodies, meetings, votes

urlpatterns = [*bodies.urlpatterns, *meetings.urlpatterns, *votes.urlpatterns]

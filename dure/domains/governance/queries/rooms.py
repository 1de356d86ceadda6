"""The room of a meeting, read: the code on its wall."""

from __future__ import annotations

from django.conf import settings

from dure.kernel.acts import Act

from .. import policies
from ..models import Meeting
from ..rules import rooms


def room_code(act: Act, meeting: Meeting) -> str:
    """The code of this minute, for whoever runs the meeting and shows it to the room."""
    policies.can_run_meeting(act, meeting).enforce()
    return rooms.room_code(settings.SECRET_KEY, meeting.pk, act.at)


def opens_room(act: Act, meeting: Meeting, given: str) -> bool:
    """Whether a code was on the wall of this meeting within the last minutes."""
    return rooms.opens_room(settings.SECRET_KEY, meeting.pk, act.at, given)

"""A meeting is opened by its chair, and closed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import MeetingClosed, MeetingOpened
from ..models import Attendance, Meeting, Vote
from ..rules.rooms import CHAIR_REASONS
from .meetings import State, in_state


class NotItsDay(Refusal):
    """Everybody was told of one day; on another they are not there."""

    text = _("This meeting was called for %(day)s. It is opened on that day.")
    remedy = _("To meet on another day, call a meeting for it.")


class ChairMissing(InvalidInput):
    """Somebody leads a meeting: the chair of the body, or whoever stands in."""

    text = _("Name who leads the meeting: the chair of “%(body)s” is not there.")


class ChairUnexplained(InvalidInput):
    """Who is not the chair of the body leads by some right."""

    text = _("%(name)s is not the chair of “%(body)s”. Say by what right this person leads.")


class VotesStillOpen(Refusal):
    """A meeting ends after its votes."""

    text = _("“%(question)s” is still being voted on.")
    remedy = _("Close the vote or break it off first.")


@command
def open_meeting(
    act: Act, *, meeting_id: int, chair_id: int | None = None, chair_reason: str = ""
) -> Meeting:
    """Open the meeting on its day, from which notice was counted; whether it can decide shows its
    quorum. The chair of the body leads it when there; somebody else is named, with the reason
    (rules.rooms 1.). Raises MeetingNotSo, NotItsDay, ChairMissing, ChairUnexplained.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_open_meeting(act, meeting).enforce()
    in_state(meeting, State.CONVENED)
    if act.today != (day := day_of(meeting.starts_at)):
        raise NotItsDay(day=day.isoformat())
    chair = queries.chair_of(meeting.body, day)
    if chair_id is None and chair is not None:
        sits = Attendance.objects.filter(meeting=meeting, person=chair, until_at=None)
        chair_id = chair if act.actor_id == chair or sits.exists() else None
    if chair_id is None:
        raise ChairMissing(body=meeting.body.name)
    if not parties.party_exists(chair_id, "person"):
        raise NotFound
    if chair_id == chair:
        chair_reason = ""
    elif chair_reason not in dict(CHAIR_REASONS):
        raise ChairUnexplained(name=parties.party_name(chair_id), body=meeting.body.name)
    # ---
    meeting.state, meeting.opened_at = State.OPEN, act.at
    meeting.chair_id, meeting.chair_reason = chair_id, chair_reason
    meeting.save(update_fields=["state", "opened_at", "chair", "chair_reason"])
    record(act, MeetingOpened(meeting.pk, meeting.title, chair_id, chair_reason))
    return meeting


@command
def close_meeting(act: Act, *, meeting_id: int) -> Meeting:
    """The meeting is over; who is still there leaves. One in which nothing could be decided for want
    of a quorum has failed and can be called again. Raises MeetingNotSo, VotesStillOpen.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_close_meeting(act, meeting).enforce()
    in_state(meeting, State.OPEN)
    votes = Vote.objects.filter(item__meeting=meeting).order_by("pk")
    waiting = votes.filter(state=Vote.State.OPEN).first()
    if waiting is not None:
        raise VotesStillOpen(question=waiting.question)
    decided = votes.filter(state=Vote.State.CLOSED).exists()
    failed = not decided and not queries.live_quorum(meeting).met
    voters = queries.voters_of(meeting.body, day_of(meeting.starts_at))
    came = Attendance.objects.filter(meeting=meeting).order_by().values("party_id").distinct()
    # ---
    meeting.state = State.FAILED if failed else State.CLOSED
    meeting.closed_at = act.at
    meeting.voters_count, meeting.came_count = len(voters), came.count()
    meeting.save(update_fields=["state", "closed_at", "voters_count", "came_count"])
    Attendance.objects.filter(meeting=meeting, until_at=None).update(until_at=act.at)
    left = queries.meeting_record(meeting)
    record(act, MeetingClosed(meeting.pk, meeting.title, failed, left))
    return meeting

"""How voters are told of a meeting, and the proof of it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.memberships.rules.conduct import NOTICE_WAYS
from dure.kernel.acts import Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import NoticesNoted
from ..models import Meeting, Notice
from .letters import queue_letters
from .meetings import State, in_state


class ToldAfterMeeting(InvalidInput):
    """One is told before the meeting, and a proof is noted after the fact."""

    text = _("Voters were told by the day of the meeting (%(meeting)s), and not in days to come.")


class ToldBeforeCall(InvalidInput):
    """What was not called yet nobody was told of."""

    text = _("The meeting was called on %(called)s; nobody was told of it before.")


class NobodyTold(Refusal):
    """None of those named has a vote in this meeting."""

    text = _("None of those named has a vote in this meeting.")


class NobodyReached(Refusal):
    """A letter needs an address."""

    text = _("None of those left has an e-mail address.")
    remedy = _("Print their letters, or tell them in hand, and note it.")


class AllTold(Refusal):
    """Nobody is left to be told."""

    text = _("Every voter was told already, or a letter is on its way.")
    remedy = _("Whoever was told before the letter arrives is noted by name, in the list.")


@command
def note_notices(
    act: Act, *, meeting_id: int, way: str, told_date: date, party_ids: tuple[int, ...] = ()
) -> int:
    """Note that voters were told of the meeting, when and how; without ids all who were not yet and have
    no letter on its way. How many. Raises MeetingNotSo, ToldAfterMeeting, ToldBeforeCall, NobodyTold, AllTold.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_note_notices(act, meeting).enforce()
    in_state(meeting, State.CONVENED, State.OPEN)
    if way not in dict(NOTICE_WAYS):
        raise NotFound
    day = day_of(meeting.starts_at)
    if told_date > act.today or told_date > day:
        raise ToldAfterMeeting(meeting=day.isoformat())
    called = day_of(meeting.convened_at or meeting.starts_at)
    if told_date < called:
        raise ToldBeforeCall(called=called.isoformat())
    voters = queries.voters_of(meeting.body, day)
    named = frozenset(party_ids)
    left = voters - queries.told_dates(meeting).keys() - queries.on_their_way(meeting)
    told = voters & named if named else left
    if not told:
        raise NobodyTold if named else AllTold
    # ---
    Notice.objects.bulk_create(
        (
            Notice(
                meeting=meeting, party_id=one, way=way, told_date=told_date, noted_at=act.at,
                noted_by_id=act.actor_id,
            )
            for one in sorted(told)
        ),
        batch_size=500,
    )  # fmt: skip
    record(act, NoticesNoted(meeting.pk, meeting.title, len(told), way, told_date))
    return len(told)


@command
def send_notices(act: Act, *, meeting_id: int) -> int:
    """Send letters to those left who can be mailed now: newly addressed, or come back. How many.

    Raises MeetingNotSo, NobodyReached.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_send_notices(act, meeting).enforce()
    in_state(meeting, State.CONVENED)
    # ---
    count = queue_letters(act, meeting)
    if not count:
        raise NobodyReached
    return count

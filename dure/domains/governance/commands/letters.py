"""The letters of notice: queued when a meeting is called; each is noted when it arrives or comes back."""

from __future__ import annotations

from django.db.models import Max

from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.refusals import NotFound

from .. import policies, queries
from ..events import NoticeArrived, NoticeReturned, NoticesQueued
from ..models import Meeting, Notice


def queue_letters(act: Act, meeting: Meeting) -> int:
    """Queue a letter to every voter who has an e-mail address and was not told yet; how many."""
    day = day_of(meeting.starts_at)
    left = queries.voters_of(meeting.body, day) - queries.told_dates(meeting).keys()
    reached = parties.emails_of(left - queries.on_their_way(meeting), day)
    if not reached:
        return 0
    last = Notice.objects.aggregate(last=Max("pk"))["last"] or 0
    Notice.objects.bulk_create(
        (
            Notice(
                meeting=meeting,
                party_id=one,
                way="mail",
                noted_at=act.at,
                noted_by_id=act.actor_id,
            )
            for one in sorted(reached)
        ),
        batch_size=500,
    )
    record(act, NoticesQueued(meeting.pk, meeting.title, len(reached), len(left), last))
    return len(reached)


@command
def note_notice_arrived(act: Act, *, notice_id: int) -> Notice:
    """The mail server took the letter: its reader is told as of today, until the meeting begins.

    Raises NotFound.
    """
    notice: Notice = Notice.objects.select_related("meeting").hold(notice_id)
    policies.can_note_notice_arrived(act).enforce()
    sent = notice.told_date is None and notice.returned_at is None
    if not sent or notice.meeting.state != Meeting.State.CONVENED:
        raise NotFound
    # ---
    notice.told_date = act.today
    notice.save(update_fields=["told_date"])
    record(act, NoticeArrived(notice.pk, notice.meeting_id, notice.meeting.title, act.today))
    return notice


@command
def note_notice_returned(act: Act, *, notice_id: int, reason: str = "") -> Notice:
    """A letter came back, by mail or by post: its reader was not told by it. After the
    meeting it changes nothing any more. Raises NotFound.
    """
    notice: Notice = Notice.objects.select_related("meeting").hold(notice_id)
    policies.can_note_notice_returned(act, notice.meeting).enforce()
    called = (Meeting.State.CONVENED, Meeting.State.OPEN)
    if notice.returned_at is not None or notice.meeting.state not in called:
        raise NotFound
    # ---
    notice.returned_at = act.at
    notice.returned_why = clean_text(reason, 120, "reason")
    notice.save(update_fields=["returned_at", "returned_why"])
    record(
        act,
        NoticeReturned(notice.pk, notice.meeting_id, notice.meeting.title, notice.returned_why),
    )
    return notice

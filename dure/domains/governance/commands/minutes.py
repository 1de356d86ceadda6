"""Minutes are written, shown to those who were absent, signed, and locked."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import (
    MinutesCirculated,
    MinutesCommented,
    MinutesLocked,
    MinutesSigned,
    MinutesWritten,
)
from ..models import (
    Attendance,
    Meeting,
    Minutes,
    MinutesComment,
    MinutesSignature,
    MinutesVersion,
)
from ..rules.minutes import is_signed
from .attending import NotAVoter
from .meetings import State, in_state

TEXT_MAX = 50_000
COMMENT_MAX = 4_000
COMMENT_DAYS = "minutes.comment_days"


class MinutesTooLong(InvalidInput):
    """Minutes, not a transcript."""

    text = _("The minutes are too long: %(most)s letters at most.")


class MinutesAreLocked(Refusal):
    """What everybody signed who had to is not changed any more."""

    text = _("The minutes of “%(title)s” are signed and locked; they are not changed any more.")


class MinutesNotWritten(Refusal):
    """One signs something."""

    text = _("The minutes of “%(title)s” are not written yet.")
    remedy = _("Write what was said, or save them empty: the results are in them anyway.")


class NobodyAbsent(Refusal):
    """Everybody was there: nobody is asked for comments."""

    text = _("Every voter of “%(title)s” was there. There is nobody to be asked for comments.")


class NotForComments(Refusal):
    """Comments come in the days in which they are asked for."""

    text = _("No comments on the minutes of “%(title)s” are taken now.")
    remedy = _("They are taken from the day the minutes are sent to those absent, until the last day named there.")  # fmt: skip


class CommentMissing(InvalidInput):
    """A comment says something."""

    text = _("Write what you have to say about the minutes.")


class CommentsStillComing(Refusal):
    """Who was absent still has time to say something."""

    text = _("Comments on the minutes are taken until %(until)s; they are signed after that.")


class NotAtTheMeeting(Refusal):
    """Who was not there cannot sign what happened."""

    text = _("%(name)s was not at the meeting.")


class SignedOnce(Refusal):
    """One signature each."""

    text = _("%(name)s has signed already.")


@command
def write_minutes(act: Act, *, meeting_id: int, text: str) -> Minutes:
    """Write what was said in a meeting that is over. Each change is a version that stays readable;
    signatures under other words hold no more. Raises MeetingNotSo, MinutesAreLocked, MinutesTooLong.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_write_minutes(act, meeting).enforce()
    in_state(meeting, State.CLOSED, State.FAILED)
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > TEXT_MAX:
        raise MinutesTooLong(most=f"{TEXT_MAX:,}")
    before = Minutes.objects.filter(meeting=meeting).first()
    if before is not None and before.locked_at is not None:
        raise MinutesAreLocked(title=meeting.title)
    number = 1 if before is None else before.number + (before.text != text)
    # ---
    digest = queries.minutes_digest(meeting, text, number)
    voided = 0
    if before is not None and before.digest != digest:
        voided = before.signatures.filter(digest=before.digest).count()
    minutes, _made = Minutes.objects.update_or_create(
        meeting=meeting,
        defaults={"text": text, "number": number, "written_at": act.at, "digest": digest},
    )
    if before is None or before.number != number:
        MinutesVersion.objects.create(
            minutes=minutes,
            number=number,
            text=text,
            digest=digest,
            written_at=act.at,
            written_by_id=act.actor_id,
        )
    record(act, MinutesWritten(meeting.pk, meeting.title, digest, number, voided))
    return minutes


@command
def circulate_minutes(act: Act, *, meeting_id: int) -> Minutes:
    """Send the minutes to the voters who were absent, for comments (`minutes.comment_days`).

    Raises MinutesNotWritten, MinutesAreLocked, NobodyAbsent.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_circulate_minutes(act, meeting).enforce()
    minutes = _open_minutes(meeting)
    absent = queries.absent_voters(meeting)
    if not absent:
        raise NobodyAbsent(title=meeting.title)
    days = bylaws.rules_on(act.today).number(COMMENT_DAYS)
    # ---
    minutes.comments_until = act.today + timedelta(days=days)
    minutes.save(update_fields=["comments_until"])
    record(
        act,
        MinutesCirculated(
            meeting.pk, meeting.title, minutes.number, minutes.comments_until, len(absent)
        ),
    )
    return minutes


@command
def comment_on_minutes(act: Act, *, meeting_id: int, party_id: int, text: str) -> MinutesComment:
    """A voter says what it has to say about the minutes; the office notes what came by telephone.

    Raises MinutesNotWritten, MinutesAreLocked, NotForComments, NotAVoter, CommentMissing.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_comment_on_minutes(act, meeting, party_id).enforce()
    minutes = _open_minutes(meeting)
    if minutes.comments_until is None or act.today > minutes.comments_until:
        raise NotForComments(title=meeting.title)
    if party_id not in queries.voters_of(meeting.body, day_of(meeting.starts_at)):
        raise NotAVoter(name=parties.party_name(party_id))
    text = clean_text(text, COMMENT_MAX, _("Comment"))
    if not text:
        raise CommentMissing
    # ---
    comment = MinutesComment.objects.create(
        minutes=minutes,
        number=minutes.number,
        party_id=party_id,
        text=text,
        said_at=act.at,
        noted_by_id=act.actor_id,
    )
    record(act, MinutesCommented(meeting.pk, meeting.title, party_id, minutes.number))
    return comment


@command
def sign_minutes(act: Act, *, meeting_id: int, person_id: int | None = None) -> MinutesSignature:
    """Sign the minutes as they read now; the office notes who signed on paper. With the chair and
    everybody else whom the rules ask for (rules.minutes) they are locked.

    Raises MinutesNotWritten, MinutesAreLocked, CommentsStillComing, NotAtTheMeeting, SignedOnce.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    signer = person_id or act.actor_id
    if signer is None:
        raise NotFound
    policies.can_sign_minutes(act, meeting, signer).enforce()
    minutes = _open_minutes(meeting)
    if minutes.comments_until is not None and act.today <= minutes.comments_until:
        raise CommentsStillComing(until=minutes.comments_until.isoformat())
    name, is_chair = parties.party_name(signer), signer == meeting.chair_id
    if not is_chair and not Attendance.objects.filter(meeting=meeting, person=signer).exists():
        raise NotAtTheMeeting(name=name)
    if minutes.signatures.filter(person=signer, digest=minutes.digest).exists():
        raise SignedOnce(name=name)
    # ---
    signature = MinutesSignature.objects.create(
        minutes=minutes,
        person_id=signer,
        is_chair=is_chair,
        digest=minutes.digest,
        signed_at=act.at,
        noted_by_id=act.actor_id,
    )
    record(act, MinutesSigned(meeting.pk, meeting.title, signer, is_chair, minutes.digest))
    signed = queries.signed_so_far(meeting, minutes)
    if is_signed(bylaws.rules_on(day_of(meeting.starts_at)), meeting.body.kind, signed):
        minutes.locked_at = act.at
        minutes.save(update_fields=["locked_at"])
        record(act, MinutesLocked(meeting.pk, meeting.title, minutes.digest, len(signed.by)))
    return signature


def _open_minutes(meeting: Meeting) -> Minutes:
    """The minutes in hand. Raises MinutesNotWritten, MinutesAreLocked."""
    minutes = Minutes.objects.select_for_update(of=("self",)).filter(meeting=meeting).first()
    if minutes is None:
        raise MinutesNotWritten(title=meeting.title)
    if minutes.locked_at is not None:
        raise MinutesAreLocked(title=meeting.title)
    return minutes

"""Minutes are written, signed by the chair and as many members as the rules ask, then locked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import MinutesLocked, MinutesSigned, MinutesWritten
from ..models import Attendance, Meeting, Minutes, MinutesSignature
from ..queries.meetings import SIGNERS
from .meetings import State, in_state

TEXT_MAX = 50_000


class MinutesTooLong(InvalidInput):
    """Minutes, not a transcript."""

    text = _("The minutes are too long: %(most)s letters at most.")


class MinutesSignedAlready(Refusal):
    """What was signed is not changed any more."""

    text = _("The minutes of “%(title)s” have been signed; they are not changed any more.")


class MinutesNotWritten(Refusal):
    """One signs something."""

    text = _("The minutes of “%(title)s” are not written yet.")
    remedy = _("Write what was said, or save them empty: the results are in them anyway.")


class NotAtTheMeeting(Refusal):
    """Who was not there cannot sign what happened."""

    text = _("%(name)s was not at the meeting.")


class SignedOnce(Refusal):
    """One signature each."""

    text = _("%(name)s has signed already.")


@command
def write_minutes(act: Act, *, meeting_id: int, text: str) -> Minutes:
    """Write what was said in a meeting that is over; until the first signature it may be changed.

    Raises MeetingNotSo, MinutesSignedAlready, MinutesTooLong.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_write_minutes(act, meeting).enforce()
    in_state(meeting, State.CLOSED, State.FAILED)
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > TEXT_MAX:
        raise MinutesTooLong(most=f"{TEXT_MAX:,}")
    if MinutesSignature.objects.filter(minutes__meeting=meeting).exists():
        raise MinutesSignedAlready(title=meeting.title)
    # ---
    digest = queries.minutes_digest(meeting, text)
    minutes, _made = Minutes.objects.update_or_create(
        meeting=meeting, defaults={"text": text, "written_at": act.at, "digest": digest}
    )
    record(act, MinutesWritten(meeting.pk, meeting.title, digest))
    return minutes


@command
def sign_minutes(act: Act, *, meeting_id: int, person_id: int | None = None) -> MinutesSignature:
    """Sign the minutes; the office notes who signed on paper. With the chair and enough members
    (협동조합 기본법 제30조②) they are locked.

    Raises MinutesNotWritten, MinutesSignedAlready (locked), NotAtTheMeeting, SignedOnce.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    signer = person_id or act.actor_id
    if signer is None:
        raise NotFound
    policies.can_sign_minutes(act, meeting, signer).enforce()
    minutes = Minutes.objects.select_for_update(of=("self",)).filter(meeting=meeting).first()
    if minutes is None:
        raise MinutesNotWritten(title=meeting.title)
    if minutes.locked_at is not None:
        raise MinutesSignedAlready(title=meeting.title)
    name, is_chair = parties.party_name(signer), signer == meeting.chair_id
    if not is_chair and not Attendance.objects.filter(meeting=meeting, person=signer).exists():
        raise NotAtTheMeeting(name=name)
    if MinutesSignature.objects.filter(minutes=minutes, person=signer).exists():
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
    book = bylaws.rules_on(queries.day_of(meeting.starts_at))
    signed = list(minutes.signatures.order_by("pk").values_list("is_chair", flat=True))
    enough = SIGNERS not in book or book.check(SIGNERS, signed.count(False)).passed
    if True in signed and enough:
        minutes.locked_at = act.at
        minutes.save(update_fields=["locked_at"])
        record(act, MinutesLocked(meeting.pk, meeting.title, minutes.digest, len(signed)))
    return signature

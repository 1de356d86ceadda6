"""Minutes as they follow from what happened: nothing in them is typed twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from dure.domains.parties import queries as parties

from ..models import Attendance, Meeting, Minutes, MinutesSignature, Resolution, Vote
from .meetings import ItemLine, MeetingCard


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """From when until when a voter was there, and who sat for it."""

    name: str
    person: str
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class VoteLine:
    """What one vote came to."""

    id: int
    question: str
    method: str
    state: str
    state_label: str
    roll: int
    present: int | None
    yes: int | None
    no: int | None
    abstain: int | None
    passed: bool | None
    resolution_id: int | None
    number: str
    done_text: str


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """What happened to one item."""

    item: ItemLine
    votes: tuple[VoteLine, ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    name: str
    person_id: int
    is_chair: bool
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class MinutesDraft:
    """The course of a meeting and its results; once written, its words and who signed."""

    attendance: tuple[AttendanceLine, ...]
    present: int
    chair: str
    items: tuple[ItemRecord, ...]
    text: str = ""
    digest: str = ""
    written_at: datetime | None = None
    locked_at: datetime | None = None
    signatures: tuple[SignatureLine, ...] = ()
    signers_needed: int = 0  # members, beside the chair


def minutes_draft(card: MeetingCard) -> MinutesDraft:
    """The minutes of a meeting, drafted from its records."""
    came = list(Attendance.objects.filter(meeting=card.id).order_by("from_at", "pk"))
    names = parties.names_of(
        {card.chair_id, *(one.party_id for one in came), *(one.person_id for one in came)}
    )
    votes: dict[int, list[VoteLine]] = {}
    rows = Vote.objects.filter(item__meeting=card.id).select_related("roll", "resolution")
    for vote in rows.order_by("pk"):
        votes.setdefault(vote.item_id, []).append(_vote_line(vote))
    written = card.written
    signed = MinutesSignature.objects.filter(minutes=written).select_related("person__party")
    signatures = list(signed.order_by("pk")) if written else []
    return MinutesDraft(
        text=written.text if written else "",
        digest=written.digest if written else "",
        written_at=written.written_at if written else None,
        locked_at=written.locked_at if written else None,
        signatures=tuple(
            SignatureLine(one.person.party.name, one.person_id, one.is_chair, one.signed_at)
            for one in signatures
        ),
        signers_needed=card.signers_needed,
        attendance=tuple(
            AttendanceLine(
                names.get(one.party_id, ""),
                "" if one.party_id == one.person_id else names.get(one.person_id, ""),
                one.from_at,
                one.until_at,
            )
            for one in came
        ),
        present=len({one.party_id for one in came}),
        chair=names.get(card.chair_id or 0, ""),
        items=tuple(ItemRecord(line, tuple(votes.get(line.id, ()))) for line in card.items),
    )


def minutes_digest(meeting: Meeting, text: str) -> str:
    """The hash of what is signed: the words and every result, so that neither is changed later."""
    rows = Vote.objects.filter(item__meeting=meeting).order_by("pk")
    results = rows.values_list(
        "pk", "question", "roll__digest", "state", "present", "yes", "no", "abstain", "passed"
    )
    told = json.dumps([meeting.pk, text, [list(row) for row in results]], ensure_ascii=False)
    return sha256(told.encode()).hexdigest()


def minutes_checks(meeting: Meeting) -> Iterator[tuple[object, object]]:
    """(as kept, as it follows) of minutes that were signed: their hash, and that of each signature."""
    written = Minutes.objects.filter(meeting=meeting).first()
    if written is None:
        return
    now = minutes_digest(meeting, written.text)
    yield written.digest[:16], now[:16]
    for digest in written.signatures.order_by("pk").values_list("digest", flat=True):
        yield digest[:16], now[:16]


def _vote_line(vote: Vote) -> VoteLine:
    came_to: Resolution | None = getattr(vote, "resolution", None)
    return VoteLine(
        vote.pk, vote.question, str(vote.get_method_display()), vote.state,
        str(vote.get_state_display()), vote.roll.size, vote.present, vote.yes, vote.no,
        vote.abstain, vote.passed, came_to.pk if came_to else None,
        came_to.number if came_to else "", came_to.done_text if came_to else "",
    )  # fmt: skip

"""Minutes as they follow from what happened: nothing in them is typed twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dure.domains.parties import queries as parties

from ..models import Attendance, Resolution, Vote
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
class MinutesDraft:
    """The course of a meeting and its results."""

    attendance: tuple[AttendanceLine, ...]
    present: int
    chair: str
    items: tuple[ItemRecord, ...]


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
    return MinutesDraft(
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


def _vote_line(vote: Vote) -> VoteLine:
    came_to: Resolution | None = getattr(vote, "resolution", None)
    return VoteLine(
        vote.pk, vote.question, str(vote.get_method_display()), vote.state,
        str(vote.get_state_display()), vote.roll.size, vote.present, vote.yes, vote.no,
        vote.abstain, vote.passed, came_to.pk if came_to else None,
        came_to.number if came_to else "", came_to.done_text if came_to else "",
    )  # fmt: skip

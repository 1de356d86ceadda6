"""What waits on its way between bodies.

1. An issue stands before exactly one body from the day it is raised until the day it is concluded:
   the days at its bodies add up to its age.
2. The day of a step belongs to the body it leads to; who stands there since today has waited 0 days.
3. An item of an agenda may have parts, a part none: 2 has 2.1 and 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dure.kernel.words import Promise, gettext_lazy as _

type_words = tuple[tuple[str, str | Promise], ...]


class Source(StrEnum):
    """Where an issue comes from."""

    MEMBER = "member"
    SURVEY = "survey"
    BODY = "body"


class StepKind(StrEnum):
    """What happened to an issue."""

    RAISED = "raised"
    PASSED_ON = "passed_on"
    RETURNED = "returned"
    MERGED = "merged"
    ABSORBED = "absorbed"
    SPLIT = "split"
    SPLIT_OFF = "split_off"
    PROMOTED = "promoted"
    CLOSED = "closed"


SOURCES: type_words = (
    (Source.MEMBER, _("a member")),
    (Source.SURVEY, _("a survey of residents")),
    (Source.BODY, _("a body of the network")),
)
STEPS: type_words = (
    (StepKind.RAISED, _("raised")),
    (StepKind.PASSED_ON, _("passed on")),
    (StepKind.RETURNED, _("returned")),
    (StepKind.MERGED, _("merged into another issue")),
    (StepKind.ABSORBED, _("took in another issue")),
    (StepKind.SPLIT, _("split up")),
    (StepKind.SPLIT_OFF, _("split off")),
    (StepKind.PROMOTED, _("became a project")),
    (StepKind.CLOSED, _("concluded")),
)
ENDS = (StepKind.MERGED, StepKind.SPLIT, StepKind.PROMOTED, StepKind.CLOSED)


@dataclass(frozen=True, slots=True)
class Stay:
    """How long an issue stood before one body."""

    body_id: int
    from_date: date
    until_date: date | None  # None: it stands there still
    days: int


def stays(moves: Sequence[tuple[date, int]], ended: date | None, today: date) -> tuple[Stay, ...]:
    """The way of an issue from body to body, `moves` in order: since when before whom (1., 2.)."""
    until: list[date | None] = [*(day for day, _body in moves[1:]), ended]
    return tuple(
        Stay(body_id, day, end, ((end or today) - day).days)
        for (day, body_id), end in zip(moves, until, strict=True)
    )


# -- the order of an agenda ----------------------------------------------------------------------

_PLACE = re.compile(r"(\d{1,3})(?:[.\-](\d{1,3}))?")


def arranged(places: Mapping[int, str]) -> list[tuple[int, int | None]] | None:
    """Items in the order of the places typed for them (2, 2.1), each with the item it belongs to;
    None where a place is unreadable, taken twice, or below one that is not there.
    """
    found: dict[tuple[int, int], int] = {}
    for item_id, typed in places.items():
        place = _PLACE.fullmatch(typed.strip().rstrip("."))
        key = (int(place[1]), int(place[2] or 0)) if place else (0, 0)
        if key[0] == 0 or key in found:
            return None
        found[key] = item_id
    if any((top, 0) not in found for top, _below in found):
        return None
    return [(found[key], found[key[0], 0] if key[1] else None) for key in sorted(found)]


def labels(items: Sequence[tuple[int, int | None]]) -> dict[int, str]:
    """How items in their order are numbered: 1, 2, 2.1, 2.2, 3."""
    tops: dict[int, int] = {}
    below: dict[int, int] = {}
    said: dict[int, str] = {}
    for item_id, parent_id in items:
        if parent_id is None or parent_id not in tops:
            tops[item_id] = len(tops) + 1
            said[item_id] = str(tops[item_id])
        else:
            below[parent_id] = below.get(parent_id, 0) + 1
            said[item_id] = f"{tops[parent_id]}.{below[parent_id]}"
    return said

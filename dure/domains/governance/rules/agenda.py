"""What waits on its way between bodies.

1. An issue stands before exactly one body from the day it is raised until the day it is concluded:
   the days at its bodies add up to its age.
2. The day of a step belongs to the body it leads to; who stands there since today has waited 0 days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dure.kernel.words import Promise
from dure.kernel.words import gettext_lazy as _

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

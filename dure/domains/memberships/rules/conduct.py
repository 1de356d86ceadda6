"""Review, warning, suspension, expulsion: what must stand before a decision on a member has effect.

1. A case is opened with its ground. Who the members were that day is its roll, and stays.
2. The member is told the reason, so many whole days before the meeting; neither the day of the
   telling nor the day of the meeting counts (민법 제157조; the reference asks counsel to confirm).
3. The member is heard, or had the chance and did not take it.
4. The competent body decides, with the quorum and the majority that its provisions ask for. Of a
   general meeting the whole is the roll of the case; of any other body, its seats.
5. Another body may recommend; a recommendation has no effect.
6. A review only says whether there is something to decide on; it has no effect of its own.
7. What the provisions ask is held against what was noted, and kept with the decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

from dure.domains.bylaws.rules import Finding, Rulebook
from dure.kernel.dates import clear_days, period_end
from dure.kernel.refusals import InvalidInput
from dure.kernel.words import Promise, gettext_lazy as _


class ConductKind(StrEnum):
    """What a case may end with, the gravest last."""

    REVIEW = "review"
    WARNING = "warning"
    SUSPENSION = "suspension"
    EXPULSION = "expulsion"


class Body(StrEnum):
    """Who decides, or recommends."""

    GENERAL_MEETING = "general_meeting"
    DELEGATES_MEETING = "delegates_meeting"
    BOARD = "board"
    STEERING_COMMITTEE = "steering_committee"
    QUALIFICATION_COMMITTEE = "qualification_committee"
    SECRETARIAT = "secretariat"


class SuspensionEndless(InvalidInput):
    """A suspension has a last day."""

    text = _("Say until which day the suspension lasts.")


class Outcome(StrEnum):
    """What a body decided."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


KINDS: tuple[tuple[str, str | Promise], ...] = (
    (ConductKind.REVIEW, _("review of qualification")),
    (ConductKind.WARNING, _("warning")),
    (ConductKind.SUSPENSION, _("suspension")),
    (ConductKind.EXPULSION, _("expulsion")),
)
BODIES: tuple[tuple[str, str | Promise], ...] = (
    (Body.GENERAL_MEETING, _("general meeting")),
    (Body.DELEGATES_MEETING, _("delegates' meeting")),
    (Body.BOARD, _("board")),
    (Body.STEERING_COMMITTEE, _("steering committee")),
    (Body.QUALIFICATION_COMMITTEE, _("qualification committee")),
    (Body.SECRETARIAT, _("secretariat")),
)
GROUNDS: tuple[tuple[str, str | Promise], ...] = (
    ("business_not_used", _("has not used the business for the period of the bylaws")),
    ("duties_not_met", _("has not paid shares or dues, or met other duties")),
    ("bylaw_reason", _("a reason that the bylaws name")),
)
ASSEMBLIES = (Body.GENERAL_MEETING, Body.DELEGATES_MEETING)
NOTICE_WAYS: tuple[tuple[str, str | Promise], ...] = (
    ("post", _("by post")),
    ("mail", _("by e-mail")),
    ("message", _("by message")),
    ("in_hand", _("in hand")),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What was noted of a case when a body decides. `whole`: the roll, or the body's seats."""

    kind: ConductKind
    body: Body
    ground: str
    notice_date: date | None
    meeting_date: date
    heard: bool  # or had the chance
    whole: int
    present: int
    in_favour: int


def check_decision(
    book: Rulebook, facts: Facts, resolved: tuple[Finding, ...] = ()
) -> tuple[Finding, ...]:
    """Every rule that a decision of this kind must keep, held against what was noted (2. to 4.).

    What a resolution found of quorum and majority holds: who counted knows who may not vote (제23조)
    and what the roll was, and a count that would tell who voted how is told nobody.
    """
    kind = str(facts.kind)
    notice = clear_days(facts.notice_date, facts.meeting_date) if facts.notice_date else 0
    special = book.yes(f"{kind}.special_resolution")
    asked: list[Finding] = [
        *book.check_all((f"{kind}.body", str(facts.body)), (f"{kind}.notice_days", notice))
    ]
    if book.yes(f"{kind}.hearing"):
        asked.append(book.check(f"{kind}.hearing", facts.heard))
    if kind == ConductKind.EXPULSION:
        asked.extend(book.check_all((f"{kind}.grounds", facts.ground)))
    if resolved:
        asked.extend(resolved)
    elif facts.body in ASSEMBLIES:
        majority = "meetings.special_ratio" if special else "meetings.ordinary_ratio"
        asked.extend(_counted(book, facts, "meetings.quorum_ratio", majority))
    elif facts.body != Body.SECRETARIAT:
        asked.extend(_counted(book, facts, "board.quorum_ratio", "board.ordinary_ratio"))
    return tuple(asked)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of a decision, and from when until when it would have effect."""

    findings: tuple[Finding, ...]
    from_date: date
    until_date: date | None
    appeal_until_date: date


def judge(
    book: Rulebook,
    facts: Facts,
    *,
    upheld: bool,
    until_date: date | None,
    resolved: tuple[Finding, ...] = (),
) -> Judged:
    """A decision with its effect: from the day after; a warning lapses, a suspension ends by itself.

    Raises SuspensionEndless.
    """
    findings, from_date = (
        check_decision(book, facts, resolved),
        facts.meeting_date + timedelta(days=1),
    )
    until: date | None = None
    if facts.kind == ConductKind.WARNING:
        until = period_end(from_date, book.number("warning.lapses_after_months"))
    elif facts.kind == ConductKind.SUSPENSION and upheld:
        if until_date is None or until_date <= from_date:
            raise SuspensionEndless
        until = until_date
        begun = next(n for n in count(1) if until_date <= period_end(from_date, n))
        findings += book.check_all(("suspension.length_months", begun))
    return Judged(
        findings,
        from_date,
        until,
        facts.meeting_date + timedelta(days=book.number("conduct.appeal_days")),
    )


def _counted(book: Rulebook, facts: Facts, quorum: str, majority: str) -> tuple[Finding, ...]:
    """Nobody present is no quorum, whatever the ratio of nothing would be."""
    return book.check_all(
        (quorum, facts.present, facts.whole), (majority, facts.in_favour, facts.present)
    )

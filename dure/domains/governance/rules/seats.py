"""Who may sit where, how long and how many: each held against its provision.

1. Officers are the directors (the board) and the auditors. A term lasts no longer than
   `officers.term_months`; one that is given no end ends by that rule (협동조합 기본법 제35조제1항).
2. A chair of the board is re-elected with every further term in a row in its chair; in a row: nobody
   else held it between (제35조제2항). He leads no other co-operative (제44조제1항).
3. An auditor is neither director nor staff (제44조제2항). How far officers may be staff says the form
   of the law (제44조제3항, 시행령 제20조제1항); among so few members, or where staff made the co-operative,
   it asks nothing (시행령 제10조).
4. Delegates meet in place of the members only above so many members (시행령 제9조); they are at least a
   share of them, or as many as are enough in any case (제31조제3항).
5. A rule that must be met stops what would break it; another one is told. A rule of law that is not
   mandatory knows exceptions that Dure does not see, so it is told.
6. A quota asks for so many, or such a part, of the voting seats to be of a group. A seat is filled as
   long as the quota can still be met by the seats that are vacant.
7. A term in a body whose rule asks for members (`officers.members_only`, `delegates.members_only`)
   ends with the membership. Of other bodies the law says nothing: people look at the seat.
8. Whose turn it is follows from the order, the first day and the months of a turn; after the last one
   comes the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import TypeVar

from dure.domains.bylaws.rules import Comparison, Finding, Kind, Origin, Rulebook
from dure.domains.bylaws.rules.values import holds, write_value
from dure.kernel.dates import period_end
from dure.kernel.words import gettext as _now

from .bodies import BodyKind

OFFICERS = (BodyKind.BOARD, BodyKind.AUDITORS)
TERM = "officers.term_months"
QUOTA = "bodies.quota"
MEMBERS_ONLY = {
    BodyKind.BOARD: "officers.members_only",
    BodyKind.AUDITORS: "officers.members_only",
    BodyKind.DELEGATES_MEETING: "delegates.members_only",
}
Taker = TypeVar("Taker")


@dataclass(frozen=True, slots=True)
class Filling:
    """Somebody is to sit in a body for so many months: what else is known of that time."""

    body_kind: str
    is_chair: bool = False
    months: int | None = None
    reelections: int = 0  # as its chair, this term among them
    is_director: bool = False
    is_auditor: bool = False
    is_staff: bool = False
    leads_elsewhere: bool = False
    officers: int = 0  # their seats
    staff_officers: int = 0  # officers that are staff, with this one
    members: int = 0


def filling(book: Rulebook, about: Filling) -> tuple[Finding, ...]:
    """What the rules find when an officer's seat is to be filled (1.–3.)."""
    if about.body_kind not in OFFICERS:
        return ()
    asked: list[tuple[str, bool | int] | tuple[str, int, int]] = []
    if about.months is not None:
        asked.append((TERM, about.months))
    if about.body_kind == BodyKind.BOARD and about.is_chair:
        asked.append(("officers.chair_reelections_count", about.reelections))
        asked.append(("officers.chair_elsewhere", about.leads_elsewhere))
    audits = about.body_kind == BodyKind.AUDITORS
    both = about.is_director or about.is_staff if audits else about.is_auditor
    asked.append(("officers.auditor_is_director_or_staff", both))
    if about.is_staff and not audits and not staff_may_lead(book, about.members):
        asked.append(("officers.staff", True))
        asked.append(("officers.staff_ratio", about.staff_officers, about.officers))
    return book.check_all(*asked)


def staff_may_lead(book: Rulebook, members: int) -> bool:
    """Whether the rules on officers that are staff do not hold here (3.)."""
    few = book.check_all(("officers.staff_exempt_members_count", members))
    return book.yes("officers.staff_exempt") or any(one.passed for one in few)


def months_of(from_date: date, until_date: date) -> int:
    """The fewest whole months that a term fits into."""
    near = (until_date.year - from_date.year) * 12 + until_date.month - from_date.month
    return next(m for m in (near - 1, near, near + 1) if period_end(from_date, m) >= until_date)


def latest_end(book: Rulebook, kind: str, from_date: date) -> date | None:
    """When an officer's term that is given no end ends by the rule (1.)."""
    if kind not in OFFICERS or TERM not in book:
        return None
    return period_end(from_date, book.number(TERM))


def is_for_members(book: Rulebook, kind: str) -> bool:
    """Whether only members sit in bodies of a kind (7.)."""
    key = MEMBERS_ONLY.get(BodyKind(kind))
    return key is not None and book.yes(key)


def reelections(holders: Iterable[tuple[date, int]], person_id: int, from_date: date) -> int:
    """How often in a row the person was elected chair again, with the term that begins on a day (2.).

    `holders`: when each term in the chair began, and whose it was.
    """
    known = sorted({*holders, (from_date, person_id)})
    for who, group in groupby(known, key=lambda one: one[1]):
        row = list(group)
        if who == person_id and (from_date, person_id) in row:
            return len(row) - 1
    return 0


def delegates(book: Rulebook, seats: int, members: int) -> tuple[Finding, ...]:
    """Whether so many delegates may meet for so many members (4.)."""
    above = book.check_all(("delegates.members_above_count", members))
    enough = book.check_all(("delegates.enough_count", seats))
    if enough and enough[0].passed:
        return (*above, *enough)
    return (*above, *book.check_all(("delegates.share_ratio", seats, members)))


@dataclass(frozen=True, slots=True)
class QuotaRule:
    """So many seats, or such a part of them, are of a group, by an article (6.)."""

    group: str
    comparison: Comparison
    asks: int | Fraction
    article: str
    is_binding: bool = True

    def check(self, seats: int, whole: int) -> Finding:
        """So many of all voting seats, held against the quota."""
        is_part = isinstance(self.asks, Fraction)
        kind = Kind.RATIO if is_part else Kind.COUNT
        return Finding(
            key=QUOTA,
            label=_now("Seats of “%(group)s”") % {"group": self.group},
            origin=Origin.REGULATION if self.is_binding else Origin.STANDARD,
            document="",
            article=self.article,
            text="",
            kind=kind,
            comparison=self.comparison,
            required=write_value(kind, self.asks),
            actual=str(seats),
            of=whole if is_part else None,
            passed=holds(self.comparison, self.asks * whole if is_part else self.asks, seats),
        )


@dataclass(frozen=True, slots=True)
class Chair:
    """A voting seat as quotas see it: of which groups, and whether nobody holds it."""

    groups: frozenset[str]
    is_vacant: bool


def quota(rule: QuotaRule, chairs: Sequence[Chair]) -> Finding:
    """How a quota stands: the seats of the group that somebody holds."""
    held = sum(rule.group in one.groups for one in chairs if not one.is_vacant)
    return rule.check(held, len(chairs))


def quota_in_reach(rule: QuotaRule, chairs: Sequence[Chair]) -> Finding:
    """How a quota could stand at best: vacant seats count for it that are for no other group (6.)."""
    held = sum(rule.group in one.groups for one in chairs if not one.is_vacant)
    if rule.comparison == Comparison.AT_LEAST:
        held += sum(
            one.is_vacant and (not one.groups or rule.group in one.groups) for one in chairs
        )
    return rule.check(held, len(chairs))


def must_be_met(book: Rulebook, finding: Finding) -> bool:
    """Whether a rule stops what would break it, and is not only told (5.)."""
    if finding.key not in book:
        return finding.origin != Origin.STANDARD
    rule = book.provision(finding.key)
    return rule.binds or rule.origin == Origin.REGULATION


def binding(book: Rulebook, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that must be met (5.)."""
    return tuple(one for one in findings if must_be_met(book, one))


def in_turn(order: Sequence[Taker], months: int, first: date, on: date) -> Taker | None:
    """Whose turn it is on a day (8.); nobody's before the first."""
    number = turns_before(months, first, on)
    return order[number % len(order)] if order and number is not None else None


def turns_before(months: int, first: date, on: date) -> int | None:
    """How many turns are over on a day (8.)."""
    if on < first:
        return None
    number = ((on.year - first.year) * 12 + on.month - first.month) // months
    return number if period_end(first, number * months) <= on else number - 1


def turn_ends(months: int, first: date, on: date) -> date:
    """The first day of the turn after the one of a day."""
    number = turns_before(months, first, on)
    return first if number is None else period_end(first, (number + 1) * months)

"""What a plan promises. Pure: the rules are the book's, the facts are given.

1. Aid is given for the events that the law names; for others where the bylaws name them.
2. A benefit is looked up by event and relation; of those whose months are paid, the one that asks
   for most months counts.
3. What is given stays within what is left of the limit of a year, of a person and of the law: what
   is above is not given.
4. Who leaves gets back a share of what was paid, by the months paid; rounded down.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dure.domains.bylaws.rules import Finding, Rulebook
from dure.kernel.money import Rounding, whole
from dure.kernel.words import gettext as _now

from .events import AidEvent, Relation

USUAL_DUE_DAY = 25
LAST_DAY = 31
REASONS, BYLAW_REASONS = "mutual_aid.reasons", "mutual_aid.bylaw_reasons"


@dataclass(frozen=True, slots=True)
class Promised:
    """A line of the plan: what is given for an event, from so many months paid on."""

    event: str
    relation: str
    won: int
    paid_months: int = 0
    most_times: int | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Refund:
    """What share of the contributions goes back to who leaves, from so many months paid on."""

    paid_months: int
    share: Fraction


def what_is_wrong(
    benefits: Sequence[Promised],
    refunds: Sequence[Refund],
    monthly_won: int,
    per_year_won: int | None,
    per_person_won: int,
    due_day: int,
    waiting_months: int,
) -> str:
    """Why this is no plan; nothing when it is one."""
    lines = [(one.event, one.relation, one.paid_months) for one in benefits]
    if not benefits:
        return _now("it promises nothing")
    if len(set(lines)) < len(lines):
        return _now("the same event, relation and months stand in it twice")
    if any(
        one.event not in list(AidEvent) or one.relation not in list(Relation) for one in benefits
    ):
        return _now("an event or a relation is unknown")
    if any(one.most_times is not None and one.most_times < 1 for one in benefits):
        return _now("something is given once at least")
    amounts = [monthly_won, per_person_won, *(one.won for one in benefits)]
    if min(amounts) <= 0 or (per_year_won is not None and per_year_won <= 0):
        return _now("every amount is above 0")
    if max(one.won for one in benefits) > min(per_person_won, per_year_won or per_person_won):
        return _now("a benefit is above the limit of a year or of a person")
    months = [waiting_months, *(one.paid_months for one in benefits)]
    steps = [one.paid_months for one in refunds]
    if min([*months, *steps]) < 0 or not 1 <= due_day <= LAST_DAY:
        return _now("months are 0 or more, the day is one of a month")
    if sorted(set(steps)) != steps or any(not 0 <= one.share <= 1 for one in refunds):
        return _now("the refund rises by months, and is between nothing and all")
    return ""


def findings_on_events(book: Rulebook, events: Collection[str]) -> tuple[Finding, ...]:
    """Rule 1: what the law names is held against the law, the rest against the bylaws."""
    named = book.choices(REASONS) if REASONS in book else frozenset()
    return tuple(
        finding
        for event in sorted(events)
        for finding in book.check_all(
            (BYLAW_REASONS if event not in named and BYLAW_REASONS in book else REASONS, event)
        )
    )


def findings_on_health(book: Rulebook, events: Collection[str]) -> tuple[Finding, ...]:
    """Who gives for illness reads about health: the network says first that it handles such data."""
    if AidEvent.ILLNESS not in events:
        return ()
    return book.check_all(("privacy.handles_sensitive", True))


def line_for(
    lines: Iterable[Promised], event: str, relation: str, paid_months: int
) -> Promised | None:
    """Rule 2; None where the plan promises nothing, or not yet."""
    fitting = [
        one
        for one in lines
        if (one.event, one.relation) == (event, relation) and one.paid_months <= paid_months
    ]
    return max(fitting, key=lambda one: one.paid_months, default=None)


def within(won: int, *left: int | None) -> int:
    """Rule 3; None: no such limit."""
    return max(min([won, *(one for one in left if one is not None)]), 0)


def refund_of(paid_won: int, paid_months: int, refunds: Iterable[Refund]) -> int:
    """Rule 4."""
    share = Fraction(0)
    for one in refunds:
        if one.paid_months <= paid_months:
            share = one.share
    return whole(paid_won * share, Rounding.DOWN)

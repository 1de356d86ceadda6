"""The ceilings of what is lent, on each day they are asked for. Pure.

1. All that is lent or promised stays within a share of the paid-in capital; with the mutual aid of the
   year within another; what one member has or is promised within a share of the capital, or of the
   member's own, and within an amount.
2. What is dated back counts from its day on: the ceilings hold at the end of that day and of every day
   since on which something moved, each under the rules of its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dure.domains.bylaws.rules import Finding, Rulebook

OWN = "own_shares"  # a share of the member's own capital, not of all
JOINT = "loans.with_mutual_aid_ratio"
CAPITAL_CEILINGS = ("loans.ceiling_ratio", JOINT)


@dataclass(frozen=True, slots=True)
class Standing:
    """Capital, loans and aid at the end of a day; today, promises are counted with them."""

    day: date
    capital_won: int
    own_capital_won: int
    lent_won: int
    own_lent_won: int  # of one member; of whoever has most, where none is asked about
    aid_won: int


def is_of_own(book: Rulebook) -> bool:
    """Whether the ceiling of one member is measured by the member's own shares."""
    of_member = book.provisions.get("loans.per_member_ratio")
    return of_member is not None and of_member.of == OWN


def limits(book: Rulebook, at: Standing, won: int = 0) -> tuple[Finding, ...]:
    """1, with so much more lent."""
    return book.check_all(
        ("loans.ceiling_ratio", at.lent_won + won, at.capital_won),
        (JOINT, at.lent_won + at.aid_won + won, at.capital_won),
        (
            "loans.per_member_ratio",
            at.own_lent_won + won,
            at.own_capital_won if is_of_own(book) else at.capital_won,
        ),
        ("loans.per_member_won", at.own_lent_won + won),
    )


def limits_since(
    rules_on: Callable[[date], Rulebook],
    standings: Iterable[Standing],
    more: Callable[[date], int] = lambda day: 0,
    check: Callable[[Rulebook, Standing, int], tuple[Finding, ...]] = limits,
) -> tuple[Finding, ...]:
    """2: of each rule what was found on the first day that breaks it, else what is found last."""
    told: dict[str, Finding] = {}
    for at in standings:
        for found in check(rules_on(at.day), at, more(at.day)):
            if found.key not in told or told[found.key].passed:
                told[found.key] = found
    return tuple(told.values())


def ends_of_days(now: int, moves: Mapping[date, int], days: Iterable[date]) -> dict[date, int]:
    """What stood at the end of each day, from what stands now and what moved on which day."""
    found: dict[date, int] = {}
    later = sorted(moves)
    for day in sorted(days, reverse=True):
        while later and later[-1] > day:
            now -= moves[later.pop()]
        found[day] = now
    return found

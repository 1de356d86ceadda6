"""How long mutual aid lasts. Pure; whole won, exact shares.

1. A contract counts with the days on which it stood within the years on record; 365 days are one
   person-year.
2. How often: the claims granted for an event, by the person-years on record, times those who take part
   today. Of an event with fewer claims on record than `few`, at least `least` a year are expected.
3. How much: the mean of what today's plans promise at most for what happened to whom; of an event with
   fewer claims on record than `few`, the most they promise for it to anybody.
4. Expected of an event in a year: how often times how much, rounded up to the won.
5. Contributions of a year: twelve times what the contracts that run pay in a month.
6. Free reserve: the money at hand and placed, less aid promised, refunds due
   and what is owed to other funds; what they owe is added.
7. Years of cover: the free reserve by what is expected in a year, as if no contribution came in.
   The reserve at the end of a year: that at the end of the year before, plus contributions, less what
   is expected; below 0 the money is used up in that year.
8. Half the members: half of them leave and take half of all refunds along, half as many claims by
   their number (not the least of rule 2), half the contributions. Twice the claims: twice what is
   expected. Both: both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate, repeat
from math import ceil

from .promises import Promised

PERSON_YEAR = 365  # days
YEAR = 12  # months
DRAWN = 10  # years ahead


@dataclass(frozen=True, slots=True)
class Asked:
    """What the bylaws lay down about reckoning: rule 2."""

    few: int
    least: int


@dataclass(frozen=True, slots=True)
class Granted:
    """A claim that was granted: what happened to whom, and how much."""

    event: str
    relation: str
    won: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Mutual aid on a day."""

    members: int  # who take part
    monthly_won: int  # what they pay in a month
    money_won: int  # at hand and placed
    owed_won: int  # by other funds, less what is owed to them
    promised_won: int
    refunds_won: int  # due to who left
    refunds_if_all_left_won: int

    @property
    def free_won(self) -> int:
        """Rule 6; below 0 where more is promised than there is."""
        return self.money_won + self.owed_won - self.promised_won - self.refunds_won


@dataclass(frozen=True, slots=True)
class Expected:
    """Rules 2 to 4 of one event."""

    event: str
    granted: int  # claims on record
    often: Fraction  # claims a year, by the record
    times: Fraction  # claims a year, as reckoned
    each_won: Fraction

    @property
    def is_least(self) -> bool:
        """Whether the least was taken, for want of claims on record."""
        return self.times != self.often

    @property
    def won(self) -> int:
        return ceil(self.times * self.each_won)


@dataclass(frozen=True, slots=True)
class Case:
    """Rules 7 and 8: one way in which the next years may go."""

    key: str
    free_won: int
    contributions_won: int
    expected_won: int

    @property
    def yearly_won(self) -> int:
        """What the reserve gains in a year; below 0 what it loses."""
        return self.contributions_won - self.expected_won

    @property
    def cover_tenths(self) -> int | None:
        """Years of cover in tenths, rounded down; None where nothing is expected."""
        if not self.expected_won:
            return None
        return max(self.free_won, 0) * 10 // self.expected_won

    @property
    def used_up_in(self) -> int | None:
        """In which year the money is used up; None: never. 0: it is now."""
        if self.free_won < 0:
            return 0
        if self.yearly_won >= 0:
            return None
        return self.free_won // -self.yearly_won + 1

    def ahead(self, years: int = DRAWN) -> tuple[int, ...]:
        """The reserve today and at the end of each year, 0 from where it is used up."""
        every = accumulate(repeat(self.yearly_won, years), initial=self.free_won)
        return tuple(max(won, 0) for won in every)


def person_days(stood: Iterable[tuple[date, date]], since: date, until: date) -> int:
    """Rule 1: the days of contracts (from, before) between `since` and `until`, ends exclusive."""
    return sum(
        max((min(end, until) - max(first, since)) // timedelta(days=1), 0) for first, end in stood
    )


def expected(
    asked: Asked, promised: Sequence[Promised], granted: Sequence[Granted], days: int, members: int
) -> tuple[Expected, ...]:
    """Rules 2 to 4: each event that today's plans promise aid for, in the order of its name."""
    return tuple(
        _of_event(asked, event, promised, granted, days, members)
        for event in sorted({one.event for one in promised})
    )


def _of_event(
    asked: Asked,
    event: str,
    promised: Sequence[Promised],
    granted: Sequence[Granted],
    days: int,
    members: int,
) -> Expected:
    most: dict[str, int] = {}
    for line in promised:
        if line.event == event:
            most[line.relation] = max(line.won, most.get(line.relation, 0))
    happened = [one for one in granted if one.event == event]
    often = Fraction(len(happened) * PERSON_YEAR * members, days) if days else Fraction(0)
    if len(happened) >= asked.few:
        each = Fraction(sum(most.get(one.relation, one.won) for one in happened), len(happened))
        return Expected(event, len(happened), often, often, each)
    times = max(often, Fraction(asked.least if members else 0))
    return Expected(event, len(happened), often, times, Fraction(max(most.values())))


def cases(
    asked: Asked, promised: Sequence[Promised], granted: Sequence[Granted], days: int, at: Standing
) -> tuple[Case, ...]:
    """Rule 8: as it is, with half the members, with twice the claims, with both."""
    is_so = sum(one.won for one in expected(asked, promised, granted, days, at.members))
    half = sum(one.won for one in _halved(asked, promised, granted, days, at.members))
    full_year, half_year = YEAR * at.monthly_won, YEAR * at.monthly_won // 2
    left = at.free_won - ceil(Fraction(at.refunds_if_all_left_won, 2))
    return (
        Case("as_it_is", at.free_won, full_year, is_so),
        Case("half_members", left, half_year, half),
        Case("twice_claims", at.free_won, full_year, 2 * is_so),
        Case("both", left, half_year, 2 * half),
    )


def _halved(
    asked: Asked, promised: Sequence[Promised], granted: Sequence[Granted], days: int, members: int
) -> tuple[Expected, ...]:
    """With twice the person-years behind each, half as many claims are expected."""
    return expected(asked, promised, granted, 2 * days, members)

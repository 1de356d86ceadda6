"""The cycle in which a body meets: which days, and whose turn it is to host.

1. Every two weeks counts from the first day. Every other cycle meets in its months (counted from
   the first day's) on the nth of a weekday; the fifth is the last there is.
2. A day that falls on a holiday stays, moves to the next day that is none (Sundays are passed
   over, too), or moves by a week until it is none.
3. Hosts take turns in their order, one meeting each, also when one was called off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

from dure.kernel.dates import Month
from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
LAST = 5
SUNDAY = 6


class Every(StrEnum):
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Moved(StrEnum):
    STAYS = "stays"
    NEXT_DAY = "next_day"
    NEXT_WEEK = "next_week"


EVERY: tuple[tuple[str, str | Promise], ...] = (
    (Every.BIWEEKLY, _("every two weeks")),
    (Every.MONTHLY, _("every month")),
    (Every.BIMONTHLY, _("every two months")),
    (Every.QUARTERLY, _("every quarter")),
    (Every.YEARLY, _("every year")),
)
MOVED: tuple[tuple[str, str | Promise], ...] = (
    (Moved.NEXT_DAY, _("to the next day that is no holiday")),
    (Moved.NEXT_WEEK, _("by a week")),
    (Moved.STAYS, _("not at all")),
)
NTH: tuple[tuple[int, str | Promise], ...] = (
    (1, pgettext_lazy("nth weekday", "first")),
    (2, pgettext_lazy("nth weekday", "second")),
    (3, pgettext_lazy("nth weekday", "third")),
    (4, pgettext_lazy("nth weekday", "fourth")),
    (LAST, pgettext_lazy("nth weekday", "last")),
)
STEP = {Every.MONTHLY: 1, Every.BIMONTHLY: 2, Every.QUARTERLY: 3, Every.YEARLY: 12}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A cycle as data. `first`: its first day; `nth` and `weekday` (0: Monday) of its months."""

    every: str
    first: date
    nth: int
    weekday: int
    moved: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One meeting of a cycle: the how-manyth, the day by the calendar, and the day it is held."""

    number: int
    planned: date
    day: date


def turns(rhythm: Rhythm, is_holiday: Callable[[date], bool]) -> Iterator[Turn]:
    """The meetings of a cycle from its first day on, without an end (1., 2.)."""
    number = 0
    for at in count():
        planned = _planned(rhythm, at)
        if planned < rhythm.first:
            continue
        yield Turn(number, planned, _held(planned, rhythm.moved, is_holiday))
        number += 1


def host_of(hosts: tuple[int, ...], turn: Turn) -> int | None:
    """Who hosts a meeting (3.)."""
    return hosts[turn.number % len(hosts)] if hosts else None


def nth_weekday(month: Month, nth: int, weekday: int) -> date:
    """The nth of a weekday in a month; the last where it has no fifth."""
    first = month.first_date + DAY * ((weekday - month.first_date.weekday()) % 7)
    found = first + WEEK * (nth - 1)
    return found if found in month else found - WEEK


def _planned(rhythm: Rhythm, at: int) -> date:
    if rhythm.every == Every.BIWEEKLY:
        return rhythm.first + 2 * WEEK * at
    month = Month.of(rhythm.first).plus(at * STEP[Every(rhythm.every)])
    return nth_weekday(month, rhythm.nth, rhythm.weekday)


def _held(day: date, moved: str, is_holiday: Callable[[date], bool]) -> date:
    while moved != Moved.STAYS and is_holiday(day):
        day += WEEK if moved == Moved.NEXT_WEEK else DAY
        while moved == Moved.NEXT_DAY and day.weekday() == SUNDAY:
            day += DAY
    return day

"""The days of a loan: when instalments are due, and which part of a year lies between two of them. Pure.

1. Instalments are due on the day of the pay-out, month by month; where a month has no such day, on
   its last (31 January, 28 February, 31 March).
2. 30/360: each month is a twelfth of a year, whatever its length. Actual/365: the days, of 365.
   Actual/actual: the days of each year, of 365 or 366; what passes the end of a year is parted on
   31 December (12 December to 12 January: 19 days of the old year, 12 of the new).
3. A due day that is no business day moves by the named rule. Only the day of payment moves; the
   interest is that of the day on which the instalment would have been due.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

from dure.kernel.words import Promise, gettext_lazy as _


class DayCount(StrEnum):
    """Which part of a year lies between two due days."""

    THIRTY_360 = "30/360"
    ACTUAL_365 = "actual/365"
    ACTUAL_ACTUAL = "actual/actual"


class Move(StrEnum):
    """Where a due day goes that is no business day."""

    NONE = "none"
    NEXT = "next"
    NEXT_IN_MONTH = "next-in-month"
    BEFORE = "before"


DAY_COUNTS: tuple[tuple[str, str | Promise], ...] = (
    (DayCount.THIRTY_360, _("30/360: each month a twelfth of a year")),
    (DayCount.ACTUAL_365, _("actual/365: the days, of 365")),
    (DayCount.ACTUAL_ACTUAL, _("actual/actual: the days, of 365 or 366")),
)
MOVES: tuple[tuple[str, str | Promise], ...] = (
    (Move.NONE, _("stays")),
    (Move.NEXT, _("to the next business day")),
    (Move.NEXT_IN_MONTH, _("to the next business day, in the same month")),
    (Move.BEFORE, _("to the business day before")),
)
BOTH = 365 * 366  # days of both kinds of year are whole parts of it


def due_dates(start: date, months: int) -> tuple[date, ...]:
    """Rule 1."""
    day, dates = start.day, []
    year, month = start.year, start.month
    for _n in range(months):
        month += 1
        if month > 12:
            year, month = year + 1, 1
        dates.append(date(year, month, day if day < 29 else min(day, monthrange(year, month)[1])))
    return tuple(dates)


def year_parts(start: date, dates: tuple[date, ...], day_count: DayCount) -> tuple[list[int], int]:
    """Rule 2: the part of a year of each period, as whole numbers, and what they are parts of."""
    if day_count is DayCount.THIRTY_360:
        return [1] * len(dates), 12
    days = [start.toordinal(), *(one.toordinal() for one in dates)]
    if day_count is DayCount.ACTUAL_365:
        return [days[n + 1] - days[n] for n in range(len(dates))], 365
    return [
        _of_both_years(start, one) for start, one in zip((start, *dates), dates, strict=False)
    ], BOTH


def _of_both_years(start: date, end: date) -> int:
    """The days between two due days, of their years."""
    parts, year = 0, start.year
    last = date(year, 12, 31)
    while last < end:
        parts += (last - start).days * (365 if isleap(year) else 366)
        start, year = last, year + 1
        last = date(year, 12, 31)
    return parts + (end - start).days * (365 if isleap(year) else 366)


def moved(day: date, move: Move, is_free: Callable[[date], bool]) -> date:
    """Rule 3; `is_free`: whether a day is no business day."""
    if move is Move.NONE or not is_free(day):
        return day
    step = timedelta(days=-1 if move is Move.BEFORE else 1)
    found = day + step
    while is_free(found):
        found += step
    if move is Move.NEXT_IN_MONTH and found.month != day.month:
        return moved(day, Move.BEFORE, is_free)
    return found

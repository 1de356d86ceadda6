"""Periods: months that are open, closed or locked, one after another.

1. Months follow each other without gap from the first month of the books.
2. Only into an open month is anything posted.
3. A month is closed when all earlier months are closed or locked; it is reopened only while all
   later ones are open.
4. A locked month never opens again; a month is locked when it and all earlier ones are closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

OPEN, CLOSED, LOCKED = "open", "closed", "locked"
STATES = (OPEN, CLOSED, LOCKED)


def month_number(day: date) -> int:
    """2026-11-20 → 202611: the number by which the books know a month."""
    return day.year * 100 + day.month


def next_month(number: int) -> int:
    year, month = divmod(number, 100)
    return (year + 1) * 100 + 1 if month == 12 else number + 1


def first_day(number: int) -> date:
    return date(number // 100, number % 100, 1)


def month_text(number: int) -> str:
    return f"{number // 100:04}-{number % 100:02}"


def months(first: int, last: int) -> list[int]:
    """All months from `first` to `last`, both included."""
    found = []
    while first <= last:
        found.append(first)
        first = next_month(first)
    return found


def fiscal_year_start(on: date, start_month: int) -> date:
    """The first day of the fiscal year in which a day lies."""
    year = on.year if on.month >= start_month else on.year - 1
    return date(year, start_month, 1)


def hinders_close(states: Mapping[int, str], month: int) -> int | None:
    """The first earlier month still open, or None when the month may be closed."""
    return next((m for m in sorted(states) if m < month and states[m] == OPEN), None)


def hinders_reopen(states: Mapping[int, str], month: int) -> int | None:
    """A later month that is not open, or None when the month may be reopened."""
    return next((m for m in sorted(states) if m > month and states[m] != OPEN), None)


def hinders_lock(states: Mapping[int, str], month: int) -> int | None:
    """The first earlier month still open, or None when the month may be locked."""
    return hinders_close(states, month)

"""What a loan has earned by a day, whatever was paid of it. Pure; whole won.

1. The interest of an instalment is earned evenly over the days from the due day before it (or the
   pay-out) to its own; it is made whole once by the rule of the contract, and is all of it on the
   due day.
2. Late interest is earned as rules.overdue counts it (its rule 2).
3. While a loan is late by more than the rest days of the rules, its earning rests: it stays what it
   was on that day, and is caught up when the oldest instalment is paid.
4. A loan of which nothing is open has earned what was paid.

The daily run says the same in SQL (commands.daily_sql); tests hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Protocol

from dure.kernel.money import Rounding, whole

from .overdue import YEAR


class Part(Protocol):
    """An instalment, as much of it as is asked here."""

    from_date: date
    due_date: date
    principal_won: int
    interest_won: int
    paid_principal_won: int
    paid_interest_won: int
    late_won: int
    paid_late_won: int
    counted_date: date | None
    closed_date: date | None


def is_paid(one: Part) -> bool:
    """Whether nothing of an instalment is open."""
    return (one.paid_principal_won, one.paid_interest_won, one.paid_late_won) == (
        one.principal_won, one.interest_won, one.late_won,
    )  # fmt: skip


def paid_interest(rows: Sequence[Part]) -> int:
    """Interest and late interest that came in."""
    return sum(one.paid_interest_won + one.paid_late_won for one in rows)


def arrears(rows: Sequence[Part], on: date) -> tuple[int, int]:
    """Days past due, and what is past due and open without the late interest of the days since."""
    late = [one for one in rows if one.due_date < on and one.closed_date is None]
    open_won = sum(
        one.principal_won + one.interest_won + one.late_won
        - one.paid_principal_won - one.paid_interest_won - one.paid_late_won
        for one in late
    )  # fmt: skip
    oldest = min((one.due_date for one in late), default=on)
    return (on - oldest).days, open_won


def earned(
    rows: Sequence[Part], on: date, late_rate: Fraction, rounding: Rounding, rest_days: int | None
) -> int:
    """Rules 1 to 4; `rest_days`: None where nobody laid one down."""
    if all(one.closed_date for one in rows):
        return paid_interest(rows)
    days, _won = arrears(rows, on)
    till = on
    if rest_days is not None and days > rest_days:
        till = on - timedelta(days=days - rest_days)
    return sum(
        _interest(one, till, rounding) + _late(one, till, late_rate, rounding) for one in rows
    )


def _interest(one: Part, till: date, rounding: Rounding) -> int:
    """Rule 1."""
    if till >= one.due_date:
        return one.interest_won
    if till <= one.from_date:
        return 0
    days, in_all = (till - one.from_date).days, (one.due_date - one.from_date).days
    return whole(Fraction(one.interest_won * days, in_all), rounding)


def _late(one: Part, till: date, late_rate: Fraction, rounding: Rounding) -> int:
    """Rule 2."""
    days = (till - max(one.due_date, one.counted_date or one.due_date)).days
    if days <= 0:
        return one.late_won
    left = one.principal_won - one.paid_principal_won
    return one.late_won + whole(left * late_rate * days / YEAR, rounding)

"""What is late: days past due, late interest, what a payment pays first. Pure; whole won.

1. An instalment is past due from the day after its (moved) due day; days past due are those of the
   oldest instalment that is not paid in full.
2. Late interest runs on what is late of the principal, from the day after the due day to the day of
   payment, that day included; days of 365; made whole once by the named rule.
3. The yearly late rate is at most so many times the loan rate as the rules say, and never above the
   legal maximum (이자제한법 제2조); both are provisions.
4. A payment pays the oldest instalment first, and within it in the order of the product.
5. By its days past due a loan belongs to a class: normal, watch, substandard, doubtful, loss; each
   class asks for a share of what is outstanding as a provision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from dure.kernel.money import Rounding, whole
from dure.kernel.words import Promise, gettext_lazy as _

YEAR = 365


class Order(StrEnum):
    """What a payment pays first, within an instalment."""

    LATE_FIRST = "late-interest-principal"
    INTEREST_FIRST = "interest-principal-late"
    PRINCIPAL_FIRST = "principal-interest-late"


class Class(StrEnum):
    """How sound a loan is, by its days past due."""

    NORMAL = "normal"
    WATCH = "watch"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    LOSS = "loss"


ORDERS: tuple[tuple[str, str | Promise], ...] = (
    (Order.LATE_FIRST, _("late interest, interest, principal")),
    (Order.INTEREST_FIRST, _("interest, principal, late interest")),
    (Order.PRINCIPAL_FIRST, _("principal, interest, late interest")),
)
CLASSES: tuple[tuple[str, str | Promise], ...] = (
    (Class.NORMAL, _("normal")),
    (Class.WATCH, _("watch")),
    (Class.SUBSTANDARD, _("substandard")),
    (Class.DOUBTFUL, _("doubtful")),
    (Class.LOSS, _("loss expected")),
)


@dataclass(frozen=True, slots=True)
class Open:
    """What is open of an instalment; `counted_from`: the day its late interest was paid up to."""

    n: int
    due_date: date
    principal: int
    interest: int
    late: int = 0  # late interest counted before and not paid
    counted_from: date | None = None

    @property
    def won(self) -> int:
        return self.principal + self.interest + self.late


class Paid(NamedTuple):
    """What a payment pays of an instalment."""

    n: int
    principal: int
    interest: int
    late: int

    @property
    def won(self) -> int:
        return self.principal + self.interest + self.late


def days_past_due(instalments: Iterable[Open], on: date) -> int:
    """Rule 1; 0 when nothing is late."""
    oldest = min((one.due_date for one in instalments if one.won > 0), default=on)
    return max((on - oldest).days, 0)


def late_interest(one: Open, late_rate: Fraction, on: date, rounding: Rounding) -> int:
    """Rule 2: all of it that is open on a day, what was counted before included."""
    since = max(one.due_date, one.counted_from or one.due_date)
    days = (on - since).days
    if days <= 0:
        return one.late
    return one.late + whole(one.principal * late_rate * days / YEAR, rounding)


def late_rate_ceiling(rate: Fraction, times: Fraction | None, legal: Fraction | None) -> Fraction:
    """Rule 3; None where nobody laid one down."""
    bounds = [
        bound for bound in (None if times is None else rate * times, legal) if bound is not None
    ]
    return min(bounds, default=Fraction(1))


def allocate(won: int, instalments: Sequence[Open], order: Order) -> tuple[tuple[Paid, ...], int]:
    """Rule 4: what is paid of each instalment, oldest first, and what is left over."""
    paid = []
    for one in sorted(instalments, key=lambda found: (found.due_date, found.n)):
        parts = dict.fromkeys(("principal", "interest", "late"), 0)
        for name in str(order).split("-"):
            parts[name] = min(won, getattr(one, name))
            won -= parts[name]
        if any(parts.values()):
            paid.append(Paid(one.n, **parts))
    return tuple(paid), won


def class_of(days: int, steps: Sequence[tuple[int, Class]]) -> Class:
    """Rule 5; `steps`: from how many days past due which class, the least first."""
    found = Class.NORMAL
    for since, step in steps:
        if days >= since:
            found = step
    return found


def provision(outstanding: int, share: Fraction, rounding: Rounding) -> int:
    """Rule 5: what is to be set aside for a loan."""
    return whole(outstanding * share, rounding)

"""What the rules of a day say about late loans: classes by days, what each asks to be set aside, and
when earning rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ..rules.overdue import Class, class_of
from .borrowers import rules_of

__all__ = ["Provisioning", "provisioning_on"]


@dataclass(frozen=True, slots=True)
class Provisioning:
    """From how many days which class, the least first; the share each asks for; both may be empty."""

    steps: tuple[tuple[int, Class], ...]
    shares: tuple[tuple[Class, Fraction], ...]
    rest_days: int | None

    def class_of(self, days: int) -> Class:
        return class_of(days, self.steps)


def provisioning_on(day: date, fund: str) -> Provisioning:
    """The table in force for the loans of a fund. What nobody laid down is left out."""
    book = rules_of(fund, day)
    steps = [
        (book.number(key), one)
        for one in Class
        if (key := f"loans.{one}_days") in book and one is not Class.NORMAL
    ]
    shares = [(one, book.ratio(key)) for one in Class if (key := f"loans.{one}_ratio") in book]
    rest = book.number("loans.rest_days") if "loans.rest_days" in book else None
    return Provisioning(tuple(sorted(steps)), tuple(shares), rest)

"""Business days in Korea."""

from __future__ import annotations

from datetime import date

from dure.kernel.dates import public_holidays

__all__ = ["is_free"]

SATURDAY = 5


def is_free(day: date) -> bool:
    """Whether banks are closed: a weekend or a public holiday, substitutes included."""
    return day.weekday() >= SATURDAY or day in public_holidays(day.year)

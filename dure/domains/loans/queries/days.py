"""Business days in Korea, and the day of a moment."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

import holidays

from dure.kernel.acts import SEOUL

__all__ = ["day_of", "is_free"]

SATURDAY = 5


@lru_cache(maxsize=1)
def _calendar() -> holidays.HolidayBase:
    return holidays.country_holidays("KR")


def is_free(day: date) -> bool:
    """Whether banks are closed: a weekend or a public holiday, substitutes included."""
    return day.weekday() >= SATURDAY or day in _calendar()


def day_of(at: datetime) -> date:
    """The day of a moment in Seoul."""
    return at.astimezone(SEOUL).date()

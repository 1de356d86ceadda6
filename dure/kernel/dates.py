"""Days and months as people in Korea write them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from .refusals import InvalidInput


class NotADate(InvalidInput):
    """The text is not a day of the calendar."""

    text = _("“%(given)s” is not a date. Type it like 2026-11-20 or 2026.11.20.")


class NotAMonth(InvalidInput):
    """The text is not a month."""

    text = _("“%(given)s” is not a month. Type it like 2026-11.")


_DAY = re.compile(
    r"(?P<y>\d{4}|\d{2})(?:년|[-./])(?P<m>\d{1,2})(?:월|[-./])(?P<d>\d{1,2})(?:일|\.)?"
    r"(?:\([월화수목금토일]\))?(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_DIGITS = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
_MONTH = re.compile(r"(?P<y>\d{4})(?:년|[-./])?(?P<m>\d{1,2})월?")


def parse_date(given: str | date) -> date:
    """Read 2026-11-20 · 2026.11.20 · 2026. 11. 20. · 2026년 11월 20일 · 20261120 · 26/11/20.

    Raises NotADate, also for days that do not exist (2026-02-30).
    """
    if isinstance(given, date):
        return date(given.year, given.month, given.day)
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(given)))
    match = _DAY.fullmatch(bare) or _DIGITS.fullmatch(bare)
    if not match or not bare.isascii() and re.search(r"[^\x00-\x7f년월일화수목금토]", bare):
        raise NotADate(given=str(given)[:40])
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise NotADate(given=str(given)[:40]) from error
    if not 1900 <= found.year <= 2200:
        raise NotADate(given=str(given)[:40])
    return found


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the calendar; its end is exclusive, as every period's."""

    year: int
    month: int

    def __post_init__(self) -> None:
        assert 1 <= self.month <= 12 and 1900 <= self.year <= 2201, (self.year, self.month)

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def first_date(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def end_date(self) -> date:
        """The first day that is no longer in the month."""
        return self.plus(1).first_date

    @property
    def last_date(self) -> date:
        return self.end_date - timedelta(days=1)

    def day(self, number: int) -> date:
        """A day of the month by its number; its last where it is shorter."""
        return min(self.first_date + timedelta(days=number - 1), self.last_date)

    def plus(self, months: int) -> Month:
        years, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(years, month + 1)

    def next(self) -> Month:
        return self.plus(1)

    def until(self, end: Month) -> int:
        """How many months from this one to `end`, exclusive."""
        return (end.year - self.year) * 12 + end.month - self.month

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def after_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day (민법 제160조).

    It is the last day of a period that begins the day after `day`. The calendar ends it at the latest.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_end(first: date, months: int) -> date:
    """The first day after a period of months whose first day is `first`.

    Without such a day the period ends with the month: six months from 31 August end before 1 March.
    """
    same = after_months(first, months)
    return same if same.day == first.day or same == date.max else same + timedelta(days=1)


def clear_days(told: date, day: date) -> int:
    """The whole days between being told and the day itself; neither of the two counts.

    민법 제157조, counted backwards as 총회 notices are (the reference asks counsel to confirm).
    """
    return max((day - told).days - 1, 0)


def told_by(day: date, days: int) -> date:
    """The last day on which one can be told so that `days` whole days lie between."""
    return day - timedelta(days=days + 1)


def parse_month(given: str | Month) -> Month:
    """Read 2026-11 · 2026.11 · 2026년 11월 · 202611. Raises NotAMonth."""
    if isinstance(given, Month):
        return given
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(given)))
    match = _MONTH.fullmatch(bare)
    if not match or not 1 <= int(match["m"]) <= 12 or not 1900 <= int(match["y"]) <= 2200:
        raise NotAMonth(given=str(given)[:40])
    return Month(int(match["y"]), int(match["m"]))


WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


def format_date(day: date) -> str:
    """2026-11-20 (금)."""
    return f"{day.isoformat()} ({WEEKDAYS[day.weekday()]})"


def format_month(month: Month) -> str:
    """2026년 11월."""
    return _now("%(year)d-%(month)02d") % {"year": month.year, "month": month.month}


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year in Korea, substitutes included."""
    import holidays  # a tenth of the start of every process, and few of them ask

    return frozenset(holidays.country_holidays("KR", years=year))

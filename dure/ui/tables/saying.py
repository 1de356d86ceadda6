"""How a cell is said on a page, and how a file takes it along."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _now

from dure.kernel import dates, money
from dure.kernel.acts import SEOUL

NUMERIC = {"won", "number"}


def said(kind: str, value: Any) -> str:
    """A cell as people read it."""
    match value:
        case None:
            return ""
        case bool():
            return _now("yes") if value else _now("no")
        case datetime():
            local = value.astimezone(SEOUL)
            return f"{local:%Y-%m-%d}" if kind == "day" else f"{local:%Y-%m-%d %H:%M}"
        case date():
            return dates.format_date(value) if kind == "day" else value.isoformat()
        case dates.Month():
            return dates.format_month(value)
        case int() if kind in NUMERIC:
            return money.format_number(value)
        case (int(), int()) if kind == "ratio":
            return _percent(value)
    return str(value)


def _percent(pair: tuple[int, int]) -> str:
    part, whole = pair
    if not whole:
        return "–"
    tenths = (abs(part) * 2000 + abs(whole)) // (abs(whole) * 2)
    sign = "-" if (part < 0) != (whole < 0) and tenths else ""
    return f"{sign}{tenths // 10:,}.{tenths % 10}%"


def taken(kind: str, value: Any) -> Any:
    """A cell as a file takes it along: numbers as numbers, days as days, ids as text."""
    match value:
        case None:
            return ""
        case bool():
            return _now("yes") if value else _now("no")
        case int() if kind in NUMERIC:
            return value
        case datetime():
            local = value.astimezone(SEOUL).replace(tzinfo=None)
            return local.date() if kind == "day" else local
        case date():
            return value
        case (int(), int()) if kind == "ratio":
            return _percent(value)
    return str(value)

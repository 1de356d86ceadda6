"""What all papers share: days, spans and tables in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dure.kernel.dates import parse_month

Said = dict[str, Any]


def day_in_words(iso: str) -> str:
    day = date.fromisoformat(iso)
    return _("%(year)d-%(month)02d-%(day)02d") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


def span(content: Said) -> str:
    return f"{content['from']} – {last(content)}"


def last(content: Said) -> str:
    return (date.fromisoformat(content["until"]) - timedelta(days=1)).isoformat()


def months(first: str, last: str) -> str:
    one, other = parse_month(first), parse_month(last)
    return str(one) if one == other else f"{one} – {other}"


def table(caption: str, columns: Iterable[tuple[str, str]], rows: Iterable[Any]) -> Said:
    return {
        "caption": caption,
        "columns": [{"label": label, "kind": kind} for label, kind in columns],
        "rows": [
            {"cells": list(cells), "style": style}
            for style, *cells in ((row[0], *row[1:]) for row in rows)
        ],
    }

"""The sheets of what a closed month keeps."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dure.kernel.dates import Month

from .. import queries, rules
from ..queries import Chart, KeptStatement
from .sheets import Sheet, sheet_of


def sheet_of_kept(kept: KeptStatement) -> Sheet:
    """The sheet of a kept statement, from its bytes."""
    return sheets_of_kept((kept,))[0]


def sheets_of_kept(kept: Sequence[KeptStatement]) -> list[Sheet]:
    """The sheets of what a month keeps, in its order."""
    books = queries.chart()
    return [_sheet(one, books) for one in kept]


def _sheet(kept: KeptStatement, books: Chart) -> Sheet:
    name = books.fund(kept.fund).name if kept.fund else _("All funds together")
    last = Month(int(kept.month[:4]), int(kept.month[5:])).last_date
    year = rules.fiscal_year_start(last, books.fiscal_year_start_month)
    return sheet_of(kept.content, name, year)

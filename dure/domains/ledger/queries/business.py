"""The part of the main business each quarter, held against the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date, timedelta
from fractions import Fraction

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding

from ..models import MainBusiness, MainBusinessFigure
from ..rules import business as rules
from .chart import Chart, books_are_open, chart
from .statements import movements

QUARTERS_SHOWN = 8
RATIO, MEASURE = "business.main_ratio", "business.main_measure"


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter by the chosen measure; no finding where nothing is known or asked."""

    from_date: Date
    until_date: Date
    measure: str
    main: int
    whole: int
    source: str  # of a figure that was typed in
    finding: Finding | None
    runs: bool

    @property
    def share(self) -> tuple[int, int] | None:
        found = Fraction(self.main, self.whole) if self.whole else None
        return (found.numerator, found.denominator) if found is not None else None

    @property
    def is_short(self) -> bool:
        return self.finding is not None and not self.finding.passed


@dataclass(frozen=True, slots=True)
class Division:
    """What is main business, from a day on."""

    from_date: Date
    funds: tuple[str, ...]
    accounts: tuple[str, ...]
    article: str
    decided_by: str


def measure_on(day: Date) -> str:
    """The measure that the network chose; spending where nobody did."""
    book = bylaws.rules_on(day)
    chosen = book.choices(MEASURE) if MEASURE in book else frozenset()
    return next((one for one in rules.MEASURES if one in chosen), rules.EXPENDITURE)


def asks_main_business(day: Date) -> bool:
    """Whether a rule asks for a main business."""
    return RATIO in bylaws.rules_on(day)


def divisions() -> list[Division]:
    """Every division into main and other business, the latest first."""
    return [
        Division(one.from_date, tuple(one.funds), tuple(one.accounts), one.article, one.decided_by)
        for one in MainBusiness.objects.order_by("-from_date")[:100]
    ]


def main_business(today: Date, quarters: int = QUARTERS_SHOWN) -> list[Quarter]:
    """The quarters up to the one that runs, the latest first, none before the books begin."""
    if not books_are_open():
        return []
    books, laid = chart(), divisions()
    found: list[Quarter] = []
    first, until = rules.quarter_of(today, books.fiscal_year_start_month)
    with bylaws.one_reading():
        while len(found) < quarters and until > books.first_date:
            found.append(_quarter(books, first, until, laid, today))
            before = first - timedelta(days=1)
            first, until = rules.quarter_of(before, books.fiscal_year_start_month)
    return found


def _quarter(books: Chart, first: Date, until: Date, laid: list[Division], today: Date) -> Quarter:
    last = until - timedelta(days=1)
    measure, source = measure_on(last), ""
    main = whole = 0
    if measure in rules.IN_BOOKS:
        division = next((one for one in laid if one.from_date <= last), None)
        if division is not None:
            main, whole = rules.measured(
                measure, movements(first, until, books), division.funds, division.accounts
            )
    else:
        figures = MainBusinessFigure.objects.filter(from_date=first, measure=measure)
        figure = figures.order_by("noted_at", "pk").last()
        if figure is not None:
            main, whole, source = figure.main, figure.whole, figure.source
    asked = bylaws.rules_on(last).check_all((RATIO, main, whole)) if whole > 0 else ()
    return Quarter(
        first, until, measure, main, whole, source, next(iter(asked), None), until > today
    )

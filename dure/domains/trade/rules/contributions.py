"""What members put into the cooperative fund by rule. Pure.

1. A share of the sale: of what members sold to members in the time of the rule, tax apart. Borne by
   who sells, by who buys, or by both.
2. It is reckoned from the sum, not deal by deal: of a seller's (or buyer's) whole sum since the rule
   began, the share, a part of a won dropped once. So splitting a sale changes nothing.
3. Borne by both, each buyer bears half of the share of what it bought from a seller, a part of a won
   dropped; the seller bears the rest, so that together it is the share of the seller's sum.
4. A bill is what the rule asks until now without what was billed before. Where a deal was corrected
   and it is less than that, nothing is billed until it is more again: no won is missed or exceeded.
5. A share of the profit: of the net profit of each year stated; of a loss nothing.
6. A fixed sum: the same of each, every period.
7. A quarter ends with March, June, September, December, a year with December.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from dure.kernel.dates import Month
from dure.kernel.money import Rounding, apply_ratio
from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy


class Basis(StrEnum):
    """What a contribution is reckoned from."""

    SALE = "sale"
    PROFIT = "profit"
    FIXED = "fixed"


class Bearer(StrEnum):
    """Who bears the share of a sale."""

    SELLER = "seller"
    BUYER = "buyer"
    BOTH = "both"


class Every(StrEnum):
    """How often it is billed."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


BASES: tuple[tuple[str, str | Promise], ...] = (
    (Basis.SALE, _("share of the sale")),
    (Basis.PROFIT, _("share of the net profit")),
    (Basis.FIXED, _("fixed sum")),
)
BEARERS: tuple[tuple[str, str | Promise], ...] = (
    (Bearer.SELLER, pgettext_lazy("contribution", "who sells")),
    (Bearer.BUYER, pgettext_lazy("contribution", "who buys")),
    (Bearer.BOTH, pgettext_lazy("contribution", "both, half each")),
)
EVERY: tuple[tuple[str, str | Promise], ...] = (
    (Every.MONTH, pgettext_lazy("contribution", "every month")),
    (Every.QUARTER, pgettext_lazy("contribution", "every quarter")),
    (Every.YEAR, pgettext_lazy("contribution", "every year")),
)
_LASTS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


def share(ratio: Fraction, won: int) -> int:
    """The share of a sum, a part of a won dropped (rule 2)."""
    return apply_ratio(won, ratio, Rounding.DOWN)


def of_sales(bearer: str, ratio: Fraction, sums: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Who bears how much of the share of all sales, {(seller, buyer): won} (rules 1 to 3)."""
    side = 1 if bearer == Bearer.BUYER else 0
    whole: dict[int, int] = {}
    for pair, won in sums.items():
        whole[pair[side]] = whole.get(pair[side], 0) + won
    borne = {one: share(ratio, won) for one, won in whole.items()}
    if bearer == Bearer.BOTH:
        for (seller, buyer), won in sums.items():
            half = share(ratio / 2, won)
            borne[seller] -= half
            borne[buyer] = borne.get(buyer, 0) + half
    return {one: won for one, won in borne.items() if won}


def of_profits(ratio: Fraction, profits: Iterable[int]) -> int:
    """The share of the net profits of some years (rule 5)."""
    return sum(share(ratio, won) for won in profits if won > 0)


def to_bill(asked_won: int, billed_won: int) -> int:
    """Rule 4."""
    return max(0, asked_won - billed_won)


def ends_with(every: str, month: Month) -> bool:
    """Whether a period ends with this month (rule 7)."""
    return month.month % _LASTS[Every(every)] == 0


def times_a_year(every: str) -> int:
    """How often a period ends in a year."""
    return 12 // _LASTS[Every(every)]


def due_date(month: Month, due_day: int) -> date:
    """When a bill of a month is due: on a day of the next one, at its end where it is shorter."""
    return month.next().day(due_day)

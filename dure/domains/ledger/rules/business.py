"""The part of the main business in all that is done, each quarter. Pure.

1. It is measured as the law's type asks: by spending, services given, wages, people employed, or the
   budget of commissioned work. Spending and wages stand in the books; the rest is noted.
2. Spending is main business when its fund and its account are; where none is named, all are.
3. Quarters are those of the fiscal year. One that runs is shown as it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from dure.kernel.dates import Month

from .chart import EXPENSE
from .statements import Movement

EXPENDITURE, WAGES = "expenditure", "wages"
MEASURES = (EXPENDITURE, "service_supply", WAGES, "staff_count", "commissioned_budget")
IN_BOOKS = (EXPENDITURE, WAGES)
WAGE_ROLE = "staff_expense"
QUARTER = 3  # months


def quarter_of(day: date, start_month: int) -> tuple[date, date]:
    """The fiscal quarter of a day: its first day, and the first one after it (rule 3)."""
    month = Month.of(day)
    first = month.plus(-((day.month - start_month) % QUARTER))
    return first.first_date, first.plus(QUARTER).first_date


def measured(
    measure: str, moved: Iterable[Movement], funds: Collection[str], accounts: Collection[str]
) -> tuple[int, int]:
    """(main, whole) in won, by rules 1 and 2."""
    counted = [
        (one, one.debit_won - one.credit_won)
        for one in moved
        if one.is_own and one.kind == EXPENSE and (measure == EXPENDITURE or one.role == WAGE_ROLE)
    ]
    main = sum(
        won
        for one, won in counted
        if (not funds or one.fund in funds) and (not accounts or one.account in accounts)
    )
    return main, sum(won for _one, won in counted)

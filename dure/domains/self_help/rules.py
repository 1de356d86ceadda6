"""Self-help funds that are run for others: what they move in the books, and the fee. Pure; whole won.

1. What participants pay in is owed to them: Dr cash, Cr entrusted capital by party, in their fund. Paid
   back, the other way round.
2. The fee is by rule of the contract: so much a period; or a yearly share of what is lent at the end of
   the period; or a share of the fund's income of the period. Parts of a won are not taken.
3. Periods are calendar months, quarters or years, and a fee is charged once for each, when it is over.
4. The fee leaves the fund (Dr commission paid, Cr cash) and reaches the network (Dr cash, Cr commission
   received) by an entry each: no entry touches an entrusted fund and another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from dure.domains.ledger.rules import EXPENSE, INCOME, LIABILITY, Side, credit, debit
from dure.kernel.dates import Month
from dure.kernel.money import Rounding, whole
from dure.kernel.words import Promise, gettext_lazy as _

YEAR = 12  # months
CODE_MAX, _AID = 40, "_aid"


class FeeOf(StrEnum):
    """What a fee is measured by."""

    NOTHING = "nothing"
    PERIOD = "period"
    BALANCE = "balance"
    INCOME = "income"


FEES: tuple[tuple[str, str | Promise], ...] = (
    (FeeOf.NOTHING, _("no fee")),
    (FeeOf.PERIOD, _("an amount for each period")),
    (FeeOf.BALANCE, _("a yearly share of what is lent")),
    (FeeOf.INCOME, _("a share of the fund's income")),
)
PERIODS: tuple[tuple[int, str | Promise], ...] = (
    (1, _("each month")),
    (3, _("each quarter")),
    (YEAR, _("each year")),
)
ACCOUNTS = (  # role, code, name, kind, by party: added to the chart with the first fund
    ("entrusted_capital", "2300", "수탁 자조기금 출자금", LIABILITY, True),
    ("commission_income", "4310", "위탁운영 수수료 수입", INCOME, False),
    ("commission_paid", "5710", "위탁운영 수수료", EXPENSE, False),
)


@dataclass(frozen=True, slots=True)
class Chart:
    """The codes of the accounts this room moves, by their role."""

    cash: str
    entrusted_capital: str
    commission_income: str
    commission_paid: str


def aid_code_of(fund: str) -> str:
    """The code of the books in which a fund keeps its mutual aid."""
    return f"{fund[: CODE_MAX - len(_AID)]}{_AID}"


def paid_in(chart: Chart, fund: str, party_id: int, won: int) -> tuple[Side, ...]:
    """Rule 1; below zero it is paid back."""
    if won < 0:
        return (
            debit(chart.entrusted_capital, fund, -won, party_id=party_id),
            credit(chart.cash, fund, -won),
        )
    return (
        debit(chart.cash, fund, won),
        credit(chart.entrusted_capital, fund, won, party_id=party_id),
    )


def fee_won(fee_of: str, won: int, share: Fraction, months: int, lent: int, income: int) -> int:
    """Rule 2."""
    if fee_of == FeeOf.PERIOD:
        return won
    if fee_of == FeeOf.BALANCE:
        return whole(share * lent * months / YEAR, Rounding.DOWN)
    if fee_of == FeeOf.INCOME:
        return whole(share * max(income, 0), Rounding.DOWN)
    return 0


def period_of(month: Month, months: int) -> tuple[date, date]:
    """Rule 3: the period a month belongs to; its end is the day after."""
    first = month.plus(-((month.month - 1) % months))
    return first.first_date, first.plus(months).first_date


def taken(chart: Chart, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 4, in the fund."""
    return debit(chart.commission_paid, fund, won), credit(chart.cash, fund, won)


def received(chart: Chart, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 4, in the network's own."""
    return debit(chart.cash, fund, won), credit(chart.commission_income, fund, won)

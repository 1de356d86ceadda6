"""The statement of a fund for its association: what came in, what went out, what it has, what is lent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dure.domains.ledger import queries as ledger
from dure.kernel.acts import Act
from dure.kernel.dates import Month

from .capital import capital_moves
from .funds import ChargeLine, SelfHelpFundCard, self_help_fund

__all__ = ["FundAccount", "MoneyLine", "MoneyMoved", "fund_account"]


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """What came in and went out for one account."""

    name: str
    in_won: int
    out_won: int


@dataclass(frozen=True, slots=True)
class MoneyMoved:
    """What books had at the beginning, what came in and went out, what they have at the end."""

    from_date: date
    until_date: date  # exclusive
    opening_won: int
    lines: tuple[MoneyLine, ...]
    closing_won: int

    @property
    def in_won(self) -> int:
        return sum(one.in_won for one in self.lines)

    @property
    def out_won(self) -> int:
        return sum(one.out_won for one in self.lines)


@dataclass(frozen=True, slots=True)
class FundAccount(MoneyMoved):
    """A fund over whole months."""

    fund: SelfHelpFundCard
    aid: MoneyMoved | None  # its mutual aid, where it has some
    lent_before_won: int
    lent_won: int
    capital_won: int  # at the end
    charges: tuple[ChargeLine, ...]

    @property
    def fee_won(self) -> int:
        return sum(one.won for one in self.charges)


def fund_account(
    act: Act, fund_id: int, from_month: str | Month, to_month: str | Month
) -> FundAccount:
    """The statement over whole months, both included. Raises NotFound, Denied, SpanBackwards."""
    fund = self_help_fund(act, fund_id)
    told = _moved(fund.code, from_month, to_month)
    since, until = told.from_date, told.until_date
    last = until - timedelta(days=1)
    lent = ledger.account_moves(ledger.account_for("member_loans"), until, (fund.code,))
    return FundAccount(
        since, until, told.opening_won, told.lines, told.closing_won,
        fund=fund,
        aid=_moved(fund.aid_code, from_month, to_month) if fund.aid_code else None,
        lent_before_won=sum(won for day, won in lent if day < since),
        lent_won=sum(won for _day, won in lent),
        capital_won=fund.capital_won - sum(capital_moves(fund.code, last).values()),
        charges=tuple(one for one in fund.charges if since <= one.charged_date < until),
    )  # fmt: skip


def _moved(code: str, from_month: str | Month, to_month: str | Month) -> MoneyMoved:
    told = ledger.money_statement(code, from_month, to_month)
    came = {line.name: line.won for line in told.came}
    went = {line.name: line.won for line in told.went}
    names = dict.fromkeys((*came, *went))
    lines = tuple(MoneyLine(name, came.get(name, 0), went.get(name, 0)) for name in names)
    return MoneyMoved(told.from_date, told.until_date, told.opening_won, lines, told.closing_won)

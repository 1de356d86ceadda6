"""The statement of a fund for its association: what came in, what went out, what it has, what is lent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dure.domains.ledger import queries as ledger
from dure.kernel.acts import Act
from dure.kernel.dates import Month

from .capital import capital_moves
from .funds import ChargeLine, SelfHelpFundCard, self_help_fund

__all__ = ["FundAccount", "MoneyLine", "fund_account"]


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """What came in and went out for one account."""

    name: str
    in_won: int
    out_won: int


@dataclass(frozen=True, slots=True)
class FundAccount:
    """A fund over whole months."""

    fund: SelfHelpFundCard
    from_date: date
    until_date: date  # exclusive
    opening_won: int
    lines: tuple[MoneyLine, ...]
    closing_won: int
    lent_before_won: int
    lent_won: int
    capital_won: int  # at the end
    charges: tuple[ChargeLine, ...]

    @property
    def in_won(self) -> int:
        return sum(one.in_won for one in self.lines)

    @property
    def out_won(self) -> int:
        return sum(one.out_won for one in self.lines)

    @property
    def fee_won(self) -> int:
        return sum(one.won for one in self.charges)


def fund_account(
    act: Act, fund_id: int, from_month: str | Month, to_month: str | Month
) -> FundAccount:
    """The statement over whole months, both included. Raises NotFound, Denied, SpanBackwards."""
    fund = self_help_fund(act, fund_id)
    told = ledger.money_statement(fund.code, from_month, to_month)
    since, until = told.from_date, told.until_date
    last = until - timedelta(days=1)
    lent = ledger.account_moves(ledger.account_for("member_loans"), until, (fund.code,))
    came = {line.name: line.won for line in told.came}
    went = {line.name: line.won for line in told.went}
    return FundAccount(
        fund=fund,
        from_date=since,
        until_date=until,
        opening_won=told.opening_won,
        lines=tuple(
            MoneyLine(name, came.get(name, 0), went.get(name, 0))
            for name in dict.fromkeys((*came, *went))
        ),
        closing_won=told.closing_won,
        lent_before_won=sum(won for day, won in lent if day < since),
        lent_won=sum(won for _day, won in lent),
        capital_won=fund.capital_won - sum(capital_moves(fund.code, last).values()),
        charges=tuple(one for one in fund.charges if since <= one.charged_date < until),
    )

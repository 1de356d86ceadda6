"""What mutual trade has done: cash that clearing saved, and how the cooperative fund grew."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from dure.domains.ledger import queries as ledger
from dure.kernel.acts import Act
from dure.kernel.dates import Month

from .. import policies
from ..models import ClearingRound
from .fund import FUND
from .rounds import ClearingRow, clearings

__all__ = ["FundMonth", "TradeFigures", "trade_figures"]


@dataclass(frozen=True, slots=True)
class FundMonth:
    """What the cooperative fund was worth at the end of a month."""

    month: Month
    won: int


@dataclass(frozen=True, slots=True)
class TradeFigures:
    """The rounds that were settled, the oldest first; the fund month by month."""

    rounds: tuple[ClearingRow, ...]
    fund: tuple[FundMonth, ...]

    @property
    def saved_won(self) -> int:
        return sum(one.agreed_won for one in self.rounds)


def trade_figures(act: Act) -> TradeFigures:
    """For all who belong: sums only."""
    policies.can_see_trade(act).enforce()
    settled = [one for one in clearings(act, bars=()) if one.state == ClearingRound.State.SETTLED]
    months: tuple[FundMonth, ...] = ()
    with suppress(ledger.BooksNotOpen):
        found = ledger.net_by_month(Month.of(act.today))
        months = tuple(map(FundMonth, found.months, found.won.get(FUND, ())))
    return TradeFigures(tuple(reversed(settled)), months)

"""Which accounts the cooperative fund moves, all in its own fund. Pure.

1. A contribution: Dr cash (or where the money waits), Cr contributions to the fund by party.
2. What the fund does: Dr support paid, Cr cash.
"""

from __future__ import annotations

from dataclasses import dataclass

from dure.domains.ledger.rules import Side, credit, debit


@dataclass(frozen=True, slots=True)
class Chart:
    """The codes of the accounts this room moves, by their role in the network's chart."""

    cash: str
    fund_contribution_income: str
    support_paid: str


def contribution(chart: Chart, fund: str, won: int, party_id: int) -> Side:
    """What a contribution is in the fund, wherever its money comes from."""
    return credit(chart.fund_contribution_income, fund, won, party_id=party_id)


def coming_in(chart: Chart, fund: str, won: int, party_id: int) -> tuple[Side, ...]:
    """Rule 1."""
    return debit(chart.cash, fund, won), contribution(chart, fund, won, party_id)


def using(chart: Chart, fund: str, won: int, party_id: int | None) -> tuple[Side, ...]:
    """Rule 2."""
    return debit(chart.support_paid, fund, won, party_id=party_id), credit(chart.cash, fund, won)

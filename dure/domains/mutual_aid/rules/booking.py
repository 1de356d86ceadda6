"""Which accounts mutual aid moves, all in the fund of its plan. Pure.

1. A contribution: Dr cash (or where the money waits), Cr contributions to mutual aid.
2. A benefit: Dr aid given, Cr cash.
3. Contributions that go back to who leaves: Dr contributions returned, Cr cash.
"""

from __future__ import annotations

from dataclasses import dataclass

from dure.domains.ledger.rules import Side, credit, debit


@dataclass(frozen=True, slots=True)
class Chart:
    """The codes of the accounts this room moves, by their role in the network's chart."""

    cash: str
    aid_contribution_income: str
    aid_benefits: str
    aid_refunds: str


def coming_in(chart: Chart, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 1."""
    return debit(chart.cash, fund, won), contribution(chart, fund, won)


def contribution(chart: Chart, fund: str, won: int) -> Side:
    """What a contribution is in the fund, wherever its money comes from."""
    return credit(chart.aid_contribution_income, fund, won)


def giving(chart: Chart, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 2."""
    return debit(chart.aid_benefits, fund, won), credit(chart.cash, fund, won)


def giving_back(chart: Chart, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 3."""
    return debit(chart.aid_refunds, fund, won), credit(chart.cash, fund, won)

"""Which accounts the cooperative fund moves, all in its own fund, and buying together. Pure.

1. A contribution: Dr cash (or where the money waits), Cr contributions to the fund by party.
2. What the fund does: Dr support paid, Cr cash.
3. The pool, when a round is settled: Dr receivable by party from whom it lent to, Cr payable by party
   to whom it pays, the same sum. Repaid: Dr cash, Cr receivable. Paid: Dr payable, Cr cash.

And what members buy together, in the fund it is bought by:

4. Billing a group buy: Dr other receivables by member, Cr payables by supplier, goods and transport.
5. A bill that is paid: Dr cash (or where the money waits), Cr other receivables by member.
6. A supplier that is paid: Dr payables, Cr cash.
7. A bundle that is sold: Dr cash, Cr payables by member, each with its share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dure.domains.ledger.rules import Side, credit, debit


@dataclass(frozen=True, slots=True)
class Chart:
    """The codes of the accounts this room moves, by their role in the network's chart."""

    cash: str
    fund_contribution_income: str
    support_paid: str
    other_receivable: str
    payable: str


def contribution(chart: Chart, fund: str, won: int, party_id: int) -> Side:
    """What a contribution is in the fund, wherever its money comes from."""
    return credit(chart.fund_contribution_income, fund, won, party_id=party_id)


def coming_in(chart: Chart, fund: str, won: int, party_id: int) -> tuple[Side, ...]:
    """Rule 1."""
    return debit(chart.cash, fund, won), contribution(chart, fund, won, party_id)


def using(chart: Chart, fund: str, won: int, party_id: int | None) -> tuple[Side, ...]:
    """Rule 2."""
    return debit(chart.support_paid, fund, won, party_id=party_id), credit(chart.cash, fund, won)


def owing(
    chart: Chart,
    fund: str,
    owed_by: Iterable[tuple[int, int]],
    owed_to: Iterable[tuple[int | None, int]],
) -> tuple[Side, ...]:
    """Rules 3 and 4: (party, won) who owe the fund and whom it owes, the same in all."""
    return (
        *(debit(chart.other_receivable, fund, won, party_id=party) for party, won in owed_by),
        *(credit(chart.payable, fund, won, party_id=party) for party, won in owed_to),
    )


def repaid(chart: Chart, fund: str, won: int, party_id: int) -> Side:
    """What is no longer owed to the fund, wherever its money comes from (rules 3 and 5)."""
    return credit(chart.other_receivable, fund, won, party_id=party_id)


def repaid_in_cash(chart: Chart, fund: str, won: int, party_id: int) -> tuple[Side, ...]:
    """Rules 3 and 5."""
    return debit(chart.cash, fund, won), repaid(chart, fund, won, party_id)


def paying(chart: Chart, fund: str, won: int, party_id: int | None) -> tuple[Side, ...]:
    """What the fund owed is paid: rules 3 and 6."""
    return debit(chart.payable, fund, won, party_id=party_id), credit(chart.cash, fund, won)


def bundle_sold(
    chart: Chart, fund: str, won: int, shares: Iterable[tuple[int, int]]
) -> tuple[Side, ...]:
    """Rule 7."""
    return (
        debit(chart.cash, fund, won),
        *(credit(chart.payable, fund, share, party_id=party) for party, share in shares),
    )

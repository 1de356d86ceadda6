"""Which accounts a loan moves. Pure.

1. Paying out: Dr member loans by party, Cr cash, in the fund of the product.
2. Coming back: Dr cash, Cr member loans by party for the principal, Cr other income for interest and
   late interest.
"""

from __future__ import annotations

from dataclasses import dataclass

from dure.domains.ledger.rules import Side, credit, debit


@dataclass(frozen=True, slots=True)
class Chart:
    """The codes of the accounts this room moves, by their role in the network's chart."""

    cash: str
    member_loans: str
    other_income: str


def paying_out(chart: Chart, fund: str, party_id: int, won: int) -> tuple[Side, ...]:
    """Rule 1."""
    return debit(chart.member_loans, fund, won, party_id=party_id), credit(chart.cash, fund, won)


def coming_back(
    chart: Chart, fund: str, party_id: int, principal: int, income: int
) -> tuple[Side, ...]:
    """Rule 2; `income`: interest and late interest."""
    sides = [debit(chart.cash, fund, principal + income)]
    if principal:
        sides.append(credit(chart.member_loans, fund, principal, party_id=party_id))
    if income:
        sides.append(credit(chart.other_income, fund, income))
    return tuple(sides)

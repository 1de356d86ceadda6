"""Which accounts a loan moves. Pure.

1. Paying out: Dr member loans by party, Cr cash, in the fund of the product; a fee is kept back, and
   is interest in the eyes of the law (이자제한법 제4조): income of the fund.
2. Each day: Dr interest receivable, Cr interest income, for what all loans of a fund have earned that
   day (rules.accrual). Income is earned by days, not by payments.
3. Coming back: Dr cash, or suspense where the money of a receipt waits; Cr member loans by party for the principal, Cr interest receivable for the
   interest. What a loan has earned more by the payment than was entered (its earning rested, it ends
   on that day), or less (the payment is dated back), is income, or taken from it, with the payment.
   Interest paid ahead stands against the receivable until it is earned.
4. At the end of a month: Dr loan loss expense, Cr loan loss allowance for what is to be set aside more
   than before; the other way round when it is less. Only the difference is entered.
5. Giving up: Dr loan loss allowance for what was set aside for this loan, Dr loan loss expense for the
   rest; Cr member loans by party, Cr interest receivable.
6. Recovered after that: Dr cash, Cr loan loss expense.
"""

from __future__ import annotations

from dataclasses import dataclass

from dure.domains.ledger.rules import Side, credit, debit


@dataclass(frozen=True, slots=True)
class Chart:
    """The codes of the accounts this room moves, by their role in the network's chart."""

    cash: str
    member_loans: str
    loan_interest_receivable: str
    loan_interest_income: str
    loan_loss_allowance: str
    loan_loss_expense: str


def paying_out(chart: Chart, fund: str, party_id: int, won: int, fee: int = 0) -> tuple[Side, ...]:
    """Rule 1; `fee` is kept back."""
    sides = [
        debit(chart.member_loans, fund, won, party_id=party_id),
        credit(chart.cash, fund, won - fee),
    ]
    if fee:
        sides.append(credit(chart.loan_interest_income, fund, fee))
    return tuple(sides)


def earning(chart: Chart, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 2; below 0 what was earned is taken back."""
    return _moved(chart.loan_interest_receivable, chart.loan_interest_income, fund, won)


def coming_back(
    chart: Chart, fund: str, party_id: int, principal: int, interest: int, income: int
) -> list[Side]:
    """Rule 3, what is paid; `interest`: with late interest, as paid; `income`: earned by the payment."""
    sides = []
    if principal:
        sides.append(credit(chart.member_loans, fund, principal, party_id=party_id))
    if income != interest:
        sides.append(Side(chart.loan_interest_receivable, fund, income - interest))
    if income:
        sides.append(Side(chart.loan_interest_income, fund, -income))
    return sides


def in_cash(chart: Chart, fund: str, paid: list[Side]) -> tuple[Side, ...]:
    """Rule 3, by hand: the money came into the fund itself."""
    return debit(chart.cash, fund, -sum(side.amount_won for side in paid)), *paid


def setting_aside(chart: Chart, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 4."""
    return _moved(chart.loan_loss_expense, chart.loan_loss_allowance, fund, won)


def giving_up(
    chart: Chart, fund: str, party_id: int, principal: int, receivable: int, set_aside: int
) -> tuple[Side, ...]:
    """Rule 5; `set_aside`: what the allowance holds for this loan."""
    sides = [
        Side(chart.loan_loss_allowance, fund, set_aside),
        Side(chart.loan_loss_expense, fund, principal + receivable - set_aside),
        credit(chart.member_loans, fund, principal, party_id=party_id),
        Side(chart.loan_interest_receivable, fund, -receivable),
    ]
    return tuple(side for side in sides if side.amount_won)


def recovering(chart: Chart, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 6."""
    return debit(chart.cash, fund, won), credit(chart.loan_loss_expense, fund, won)


def _moved(to: str, by: str, fund: str, won: int) -> tuple[Side, ...]:
    """Dr the first, Cr the second; the other way round below 0, nothing at 0."""
    return (Side(to, fund, won), Side(by, fund, -won)) if won else ()

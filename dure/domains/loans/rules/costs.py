"""What a loan costs a year, fees counted with the interest. Pure.

1. A fee is a share of the loan, made whole by the product's rule, and a fixed sum. It is kept back
   when the loan is paid out, once.
2. Whatever its name, what a lender takes for a loan is interest (이자제한법 제4조제1항); what is kept
   back was never lent (제3조). So the yearly cost is interest and fee over what the borrower really
   has in hand, month by month.
"""

from __future__ import annotations

from fractions import Fraction

from dure.kernel.money import Rounding, whole

from .schedules import Method, Schedule, Terms

TWELVE = 12


def fee_of(won: int, share: Fraction, fixed_won: int, rounding: Rounding) -> int:
    """Rule 1."""
    return whole(won * share, rounding) + fixed_won


def yearly_cost(terms: Terms, plan: Schedule, fee: int) -> Fraction:
    """Rule 2; without a fee the rate itself, except where interest is of the first sum throughout."""
    if not fee and terms.method is not Method.FLAT:
        return terms.annual_rate
    if fee >= terms.principal:
        return Fraction(fee)
    owed = [terms.principal, *(one.balance for one in plan.instalments[:-1])]
    years = Fraction(sum(owed), TWELVE * terms.principal)
    interest = (
        Fraction(plan.total_interest, terms.principal)
        if terms.method is Method.FLAT
        else terms.annual_rate * years
    )
    in_hand = Fraction(terms.principal - fee, terms.principal)
    return (interest + Fraction(fee, terms.principal)) / (years * in_hand)

"""Which accounts a deed moves, in which fund. Pure; nothing else in this room makes entries.

1. Billing: Dr dues receivable by party, Cr dues income, in the plan's fund.
2. Money in: Dr cash, Cr suspense, in the fund whose bank account it came to. Whose money it is
   is another question, answered by matching.
3. Matching: Dr suspense, Cr dues receivable by party. Where the charge belongs to another fund,
   the fund that has the money owes it: Cr due-to there, Dr due-from here.
4. Paying back what was not matched: Dr suspense, Cr cash.
5. Waiving: Dr dues written off, Cr dues receivable by party: income stays what it was, the loss
   shows.
6. Shares: Cr share capital by party; Dr cash, or suspense when a receipt brought them. Paying
   them back, once resolved: Dr share capital by party, Cr share refunds due by party; what a
   leaver bears of a loss stays in the house (Cr gains on capital reduction), a part of the surplus
   comes from there. The money: Dr share refunds due by party, Cr cash; kept for what is owed:
   Cr suspense, which then pays it as any receipt does.
7. Kept for a member's dues to come: Dr suspense, Cr dues in advance by party; used: Dr dues in
   advance by party, Cr dues receivable by party.
8. Nobody's dues: Dr suspense, Cr an income. Money a bank collected from members' accounts: Dr debits
   under way, Cr suspense (rule 2 with another account); when it came to the bank account in one sum:
   Dr suspense, Cr debits under way.
   Dues of later months (rule 8 of `dues`): Dr dues income, Cr dues deferred; when their months come
   the other way round.
9. Shares that change hands: Dr share capital of the one, Cr share capital of the other. A claim
   that lapsed: Dr share capital by party, Cr the account that the rules name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dure.domains.ledger.rules import Side, credit, debit

from .shares import Refund


@dataclass(frozen=True, slots=True)
class Chart:
    """The codes of the accounts this room moves, by their role in the network's chart."""

    cash: str
    suspense: str
    dues_receivable: str
    dues_income: str
    dues_written_off: str
    share_capital: str
    share_refunds_due: str
    capital_reduction: str
    due_from_funds: str
    due_to_funds: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a receipt: to which fund it belongs and whose debt it pays."""

    fund: str
    party_id: int
    won: int


def billing(chart: Chart, fund: str, owed: Iterable[tuple[int, int]]) -> tuple[Side, ...]:
    """(party id, won) … Rule 1."""
    debits = tuple(debit(chart.dues_receivable, fund, won, party_id=party) for party, won in owed)
    total = sum(side.amount_won for side in debits)
    return (*debits, credit(chart.dues_income, fund, total))


def receiving(chart: Chart, fund: str, won: int, account: str = "") -> tuple[Side, ...]:
    """Rule 2; `account`: where the money is, if not in the bank account."""
    return debit(account or chart.cash, fund, won), credit(chart.suspense, fund, won)


def settling(chart: Chart, receipt_fund: str, parts: Iterable[Part]) -> tuple[Side, ...]:
    """Rule 3."""
    return from_suspense(chart, receipt_fund, _paid(chart, parts))


def keeping(chart: Chart, advance: str, fund: str, party_id: int, won: int) -> tuple[Side, ...]:
    """Rule 7; `advance`: the account of dues in advance."""
    return debit(chart.suspense, fund, won), credit(advance, fund, won, party_id=party_id)


def using(chart: Chart, advance: str, fund: str, parts: Iterable[Part]) -> tuple[Side, ...]:
    """Rule 7; all parts are one party's."""
    paid = _paid(chart, parts)
    total = -sum(side.amount_won for side in paid)
    return _elsewhere(
        chart, fund, [debit(advance, fund, total, party_id=paid[0].party_id), *paid], paid
    )


def otherwise(chart: Chart, account: str, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 8; `account`: the income, or debits under way."""
    return debit(chart.suspense, fund, won), credit(account, fund, won)


def deferring(chart: Chart, held: str, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 8; `held`: the account of dues deferred; `won` below zero becomes income."""
    if won > 0:
        return debit(chart.dues_income, fund, won), credit(held, fund, won)
    return debit(held, fund, -won), credit(chart.dues_income, fund, -won)


def _paid(chart: Chart, parts: Iterable[Part]) -> list[Side]:
    sums: dict[tuple[str, int], int] = {}
    for part in parts:
        sums[part.fund, part.party_id] = sums.get((part.fund, part.party_id), 0) + part.won
    return [
        credit(chart.dues_receivable, fund, won, party_id=who) for (fund, who), won in sums.items()
    ]


def paying_back(chart: Chart, fund: str, won: int) -> tuple[Side, ...]:
    """Rule 4."""
    return debit(chart.suspense, fund, won), credit(chart.cash, fund, won)


def waiving(chart: Chart, fund: str, party_id: int, won: int) -> tuple[Side, ...]:
    """Rule 5."""
    return (
        debit(chart.dues_written_off, fund, won),
        credit(chart.dues_receivable, fund, won, party_id=party_id),
    )


def share_payment(
    chart: Chart, fund: str, party_id: int, won: int, receipt_fund: str | None = None
) -> tuple[Side, ...]:
    """Rule 6; `receipt_fund`: where the money waits in suspense, if a receipt brought it."""
    side = credit(chart.share_capital, fund, won, party_id=party_id)
    if receipt_fund is None:
        return debit(chart.cash, fund, won), side
    return from_suspense(chart, receipt_fund, [side])


def share_refund_due(chart: Chart, fund: str, party_id: int, refund: Refund) -> tuple[Side, ...]:
    """Rule 6: shares become money owed to a leaver."""
    sides = [debit(chart.share_capital, fund, refund.paid_in_won, party_id=party_id)]
    if refund.won:
        sides.append(credit(chart.share_refunds_due, fund, refund.won, party_id=party_id))
    if refund.loss_won > refund.surplus_won:
        sides.append(credit(chart.capital_reduction, fund, refund.loss_won - refund.surplus_won))
    if refund.surplus_won > refund.loss_won:
        sides.append(debit(chart.capital_reduction, fund, refund.surplus_won - refund.loss_won))
    return tuple(sides)


def share_refund(
    chart: Chart, fund: str, party_id: int, won: int, *, is_set_off: bool = False
) -> tuple[Side, ...]:
    """Rule 6: the money goes out, or is kept for what is owed."""
    return (
        debit(chart.share_refunds_due, fund, won, party_id=party_id),
        credit(chart.suspense if is_set_off else chart.cash, fund, won),
    )


def share_transfer(
    chart: Chart, fund: str, from_party_id: int, to_party_id: int, won: int
) -> tuple[Side, ...]:
    """Rule 9."""
    return (
        debit(chart.share_capital, fund, won, party_id=from_party_id),
        credit(chart.share_capital, fund, won, party_id=to_party_id),
    )


def share_lapse(chart: Chart, fund: str, party_id: int, won: int, account: str) -> tuple[Side, ...]:
    """Rule 9; `account`: the code of where lapsed shares go."""
    return (
        debit(chart.share_capital, fund, won, party_id=party_id),
        credit(account, fund, won),
    )


def from_suspense(chart: Chart, receipt_fund: str, credits: list[Side]) -> tuple[Side, ...]:
    """Money of a receipt pays these; what belongs to other funds is owed to them (rule 3)."""
    total = -sum(side.amount_won for side in credits)
    sides = [debit(chart.suspense, receipt_fund, total), *credits]
    return _elsewhere(chart, receipt_fund, sides, credits)


def handing_over(
    chart: Chart, receipt_fund: str, fund: str, won: int
) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
    """What waited in one fund is money of a fund run for others: out of the one, into the other, where
    it was used from suspense."""
    return (
        (debit(chart.suspense, receipt_fund, won), credit(chart.cash, receipt_fund, won)),
        (debit(chart.cash, fund, won), credit(chart.suspense, fund, won)),
    )


def _elsewhere(
    chart: Chart, receipt_fund: str, sides: list[Side], credits: list[Side]
) -> tuple[Side, ...]:
    """What belongs to other funds is owed to them by the fund that has the money."""
    elsewhere: dict[str, int] = {}
    for side in credits:
        if side.fund != receipt_fund:
            elsewhere[side.fund] = elsewhere.get(side.fund, 0) - side.amount_won
    for fund, won in sorted(elsewhere.items()):
        sides.append(credit(chart.due_to_funds, receipt_fund, won))
        sides.append(debit(chart.due_from_funds, fund, won))
    return tuple(sides)

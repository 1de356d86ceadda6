"""The money of mutual aid stays with mutual aid. Pure.

1. An entry takes money out of a fund for another when the money of the one falls and that of another
   rises in it, however it is booked.
2. It lends out of a fund what it puts to the account of loans there.
3. Paying back what the fund owes other funds is not taking, up to what it owes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from dure.domains.ledger.rules import Side


def may_take(sides: Sequence[Side], loans: str) -> bool:
    """Whether an entry can take anything out of a fund at all: a first look."""
    return any(side.account == loans for side in sides) or len({one.fund for one in sides}) > 1


def taken(
    sides: Sequence[Side], fund: str, money: Collection[str], loans: str, due_to: str, owed_won: int
) -> int:
    """Rules 1 to 3: how much an entry takes out of a fund."""
    moved: Counter[str] = Counter()
    for side in sides:
        if side.account in money:
            moved[side.fund] += side.amount_won
    risen = any(won > 0 for other, won in moved.items() if other != fund)
    out = max(-moved[fund], 0) if risen else 0
    paid_back = min(_debits(sides, fund, due_to), max(owed_won, 0))
    return max(out - paid_back, 0) + _debits(sides, fund, loans)


def _debits(sides: Sequence[Side], fund: str, account: str) -> int:
    return sum(
        side.amount_won
        for side in sides
        if side.fund == fund and side.account == account and side.amount_won > 0
    )

"""Share capital: what counts as a share, what a leaver gets back, and from which day. Pure.

1. A share counts when it is paid for in full; what was paid towards the next one is paid-in money
   but no share yet.
2. The cap on one member (협동조합 기본법 제22조제2항) compares what the member has paid in after a
   movement with all that is paid in after it. It begins to bind when as many hold shares as the law
   asks to found the body (제15조제1항: five): before that no division could meet it, and the law
   does not forbid founding. The finding is kept with every movement from the first.
3. A leaver's claim begins with the fiscal year after the one of leaving and lapses some years
   later, unless it was asked for (제26조, 제89조). Months are counted by the calendar; where the
   day is missing, the first of the next month counts.
4. What is paid back, by the rule of the legal form:
   a. `paid_in` (사회적협동조합, 제89조): what was paid in, less the leaver's part of a loss;
   b. `share_of_assets` (협동조합, 제26조제2항): the leaver's part of assets less debts at the end of the
      fiscal year of leaving; above what was paid in only where the bylaws say so.
5. The loss that is shared (제27조, 제90조), by the rule `losses.shared_when`:
   `insolvent`: debts above all assets; `impaired`: paid-in capital above net assets; `never`.
   It is divided among all holders by what each has paid in, to the last won; nobody answers for
   more than was paid in (제22조제5항).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dure.kernel.money import split


def whole_shares(paid_won: int, unit_won: int) -> int:
    """Rule 1."""
    assert paid_won >= 0 and unit_won > 0
    return paid_won // unit_won


def fiscal_year_of(day: date, start_month: int) -> date:
    """The first day of the fiscal year that contains the day."""
    return date(day.year - (day.month < start_month), start_month, 1)


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The books at the end of the fiscal year of leaving, and who had paid in how much."""

    assets_won: int
    debts_won: int
    paid_in: Mapping[int, int]  # holder → won

    @property
    def net_won(self) -> int:
        return self.assets_won - self.debts_won

    @property
    def capital_won(self) -> int:
        return sum(self.paid_in.values())


@dataclass(frozen=True, slots=True)
class Refund:
    """What is paid back of some paid-in capital: less the loss, and the part of a surplus."""

    paid_in_won: int
    loss_won: int
    surplus_won: int

    @property
    def won(self) -> int:
        return self.paid_in_won - self.loss_won + self.surplus_won


def loss_to_share(books: YearEnd, when: str) -> int:
    """Rule 5."""
    if when == "never":
        return 0
    if when == "insolvent":
        loss = -books.net_won
    else:
        assert when == "impaired", when
        loss = books.capital_won - books.net_won
    return min(max(0, loss), max(0, books.capital_won))


def part_of(total_won: int, holder: int, paid_in: Mapping[int, int]) -> int:
    """A holder's part of an amount divided by what each has paid in; all parts make the whole."""
    holders = sorted(paid_in)
    return split(total_won, tuple(paid_in[one] for one in holders))[holders.index(holder)]


def refund(
    books: YearEnd, holder: int, paid_in_won: int, *, by: str, loss_when: str, above_paid_in: bool
) -> Refund:
    """Rules 4 and 5, for `paid_in_won` of what the holder had paid in at the year's end."""
    held = books.paid_in[holder]
    assert 0 < paid_in_won <= held
    others = {pk: won for pk, won in books.paid_in.items() if pk != holder}
    kept = held - paid_in_won
    parts = {**others, holder: paid_in_won}
    if kept:
        parts[-holder] = kept  # the part of the same holder that stays
    if by == "paid_in":
        loss = loss_to_share(books, loss_when)
        surplus = 0
    else:
        assert by == "share_of_assets", by
        loss = min(max(0, books.capital_won - books.net_won), books.capital_won)
        surplus = max(0, books.net_won - books.capital_won) if above_paid_in else 0
    return Refund(
        paid_in_won,
        min(part_of(loss, holder, parts), paid_in_won) if loss else 0,
        part_of(surplus, holder, parts) if surplus else 0,
    )

"""What makes an entry sound. Pure: no database, no clock, no chance.

1. A line moves a whole, non-zero number of won: above zero is debit, below zero is credit.
2. The lines of an entry sum to zero within each fund.
3. Money between funds moves only through "due from funds" (an asset of the fund that gives) and
   "due to funds" (a debt of the fund that receives): their lines in one entry sum to zero, and
   no fund owes itself.
4. A line on a control account (dues receivable, share capital, …) names the party it concerns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date


@dataclass(frozen=True, slots=True)
class Side:
    """One line before it is written: account and fund by code, + debit and − credit in won."""

    account: str
    fund: str
    amount_won: int
    party_id: int | None = None
    project: str | None = None


def debit(
    account: str, fund: str, won: int, *, party_id: int | None = None, project: str | None = None
) -> Side:
    """A debit of `won` (above zero)."""
    assert won > 0, won
    return Side(account, fund, won, party_id, project)


def credit(
    account: str, fund: str, won: int, *, party_id: int | None = None, project: str | None = None
) -> Side:
    """A credit of `won` (above zero)."""
    assert won > 0, won
    return Side(account, fund, -won, party_id, project)


@dataclass(frozen=True, slots=True)
class Source:
    """The thing of another room that caused an entry, so that a figure can be clicked back to it."""

    kind: str  # "memberships.DuesRun"
    id: int


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One entry of a batch; `text` and `source` fall back to those of the batch."""

    date: Date
    sides: tuple[Side, ...]
    text: str = ""
    source: Source | None = None


def imbalances(sides: Iterable[Side]) -> dict[str, int]:
    """The funds whose debits and credits differ, each with debits − credits. Empty when sound."""
    sums: dict[str, int] = {}
    for side in sides:
        sums[side.fund] = sums.get(side.fund, 0) + side.amount_won
    return {fund: rest for fund, rest in sums.items() if rest}


def unpaired_due(sides: Iterable[Side], due: Collection[str]) -> int:
    """What the lines on inter-fund accounts leave open; zero when paired.

    A fund that appears on both sides of its own pair owes itself: also unpaired.
    """
    by_fund: dict[str, int] = {}
    gross = 0
    for side in sides:
        if side.account in due:
            by_fund[side.fund] = by_fund.get(side.fund, 0) + side.amount_won
            gross += abs(side.amount_won)
    rest = sum(by_fund.values())
    if rest == 0 and gross and len([won for won in by_fund.values() if won]) < 2:
        return gross
    return rest


def largest_won(sides: Iterable[Side]) -> dict[str, int]:
    """The amount each fund moves in an entry: the sum of its debits."""
    sums: dict[str, int] = {}
    for side in sides:
        sums[side.fund] = sums.get(side.fund, 0) + max(side.amount_won, 0)
    return sums


def mirrored(sides: Iterable[Side]) -> tuple[Side, ...]:
    """The lines of the reversal: the same, with the sign turned."""
    return tuple(Side(s.account, s.fund, -s.amount_won, s.party_id, s.project) for s in sides)


@dataclass(frozen=True, slots=True)
class Provision:
    """A fund rule as it stands on a day: what it asks and which article asks it."""

    kind: str
    fund: str | None  # None: every fund that has no rule of its own
    amount_won: int
    article: str
    from_date: Date
    until_date: Date | None = None

    def holds_on(self, day: Date) -> bool:
        return self.from_date <= day and (self.until_date is None or day < self.until_date)


def provision_for(
    provisions: Iterable[Provision], kind: str, fund: str, on: Date
) -> Provision | None:
    """The rule in force for a fund on a day: its own first, else the general one; the latest wins."""
    best: Provision | None = None
    for provision in provisions:
        if provision.kind != kind or provision.fund not in (fund, None):
            continue
        if not provision.holds_on(on):
            continue
        rank = (provision.fund is not None, provision.from_date)
        if best is None or rank >= (best.fund is not None, best.from_date):
            best = provision
    return best


def needs_second_person(
    sides: Iterable[Side], provisions: Collection[Provision], on: Date
) -> tuple[Provision, int] | None:
    """The provision that asks for a second person and the amount found, or None."""
    for fund, won in sorted(largest_won(sides).items()):
        provision = provision_for(provisions, SECOND_PERSON_ABOVE_WON, fund, on)
        if provision is not None and won > provision.amount_won:
            return provision, won
    return None


SECOND_PERSON_ABOVE_WON = "second_person_above_won"
MONEY_FLOOR_WON = "money_floor_won"
FUND_RULE_KINDS = (SECOND_PERSON_ABOVE_WON, MONEY_FLOOR_WON)


def funds_paying(sides: Iterable[Side], money: Collection[str]) -> frozenset[str]:
    """The funds whose money (the accounts `money`) the lines lower on the whole.

    Only these are held to their floor: money coming into a poor fund is always welcome.
    """
    moved: dict[str, int] = {}
    for side in sides:
        if side.account in money:
            moved[side.fund] = moved.get(side.fund, 0) + side.amount_won
    return frozenset(fund for fund, won in moved.items() if won < 0)


def below_floor(
    money_won: Mapping[str, int], provisions: Collection[Provision], on: Date
) -> tuple[Provision, str, int] | None:
    """The first fund whose money is below what its rule asks: provision, fund, what was found."""
    for fund, won in sorted(money_won.items()):
        provision = provision_for(provisions, MONEY_FLOOR_WON, fund, on)
        if provision is not None and won < provision.amount_won:
            return provision, fund, won
    return None

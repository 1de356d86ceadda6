"""Who owes dues for which month, and who pays when. Pure.

1. Organisations owe 20,000 won a month, from January 2019 30,000, some more by agreement; people and
   supporters 10,000. The month of joining is free; whoever belongs on a month's first day owes it.
2. Most pay every month before the tenth, a few every quarter; now and then someone forgets and pays
   two months at once. A few have stopped paying, and most who leave stopped a little before.
   So about 95 % of the dues of a month are paid (천안 C-03).
3. Each pays the oldest months first and exactly what is open of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dure.kernel.dates import Month

from .cast import FOUNDED, ORGANISATION, PERSON, SUPPORTER, Member, Network

FIRST_MONTH = Month(2015, 7)
PLANS = (  # key, class, name, won, from; a later one of the same name replaces the earlier
    ("plan:organisation:1", ORGANISATION, "단체회원 회비", 20_000, FIRST_MONTH),
    ("plan:person", PERSON, "개인회원 회비", 10_000, FIRST_MONTH),
    ("plan:supporter", SUPPORTER, "후원회비", 10_000, FIRST_MONTH),
    ("plan:organisation:2", ORGANISATION, "단체회원 회비", 30_000, Month(2019, 1)),
)
AGREED_FROM = Month(2021, 1)
AGREED_WON = (50_000, 50_000, 50_000, 100_000, 50_000, 100_000, 200_000)
DUE_DAY = 10
PAID_BY_SOMEONE = 3  # organisations whose dues come under the name of a person
STRANGERS = (("무통장입금", 45_000, 37), ("토스뱅크송금", 60_000, 11))  # and how many days ago


@dataclass(frozen=True, slots=True)
class Payment:
    """Money in the bank statement; `member` is None where nobody can say whose it is."""

    date: date
    payer: str
    won: int
    member: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    member: str
    won: int
    from_month: Month


@dataclass(frozen=True, slots=True)
class Charge:
    member: str
    month: Month
    won: int
    paid: bool


@dataclass(frozen=True, slots=True)
class Dues:
    agreements: tuple[Agreement, ...]
    charges: tuple[Charge, ...]
    payments: tuple[Payment, ...]  # in order of their days

    def open_of(self, member: str) -> int:
        """How many charges of the member are unpaid."""
        return sum(1 for c in self.charges if c.member == member and not c.paid)


def months(first: Month, last: Month) -> Iterator[Month]:
    while first <= last:
        yield first
        first = first.next()


def dues_of(network: Network, seed: int) -> Dues:
    chance = Random(f"dure dues {seed}")  # noqa: S311
    yesterday = network.today - timedelta(days=1)
    last = Month.of(yesterday)
    agreements = _agreements(network, chance)
    agreed = {a.member: a.won for a in agreements}
    stopped = _stopped(network, chance)
    steady = [m for m in network.of(ORGANISATION, yesterday) if m.key not in stopped]
    named = {
        m.key: m for m in chance.sample([m for m in steady if m.joined > FOUNDED], PAID_BY_SOMEONE)
    }
    charges: list[Charge] = []
    payments: list[Payment] = []
    for member in network.members:
        own = Random(f"dure dues {seed} {member.key}")  # noqa: S311
        day, quarterly = own.choice((2, 3, 4, 5, 5, 6, 7, 8, 9, 9, 12)), own.random() < 0.025
        person = named[member.key].organisation if member.key in named else None
        payer = person.contact.name if person else member.payer
        waiting: list[Charge] = []
        for month in months(FIRST_MONTH, last):
            if not member.belongs_on(month.first_date):
                continue
            waiting.append(Charge(member.key, month, _won(member, month, agreed), False))
            pays_on = month.first_date + timedelta(days=day - 1 + own.randint(0, 1))
            forgets = own.random() < 0.012
            if (
                pays_on >= yesterday
                or (member.left and pays_on >= member.left)
                or (member.key in stopped and month >= stopped[member.key])
                or (quarterly and month.month % 3)
                or forgets
            ):
                continue
            payments.append(Payment(pays_on, payer, sum(c.won for c in waiting), member.key))
            charges += [Charge(c.member, c.month, c.won, True) for c in waiting]
            waiting = []
        charges += waiting
    payments += _puzzling(
        network, [m for m in network.of(ORGANISATION, yesterday) if m.key in stopped]
    )
    return Dues(
        agreements,
        tuple(sorted(charges, key=lambda c: (c.month, c.member))),
        tuple(sorted(payments, key=lambda p: (p.date, p.member or "", p.payer))),
    )


def _puzzling(network: Network, late: list[Member]) -> Iterator[Payment]:
    """What came lately and waits for a hand: strangers, a part of what is owed, a name cut short."""
    for payer, won, days in STRANGERS:
        yield Payment(network.today - timedelta(days=days), payer, won, None)
    yield Payment(network.today - timedelta(days=8), late[0].payer, 20_000, None)
    yield Payment(network.today - timedelta(days=5), late[1].payer[:-1], 30_000, None)


def _won(member: Member, month: Month, agreed: dict[str, int]) -> int:
    if member.member_class != ORGANISATION:
        return 10_000
    if member.key in agreed and month >= AGREED_FROM:
        return agreed[member.key]
    return 30_000 if month >= Month(2019, 1) else 20_000


def _agreements(network: Network, chance: Random) -> tuple[Agreement, ...]:
    may = [m for m in network.of(ORGANISATION, AGREED_FROM.first_date) if m.left is None]
    chosen = chance.sample(may, len(AGREED_WON))
    return tuple(
        Agreement(m.key, won, AGREED_FROM) for m, won in zip(chosen, AGREED_WON, strict=True)
    )


def _stopped(network: Network, chance: Random) -> dict[str, Month]:
    """Since when someone pays nothing any more."""
    this = Month.of(network.today)
    found: dict[str, Month] = {}
    for member_class, ago in ((ORGANISATION, (19, 13, 5)), (PERSON, (16,)), (SUPPORTER, (14, 3))):
        may = [
            m
            for m in network.of(member_class, network.today)
            if (network.today - m.joined).days > 800
        ]
        for member, months_ago in zip(chance.sample(may, len(ago)), ago, strict=True):
            found[member.key] = this.plus(-months_ago)
    for member in network.members:
        if member.left and chance.random() < 0.6:
            found[member.key] = Month.of(member.left).plus(-chance.randint(1, 3))
    return found

"""What moves money: entries as they are thought of, before the ledger books them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date

SECOND_PERSON_ABOVE_WON = 5_000_000
GENERAL, COOPERATIVE, GRANT = "general", "cooperative", "grant"


@dataclass(frozen=True, slots=True)
class Move:
    """A line: + debit, − credit; `party` is the key of whom it concerns."""

    account: str
    fund: str
    won: int
    party: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """An entry: when it is dated, what it says, its lines."""

    date: Date
    text: str
    moves: tuple[Move, ...]

    @property
    def won(self) -> int:
        return sum(m.won for m in self.moves if m.won > 0)

    @property
    def needs_second_person(self) -> bool:
        return self.won > SECOND_PERSON_ABOVE_WON


def paid_in(
    day: Date, text: str, fund: str, account: str, won: int, party: str = "", project: str = ""
) -> Booking:
    return Booking(day, text, (Move("1010", fund, won), Move(account, fund, -won, party, project)))


def paid_out(
    day: Date, text: str, fund: str, account: str, won: int, party: str = "", project: str = ""
) -> Booking:
    return Booking(day, text, (Move(account, fund, won, party, project), Move("1010", fund, -won)))


def balance_of(bookings: Iterable[Booking], account: str, fund: str) -> int:
    return sum(m.won for b in bookings for m in b.moves if (m.account, m.fund) == (account, fund))

"""Facts about the liquidity pool of the cooperative fund."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class PoolOpened(Event):
    pool_id: int
    won: int
    member_won: int
    until_date: date
    decided_by: str

    def sentence(self) -> type_text:
        return _now(
            "A pool of %(won)s was opened for clearing until %(date)s, %(each)s for each at most:"
            " %(decided_by)s"
        ) % {
            "won": format_won(self.won),
            "each": format_won(self.member_won),
            "date": self.until_date.isoformat(),
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class PoolMoved(Event):
    round_id: int
    party_id: int
    how: str
    won: int
    moved_date: date
    entry_id: int

    def sentence(self) -> type_text:
        if self.how == "lent":
            told = _now("A member repaid %(won)s to the pool on %(date)s.")
        else:
            told = _now("The pool paid %(won)s to a member on %(date)s.")
        return told % {"won": format_won(self.won), "date": self.moved_date.isoformat()}


@dataclass(frozen=True, slots=True)
class PoolMoveTakenBack(Event):
    round_id: int
    party_id: int
    won: int
    reason: str
    entry_id: int

    def sentence(self) -> type_text:
        return _now("A payment of %(won)s of the pool was taken back: %(reason)s") % {
            "won": format_won(self.won),
            "reason": self.reason,
        }

"""Facts about the contributions of every month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class AidContributionsBilled(Event):
    month: str
    count: int
    won: int

    def sentence(self) -> type_text:
        return _now("%(count)d contributions of %(month)s were billed: %(won)s.") % {
            "count": self.count,
            "month": self.month,
            "won": format_won(self.won),
        }


@dataclass(frozen=True, slots=True)
class AidContributionReceived(Event):
    enrolment_id: int
    party_id: int
    won: int
    paid_date: date
    entry_id: int

    def sentence(self) -> type_text:
        return _now("%(won)s of contributions to mutual aid came in on %(date)s.") % {
            "won": format_won(self.won),
            "date": self.paid_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class AidContributionUndone(Event):
    enrolment_id: int
    party_id: int
    won: int
    reason: str
    entry_id: int

    def sentence(self) -> type_text:
        return _now("A contribution of %(won)s was taken back: %(reason)s") % {
            "won": format_won(self.won),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class AidContributionsWatched(Event):
    """Who was told that the contract will lapse, and whose did; by the numbers of the contracts."""

    noticed: tuple[int, ...]
    lapsed: tuple[int, ...]

    def sentence(self) -> type_text:
        return _now(
            "%(noticed)d members are told that their contract will lapse; %(lapsed)d contracts lapsed."
        ) % {"noticed": len(self.noticed), "lapsed": len(self.lapsed)}

"""Facts about what settles deals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class DealPaid(Event):
    deal_id: int
    party_id: int
    won: int
    paid_date: date

    def sentence(self) -> type_text:
        return _now("%(won)s of a deal were paid on %(date)s.") % {
            "won": format_won(self.won),
            "date": self.paid_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class DealSettlementTakenBack(Event):
    deal_id: int
    party_id: int
    won: int
    reason: str

    def sentence(self) -> type_text:
        return _now("A payment of %(won)s of a deal was taken back: %(reason)s") % {
            "won": format_won(self.won),
            "reason": self.reason,
        }

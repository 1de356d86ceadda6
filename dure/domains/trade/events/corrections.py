"""Facts about what changed after both had confirmed. `party_id` acted, `other_id` is across."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class DealCorrectionProposed(Event):
    deal_id: int
    party_id: int
    other_id: int
    number: int
    won: int
    reason: str

    def sentence(self) -> type_text:
        return _now("A correction of a deal to %(won)s was proposed: %(reason)s") % {
            "won": format_won(self.won),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class DealCorrected(Event):
    deal_id: int
    party_id: int
    other_id: int
    number: int
    before_won: int
    won: int  # 0: cancelled

    def sentence(self) -> type_text:
        return _now("A deal was corrected by both sides: %(before)s became %(won)s.") % {
            "before": format_won(self.before_won),
            "won": format_won(self.won),
        }


@dataclass(frozen=True, slots=True)
class DealCorrectionDeclined(Event):
    deal_id: int
    party_id: int
    other_id: int
    number: int
    reason: str

    def sentence(self) -> type_text:
        return _now("A correction of a deal was declined: %(reason)s") % {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class DealDisputed(Event):
    deal_id: int
    party_id: int
    other_id: int
    reason: str

    def sentence(self) -> type_text:
        return _now("A deal is in dispute: %(reason)s") % {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class DealDisputeSettled(Event):
    deal_id: int
    party_id: int
    other_id: int

    def sentence(self) -> type_text:
        return _now("The dispute about a deal is settled.")

"""Facts about deals. `party_id` is the side that acted, `other_id` the one across."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class DealRecorded(Event):
    deal_id: int
    party_id: int
    other_id: int
    what: str
    won: int

    def sentence(self) -> type_text:
        return _now("A deal was recorded: %(what)s, %(won)s. The other side is asked.") % {
            "what": self.what,
            "won": format_won(self.won),
        }


@dataclass(frozen=True, slots=True)
class DealConfirmed(Event):
    deal_id: int
    party_id: int
    other_id: int
    what: str
    won: int
    same_as: int | None = None  # one's own record of it, which counts no more

    def sentence(self) -> type_text:
        return _now("A deal was confirmed by both sides: %(what)s, %(won)s.") % {
            "what": self.what,
            "won": format_won(self.won),
        }


@dataclass(frozen=True, slots=True)
class DealRefused(Event):
    deal_id: int
    party_id: int
    other_id: int
    what: str
    reason: str

    def sentence(self) -> type_text:
        return _now("A deal was not confirmed (%(what)s): %(reason)s") % {
            "what": self.what,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class DealWithdrawn(Event):
    deal_id: int
    party_id: int
    other_id: int
    what: str

    def sentence(self) -> type_text:
        return _now("A deal was taken back before it was confirmed: %(what)s.") % {
            "what": self.what
        }


@dataclass(frozen=True, slots=True)
class DealsMoved(Event):
    """Two parties were one: the deals of the duplicate are those of the one kept."""

    party_id: int
    duplicate_id: int
    count: int

    def sentence(self) -> type_text:
        return _now("%(count)d deals went along when two entries became one.") % {
            "count": self.count
        }

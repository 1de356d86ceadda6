"""Facts about where the reserve stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text

__all__ = ["ReservePlaced", "ReserveReturned"]


@dataclass(frozen=True, slots=True)
class ReservePlaced(Event):
    placement_id: int
    institution: str
    kind: str
    won: int
    matures_date: date
    entry_id: int

    def sentence(self) -> type_text:
        return _now("%(won)s of the reserve stand with %(institution)s until %(date)s.") % {
            "won": format_won(self.won),
            "institution": self.institution,
            "date": self.matures_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ReserveReturned(Event):
    """A placement ended: matured, renewed or withdrawn early."""

    placement_id: int
    institution: str
    end: str
    won: int
    interest_won: int
    entry_id: int

    def sentence(self) -> type_text:
        return _now(
            "%(won)s of the reserve came back from %(institution)s with %(interest)s of interest."
        ) % {
            "won": format_won(self.won),
            "institution": self.institution,
            "interest": format_won(self.interest_won),
        }

"""Papers handed out and taken back. What they say is known here by its digest only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text

from ..rules.papers import KINDS

__all__ = ["PaperIssued", "PaperRevoked", "PapersIssued"]


@dataclass(frozen=True, slots=True)
class PaperIssued(Event):
    paper_id: int
    party_id: int | None
    kind: str
    number: str
    language: str
    amount_won: int | None
    digest: str

    def sentence(self) -> type_text:
        return _now("The %(kind)s no. %(number)s was issued.") % {
            "kind": KINDS[self.kind],
            "number": self.number,
        }


@dataclass(frozen=True, slots=True)
class PapersIssued(Event):
    """Many at once, numbered in one row: `digests` in the order of the numbers."""

    kind: str
    from_date: date
    language: str
    first_number: str
    last_number: str
    count: int
    digests: tuple[str, ...]

    def sentence(self) -> type_text:
        return _now("%(count)d papers were issued: %(kind)s no. %(first)s up to no. %(last)s.") % {
            "count": self.count,
            "kind": KINDS[self.kind],
            "first": self.first_number,
            "last": self.last_number,
        }


@dataclass(frozen=True, slots=True)
class PaperRevoked(Event):
    paper_id: int
    party_id: int | None
    kind: str
    number: str
    reason: Personal

    def sentence(self) -> type_text:
        return _now("The %(kind)s no. %(number)s no longer holds: %(reason)s") % {
            "kind": KINDS[self.kind],
            "number": self.number,
            "reason": self.reason,
        }

"""Facts about the papers of a deal."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class TaxInvoiceNoted(Event):
    deal_id: int
    party_id: int
    other_id: int
    tax_number: str

    def sentence(self) -> type_text:
        return _now("The tax invoice %(number)s of a deal was noted.") % {"number": self.tax_number}


@dataclass(frozen=True, slots=True)
class DealPaperAdded(Event):
    deal_id: int
    party_id: int
    other_id: int
    kind: str
    file_id: int

    def sentence(self) -> type_text:
        return _now("A paper of a deal was handed in.")

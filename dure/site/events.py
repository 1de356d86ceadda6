"""Facts of the site itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class StaffReminded(Event):
    """The secretariat was written to about what waits; counts, no names."""

    applications: int
    receipts: int
    terms: int
    month_to_close: str

    def sentence(self) -> type_text:
        return _now(
            "The secretariat was reminded: %(applications)d applications, %(receipts)d receipts, %(terms)d terms"
        ) % {"applications": self.applications, "receipts": self.receipts, "terms": self.terms}


@dataclass(frozen=True, slots=True)
class NetworkExported(Event):
    """All data of the network were asked for, to be taken along; why, and in which form."""

    form: str
    reason: Personal
    waits: bool  # for the worker, who writes it to be fetched; else it was written at the machine
    keys: bool = False  # the key of account numbers went along

    def sentence(self) -> type_text:
        said = {"reason": self.reason}
        if self.keys:
            return _now("The whole network was exported with its key: %(reason)s") % said
        return _now("The whole network was exported: %(reason)s") % said


@dataclass(frozen=True, slots=True)
class KeysRotated(Event):
    """The key that opens account numbers was replaced; how many rows were encrypted anew."""

    rows: int

    def sentence(self) -> type_text:
        return _now("The encryption key was replaced; %(rows)d rows were encrypted anew.") % {
            "rows": self.rows
        }

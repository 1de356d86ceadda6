"""Facts about the network, its staff and what people agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text

from ..rules.codes import OFFICES, label_of


@dataclass(frozen=True, slots=True)
class NetworkFounded(Event):
    name: str
    legal_form: str
    fiscal_year_start_month: int
    region_code: str

    def sentence(self) -> type_text:
        return _now("The network %(name)s began to work with Dure.") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class NetworkChanged(Event):
    name: str
    fields: tuple[str, ...]

    def sentence(self) -> type_text:
        return _now("The profile of the network was changed (%(fields)s).") % {
            "fields": ", ".join(self.fields)
        }


@dataclass(frozen=True, slots=True)
class StaffAppointed(Event):
    party_id: int
    appointment_id: int
    person: Personal
    office: str
    from_date: date
    until_date: date | None
    decision: str

    def sentence(self) -> type_text:
        return _now(
            "%(person)s was appointed to the office %(office)s from %(from)s (until %(until)s)."
        ) % {
            "person": self.person,
            "office": label_of(OFFICES, self.office),
            "from": self.from_date,
            "until": self.until_date or "—",
        }


@dataclass(frozen=True, slots=True)
class AppointmentEnded(Event):
    party_id: int
    appointment_id: int
    person: Personal
    office: str
    until_date: date

    def sentence(self) -> type_text:
        return _now("%(person)s no longer holds the office %(office)s from %(until)s on.") % {
            "person": self.person,
            "office": label_of(OFFICES, self.office),
            "until": self.until_date,
        }


@dataclass(frozen=True, slots=True)
class ConsentTextPublished(Event):
    text_id: int
    purpose: str
    version: int
    title: str

    def sentence(self) -> type_text:
        return _now("Version %(version)d of the consent text “%(title)s” was published.") % {
            "version": self.version,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class ConsentGiven(Event):
    party_id: int
    consent_id: int
    title: str
    version: int

    def sentence(self) -> type_text:
        return _now("Agreed to “%(title)s”, version %(version)d.") % {
            "title": self.title,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn(Event):
    party_id: int
    consent_id: int
    title: str
    version: int
    text_id: int | None = None

    def sentence(self) -> type_text:
        return _now("Withdrew the consent to “%(title)s”, version %(version)d.") % {
            "title": self.title,
            "version": self.version,
        }

"""Facts about people and organisations. Texts about people are personal: sealed apart, erasable."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text

from ..rules.codes import DESIGNATION_KINDS, label_of
from ..rules.fields import LABELS

PERSON_LABELS = ("name", "email", "phone", "address")


def _changes(text: str) -> str:
    """“Phone: 02-1 → 02-2, …” from the stored list of (field, before, after)."""
    try:
        rows = json.loads(text)
    except ValueError:
        return text
    return ", ".join(
        _now("%(field)s: %(before)s → %(after)s")
        % {"field": LABELS.get(field, field), "before": before or "—", "after": after or "—"}
        for field, before, after in rows
    )


@dataclass(frozen=True, slots=True)
class OrganisationAdded(Event):
    party_id: int
    name: str

    def sentence(self) -> type_text:
        return _now("The organisation %(name)s was added.") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class OrganisationChanged(Event):
    party_id: int
    name: str
    changes: Personal  # JSON list of (field, before, after)

    def sentence(self) -> type_text:
        return _now("The data of %(name)s was changed: %(changes)s.") % {
            "name": self.name,
            "changes": _changes(self.changes.text),
        }


@dataclass(frozen=True, slots=True)
class PersonAdded(Event):
    party_id: int
    name: Personal

    def sentence(self) -> type_text:
        return _now("%(name)s was added.") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class PersonChanged(Event):
    party_id: int
    name: Personal
    changes: Personal  # JSON list of (field, before, after)

    def sentence(self) -> type_text:
        return _now("The data of %(name)s was changed: %(changes)s.") % {
            "name": self.name,
            "changes": _changes(self.changes.text),
        }


@dataclass(frozen=True, slots=True)
class OrganisationDesignated(Event):
    party_id: int
    designation_id: int
    kind: str
    number: str
    from_date: date | None
    until_date: date | None

    def sentence(self) -> type_text:
        return _now("It was noted as %(kind)s (from %(from)s, until %(until)s).") % {
            "kind": label_of(DESIGNATION_KINDS, self.kind),
            "from": self.from_date or "—",
            "until": self.until_date or "—",
        }


@dataclass(frozen=True, slots=True)
class DesignationEnded(Event):
    party_id: int
    designation_id: int
    kind: str
    until_date: date

    def sentence(self) -> type_text:
        return _now("It is no longer %(kind)s from %(until)s on.") % {
            "kind": label_of(DESIGNATION_KINDS, self.kind),
            "until": self.until_date,
        }


@dataclass(frozen=True, slots=True)
class RepresentativeNamed(Event):
    party_id: int  # the organisation
    representative_id: int
    person_id: int
    person: Personal
    is_deputy: bool
    from_date: date
    until_date: date | None

    def sentence(self) -> type_text:
        text = (
            _now("%(person)s was named deputy representative from %(from)s (until %(until)s).")
            if self.is_deputy
            else _now("%(person)s was named representative from %(from)s (until %(until)s).")
        )
        return text % {
            "person": self.person, "from": self.from_date, "until": self.until_date or "—"
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class RepresentativeEnded(Event):
    party_id: int  # the organisation
    representative_id: int
    person_id: int
    person: Personal
    until_date: date

    def sentence(self) -> type_text:
        return _now("%(person)s no longer represents it from %(until)s on.") % {
            "person": self.person,
            "until": self.until_date,
        }


@dataclass(frozen=True, slots=True)
class BankAccountRecorded(Event):
    party_id: int
    bank: str
    last_digits: str

    def sentence(self) -> type_text:
        return _now("A bank account was recorded (%(bank)s, ending in %(digits)s).") % {
            "bank": self.bank,
            "digits": self.last_digits,
        }


@dataclass(frozen=True, slots=True)
class PartiesMerged(Event):
    """A higher room that points at the duplicate re-points to the kept one, or refuses the merge."""

    party_id: int  # the one kept
    duplicate_id: int
    kind: str
    name: Personal
    duplicate_name: Personal
    contact: Personal  # of a duplicate person: JSON list of (field, before, "")

    def sentence(self) -> type_text:
        return _now("%(duplicate)s was found to be %(name)s; both are one now.") % {
            "name": self.name,
            "duplicate": self.duplicate_name,
        }


@dataclass(frozen=True, slots=True)
class PeopleSetApart(Event):
    """Of these people only what a law keeps is left."""

    people: tuple[int, ...]
    reason: str

    def sentence(self) -> type_text:
        return _now(
            "%(count)d people were set apart: only what a law keeps is left (%(reason)s)."
        ) % {
            "count": len(self.people),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class PersonErased(Event):
    """A higher room in which the person still has rights or duties refuses the erasing."""

    party_id: int
    reason: str

    def sentence(self) -> type_text:
        return _now("The personal data was erased (%(reason)s).") % {"reason": self.reason}

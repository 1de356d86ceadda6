"""The people of the register, for staff; every list of them is noted as a read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from dure.kernel.acts import Act
from dure.kernel.reads import note_read

from .. import policies
from ..models import Appointment, BankAccount, Person
from ..rules.names import name_identity
from ..rules.search import prefix_range
from .offices import consents_of, representations_of
from .organisations import person_card


def people_visible_to(act: Act, *, search: str = "") -> QuerySet[Person]:
    """All people for staff, oneself for everybody else; by the beginning of name or e-mail."""
    found = Person.objects.filter(
        party__merged_into=None, erased_at=None, apart_at=None
    ).select_related("party")
    if not policies.can_read_parties(act):
        if act.actor_id is None:
            policies.can_read_parties(act).enforce()
        found = found.filter(pk=act.actor_id)
    text = " ".join(search.split())
    if text:
        low, high = prefix_range(text)
        wanted = Q(party__name__gte=low, party__name__lt=high)
        low, high = prefix_range(text.lower())
        wanted |= Q(email__gte=low, email__lt=high)
        if key := name_identity(text):
            low, high = prefix_range(key)
            wanted |= Q(party__name_key__gte=low, party__name_key__lt=high)
        digits = "".join(character for character in text if character.isdigit())
        if len(digits) >= 4:
            wanted |= Q(phone__endswith=digits[-4:])
        found = found.filter(wanted)
    return found.order_by("party__name", "pk")


def people_among(person_ids: Iterable[int]) -> list[int]:
    """Those of the ids that are people who were not erased, in order."""
    found = Person.objects.filter(pk__in=set(person_ids), erased_at=None).order_by("pk")
    return list(found.values_list("pk", flat=True))


def note_people_read(act: Act, count: int, *, download: bool = False) -> None:
    """Log that a page (or a file) of people was shown."""
    if count:
        note_read(act, None, "parties.people", count, download=download)


def personal_data(act: Act, person_id: int) -> dict[str, Any]:
    """Everything this room holds about a person, as plain values: the download of one's own data.

    Source: 개인정보보호법 제35조. The read is logged unless it is one's own. Raises NotFound.
    """
    card = person_card(act, person_id)
    bank = BankAccount.objects.filter(party_id=person_id).order_by("pk")
    return {
        "person": {
            "id": card.id, "name": card.name, "email": card.email, "phone": card.phone,
            "address": card.address, "since": card.created_at.isoformat(),
        },
        "offices": [
            {
                "office": one.office, "from": one.from_date.isoformat(),
                "until": one.until_date and one.until_date.isoformat(), "decision": one.decision,
            }
            for one in Appointment.objects.filter(person_id=person_id).order_by("from_date", "pk")
        ],
        "represents": [
            {
                "organisation": one.organisation_name, "role": one.role, "deputy": one.is_deputy,
                "from": one.from_date.isoformat(),
                "until": one.until_date and one.until_date.isoformat(),
            }
            for one in representations_of(person_id)
        ],
        "consents": [
            {
                "title": one.title, "version": one.version, "given": one.given_at.isoformat(),
                "withdrawn": one.withdrawn_at and one.withdrawn_at.isoformat(), "via": one.via,
            }
            for one in consents_of(act, person_id)
        ],
        "bank_accounts": [
            {
                "bank": one.bank, "ends_in": one.last_digits, "holder": one.holder,
                "since": one.recorded_at.isoformat(), "in_use": one.ended_at is None,
            }
            for one in bank
        ],
    }  # fmt: skip

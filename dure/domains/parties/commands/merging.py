"""Two parties that are one: everything moves to the one kept, the duplicate points to it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import NotFound, Refusal

from .. import policies
from ..events import PartiesMerged
from ..models import (
    Account,
    Appointment,
    BankAccount,
    Consent,
    Designation,
    Invitation,
    Organisation,
    Party,
    Person,
    Representative,
    SearchTerm,
    StaffSession,
)
from ..queries.duplicates import fields_to_fill
from ..rules.codes import PartyKind
from ..rules.numbers import format_business_number
from .relations import move_relations
from .writing import _as_text, _index_anew

CONTACT = ("email", "phone", "address")


class SameParty(Refusal):
    """A party cannot be merged into itself."""

    text = _("This is one and the same entry.")


class DifferentKinds(Refusal):
    """A person and an organisation are never one."""

    text = _("A person and an organisation cannot be merged.")


class BothHaveNumbers(Refusal):
    """Two business registration numbers are two organisations in law."""

    text = _("The two have different business registration numbers (%(kept)s, %(duplicate)s).")
    remedy = _("If one number is wrong, correct it first.")


class BothHaveAccounts(Refusal):
    """Both people log in."""

    text = _("Both people have an account to log in with.")
    remedy = _("Close one of the accounts first.")


@command
def merge_parties(act: Act, *, kept_id: int, duplicate_id: int) -> Party:
    """Make the duplicate part of the kept party. Its row and its history stay; it points to the other.

    Higher rooms re-point by a reaction to PartiesMerged, or refuse there (two memberships cannot
    become one), which undoes the whole merge. Raises SameParty, DifferentKinds, BothHaveNumbers,
    BothHaveAccounts.
    """
    if kept_id == duplicate_id:
        raise SameParty
    ids = sorted((kept_id, duplicate_id))
    locked = Party.objects.select_for_update().filter(pk__in=ids, merged_into=None).order_by("pk")
    parties = {party.pk: party for party in locked}
    policies.can_merge_parties(act).enforce()
    if len(parties) != 2:
        raise NotFound
    kept, duplicate = parties[kept_id], parties[duplicate_id]
    if kept.kind != duplicate.kind:
        raise DifferentKinds
    if kept.kind == PartyKind.ORGANISATION:
        _refuse_two_numbers(kept_id, duplicate_id)
    elif Account.objects.filter(person__in=ids).count() == 2:
        raise BothHaveAccounts
    # ---
    contact = ""
    if kept.kind == PartyKind.ORGANISATION:
        _move_organisation(kept_id, duplicate_id)
    else:
        contact = _move_person(kept_id, duplicate_id)
    if BankAccount.objects.filter(party=kept, ended_at=None).exists():
        BankAccount.objects.filter(party=duplicate, ended_at=None).update(ended_at=act.at)
    BankAccount.objects.filter(party=duplicate).update(party=kept)
    duplicate.merged_into = kept
    duplicate.save(update_fields=["merged_into"])
    record(
        act,
        PartiesMerged(
            party_id=kept_id,
            duplicate_id=duplicate_id,
            kind=kept.kind,
            name=Personal(kept.name, kept_id),
            duplicate_name=Personal(duplicate.name, duplicate_id),
            contact=Personal(contact, kept_id),
        ),
    )
    return kept


def _refuse_two_numbers(kept_id: int, duplicate_id: int) -> None:
    numbers = dict(
        Organisation.objects.filter(pk__in=(kept_id, duplicate_id))
        .order_by("pk")
        .values_list("pk", "business_number")
    )
    if numbers[kept_id] and numbers[duplicate_id]:
        raise BothHaveNumbers(
            kept=format_business_number(numbers[kept_id]),
            duplicate=format_business_number(numbers[duplicate_id]),
        )


def _move_organisation(kept_id: int, duplicate_id: int) -> None:
    kept = Organisation.objects.select_related("party").get(pk=kept_id)
    duplicate = Organisation.objects.get(pk=duplicate_id)
    values = {field: getattr(duplicate, field) for field in fields_to_fill(kept_id, duplicate_id)}
    kept.is_published = kept.is_published or duplicate.is_published
    duplicate.is_published, duplicate.business_number = False, ""
    duplicate.save(update_fields=["is_published", "business_number"])
    for field, value in values.items():
        setattr(kept, field, value)
    kept.save(update_fields=["is_published", *values])
    open_kinds = Designation.objects.filter(organisation=kept, until_date=None).order_by("pk")
    held = list(open_kinds.values_list("kind", flat=True))
    moving = Designation.objects.filter(organisation=duplicate)
    moving.exclude(kind__in=held, until_date=None).update(organisation=kept)
    Representative.objects.filter(organisation=duplicate).update(organisation=kept)
    SearchTerm.objects.filter(organisation=duplicate).delete()
    _index_anew([kept])


def _move_person(kept_id: int, duplicate_id: int) -> str:
    """Move what hangs on the duplicate person; its contact data fill gaps and go into history."""
    kept, duplicate = (
        Person.objects.select_for_update().get(pk=pk) for pk in (kept_id, duplicate_id)
    )
    contact = _as_text([(f, getattr(duplicate, f), "") for f in CONTACT if getattr(duplicate, f)])
    for field in CONTACT:
        setattr(kept, field, getattr(kept, field) or getattr(duplicate, field))
        setattr(duplicate, field, "")
    kept.save(update_fields=CONTACT)
    duplicate.save(update_fields=CONTACT)
    Representative.objects.filter(person_id=duplicate_id).update(person_id=kept_id)
    for model, column in ((Appointment, "office"), (Consent, "text_id")):
        ended = "until_date" if model is Appointment else "withdrawn_at"
        is_open = {f"{ended}": None}
        rows = model.objects.filter(person_id=kept_id, **is_open).order_by("pk")
        held = list(rows.values_list(column, flat=True))
        moving = model.objects.filter(person_id=duplicate_id)
        moving.exclude(**{f"{column}__in": held}, **is_open).update(person_id=kept_id)
    move_relations(kept_id, duplicate_id)
    Account.objects.filter(person_id=duplicate_id).update(person_id=kept_id)
    StaffSession.objects.filter(person_id=duplicate_id).update(person_id=kept_id)
    Invitation.objects.filter(person_id=duplicate_id).update(person_id=kept_id)
    return contact

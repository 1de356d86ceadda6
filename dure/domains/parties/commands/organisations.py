"""What is done with organisations: added, changed, designated, represented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import NotFound, Refusal

from .. import policies
from ..events import (
    DesignationEnded,
    OrganisationAdded,
    OrganisationChanged,
    OrganisationDesignated,
    RepresentativeEnded,
    RepresentativeNamed,
)
from ..models import NUMBERED, Designation, Organisation, Party, Representative
from ..rules.codes import DESIGNATION_KINDS, PartyKind, label_of
from ..rules.fields import read_designation_kind, read_organisation
from ..rules.names import name_key
from ..rules.numbers import format_business_number
from ..rules.texts import clean_text
from .terms import _meeting, _refuse_backwards, _refuse_end
from .writing import (
    _as_text,
    _differences,
    _index_anew,
    _locked_organisation,
    _locked_person,
    _new_party,
)

PUBLIC_WORDS = {
    "name",
    "offers",
    "needs",
    "description",
    "industry_text",
    "category",
    "requirement",
}
PUBLIC_WORDS |= {"sido_code", "sigungu_code"}


class BusinessNumberTaken(Refusal):
    """Another organisation has this business registration number."""

    text = _("%(name)s already has the business registration number %(number)s.")
    remedy = _("Open that organisation, or merge the two if they are one.")


class NothingChanged(Refusal):
    """What was sent is what is stored."""

    status = 409
    text = _("Nothing was changed: all values are already stored.")


class AlreadyDesignated(Refusal):
    """The organisation is already noted as this kind at that time."""

    text = _("It is already noted as %(kind)s at that time.")
    remedy = _("End the earlier designation first.")


class AlreadyRepresents(Refusal):
    """The person already represents the organisation at that time."""

    text = _("%(person)s already represents %(organisation)s at that time.")
    remedy = _("End the earlier term first.")


def _refuse_taken(number: str, except_id: int | None) -> None:
    if not number:
        return
    other = Organisation.objects.select_related("party").filter(NUMBERED, business_number=number)
    found = other.exclude(pk=except_id).order_by("pk").first()
    if found is not None:
        raise BusinessNumberTaken(name=found.party.name, number=format_business_number(number))


@contextmanager
def _told_if_taken(number: str, except_id: int) -> Iterator[None]:
    """Two people gave one number at once: the later one is told whose it is."""
    if not number:
        yield
        return
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        _refuse_taken(number, except_id)
        raise


@command
def add_organisation(
    act: Act,
    *,
    name: str,
    legal_form: str = "",
    business_number: str = "",
    corporate_number: str = "",
    industry_section: str = "",
    industry_text: str = "",
    region_code: str = "",
    postcode: str = "",
    address: str = "",
    workers: int | None = None,
    members: int | None = None,
    founded_date: date | None = None,
    phone: str = "",
    fax: str = "",
    email: str = "",
    website: str = "",
    description: str = "",
    offers: str = "",
    needs: str = "",
    requirement: str = "",
    openness: str = "",
    is_published: bool = False,
    section: str = "",
    section_number: int | None = None,
    category: str = "",
    designations: tuple[str, ...] = (),
) -> Party:
    """Enter an organisation into the register. `region_code` takes a code or words (서울 광진구).

    `designations` are kinds that hold since before anyone noted it. Raises the refusals of the
    fields (rules.fields) and BusinessNumberTaken.
    """
    given = {k: v for k, v in locals().items() if k not in ("act", "designations")}
    policies.can_add_organisation(act).enforce()
    values = read_organisation(given)
    kinds = tuple(dict.fromkeys(read_designation_kind(kind) for kind in designations))
    _refuse_taken(values["business_number"], None)
    if not policies.is_staff(act):
        values["is_published"] = False
    # ---
    name = values.pop("name")
    party = _new_party(PartyKind.ORGANISATION, name, name_key(name), act.at)
    with _told_if_taken(values["business_number"], party.pk):
        organisation = Organisation.objects.create(party=party, **values)
    Designation.objects.bulk_create(Designation(organisation=organisation, kind=k) for k in kinds)
    _index_anew([organisation])
    record(act, OrganisationAdded(party_id=party.pk, name=name))
    return party


@command
def change_organisation(
    act: Act, *, organisation_id: int, changes: tuple[tuple[str, Any], ...]
) -> Party:
    """Change fields of an organisation: pairs of a field of `add_organisation` and its new value.

    Raises NothingChanged, BusinessNumberTaken and the refusals of the fields.
    """
    organisation = _locked_organisation(organisation_id)
    given = dict(changes)
    policies.can_change_organisation(act, organisation_id, given).enforce()
    values = read_organisation(given)
    _refuse_taken(values.get("business_number", ""), organisation_id)
    party = organisation.party
    name = values.pop("name", party.name)
    found = _differences(organisation, values) + _differences(party, {"name": name})
    if not found:
        raise NothingChanged
    # ---
    if name != party.name:
        party.name, party.name_key = name, name_key(name)
        party.save(update_fields=["name", "name_key"])
    for field, value in values.items():
        setattr(organisation, field, value)
    if values:
        with _told_if_taken(values.get("business_number", ""), organisation_id):
            organisation.save(update_fields=list(values))
    if PUBLIC_WORDS & {field for field, _before, _after in found}:
        _index_anew([organisation])
    record(
        act,
        OrganisationChanged(
            party_id=party.pk, name=name, changes=Personal(_as_text(found), party.pk)
        ),
    )
    return party


@command
def designate_organisation(
    act: Act,
    *,
    organisation_id: int,
    kind: str,
    number: str = "",
    from_date: date | None = None,
    until_date: date | None = None,
) -> Designation:
    """Note what the organisation was certified or designated as, until a day (exclusive) or open.

    Raises AlreadyDesignated, EndsBeforeItStarts, NotOnTheList.
    """
    organisation = _locked_organisation(organisation_id)
    policies.can_designate_organisation(act).enforce()
    kind = read_designation_kind(kind)
    number = clean_text(number, 40, _("Number"))
    _refuse_backwards(from_date, until_date)
    same = Designation.objects.filter(organisation=organisation, kind=kind)
    if _meeting(same, from_date, until_date).exists():
        raise AlreadyDesignated(kind=label_of(DESIGNATION_KINDS, kind))
    # ---
    designation = Designation.objects.create(
        organisation=organisation, kind=kind, number=number, from_date=from_date,
        until_date=until_date,
    )  # fmt: skip
    _index_anew([organisation])
    record(
        act,
        OrganisationDesignated(
            party_id=organisation.pk,
            designation_id=designation.pk,
            kind=kind,
            number=number,
            from_date=from_date,
            until_date=until_date,
        ),
    )
    return designation


@command
def end_designation(act: Act, *, designation_id: int, until_date: date) -> Designation:
    """The designation no longer holds from this day on. Raises AlreadyEnded, EndsBeforeItStarts."""
    found = Designation.objects.select_for_update().filter(pk=designation_id).first()
    policies.can_end_designation(act).enforce()
    if found is None:
        raise NotFound
    _refuse_end(found, until_date)
    # ---
    found.until_date = until_date
    found.save(update_fields=["until_date"])
    record(
        act,
        DesignationEnded(
            party_id=found.organisation_id,
            designation_id=found.pk,
            kind=found.kind,
            until_date=until_date,
        ),
    )
    return found


@command
def name_representative(
    act: Act,
    *,
    organisation_id: int,
    person_id: int,
    from_date: date,
    until_date: date | None = None,
    role: str = "",
    is_deputy: bool = False,
) -> Representative:
    """The person speaks for the organisation from a day until a day (exclusive), or deputises.

    Raises AlreadyRepresents, EndsBeforeItStarts.
    """
    organisation = _locked_organisation(organisation_id)
    person = _locked_person(person_id)
    policies.can_name_representative(act).enforce()
    role = clean_text(role, 40, _("Role"))
    _refuse_backwards(from_date, until_date)
    others = Representative.objects.filter(organisation=organisation, person=person)
    if _meeting(others, from_date, until_date).exists():
        raise AlreadyRepresents(person=person.party.name, organisation=organisation.party.name)
    # ---
    representative = Representative.objects.create(
        organisation=organisation, person=person, role=role, is_deputy=is_deputy,
        from_date=from_date, until_date=until_date,
    )  # fmt: skip
    record(
        act,
        RepresentativeNamed(
            party_id=organisation.pk,
            representative_id=representative.pk,
            person_id=person.pk,
            person=Personal(person.party.name, person.pk),
            is_deputy=is_deputy,
            from_date=from_date,
            until_date=until_date,
        ),
    )
    return representative


@command
def end_representative(act: Act, *, representative_id: int, until_date: date) -> Representative:
    """The person no longer speaks for the organisation from this day on. Raises AlreadyEnded."""
    found = (
        Representative.objects.select_related("person__party")
        .select_for_update(of=("self",))
        .filter(pk=representative_id)
        .first()
    )
    policies.can_end_representative(act).enforce()
    if found is None:
        raise NotFound
    _refuse_end(found, until_date)
    # ---
    found.until_date = until_date
    found.save(update_fields=["until_date"])
    record(
        act,
        RepresentativeEnded(
            party_id=found.organisation_id,
            representative_id=found.pk,
            person_id=found.person_id,
            person=Personal(found.person.party.name, found.person_id),
            until_date=until_date,
        ),
    )
    return found

"""What is known of one organisation or person, with the log of who reads personal data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from dure.kernel.acts import Act
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import BankAccount, Designation, Organisation, Party, Person
from ..rules.codes import DESIGNATION_KINDS, LEGAL_FORMS, OPENNESS, label_of
from ..rules.industries import industry_name
from ..rules.numbers import format_business_number, format_corporate_number
from ..rules.regions import region_name
from ..rules.texts import mask_mobile


@dataclass(frozen=True, slots=True)
class DesignationCard:
    id: int
    kind: str
    label: str
    number: str
    from_date: date | None
    until_date: date | None


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation with its codes and their words. In the public card mobile numbers are masked
    and the e-mail address of a person's mailbox stays out when it is not published."""

    id: int
    name: str
    legal_form: str
    legal_form_label: str
    business_number: str
    corporate_number: str
    industry_section: str
    industry_label: str
    industry_text: str
    region_code: str
    region: str
    postcode: str
    address: str
    workers: int | None
    members: int | None
    founded_date: date | None
    phone: str
    fax: str
    email: str
    website: str
    description: str
    offers: str
    needs: str
    requirement: str
    openness: str
    openness_label: str
    is_published: bool
    section: str
    section_number: int | None
    category: str
    created_at: datetime
    designations: tuple[DesignationCard, ...]
    merged_into_id: int | None

    @property
    def requirements(self) -> list[str]:
        """The requirements one by one: the source separates them by a slash between blanks."""
        return [part.strip() for part in self.requirement.split(" / ") if part.strip()]


@dataclass(frozen=True, slots=True)
class BankAccountCard:
    bank: str
    last_digits: str
    holder: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class PersonCard:
    id: int
    name: str
    email: str
    phone: str
    address: str
    created_at: datetime
    erased_at: datetime | None
    apart_at: datetime | None
    merged_into_id: int | None


def regions_of(organisation_ids: Iterable[int]) -> dict[int, str]:
    """organisation → the code of its 시·군·구, or of its 시도 where no more is known."""
    rows = Organisation.objects.filter(pk__in=list(organisation_ids)).order_by("pk")
    return {
        pk: sigungu or sido
        for pk, sido, sigungu in rows.values_list("pk", "sido_code", "sigungu_code")
    }


def designation_cards(organisation_id: int) -> tuple[DesignationCard, ...]:
    """All designations, those in force first."""
    rows = Designation.objects.filter(organisation_id=organisation_id)
    return tuple(
        DesignationCard(
            one.pk, one.kind, str(label_of(DESIGNATION_KINDS, one.kind)), one.number,
            one.from_date, one.until_date,
        )
        for one in rows.order_by(F("until_date").desc(nulls_first=True), "pk")[:200]
    )  # fmt: skip


def _card(organisation: Organisation, *, public: bool) -> OrganisationCard:
    party = organisation.party
    code = organisation.sigungu_code or organisation.sido_code
    return OrganisationCard(
        id=party.pk,
        name=party.name,
        legal_form=organisation.legal_form,
        legal_form_label=str(label_of(LEGAL_FORMS, organisation.legal_form)),
        business_number=format_business_number(organisation.business_number),
        corporate_number="" if public else format_corporate_number(organisation.corporate_number),
        industry_section=organisation.industry_section,
        industry_label=industry_name(organisation.industry_section),
        industry_text=organisation.industry_text,
        region_code=code,
        region=region_name(code),
        postcode=organisation.postcode,
        address=organisation.address,
        workers=organisation.workers,
        members=organisation.members,
        founded_date=organisation.founded_date,
        phone=mask_mobile(organisation.phone) if public else organisation.phone,
        fax=mask_mobile(organisation.fax) if public else organisation.fax,
        email=organisation.email,
        website=organisation.website,
        description=organisation.description,
        offers=organisation.offers,
        needs=organisation.needs,
        requirement=organisation.requirement,
        openness=organisation.openness,
        openness_label=str(label_of(OPENNESS, organisation.openness)),
        is_published=organisation.is_published,
        section=organisation.section,
        section_number=organisation.section_number,
        category=organisation.category,
        created_at=party.created_at,
        designations=designation_cards(party.pk),
        merged_into_id=party.merged_into_id,
    )


def organisation_card(organisation_id: int) -> OrganisationCard:
    """The public card of a published organisation. Raises NotFound, also when it is not published."""
    found = Organisation.objects.select_related("party").filter(
        pk=organisation_id, is_published=True, party__merged_into=None
    )
    organisation = found.first()
    if organisation is None:
        raise NotFound
    return _card(organisation, public=True)


def published_among(party_ids: Iterable[int]) -> frozenset[int]:
    """Which of these are organisations that the directory publishes."""
    rows = Organisation.objects.filter(
        pk__in=list(party_ids), is_published=True, party__merged_into=None
    )
    return frozenset(rows.order_by("pk").values_list("pk", flat=True))


def needs_of(party_ids: Iterable[int]) -> dict[int, str]:
    """What published organisations say they need, of those that say so."""
    rows = Organisation.objects.filter(pk__in=list(party_ids), is_published=True).exclude(needs="")
    return dict(rows.order_by("pk").values_list("pk", "needs"))


def organisation_in_full(act: Act, organisation_id: int) -> OrganisationCard:
    """All that is known, for staff and for the organisation's own representatives. Raises NotFound."""
    if not act.holds("representative", of=organisation_id):
        policies.can_read_parties(act).enforce()
    organisation = Organisation.objects.select_related("party").filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound
    return _card(organisation, public=False)


def person_card(act: Act, person_id: int) -> PersonCard:
    """A person's data, for staff and for the person. The read is logged. Raises NotFound."""
    policies.can_read_person(act, person_id).enforce()
    person = Person.objects.select_related("party").filter(pk=person_id).first()
    if person is None:
        raise NotFound
    note_read(act, person_id, "parties.person")
    party: Party = person.party
    return PersonCard(
        party.pk, party.name, person.email, person.phone, person.address, party.created_at, person.erased_at,
        person.apart_at,
        party.merged_into_id,
    )  # fmt: skip


def bank_account_of(act: Act, party_id: int) -> BankAccountCard | None:
    """The account a party is paid to, by its last digits only."""
    policies.can_record_bank_account(act, party_id).enforce()
    found = BankAccount.objects.filter(party_id=party_id, ended_at=None).order_by("pk").first()
    if found is None:
        return None
    note_read(act, party_id, "parties.bank_account")
    return BankAccountCard(found.bank, found.last_digits, found.holder, found.recorded_at)


def person_email(person_id: int) -> str:
    """Where letters to a person go; "" when unknown. For the outbox."""
    return Person.objects.filter(pk=person_id).values_list("email", flat=True).first() or ""

"""The network, who works for it, who speaks for whom, what was agreed to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from dure.kernel.acts import Act, Capacity
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import (
    Appointment,
    Consent,
    ConsentText,
    NetworkProfile,
    Organisation,
    Party,
    Person,
    Representative,
)
from ..rules.codes import LEADING_ROLES, Office
from ..rules.purposes import ITEMS, Purpose, purpose_of

LIST_MAX = 500
AT_ONCE = 500  # numbers in one question


@dataclass(frozen=True, slots=True)
class NetworkCard:
    """The one network of this installation."""

    name: str
    legal_form: str
    fiscal_year_start_month: int
    region_code: str
    founded_date: date | None
    authorised_date: date | None
    address: str
    phone: str
    email: str
    website: str
    business_number: str
    privacy_officer: str
    founded_at: datetime


@dataclass(frozen=True, slots=True)
class AppointmentCard:
    id: int
    person_id: int
    person_name: str
    office: str
    from_date: date
    until_date: date | None
    decision: str


@dataclass(frozen=True, slots=True)
class RepresentativeCard:
    id: int
    organisation_id: int
    organisation_name: str
    person_id: int
    person_name: str
    role: str
    is_deputy: bool
    from_date: date
    until_date: date | None


@dataclass(frozen=True, slots=True)
class ConsentTextCard:
    id: int
    purpose: str
    version: int
    title: str
    text: str
    is_required: bool
    from_date: date
    recipient: str = ""
    items: tuple[str, ...] = ()
    kept_text: str = ""

    @property
    def items_shown(self) -> list[str]:
        """What is given to the recipient, in words."""
        return [str(ITEMS[item]) for item in self.items]


@dataclass(frozen=True, slots=True)
class WithdrawalEffect:
    """What a withdrawal does, to be shown before it is done."""

    consent: ConsentCard
    text: ConsentTextCard
    person_id: int
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class ConsentCard:
    id: int
    text_id: int
    purpose: str
    title: str
    version: int
    given_at: datetime
    withdrawn_at: datetime | None
    via: str


def in_force(on: date) -> Q:
    """Narrows rows with from_date and until_date (exclusive) to those that hold on a day."""
    return (Q(from_date=None) | Q(from_date__lte=on)) & (Q(until_date=None) | Q(until_date__gt=on))


def network_profile() -> NetworkCard | None:
    """The network; None before it was founded."""
    found = NetworkProfile.objects.order_by("pk").first()
    if found is None:
        return None
    return NetworkCard(**{each.name: getattr(found, each.name) for each in fields(NetworkCard)})


# -- capacities ------------------------------------------------------------------------------


def offices_of(person_id: int, on: date) -> frozenset[str]:
    """The staff offices the person holds on a day, `administrator` among them."""
    held = Appointment.objects.filter(in_force(on), person_id=person_id).order_by("office")
    return frozenset(held.values_list("office", flat=True))


def capacities_of(person_id: int, on: date) -> frozenset[Capacity]:
    """What the person is on a day: itself, holder of staff offices, representative of organisations.

    The office `administrator` gives no capacity by itself: it needs an open staff session.
    """
    held = {Capacity(office) for office in offices_of(person_id, on) - {Office.ADMINISTRATOR.value}}
    speaks = {Capacity("representative", pk) for pk in represented_by(person_id, on)}
    return frozenset({Capacity("person", person_id)} | held | speaks)


def represented_by(person_id: int, on: date) -> list[int]:
    """The organisations the person represents or deputises for on a day."""
    found = Representative.objects.filter(in_force(on), person_id=person_id)
    found = found.filter(organisation__party__merged_into=None)
    ids = found.order_by("organisation_id").values_list("organisation_id", flat=True)
    return sorted(set(ids[:LIST_MAX]))


def sections_of(party_ids: Collection[int], on: date) -> dict[int, str]:
    """Party → the section (분과) of an organisation, or of the one that a person speaks for that day;
    those without one are left out."""
    own = Organisation.objects.filter(party__in=party_ids).exclude(section="").order_by()
    spoken = Representative.objects.filter(in_force(on), person__in=party_ids).order_by()
    rows = own.values_list("party_id", "section", F("party_id")).union(
        spoken.exclude(organisation__section="").values_list(
            "person_id", "organisation__section", "organisation_id"
        )
    )
    ordered = sorted(rows, key=lambda row: row[2], reverse=True)
    return {party: section for party, section, _organisation in ordered}


def staff_on(on: date) -> list[AppointmentCard]:
    """Who holds which staff office on a day."""
    return _appointments(Appointment.objects.filter(in_force(on)))


def appointments(act: Act) -> list[AppointmentCard]:
    """All appointments, the newest first."""
    policies.can_read_parties(act).enforce()
    return _appointments(Appointment.objects.all(), "-from_date")


def _appointments(found: object, *order: str) -> list[AppointmentCard]:
    rows = found.select_related("person__party").order_by(*order, "office", "pk")  # type: ignore[attr-defined]
    return [
        AppointmentCard(
            one.pk, one.person_id, one.person.party.name, one.office, one.from_date,
            one.until_date, one.decision,
        )
        for one in rows[:LIST_MAX]
    ]  # fmt: skip


def administrators_exist(on: date) -> bool:
    """Whether anybody may open a staff session on a day."""
    return Appointment.objects.filter(in_force(on), office=Office.ADMINISTRATOR).exists()


# -- representatives -------------------------------------------------------------------------


def representatives_of(organisation_id: int, on: date | None = None) -> list[RepresentativeCard]:
    """Who speaks for the organisation (on a day, or ever), the newest first."""
    found = Representative.objects.filter(organisation_id=organisation_id)
    return _representatives(found.filter(in_force(on)) if on else found)


def representations_of(person_id: int) -> list[RepresentativeCard]:
    """Whom the person has ever spoken for, the newest first."""
    return _representatives(Representative.objects.filter(person_id=person_id))


def speakers_for(organisation_ids: Any, on: date) -> QuerySet[Any, Any]:
    """Who speaks for any of these organisations on a day, as ids for `pk__in`."""
    found = Representative.objects.filter(in_force(on), organisation__in=organisation_ids)
    return found.order_by().values("person")


def terms_ending(from_date: date, until_date: date) -> list[RepresentativeCard]:
    """Terms of representatives that end in [from, until), soonest first."""
    found = Representative.objects.filter(until_date__gte=from_date, until_date__lt=until_date)
    return _representatives(found, "until_date")


def contacts_of(organisation_ids: Iterable[int], on: date) -> dict[int, tuple[int, str, str]]:
    """organisation → (person, name, e-mail) of its first representative, for letters."""
    found = Representative.objects.filter(in_force(on), organisation_id__in=list(organisation_ids))
    rows = found.select_related("person__party").order_by("organisation_id", "is_deputy", "pk")
    contacts: dict[int, tuple[int, str, str]] = {}
    for one in rows:
        known = (one.person_id, one.person.party.name, one.person.email)
        contacts.setdefault(one.organisation_id, known)
    return contacts


def speakers_of(
    organisation_ids: Iterable[int], on: date
) -> dict[int, tuple[RepresentativeCard, ...]]:
    """Who speaks for each of these organisations on a day: the representative, then its deputies."""
    found = Representative.objects.filter(in_force(on), organisation_id__in=list(organisation_ids))
    spoken: dict[int, tuple[RepresentativeCard, ...]] = {}
    for one in sorted(_representatives(found), key=lambda one: (one.is_deputy, one.id)):
        spoken[one.organisation_id] = (*spoken.get(one.organisation_id, ()), one)
    return spoken


def forms_led_by(person_id: int, on: date) -> frozenset[str]:
    """The legal forms of the other organisations that a person leads as 이사장 or 회장 on a day; the
    network's own entry is none of them."""
    found = Representative.objects.filter(in_force(on), person_id=person_id, role__in=LEADING_ROLES)
    own = NetworkProfile.objects.order_by().values("name")
    found = found.exclude(organisation__party__name__in=own)
    rows = found.filter(organisation__party__merged_into=None).order_by("pk")
    return frozenset(rows.values_list("organisation__legal_form", flat=True))


def emails_of(party_ids: Iterable[int], on: date) -> dict[int, str]:
    """Where letters to parties go, of those with an address: a person's own; of an organisation that
    of who speaks for it, else its own. For the outbox."""
    ids = list(party_ids)
    found: dict[int, str] = {}
    for at in range(0, len(ids), AT_ONCE):
        some = ids[at : at + AT_ONCE]
        rows = Organisation.objects.filter(pk__in=some).values_list("pk", "email")
        found |= dict(rows.order_by("pk"))
        found |= {one: email for one, (_id, _name, email) in contacts_of(some, on).items() if email}
        found |= dict(Person.objects.filter(pk__in=some).order_by("pk").values_list("pk", "email"))
    return {one: email for one, email in found.items() if email}


def _representatives(found: object, *order: str) -> list[RepresentativeCard]:
    rows = found.select_related("person__party", "organisation__party")  # type: ignore[attr-defined]
    rows = rows.order_by(*order, "-from_date", "pk")
    return [
        RepresentativeCard(
            one.pk, one.organisation_id, one.organisation.party.name, one.person_id,
            one.person.party.name, one.role, one.is_deputy, one.from_date, one.until_date,
        )
        for one in rows[:LIST_MAX]
    ]  # fmt: skip


# -- consents --------------------------------------------------------------------------------


def consent_texts(on: date) -> list[ConsentTextCard]:
    """The newest version of each purpose in force on a day, required ones first."""
    newest: dict[str, ConsentText] = {}
    for text in ConsentText.objects.filter(from_date__lte=on).order_by("purpose", "version"):
        newest[text.purpose] = text
    return [
        _text_card(text)
        for text in sorted(newest.values(), key=lambda t: (not t.is_required, t.purpose))
    ]


def all_consent_texts() -> list[ConsentTextCard]:
    """Every version of every text."""
    rows = ConsentText.objects.order_by("purpose", "-version")
    return [_text_card(text) for text in rows[:LIST_MAX]]


def consents_of(act: Act, person_id: int) -> list[ConsentCard]:
    """What the person agreed to, withdrawn ones too. The read is logged. Raises NotFound."""
    policies.can_read_person(act, person_id).enforce()
    if not Person.objects.filter(pk=person_id).exists():
        raise NotFound
    note_read(act, person_id, "parties.consents")
    rows = Consent.objects.filter(person_id=person_id).select_related("text")
    return [_consent_card(one) for one in rows.order_by("-given_at", "-pk")[:LIST_MAX]]


def withdrawal_effect(act: Act, consent_id: int) -> WithdrawalEffect:
    """What withdrawing a consent would do. Raises NotFound."""
    one = Consent.objects.select_related("text").filter(pk=consent_id).first()
    if one is None:
        raise NotFound
    policies.can_withdraw_consent(act, one.person_id).enforce()
    return WithdrawalEffect(
        _consent_card(one),
        _text_card(one.text),
        one.person_id,
        purpose_of(one.text.purpose, to_others=bool(one.text.recipient)),
    )


def people_agreeing(purpose: str, text_id: int | None = None) -> QuerySet[Person]:
    """Who agrees to a purpose now (or to one text of it): the only ones it may be done with."""
    agree = Consent.objects.filter(text__purpose=purpose, withdrawn_at=None)
    if text_id is not None:
        agree = agree.filter(text=text_id)
    people = Person.objects.filter(pk__in=agree.order_by().values("person"))
    people = people.filter(party__merged_into=None, erased_at=None, apart_at=None)
    return people.select_related("party").order_by("party__name", "pk")


def consent_text(text_id: int) -> ConsentTextCard:
    """One version of one text. Raises NotFound."""
    found = ConsentText.objects.filter(pk=text_id).first()
    if found is None:
        raise NotFound
    return _text_card(found)


def has_consented(person_id: int, purpose: str) -> bool:
    """Whether the person agrees today to some version of the purpose."""
    found = Consent.objects.filter(person_id=person_id, text__purpose=purpose, withdrawn_at=None)
    return found.exists()


def _consent_card(one: Consent) -> ConsentCard:
    return ConsentCard(
        one.pk, one.text_id, one.text.purpose, one.text.title, one.text.version,
        one.given_at, one.withdrawn_at, one.via,
    )  # fmt: skip


def _text_card(text: ConsentText) -> ConsentTextCard:
    return ConsentTextCard(
        text.pk,
        text.purpose,
        text.version,
        text.title,
        text.text,
        text.is_required,
        text.from_date,
        text.recipient,
        tuple(text.items),
        text.kept_text,
    )


def people_count() -> int:
    """How many people the register holds."""
    return Party.objects.filter(kind="person", merged_into=None).count()

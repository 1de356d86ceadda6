"""The network itself, its staff, and what people agree to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal, SomeoneWasFaster

from .. import policies
from ..events import (
    AppointmentEnded,
    ConsentGiven,
    ConsentTextPublished,
    ConsentWithdrawn,
    NetworkChanged,
    NetworkFounded,
    StaffAppointed,
)
from ..models import Appointment, Consent, ConsentText, NetworkProfile
from ..rules.codes import LEGAL_FORMS, OFFICES, label_of
from ..rules.fields import NotOnTheList, read_field
from ..rules.names import clean_name
from ..rules.purposes import ITEMS
from ..rules.regions import read_region
from ..rules.texts import clean_paragraphs, clean_text, read_email, read_phone, read_website
from .organisations import NothingChanged
from .terms import _meeting, _refuse_backwards, _refuse_end
from .writing import _locked_person


class NetworkAlreadyFounded(Refusal):
    """An installation serves one network, and it is there."""

    text = _("This installation already serves %(name)s.")
    remedy = _("Use another data folder for another network.")


class NoNetworkYet(Refusal):
    """Nobody has founded the network."""

    text = _("No network has been founded here yet.")
    remedy = _("Run `dure init` first.")


class MonthUnreal(InvalidInput):
    """The month is not 1 to 12."""

    text = _("%(given)s is not a month. Give a number from 1 to 12.")


class AlreadyInOffice(Refusal):
    """The person holds that office at that time."""

    text = _("%(person)s already holds the office %(office)s at that time.")


class LastAdministrator(Refusal):
    """The network would be left without an administrator."""

    text = _("Nobody could open an administrator session any more.")
    remedy = _("Appoint another administrator first.")


class ConsentAlreadyGiven(Refusal):
    """The person agreed to this text before and did not withdraw."""

    text = _("This consent was already given.")


class ConsentAlreadyWithdrawn(Refusal):
    """The consent was withdrawn before."""

    text = _("This consent was already withdrawn on %(day)s.")


def _profile(given: dict[str, Any]) -> dict[str, Any]:
    """Clean values of the fields of the profile."""
    values: dict[str, Any] = {}
    for field, value in given.items():
        match field:
            case "name":
                values[field] = clean_name(value)
            case "legal_form":
                if value and value not in dict(LEGAL_FORMS):
                    raise NotOnTheList(given=value, field=_("Legal form"))
                values[field] = value
            case "fiscal_year_start_month":
                if not 1 <= value <= 12:
                    raise MonthUnreal(given=value)
                values[field] = value
            case "region_code":
                sido, sigungu = read_region(value)
                values[field] = sigungu or sido
            case "phone":
                values[field] = read_phone(value, _("Phone"))
            case "email":
                values[field] = read_email(value, _("E-mail"))
            case "website":
                values[field] = read_website(value, _("Website"))
            case "founded_date" | "authorised_date":
                values[field] = value
            case "business_number":
                values |= read_field(field, value)
            case "address":
                values[field] = clean_text(value, 200, _("Address"))
            case _:
                values[field] = clean_text(value, 60, _("Privacy officer"))
    return values


@command
def found_network(
    act: Act,
    *,
    name: str,
    legal_form: str = "",
    fiscal_year_start_month: int = 1,
    region_code: str = "",
    founded_date: date | None = None,
    address: str = "",
    phone: str = "",
    email: str = "",
    website: str = "",
    business_number: str = "",
    privacy_officer: str = "",
) -> NetworkProfile:
    """Begin the one network of this installation. Raises NetworkAlreadyFounded."""
    given = {k: v for k, v in locals().items() if k != "act"}
    policies.can_found_network(act).enforce()
    other = NetworkProfile.objects.order_by("pk").first()
    if other is not None:
        raise NetworkAlreadyFounded(name=other.name)
    values = _profile(given)
    # ---
    try:
        with transaction.atomic():
            profile = NetworkProfile.objects.create(id=1, founded_at=act.at, **values)
    except IntegrityError as error:
        raise NetworkAlreadyFounded(name=values["name"]) from error
    record(
        act,
        NetworkFounded(
            name=profile.name,
            legal_form=profile.legal_form,
            fiscal_year_start_month=profile.fiscal_year_start_month,
            region_code=profile.region_code,
        ),
    )
    return profile


@command
def change_network(act: Act, *, changes: tuple[tuple[str, Any], ...]) -> NetworkProfile:
    """Change fields of the network's profile. Raises NoNetworkYet, NothingChanged."""
    profile = NetworkProfile.objects.select_for_update().order_by("pk").first()
    policies.can_change_network(act).enforce()
    if profile is None:
        raise NoNetworkYet
    values = {k: v for k, v in _profile(dict(changes)).items() if getattr(profile, k) != v}
    if not values:
        raise NothingChanged
    # ---
    for field, value in values.items():
        setattr(profile, field, value)
    profile.save(update_fields=list(values))
    record(act, NetworkChanged(name=profile.name, fields=tuple(sorted(values))))
    return profile


@command
def appoint_staff(
    act: Act,
    *,
    person_id: int,
    office: str,
    from_date: date,
    until_date: date | None = None,
    decision: str = "",
) -> Appointment:
    """The person holds a staff office from a day until a day (exclusive), by a decision.

    Raises AlreadyInOffice, EndsBeforeItStarts, NotOnTheList.
    """
    person = _locked_person(person_id)
    policies.can_appoint_staff(act).enforce()
    if office not in dict(OFFICES):
        raise NotOnTheList(given=office, field=_("Office"))
    decision = clean_text(decision, 200, _("Decision"))
    _refuse_backwards(from_date, until_date)
    others = Appointment.objects.filter(person=person, office=office)
    if _meeting(others, from_date, until_date).exists():
        raise AlreadyInOffice(person=person.party.name, office=label_of(OFFICES, office))
    # ---
    appointment = Appointment.objects.create(
        person=person, office=office, from_date=from_date, until_date=until_date, decision=decision
    )
    record(
        act,
        StaffAppointed(
            party_id=person.pk,
            appointment_id=appointment.pk,
            person=Personal(person.party.name, person.pk),
            office=office,
            from_date=from_date,
            until_date=until_date,
            decision=decision,
        ),
    )
    return appointment


@command
def end_appointment(act: Act, *, appointment_id: int, until_date: date) -> Appointment:
    """The person no longer holds the office from this day on. Raises AlreadyEnded, LastAdministrator."""
    found = (
        Appointment.objects.select_related("person__party")
        .select_for_update(of=("self",))
        .filter(pk=appointment_id)
        .first()
    )
    policies.can_end_appointment(act).enforce()
    if found is None:
        raise NotFound
    _refuse_end(found, until_date)
    if found.office == "administrator":
        others = Appointment.objects.filter(office="administrator").exclude(pk=found.pk)
        if not others.filter(Q(until_date=None) | Q(until_date__gt=until_date)).exists():
            raise LastAdministrator
    # ---
    found.until_date = until_date
    found.save(update_fields=["until_date"])
    record(
        act,
        AppointmentEnded(
            party_id=found.person_id,
            appointment_id=found.pk,
            person=Personal(found.person.party.name, found.person_id),
            office=found.office,
            until_date=until_date,
        ),
    )
    return found


class ThirdPartyIncomplete(InvalidInput):
    """Whoever agrees that others are given their data knows to whom, what and for how long."""

    text = _("Say to whom the data is given, which data, and how long it is kept there.")


class ThirdPartyRequired(InvalidInput):
    """Nobody has to agree that others are given their data in order to belong."""

    text = _("Giving data to others is always a consent of its own that may be refused.")


@command
def publish_consent_text(
    act: Act,
    *,
    purpose: str,
    title: str,
    text: str,
    from_date: date,
    is_required: bool = False,
    recipient: str = "",
    items: tuple[str, ...] = (),
    kept_text: str = "",
) -> ConsentText:
    """Publish the next version of what people are asked to agree to for a purpose (a short code).

    `recipient`, `items` (of rules.purposes.ITEMS) and `kept_text`: where others are given data, who,
    what and for how long. Raises SomeoneWasFaster, ThirdPartyIncomplete, ThirdPartyRequired. Source:
    개인정보보호법 제17조제2항, 제22조제1항, 제5항.
    """
    policies.can_publish_consent_text(act).enforce()
    purpose = clean_text(purpose, 40, _("Purpose"))
    title = clean_text(title, 120, _("Title"))
    text = clean_paragraphs(text, 20_000, _("Text"))
    recipient = clean_text(recipient, 120, _("Recipient"))
    kept_text = clean_text(kept_text, 120, _("How long it is kept there"))
    known = [item for item in ITEMS if item in items]
    if any((recipient, known, kept_text)):
        if not all((recipient, known, kept_text)) or len(known) < len(set(items)):
            raise ThirdPartyIncomplete
        if is_required:
            raise ThirdPartyRequired
    before = ConsentText.objects.filter(purpose=purpose).aggregate(last=Max("version"))["last"]
    # ---
    try:
        with transaction.atomic():
            published = ConsentText.objects.create(
                purpose=purpose, version=(before or 0) + 1, title=title, text=text,
                is_required=is_required, from_date=from_date, recipient=recipient, items=known,
                kept_text=kept_text,
            )  # fmt: skip
    except IntegrityError as error:
        raise SomeoneWasFaster from error
    record(
        act,
        ConsentTextPublished(
            text_id=published.pk, purpose=purpose, version=published.version, title=title
        ),
    )
    return published


@command
def give_consent(act: Act, *, person_id: int, text_id: int) -> Consent:
    """The person agrees to a text. Raises ConsentAlreadyGiven."""
    person = _locked_person(person_id)
    policies.can_give_consent(act, person_id).enforce()
    text = ConsentText.objects.filter(pk=text_id).first()
    if text is None:
        raise NotFound
    if Consent.objects.filter(person=person, text=text, withdrawn_at=None).exists():
        raise ConsentAlreadyGiven
    # ---
    consent = Consent.objects.create(person=person, text=text, given_at=act.at, via=act.via)
    record(
        act,
        ConsentGiven(
            party_id=person.pk, consent_id=consent.pk, title=text.title, version=text.version
        ),
    )
    return consent


@command
def withdraw_consent(act: Act, *, consent_id: int) -> Consent:
    """The person no longer agrees. Raises ConsentAlreadyWithdrawn."""
    consent = (
        Consent.objects.select_related("text").select_for_update(of=("self",)).filter(pk=consent_id)
    ).first()
    if consent is None:
        raise NotFound
    policies.can_withdraw_consent(act, consent.person_id).enforce()
    if consent.withdrawn_at is not None:
        raise ConsentAlreadyWithdrawn(day=consent.withdrawn_at.date())
    # ---
    consent.withdrawn_at = act.at
    consent.save(update_fields=["withdrawn_at"])
    record(
        act,
        ConsentWithdrawn(
            party_id=consent.person_id,
            consent_id=consent.pk,
            title=consent.text.title,
            version=consent.text.version,
            text_id=consent.text_id,
        ),
    )
    return consent

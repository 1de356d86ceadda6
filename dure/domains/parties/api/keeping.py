"""Offices, consents, accounts, history and files of the room through the API."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import uuid5

from django.http import HttpRequest
from ninja import File, Query, Router, Schema, Status, UploadedFile
from pydantic import Field

from dure.ui.api import act_of_api
from dure.ui.files import open_table

from .. import commands, queries
from ..rules.imports import check_mapping, chunks, guess_kind, guess_mapping, guess_publish
from .fields import EndIn, FoundOut, Id, Number, PartyOut

router = Router(tags=["parties"])


CHUNKS_AT_ONCE = 25  # of 2,000 rows in one request


class NetworkOut(Schema):
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


class NetworkChange(Schema):
    """Only the fields that are sent are changed."""

    name: str | None = None
    legal_form: str | None = None
    fiscal_year_start_month: Annotated[int, Field(ge=1, le=12)] | None = None
    region_code: str | None = None
    founded_date: date | None = None
    authorised_date: date | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    business_number: str | None = None
    privacy_officer: str | None = None


class AppointmentIn(Schema):
    person_id: Number
    office: str
    from_date: date
    until_date: date | None = None
    decision: str = ""


class AppointmentOut(Schema):
    id: int
    person_id: int
    office: str
    from_date: date
    until_date: date | None
    decision: str


class ConsentTextIn(Schema):
    purpose: str
    title: str
    text: str
    from_date: date
    is_required: bool = False
    recipient: str = ""
    items: list[Literal["name", "email", "phone", "organisation"]] = []
    kept_text: str = ""


class ConsentTextOut(Schema):
    id: int
    purpose: str
    version: int
    title: str
    text: str
    is_required: bool
    from_date: date
    recipient: str
    items: list[str]
    kept_text: str


class EffectOut(Schema):
    """What a withdrawal would do."""

    rests: str
    stops: str
    by_hand: str
    stays: str


class ConsentIn(Schema):
    text_id: Number


class ConsentOut(Schema):
    id: int
    text_id: int
    given_at: datetime
    withdrawn_at: datetime | None


class BankAccountIn(Schema):
    bank: str
    number: str
    holder: str = ""


class BankAccountOut(Schema):
    bank: str
    last_digits: str
    holder: str


class EraseIn(Schema):
    reason: str


class HistoryOut(Schema):
    deed_id: int
    at: datetime
    actor_id: int | None
    actor: str
    via: str
    sentence: str


class DuplicatesOut(Schema):
    reason: str
    kind: str
    parties: list[FoundOut]


class RejectedOut(Schema):
    row: int
    cell: str
    reason: str


class PreviewOut(Schema):
    """What accepting the file would do."""

    read: int
    new: int
    changed: int
    same: int
    rejected: int
    rejected_cells: list[RejectedOut]


class ImportOut(Schema):
    id: int
    file_name: str
    mapping: list[str]
    publish: bool
    kind: str
    state: str
    done_rows: int
    read_count: int
    new_count: int
    changed_count: int
    same_count: int
    rejected_count: int


class MappingIn(Schema):
    mapping: list[str]
    publish: bool = False
    kind: str = ""


# -- the network and its offices -------------------------------------------------------------


@router.get("/network", operation_id="network_profile", response=NetworkOut, auth=None)
def network_profile(request: HttpRequest) -> Any:
    """The one network of this installation."""
    network = queries.network_profile()
    if network is None:
        raise commands.NoNetworkYet
    return network


@router.patch("/network", operation_id="change_network", response=NetworkOut)
def change_network(request: HttpRequest, given: NetworkChange) -> Any:
    """Change the fields that are sent."""
    sent = given.dict(exclude_unset=True)
    changes = tuple((k, v) for k, v in sorted(sent.items()) if v is not None or k.endswith("_date"))
    return commands.change_network(act_of_api(request), changes=changes)


@router.get("/appointments", operation_id="appointments", response=list[AppointmentOut])
def appointments(request: HttpRequest) -> Any:
    """Who holds or held which staff office."""
    return queries.appointments(act_of_api(request))


@router.post("/appointments", operation_id="appoint_staff", response={201: AppointmentOut})
def appoint_staff(request: HttpRequest, given: AppointmentIn) -> Any:
    """Give a person a staff office."""
    return Status(201, commands.appoint_staff(act_of_api(request), **given.dict()))


@router.post("/appointments/{appointment_id}/end", operation_id="end_appointment", response=AppointmentOut)  # fmt: skip
def end_appointment(request: HttpRequest, appointment_id: Id, given: EndIn) -> Any:
    """The person no longer holds the office from this day on."""
    return commands.end_appointment(
        act_of_api(request), appointment_id=appointment_id, until_date=given.until_date
    )


# -- consents --------------------------------------------------------------------------------


@router.get(
    "/consent-texts", operation_id="consent_texts", response=list[ConsentTextOut], auth=None
)
def consent_texts(request: HttpRequest) -> Any:
    """What people are asked to agree to today."""
    return queries.consent_texts(act_of_api(request).today)


@router.post("/consent-texts", operation_id="publish_consent_text", response={201: ConsentTextOut})
def publish_consent_text(request: HttpRequest, given: ConsentTextIn) -> Any:
    """Publish the next version of a text."""
    values = given.dict() | {"items": tuple(given.items)}
    return Status(201, commands.publish_consent_text(act_of_api(request), **values))


@router.get("/people/{person_id}/consents", operation_id="consents_of", response=list[ConsentOut])
def consents_of(request: HttpRequest, person_id: Id) -> Any:
    """What the person agreed to; the read is logged."""
    return queries.consents_of(act_of_api(request), person_id)


@router.post(
    "/people/{person_id}/consents", operation_id="give_consent", response={201: ConsentOut}
)
def give_consent(request: HttpRequest, person_id: Id, given: ConsentIn) -> Any:
    """Agree to a text."""
    return Status(
        201, commands.give_consent(act_of_api(request), person_id=person_id, text_id=given.text_id)
    )


@router.get(
    "/consents/{consent_id}/withdrawal", operation_id="withdrawal_effect", response=EffectOut
)
def withdrawal_effect(request: HttpRequest, consent_id: Id) -> Any:
    """What withdrawing would stop, what somebody has to do, and what goes on."""
    found = queries.withdrawal_effect(act_of_api(request), consent_id).purpose
    return {name: str(getattr(found, name)) for name in ("rests", "stops", "by_hand", "stays")}


@router.post(
    "/consents/{consent_id}/withdraw", operation_id="withdraw_consent", response=ConsentOut
)
def withdraw_consent(request: HttpRequest, consent_id: Id) -> Any:
    """No longer agree."""
    return commands.withdraw_consent(act_of_api(request), consent_id=consent_id)


# -- accounts, history, erasing --------------------------------------------------------------


@router.post("/parties/{party_id}/bank-account", operation_id="record_bank_account", response={201: BankAccountOut})  # fmt: skip
def record_bank_account(request: HttpRequest, party_id: Id, given: BankAccountIn) -> Any:
    """Record where a party is paid to; the number is stored encrypted."""
    return Status(
        201, commands.record_bank_account(act_of_api(request), party_id=party_id, **given.dict())
    )


@router.get("/parties/{party_id}/history", operation_id="history_of", response=list[HistoryOut])
def history_of(
    request: HttpRequest, party_id: Id, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> Any:
    """The deeds about a party, the newest first."""
    return queries.history_of(act_of_api(request), party_id, limit)


@router.post("/people/{person_id}/erase", operation_id="erase_person", response=PartyOut)
def erase_person(request: HttpRequest, person_id: Id, given: EraseIn) -> Any:
    """Erase personal data by law."""
    return commands.erase_person(act_of_api(request), person_id=person_id, reason=given.reason)


@router.get("/duplicates", operation_id="duplicate_groups", response=list[DuplicatesOut])
def duplicate_groups(request: HttpRequest) -> Any:
    """Entries that may be one and the same."""
    return queries.duplicate_groups(act_of_api(request))


# -- files -----------------------------------------------------------------------------------


@router.post("/imports", operation_id="stage_import", response={201: ImportOut})
def stage_import(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Lay out a CSV or Excel file; nothing is written to the register yet."""
    act = act_of_api(request)
    content = file.read()
    name = file.name or "file"
    mapping = guess_mapping(open_table(name, content).head)
    check_mapping(mapping)
    made = commands.stage_import(
        act,
        file_name=name,
        digest=hashlib.sha256(content).hexdigest(),
        mapping=mapping,
        publish=guess_publish(mapping),
        kind=guess_kind(mapping),
        content=content,
    )
    return Status(201, queries.import_card(act, made.pk))


@router.get("/imports/{import_id}", operation_id="import_card", response=ImportOut)
def import_card(request: HttpRequest, import_id: Id) -> Any:
    """Where an import stands."""
    return queries.import_card(act_of_api(request), import_id)


@router.put("/imports/{import_id}/mapping", operation_id="map_import", response=ImportOut)
def map_import(request: HttpRequest, import_id: Id, given: MappingIn) -> Any:
    """Choose which column is which field."""
    act = act_of_api(request)
    commands.map_import(
        act,
        import_id=import_id,
        mapping=tuple(given.mapping),
        publish=given.publish,
        kind=given.kind,
    )
    return queries.import_card(act, import_id)


@router.get("/imports/{import_id}/preview", operation_id="preview_import", response=PreviewOut)
def preview_import(request: HttpRequest, import_id: Id) -> Any:
    """What accepting would do."""
    act = act_of_api(request)
    card = queries.import_card(act, import_id)
    sheet = open_table(card.file_name, queries.import_content(act, import_id))
    return queries.preview_import(
        act,
        chunks(sheet.rows, card.mapping, kind=card.kind),
        has_region="region_code" in card.mapping,
        publish=card.publish,
    )


@router.post("/imports/{import_id}/accept", operation_id="accept_import", response=ImportOut)
def accept_import(request: HttpRequest, import_id: Id) -> Any:
    """Write the next rows (50,000 at most); call again while the state is `accepting`."""
    act = act_of_api(request)
    card = queries.import_card(act, import_id)
    if not card.has_content:
        raise commands.ImportOver
    sheet = open_table(card.file_name, queries.import_content(act, import_id))
    parts = chunks(sheet.rows, card.mapping, kind=card.kind, skip=card.done_rows)
    for number, chunk in enumerate(parts):
        if number == CHUNKS_AT_ONCE:
            break
        key = uuid5(act.key, f"parties.import:{import_id}:{chunk.from_row}")
        commands.accept_import(replace(act, key=key), import_id=import_id, chunk=chunk)
    return queries.import_card(act, import_id)


@router.get(
    "/imports/{import_id}/rejected", operation_id="rejected_rows", response=list[RejectedOut]
)
def rejected_rows(request: HttpRequest, import_id: Id) -> Any:
    """The cells that were not taken, at most ten thousand."""
    return queries.rejected_rows(act_of_api(request), import_id)


@router.post("/imports/{import_id}/discard", operation_id="discard_import", response=ImportOut)
def discard_import(request: HttpRequest, import_id: Id) -> Any:
    """Drop a staged file."""
    act = act_of_api(request)
    commands.discard_import(act, import_id=import_id)
    return queries.import_card(act, import_id)

"""Personal data over HTTP: breaches, the log of reads, the yearly destruction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from dure.kernel.dates import parse_month
from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from . import commands, queries

router = Router(tags=["privacy"])
Id = f.Id
Count = Annotated[int, Field(ge=0, le=100_000_000)]
LongText = f.LongText
Text = Annotated[str, Field(max_length=300), f.Storable]
MonthIn = f.MonthText
KindOfData = Literal[
    "name", "contact", "membership", "money", "account_number", "password", "sensitive", "unique",
    "other",
]  # fmt: skip
LIST_MAX = 500


class BreachIn(Schema):
    what: LongText
    kinds: Annotated[list[KindOfData], Field(max_length=9)]
    people_count: Count
    from_outside: bool = False
    advice: LongText = ""


class NewBreachIn(BreachIn):
    found_at: AwareDatetime


class BreachMeasureIn(Schema):
    text: LongText


class ConcernedIn(Schema):
    whom: Literal["", "everybody", "members", "read_by"] = ""
    person_ids: Annotated[list[Id], Field(max_length=5_000)] = []
    reader_id: Id | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class TellIn(Schema):
    otherwise: bool = False


class ReportIn(Schema):
    authority: Text
    reference: Text
    reported_at: AwareDatetime


class LookNoteIn(Schema):
    note: LongText = ""


class DownloadReasonIn(Schema):
    reason: Text


class HandOverIn(Schema):
    text_id: Id
    note: Text = ""


class HandoverOut(Schema):
    handover_id: int


class WithdrawalOut(Schema):
    id: int
    person_id: int
    name: str
    title: str
    what: str
    recipient: str
    opened_at: datetime


class DutyOut(Schema):
    whom: str
    until: datetime
    hours_left: int
    citation: str
    done_at: datetime | None


class BreachOut(Schema):
    id: int
    what: str
    found_at: datetime
    people_count: int
    kinds: list[str]
    from_outside: bool
    named: int
    told: int
    told_at: datetime | None
    reported_at: datetime | None
    closed_at: datetime | None
    duties: list[DutyOut]


class ReaderOut(Schema):
    person_id: int | None
    name: str
    reads: int
    people: int
    downloads: int
    usual: int
    is_unusual: bool


class DownloadOut(Schema):
    read_id: int
    at: datetime
    reader_id: int | None
    name: str
    what: str
    people: int
    reason: str


class ReadsOut(Schema):
    readers: list[ReaderOut]
    downloads: list[DownloadOut]
    confirmed_at: datetime | None


class ReasonOut(Schema):
    read_id: int
    reason: str


class ReadCheckOut(Schema):
    month_date: date
    reads: int
    downloads: int
    unusual: int


class DueOut(Schema):
    kind: str
    title: str
    does: str
    rule: str
    asks: str
    citation: str
    before: date
    count: int


class DestructionRunOut(Schema):
    id: int
    on_date: date
    is_done: bool
    total: int
    destroyed: int
    paper_id: int | None


def _breach(request: HttpRequest, breach_id: int) -> Any:
    return queries.breach_card(act_of_api(request), breach_id)


def _run(request: HttpRequest, run_id: int) -> Any:
    return queries.run_card(act_of_api(request), run_id)


# -- breaches --------------------------------------------------------------------------------------


@router.get("/breaches", operation_id="breaches_open", response=list[BreachOut])
def breaches_open(request: HttpRequest) -> Any:
    """Breaches that are not closed, with the hours left."""
    return queries.breaches_open(act_of_api(request))[:LIST_MAX]


@router.post("/breaches", operation_id="record_breach", response={201: BreachOut})
def record_breach(request: HttpRequest, given: NewBreachIn) -> Any:
    """Record a breach; the clock runs from found_at."""
    values = given.dict() | {"kinds": tuple(given.kinds)}
    return Status(201, _breach(request, commands.record_breach(act_of_api(request), **values).pk))


@router.get("/breaches/{breach_id}", operation_id="breach_card", response=BreachOut)
def breach_card(request: HttpRequest, breach_id: Id) -> Any:
    """One breach: who must be told by when."""
    return _breach(request, breach_id)


@router.put("/breaches/{breach_id}", operation_id="change_breach", response=BreachOut)
def change_breach(request: HttpRequest, breach_id: Id, given: BreachIn) -> Any:
    """Complete what is known."""
    values = given.dict() | {"kinds": tuple(given.kinds)}
    commands.change_breach(act_of_api(request), breach_id=breach_id, **values)
    return _breach(request, breach_id)


@router.post(
    "/breaches/{breach_id}/measures", operation_id="note_breach_measure", response=BreachOut
)
def note_breach_measure(request: HttpRequest, breach_id: Id, given: BreachMeasureIn) -> Any:
    """Note what was done."""
    commands.note_breach_measure(act_of_api(request), breach_id=breach_id, text=given.text)
    return _breach(request, breach_id)


@router.post(
    "/breaches/{breach_id}/people", operation_id="name_breached_people", response=f.CountOut
)
def name_breached_people(request: HttpRequest, breach_id: Id, given: ConcernedIn) -> Any:
    """Name whom it concerns; how many more."""
    values = given.dict() | {"person_ids": tuple(given.person_ids)}
    act = act_of_api(request)
    return {"count": commands.name_breached_people(act, breach_id=breach_id, **values)}


@router.post("/breaches/{breach_id}/tell", operation_id="tell_breached_people", response=f.CountOut)
def tell_breached_people(request: HttpRequest, breach_id: Id, given: TellIn) -> Any:
    """Send letters to those concerned; how many were told."""
    act = act_of_api(request)
    count = commands.tell_breached_people(act, breach_id=breach_id, otherwise=given.otherwise)
    return {"count": count}


@router.post("/breaches/{breach_id}/report", operation_id="report_breach", response=BreachOut)
def report_breach(request: HttpRequest, breach_id: Id, given: ReportIn) -> Any:
    """Note that it was reported to the authority."""
    commands.report_breach(act_of_api(request), breach_id=breach_id, **given.dict())
    return _breach(request, breach_id)


@router.post("/breaches/{breach_id}/close", operation_id="close_breach", response=BreachOut)
def close_breach(request: HttpRequest, breach_id: Id) -> Any:
    """Close it, when everybody was told who must be."""
    commands.close_breach(act_of_api(request), breach_id=breach_id)
    return _breach(request, breach_id)


# -- reads -----------------------------------------------------------------------------------------


@router.get("/reads/{month}", operation_id="reads_of_month", response=ReadsOut)
def reads_of_month(request: HttpRequest, month: MonthIn) -> Any:
    """Who read how much in a month, and what was taken along."""
    return queries.reads_of_month(act_of_api(request), parse_month(month))


@router.post("/reads/{month}/confirm", operation_id="confirm_reads", response=ReadCheckOut)
def confirm_reads(request: HttpRequest, month: MonthIn, given: LookNoteIn) -> Any:
    """Confirm that a month's log was looked through."""
    return commands.confirm_reads(act_of_api(request), month=parse_month(month), note=given.note)


@router.post("/downloads/{read_id}/reason", operation_id="explain_download", response=ReasonOut)
def explain_download(request: HttpRequest, read_id: Id, given: DownloadReasonIn) -> Any:
    """Say why personal data was taken along."""
    return commands.explain_download(act_of_api(request), read_id=read_id, reason=given.reason)


# -- destruction -----------------------------------------------------------------------------------


@router.get("/due-to-destroy", operation_id="due_to_destroy", response=list[DueOut])
def due_to_destroy(request: HttpRequest) -> Any:
    """What is kept too long today, by which rule."""
    act = act_of_api(request)
    return queries.due_to_destroy(act, act.today)


@router.post("/destructions", operation_id="begin_destruction", response={201: DestructionRunOut})
def begin_destruction(request: HttpRequest) -> Any:
    """Begin a run with what is due today."""
    return Status(201, _run(request, commands.begin_destruction(act_of_api(request)).pk))


@router.get("/destructions/{run_id}", operation_id="destruction_run", response=DestructionRunOut)
def destruction_run(request: HttpRequest, run_id: Id) -> Any:
    """How far a run is."""
    return _run(request, run_id)


@router.post("/destructions/{run_id}/next", operation_id="destroy_next", response=DestructionRunOut)
def destroy_next(request: HttpRequest, run_id: Id) -> Any:
    """Destroy the next chunk; call it until is_done."""
    commands.destroy_next(act_of_api(request), run_id=run_id)
    return _run(request, run_id)


# -- consents --------------------------------------------------------------------------------------


@router.post("/handovers", operation_id="hand_over_data", response={201: HandoverOut})
def hand_over_data(request: HttpRequest, given: HandOverIn) -> Any:
    """Give the data of those who agree to the recipient that a text names."""
    made = commands.hand_over_data(act_of_api(request), **given.dict())
    return Status(201, {"handover_id": made.pk})


@router.get("/withdrawals", operation_id="withdrawals_open", response=list[WithdrawalOut])
def withdrawals_open(request: HttpRequest) -> Any:
    """What is to be done after consents were withdrawn."""
    return queries.withdrawals_open(act_of_api(request))


@router.post(
    "/withdrawals/{withdrawal_id}/settle", operation_id="settle_withdrawal", response=f.CountOut
)
def settle_withdrawal(request: HttpRequest, withdrawal_id: Id, given: LookNoteIn) -> Any:
    """Note what was done; how many still wait."""
    act = act_of_api(request)
    commands.settle_withdrawal(act, withdrawal_id=withdrawal_id, note=given.note)
    return {"count": len(queries.withdrawals_open(act))}

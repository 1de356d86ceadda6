"""Direct debits and the ladder of late dues over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from dure.kernel.dates import parse_month
from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries

router = Router(tags=["memberships"])

LINES_MAX = 500
type_note = Annotated[str, Field(min_length=1, max_length=2000), f.Storable]


class MandateIn(Schema):
    bank: Annotated[str, Field(min_length=1, max_length=40), f.Storable]
    account_number: Annotated[str, Field(min_length=6, max_length=40), f.Storable]
    holder: Annotated[str, Field(min_length=1, max_length=60), f.Storable]
    consent_text: f.LongText
    evidence: Literal["written", "e_signed", "recorded_call", "phone_menu"]
    evidence_note: f.Text = ""
    from_date: f.Day | None = None


class MandateOut(Schema):
    id: int
    membership_id: int
    bank: str
    account_tail: str
    holder: str
    evidence: str
    from_date: date
    until_date: date | None


class DebitsIn(Schema):
    collect_date: f.Day
    layout: f.Code = "csv"
    fund: f.Code = "general"


class DebitRunOut(Schema):
    id: int
    collect_date: date
    layout: str
    state: str
    count: int
    sum_won: int
    paid_count: int
    paid_won: int
    failed_count: int
    settled_won: int


class DebitLineOut(Schema):
    membership_id: int
    amount_won: int
    paid_won: int
    state: str
    reason_code: str
    reason: str


class SettleIn(Schema):
    receipt_id: f.Id


class LadderOut(Schema):
    membership_id: int
    number: int
    name: str
    won: int
    oldest_date: date
    days: int
    last_date: date | None
    next_step: str


class DebitNoteIn(Schema):
    note: type_note


class DebitStepOut(Schema):
    id: int
    kind: str
    taken_date: date
    owed_won: int


class InstalmentsIn(Schema):
    monthly_won: f.Won
    first_date: f.Day
    note: f.Text = ""


class InstalmentsOut(Schema):
    id: int
    total_won: int
    monthly_won: int
    first_date: date
    ended_date: date | None


class ExemptionIn(Schema):
    from_month: f.MonthText
    until_month: f.MonthText
    reason: Annotated[str, Field(min_length=1, max_length=300), f.Storable]
    kind: Literal["", "regular", "development", "joining", "levy", "special"] = ""
    decided_by: f.Text = ""


class ExemptionOut(Schema):
    id: int
    kind: str
    from_date: date
    until_date: date
    reason: str


@router.post(
    "/members/{membership_id}/mandates", operation_id="give_mandate", response={201: MandateOut}
)
def give_mandate(request: HttpRequest, membership_id: f.Id, given: MandateIn) -> Any:
    """A member consents that dues are taken from an account."""
    return Status(
        201, commands.give_mandate(act_of_api(request), membership_id=membership_id, **given.dict())
    )


@router.get(
    "/members/{membership_id}/mandates", operation_id="mandates_of", response=list[MandateOut]
)
def mandates_of(request: HttpRequest, membership_id: f.Id) -> Any:
    """A member's consents, the newest first."""
    return list(queries.mandates_of(act_of_api(request), membership_id)[:100])


@router.post("/mandates/{mandate_id}/end", operation_id="end_mandate", response=MandateOut)
def end_mandate(request: HttpRequest, mandate_id: f.Id) -> Any:
    """The consent is withdrawn."""
    return commands.end_mandate(act_of_api(request), mandate_id=mandate_id)


@router.post("/mandates/destroy", operation_id="destroy_mandates", response=f.CountOut)
def destroy_mandates(request: HttpRequest) -> Any:
    """Forget accounts of mandates that ended so long ago that the rules let them go."""
    return {"count": commands.destroy_mandates(act_of_api(request))}


@router.post("/debits", operation_id="request_debits", response={201: DebitRunOut})
def request_debits(request: HttpRequest, given: DebitsIn) -> Any:
    """Ask the bank for all dues that are due by a day."""
    return Status(201, commands.request_debits(act_of_api(request), **given.dict()))


@router.get("/debits", operation_id="debit_runs", response=list[DebitRunOut])
def debit_runs(request: HttpRequest) -> Any:
    """Requests, the latest first."""
    return list(queries.debit_runs(act_of_api(request))[:LINES_MAX])


@router.get("/debits/{run_id}/lines", operation_id="debit_lines", response=list[DebitLineOut])
def debit_lines(
    request: HttpRequest, run_id: f.Id, page: Annotated[int, Field(ge=1, le=100_000)] = 1
) -> Any:
    """What each member was asked for and what came of it."""
    act = act_of_api(request)
    queries.debit_run(act, run_id)
    rows = queries.debit_lines(act, run_id)
    return list(rows[(page - 1) * LINES_MAX : page * LINES_MAX])


@router.post("/debits/{run_id}/result", operation_id="take_debit_result", response=DebitRunOut)
def take_debit_result(request: HttpRequest, run_id: f.Id, file: File[UploadedFile]) -> Any:
    """Book what the bank answered; the same file twice changes nothing."""
    return commands.take_debit_result(
        act_of_api(request), run_id=run_id, filename=file.name or "file", content=file.read()
    )


@router.post("/debits/{run_id}/settle", operation_id="settle_debit_run", response=DebitRunOut)
def settle_debit_run(request: HttpRequest, run_id: f.Id, given: SettleIn) -> Any:
    """The sum the bank collected came to the account."""
    return commands.settle_debit_run(
        act_of_api(request), run_id=run_id, receipt_id=given.receipt_id
    )


@router.get("/arrears/ladder", operation_id="arrears_ladder", response=list[LadderOut])
def arrears_ladder(
    request: HttpRequest, step: Literal["", "reminder", "talk", "relief", "review"] = ""
) -> Any:
    """Members with late dues and the step that is due with each."""
    return queries.arrears_ladder(act_of_api(request), step=step)


@router.post(
    "/members/{membership_id}/arrears/talk",
    operation_id="note_arrears_talk",
    response={201: DebitStepOut},
)
def note_arrears_talk(request: HttpRequest, membership_id: f.Id, given: DebitNoteIn) -> Any:
    """Note a talk about late dues."""
    return Status(
        201,
        commands.note_arrears_talk(
            act_of_api(request), membership_id=membership_id, note=given.note
        ),
    )


@router.post(
    "/members/{membership_id}/arrears/instalments",
    operation_id="agree_instalments",
    response={201: InstalmentsOut},
)
def agree_instalments(request: HttpRequest, membership_id: f.Id, given: InstalmentsIn) -> Any:
    """A member pays what is late bit by bit."""
    return Status(
        201,
        commands.agree_instalments(
            act_of_api(request), membership_id=membership_id, **given.dict()
        ),
    )


@router.post(
    "/instalments/{instalments_id}/end", operation_id="end_instalments", response=InstalmentsOut
)
def end_instalments(request: HttpRequest, instalments_id: f.Id) -> Any:
    """The agreement holds no longer."""
    return commands.end_instalments(act_of_api(request), instalments_id=instalments_id)


@router.post(
    "/members/{membership_id}/arrears/review",
    operation_id="ask_for_review",
    response={201: DebitStepOut},
)
def ask_for_review(request: HttpRequest, membership_id: f.Id, given: DebitNoteIn) -> Any:
    """Put late dues before the competent body; the membership stays as it is."""
    return Status(
        201,
        commands.ask_for_review(act_of_api(request), membership_id=membership_id, note=given.note),
    )


@router.post(
    "/members/{membership_id}/exemptions",
    operation_id="exempt_member",
    response={201: ExemptionOut},
)
def exempt_member(request: HttpRequest, membership_id: f.Id, given: ExemptionIn) -> Any:
    """A member owes nothing from a month until a month, exclusive."""
    months = {
        "from_month": parse_month(given.from_month),
        "until_month": parse_month(given.until_month),
    }
    return Status(
        201,
        commands.exempt_member(
            act_of_api(request), membership_id=membership_id, **{**given.dict(), **months}
        ),
    )

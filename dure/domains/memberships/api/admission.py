"""Procedures and their steps over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.ui.api import act_of_api
from dure.ui.api_fields import Code, Day, Id, LongText, Storable, Text, Won

from .. import commands, queries
from .schemas import ApplicationOut, HowManyOut, MembershipOut

router = Router(tags=["memberships"])

Minutes = Annotated[str, Field(min_length=1, max_length=120), Storable]
Reason = Annotated[str, Field(min_length=1, max_length=4000), Storable]
Votes = Annotated[int, Field(ge=0, le=100_000)]
StepKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,29}$")]
ProcedureFile = Annotated[str, Field(max_length=65_536), Storable]


class ProcedureIn(Schema):
    member_class: Code
    from_date: Day
    profile: Code = ""
    file: ProcedureFile = ""
    decided_by: Text = ""


class ProcedureOut(Schema):
    id: int
    from_date: date
    decided_by: str
    file: str


class StepValueIn(Schema):
    name: Annotated[str, Field(min_length=1, max_length=20), Storable]
    value: Annotated[str, Field(max_length=400), Storable]


class StepIn(Schema):
    """`values`: what the kind of the step asks for: found and of, region and ward, amount and date."""

    item: Text = ""
    values: Annotated[list[StepValueIn], Field(max_length=10)] = []
    text: Annotated[str, Field(max_length=2000), Storable] = ""
    waived: bool = False


class PledgeIn(Schema):
    name: Annotated[str, Field(min_length=1, max_length=60), Storable]
    on_paper: bool = False


class SponsorIn(Schema):
    by: Literal["members", "committee", "secretariat"] = "members"
    party_id: Id | None = None
    text: Annotated[str, Field(max_length=2000), Storable] = ""
    on_paper: bool = False


class StepNoteOut(Schema):
    id: int
    step: str
    item: str
    outcome: str
    on_paper: bool
    noted_at: datetime


class CountedDecisionIn(Schema):
    seats: Votes
    present: Votes
    in_favour: Votes
    against: Votes = 0
    abstaining: Votes = 0
    minutes: Minutes
    decided_date: Day | None = None
    joined_date: Day | None = None
    reason: LongText = ""
    party_id: Id | None = None


class DecidedOut(ApplicationOut):
    decision_reason: str
    pay_until_date: date | None


class AdmissionPaymentIn(Schema):
    amount_won: Won
    paid_date: Day | None = None
    fund: Code = "general"
    receipt_id: Id | None = None


class AppealIn(Schema):
    text: Reason


class AppealDecisionIn(Schema):
    granted: bool
    minutes: Minutes
    reason: Reason
    decided_date: Day | None = None
    party_id: Id | None = None


class AppealOut(Schema):
    application_id: int
    body: str
    appealed_date: date
    decided_date: date | None
    granted: bool | None


class StepCheckOut(Schema):
    """One step: whether it is done, and what the rules asked and found."""

    key: str
    kind: str
    title: str
    citation: str
    done: bool
    missing: list[str]
    asks: str
    found: str


class ChecklistOut(Schema):
    reference: str
    state: str
    procedure: str
    decide_by_date: date | None
    pay_until_date: date | None
    steps: list[StepCheckOut]


@router.get("/procedures", operation_id="procedures", response=list[ProcedureOut])
def procedures(request: HttpRequest, member_class: Code = "") -> Any:
    """How the classes are joined, each class's latest procedure first."""
    return list(queries.procedures_of(act_of_api(request), member_class)[:500])


@router.post("/procedures", operation_id="load_procedure", response={201: ProcedureOut})
def load_procedure(request: HttpRequest, given: ProcedureIn) -> Any:
    """Let a class be joined by a procedure from a day on."""
    return Status(201, commands.load_procedure(act_of_api(request), **given.dict()))


@router.get(
    "/applications/{application_id}/checklist",
    operation_id="application_checklist",
    response=ChecklistOut,
)
def application_checklist(request: HttpRequest, application_id: Id) -> Any:
    """What the procedure asks, what is done, what is missing."""
    card = queries.application_card(act_of_api(request), application_id)
    found = card.checklist
    return {
        "reference": card.reference,
        "state": card.state,
        "procedure": found.title if found else "",
        "decide_by_date": found.decide_by_date if found else None,
        "pay_until_date": found.pay_until_date if found else None,
        "steps": [
            {
                "key": step.key,
                "kind": step.kind,
                "title": step.title,
                "citation": step.citation,
                "done": step.done,
                "missing": step.missing,
                "asks": step.finding.required_shown if step.finding else "",
                "found": step.finding.actual_shown if step.finding else "",
            }
            for step in (found.steps if found else ())
        ],
    }


_STEP = "/applications/{application_id}/steps/{step}"


@router.post(_STEP, operation_id="note_step", response={201: StepNoteOut})
def note_step(request: HttpRequest, application_id: Id, step: StepKey, given: StepIn) -> Any:
    """Note what was found for a step."""
    values = given.dict()
    values["values"] = tuple((one["name"], one["value"]) for one in values["values"])
    note = commands.note_step(
        act_of_api(request), application_id=application_id, step=step, **values
    )
    return Status(201, note)


@router.post(f"{_STEP}/sign", operation_id="sign_pledge", response={201: StepNoteOut})
def sign_pledge(request: HttpRequest, application_id: Id, step: StepKey, given: PledgeIn) -> Any:
    """Sign the pledge, or note what was signed on paper."""
    note = commands.sign_pledge(
        act_of_api(request), application_id=application_id, step=step, **given.dict()
    )
    return Status(201, note)


@router.post(f"{_STEP}/sponsor", operation_id="sponsor_application", response={201: StepNoteOut})
def sponsor_application(
    request: HttpRequest, application_id: Id, step: StepKey, given: SponsorIn
) -> Any:
    """Sponsor an application."""
    note = commands.sponsor_application(
        act_of_api(request), application_id=application_id, step=step, **given.dict()
    )
    return Status(201, note)


@router.post(
    "/applications/{application_id}/decide",
    operation_id="decide_application",
    response=DecidedOut,
)
def decide_application(request: HttpRequest, application_id: Id, given: CountedDecisionIn) -> Any:
    """Record how the body of the procedure voted; the count decides."""
    return commands.decide_application(
        act_of_api(request), application_id=application_id, **given.dict()
    )


@router.post(
    "/applications/{application_id}/paid",
    operation_id="complete_admission",
    response={201: MembershipOut},
)
def complete_admission(request: HttpRequest, application_id: Id, given: AdmissionPaymentIn) -> Any:
    """The shares are paid: the approved applicant is a member."""
    made = commands.complete_admission(
        act_of_api(request), application_id=application_id, **given.dict()
    )
    return Status(201, made)


@router.post("/applications/lapse", operation_id="lapse_applications", response=HowManyOut)
def lapse_applications(request: HttpRequest) -> Any:
    """Approvals that were not paid in time lapse."""
    return {"count": commands.lapse_applications(act_of_api(request))}


@router.post(
    "/applications/{application_id}/appeal",
    operation_id="appeal_refusal",
    response={201: AppealOut},
)
def appeal_refusal(request: HttpRequest, application_id: Id, given: AppealIn) -> Any:
    """Ask the other body to hear the refusal."""
    made = commands.appeal_refusal(
        act_of_api(request), application_id=application_id, **given.dict()
    )
    return Status(201, made)


@router.post(
    "/applications/{application_id}/appeal/decide",
    operation_id="decide_appeal",
    response=AppealOut,
)
def decide_appeal(request: HttpRequest, application_id: Id, given: AppealDecisionIn) -> Any:
    """Record what the other body decided."""
    return commands.decide_appeal(
        act_of_api(request), application_id=application_id, **given.dict()
    )

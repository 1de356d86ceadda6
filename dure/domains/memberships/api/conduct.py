"""Conduct cases over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.kernel.refusals import NotFound
from dure.ui import api_fields as f, pdf
from dure.ui.api import act_of_api

from .. import commands, documents, queries

router = Router(tags=["memberships"])
Body = Literal[
    "general_meeting",
    "delegates_meeting",
    "board",
    "steering_committee",
    "qualification_committee",
    "secretariat",
]
Result = Literal["upheld", "dismissed"]
Seats = Annotated[int, Field(ge=0, le=1_000_000)]


class CaseIn(Schema):
    membership_id: f.Id
    kind: Literal["review", "warning", "suspension", "expulsion"]
    ground: Literal["business_not_used", "duties_not_met", "bylaw_reason"]
    article: f.Text
    reason: f.LongText
    follows_id: f.Id | None = None


class NoticeIn(Schema):
    notice_date: f.Day
    way: Literal["post", "mail", "message", "in_hand"]
    meeting_date: f.Day


class HearingIn(Schema):
    hearing_date: f.Day
    was_heard: bool
    statement: f.LongText = ""


class RecommendationIn(Schema):
    body: Body
    outcome: Result
    on_date: f.Day
    minutes: f.Text
    text: f.LongText = ""


class DecisionIn(Schema):
    body: Body
    outcome: Result
    decided_date: f.Day
    minutes: f.Text
    seats: Seats = 0
    present: Seats = 0
    in_favour: Seats = 0
    until_date: f.Day | None = None


class ConductAppealDecisionIn(Schema):
    body: Body
    outcome: Result
    decided_date: f.Day
    minutes: f.Text


class ConductReasonIn(Schema):
    reason: f.LongText


class CaseOut(Schema):
    id: int
    membership_id: int
    follows_id: int | None
    kind: str
    ground: str
    article: str
    state: str
    opened_date: date
    notice_date: date | None
    meeting_date: date | None
    hearing_date: date | None
    decided_date: date | None
    decided_by: str
    minutes: str
    from_date: date | None
    until_date: date | None
    appeal_until_date: date | None
    appealed_date: date | None
    findings: list[dict[str, Any]]


@router.get("/conduct", operation_id="conduct_cases", response=list[CaseOut])
def conduct_cases(request: HttpRequest, only_open: bool = False) -> Any:
    """Cases, the latest first; at most 500."""
    return list(queries.conduct_cases(act_of_api(request), only_open=only_open)[:500])


@router.post("/conduct", operation_id="open_conduct_case", response={201: CaseOut})
def open_conduct_case(request: HttpRequest, given: CaseIn) -> Any:
    """Open a case about a member."""
    return Status(201, commands.open_conduct_case(act_of_api(request), **given.dict()))


@router.post("/conduct/{case_id}/notice", operation_id="note_conduct_notice", response=CaseOut)
def note_conduct_notice(request: HttpRequest, case_id: f.Id, given: NoticeIn) -> Any:
    """Note how and when the member was told the reason."""
    return commands.note_conduct_notice(act_of_api(request), case_id=case_id, **given.dict())


@router.post("/conduct/{case_id}/hearing", operation_id="note_conduct_hearing", response=CaseOut)
def note_conduct_hearing(request: HttpRequest, case_id: f.Id, given: HearingIn) -> Any:
    """Note that the member was heard, or had the chance."""
    return commands.note_conduct_hearing(act_of_api(request), case_id=case_id, **given.dict())


@router.post(
    "/conduct/{case_id}/recommendation",
    operation_id="note_conduct_recommendation",
    response=CaseOut,
)
def note_conduct_recommendation(
    request: HttpRequest, case_id: f.Id, given: RecommendationIn
) -> Any:
    """Note what a body recommends; it has no effect."""
    return commands.note_conduct_recommendation(
        act_of_api(request), case_id=case_id, **given.dict()
    )


@router.post("/conduct/{case_id}/decision", operation_id="decide_conduct_case", response=CaseOut)
def decide_conduct_case(request: HttpRequest, case_id: f.Id, given: DecisionIn) -> Any:
    """Note the decision of the competent body; refused with the article where the rules carry it not."""
    return commands.decide_conduct_case(act_of_api(request), case_id=case_id, **given.dict())


@router.post(
    "/conduct/{case_id}/withdrawal", operation_id="withdraw_conduct_case", response=CaseOut
)
def withdraw_conduct_case(request: HttpRequest, case_id: f.Id, given: ConductReasonIn) -> Any:
    """Let a case rest without a decision."""
    return commands.withdraw_conduct_case(act_of_api(request), case_id=case_id, **given.dict())


@router.post("/conduct/{case_id}/appeal", operation_id="appeal_conduct_decision", response=CaseOut)
def appeal_conduct_decision(request: HttpRequest, case_id: f.Id, given: ConductReasonIn) -> Any:
    """Appeal a decision with effect."""
    return commands.appeal_conduct_decision(act_of_api(request), case_id=case_id, **given.dict())


@router.post(
    "/conduct/{case_id}/appeal/decision", operation_id="decide_conduct_appeal", response=CaseOut
)
def decide_conduct_appeal(
    request: HttpRequest, case_id: f.Id, given: ConductAppealDecisionIn
) -> Any:
    """Note the decision on an appeal."""
    return commands.decide_conduct_appeal(act_of_api(request), case_id=case_id, **given.dict())


@router.get("/conduct/{case_id}/letters/{kind}", operation_id="conduct_letter", response=bytes)
def conduct_letter(
    request: HttpRequest,
    case_id: f.Id,
    kind: Literal["notice", "decision", "appeal"],
    meeting: f.Day | None = None,
) -> Any:
    """A letter of the case as PDF; `meeting`: of a notice that is printed before it is given."""
    act = act_of_api(request)
    card = queries.conduct_card(act, case_id)
    about = queries.case_letter(f"conduct_{kind}", case_id, meeting)
    if about is None:
        raise NotFound
    return pdf.answer(documents.letter_pdf(f"conduct_{kind}", about, act.at), f"{card.name}.pdf")

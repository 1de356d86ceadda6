"""Over HTTP: the review of a loan, its guarantors and its papers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from dure.ui import api_fields as f
from dure.ui.api import act_of_api
from dure.ui.uploads import content_of

from .. import commands, queries

router = Router(tags=["loans"])
Sum = Annotated[int, Field(ge=1, le=1_000_000_000_000_000)]


class LoanPaperOut(Schema):
    title: str
    id: int | None
    name: str
    kept_at: datetime | None


class LoanNoteOut(Schema):
    kind: str
    on_date: date
    people: str
    advice: str
    text: str


class LoanConditionOut(Schema):
    id: int
    text: str
    met_date: date | None


class GuaranteeOut(Schema):
    id: int
    loan_id: int
    name: str
    borrower: str
    most_won: int
    state: str
    is_released: bool
    signed_date: date | None
    called_date: date | None
    paid_won: int


class LoanReviewOut(Schema):
    papers: list[LoanPaperOut]
    notes: list[LoanNoteOut]
    conditions: list[LoanConditionOut]
    guarantees: list[GuaranteeOut]
    guarantors_needed: int


class NoteLoanIn(Schema):
    kind: Literal["interview", "opinion"]
    people: f.Text
    text: Annotated[str, Field(min_length=1, max_length=4_000)]
    on_date: f.Day | None = None
    advice: Literal["", "lend", "less", "not"] = ""


class MetIn(Schema):
    met_date: f.Day | None = None


class NameGuarantorIn(Schema):
    membership_id: f.Id
    most_won: Sum | None = None


class AnswerGuaranteeIn(Schema):
    agrees: bool


class SignGuaranteeIn(Schema):
    signed_date: f.Day | None = None


class PayAsGuarantorIn(Schema):
    won: Sum
    paid_date: f.Day | None = None


class IssueLoanPaperIn(Schema):
    kind: Literal["loan_balance", "loan_interest"]
    year: Annotated[int, Field(ge=1950, le=2200)] | None = None


class IssuedLoanPaperOut(Schema):
    paper_id: int


def _review(request: HttpRequest, loan_id: int) -> dict[str, Any]:
    found = queries.review_card(act_of_api(request), loan_id)
    return {
        "papers": [
            {
                "title": one.title, "id": one.id, "name": one.file.name if one.file else "",
                "kept_at": one.file.kept_at if one.file else None,
            }
            for one in found.papers
        ],
        "notes": found.notes, "conditions": found.conditions, "guarantees": found.guarantees,
        "guarantors_needed": found.guarantors_needed,
    }  # fmt: skip


@router.get("/loans/{loan_id}/review", operation_id="loan_review", response=LoanReviewOut)
def loan_review(request: HttpRequest, loan_id: f.Id) -> Any:
    """Papers, notes, conditions and guarantors of a loan."""
    return _review(request, loan_id)


@router.post(
    "/loans/{loan_id}/papers", operation_id="hand_in_loan_paper", response={201: LoanReviewOut}
)
def hand_in_loan_paper(
    request: HttpRequest, loan_id: f.Id, title: f.Text, file: File[UploadedFile]
) -> Any:
    """Hand in a paper the product asks for; it is kept encrypted."""
    commands.hand_in_loan_paper(
        act_of_api(request),
        loan_id=loan_id,
        title=title,
        name=file.name or "",
        content=content_of(file),
    )
    return Status(201, _review(request, loan_id))


@router.post("/loans/{loan_id}/notes", operation_id="note_loan", response=LoanReviewOut)
def note_loan(request: HttpRequest, loan_id: f.Id, given: NoteLoanIn) -> Any:
    """Note an interview or an opinion."""
    commands.note_loan(act_of_api(request), loan_id=loan_id, **given.dict())
    return _review(request, loan_id)


@router.post(
    "/conditions/{condition_id}/met", operation_id="meet_loan_condition", response=LoanConditionOut
)
def meet_loan_condition(request: HttpRequest, condition_id: f.Id, given: MetIn) -> Any:
    """A condition of a loan is met."""
    return commands.meet_loan_condition(
        act_of_api(request), condition_id=condition_id, **given.dict()
    )


@router.get("/guarantees/mine", operation_id="my_guarantees", response=list[GuaranteeOut])
def my_guarantees(request: HttpRequest) -> Any:
    """The loans one is asked to stand for, or stands for."""
    return queries.my_guarantees(act_of_api(request))


@router.post(
    "/loans/{loan_id}/guarantors", operation_id="name_guarantor", response={201: GuaranteeOut}
)
def name_guarantor(request: HttpRequest, loan_id: f.Id, given: NameGuarantorIn) -> Any:
    """Name who is to stand for a loan."""
    commands.name_guarantor(act_of_api(request), loan_id=loan_id, **given.dict())
    found = queries.review_card(act_of_api(request), loan_id)
    return Status(201, found.guarantees[-1])


@router.post(
    "/guarantees/{guarantee_id}/answer", operation_id="answer_guarantee", response=GuaranteeOut
)
def answer_guarantee(request: HttpRequest, guarantee_id: f.Id, given: AnswerGuaranteeIn) -> Any:
    """Agree to stand for a loan, or decline; in person."""
    act = act_of_api(request)
    commands.answer_guarantee(act, guarantee_id=guarantee_id, **given.dict())
    return queries.guarantee_line(act, guarantee_id)


@router.post(
    "/guarantees/{guarantee_id}/sign", operation_id="sign_guarantee", response=GuaranteeOut
)
def sign_guarantee(request: HttpRequest, guarantee_id: f.Id, given: SignGuaranteeIn) -> Any:
    """Note the paper the guarantor signed."""
    act = act_of_api(request)
    commands.sign_guarantee(act, guarantee_id=guarantee_id, **given.dict())
    return queries.guarantee_line(act, guarantee_id)


@router.post(
    "/guarantees/{guarantee_id}/call", operation_id="call_guarantor", response=GuaranteeOut
)
def call_guarantor(request: HttpRequest, guarantee_id: f.Id) -> Any:
    """Ask a guarantor to pay what is due."""
    act = act_of_api(request)
    commands.call_guarantor(act, guarantee_id=guarantee_id)
    return queries.guarantee_line(act, guarantee_id)


@router.post(
    "/guarantees/{guarantee_id}/pay", operation_id="pay_as_guarantor", response=GuaranteeOut
)
def pay_as_guarantor(request: HttpRequest, guarantee_id: f.Id, given: PayAsGuarantorIn) -> Any:
    """A guarantor pays for the borrower."""
    act = act_of_api(request)
    commands.pay_as_guarantor(act, guarantee_id=guarantee_id, **given.dict())
    return queries.guarantee_line(act, guarantee_id)


@router.post(
    "/loans/{loan_id}/certificates",
    operation_id="issue_loan_paper",
    response={201: IssuedLoanPaperOut},
)
def issue_loan_paper(request: HttpRequest, loan_id: f.Id, given: IssueLoanPaperIn) -> Any:
    """Issue a certificate of the balance, or of the interest of a year."""
    made = commands.issue_loan_paper(act_of_api(request), loan_id=loan_id, **given.dict())
    return Status(201, {"paper_id": made})


@router.post("/promises/lapse", operation_id="lapse_loan_promises", response=f.CountOut)
def lapse_loan_promises(request: HttpRequest) -> Any:
    """Let promises lapse that are older than the rules allow; how many."""
    return {"count": commands.lapse_loan_promises(act_of_api(request))}

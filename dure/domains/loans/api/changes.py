"""Decisions about loans that do not run as agreed, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands
from .schemas import Grace, Months, Principal, RatioIn

router = Router(tags=["loans"])


class LoanChangeOut(Schema):
    loan_id: int
    kind: str
    changed_date: date
    won: int
    principal_won: int


class RescheduleLoanIn(Schema):
    months: Months
    grace_months: Grace = 0
    rate: RatioIn | None = None
    decided_by: f.Text
    reason: Annotated[str, Field(max_length=300)] = ""


class CallLoanDueIn(Schema):
    due_date: f.Day
    decided_by: f.Text
    reason: f.Text


class WriteOffLoanIn(Schema):
    decided_by: f.Text
    reason: f.Text


class RecoverLoanIn(Schema):
    won: Principal


class WaiveLateIn(WriteOffLoanIn):
    won: Principal | None = None


class UndoLateWaiverIn(Schema):
    reason: f.Text


class SpareEstateIn(Schema):
    died_date: f.Day


@router.post("/loans/{loan_id}/reschedule", operation_id="reschedule_loan", response=LoanChangeOut)
def reschedule_loan(request: HttpRequest, loan_id: f.Id, given: RescheduleLoanIn) -> Any:
    """Lay down a new schedule for what is open."""
    values = given.dict()
    if values["rate"] is not None:
        values["rate"] = (values["rate"]["numerator"], values["rate"]["denominator"])
    return commands.reschedule_loan(act_of_api(request), loan_id=loan_id, **values)


@router.post("/loans/{loan_id}/call-due", operation_id="call_loan_due", response=LoanChangeOut)
def call_loan_due(request: HttpRequest, loan_id: f.Id, given: CallLoanDueIn) -> Any:
    """All that is open becomes due on one day."""
    return commands.call_loan_due(act_of_api(request), loan_id=loan_id, **given.dict())


@router.post("/loans/{loan_id}/waive", operation_id="waive_late_interest", response=LoanChangeOut)
def waive_late_interest(request: HttpRequest, loan_id: f.Id, given: WaiveLateIn) -> Any:
    """Give up late interest, all that is open or so much."""
    return commands.waive_late_interest(act_of_api(request), loan_id=loan_id, **given.dict())


@router.post("/changes/{change_id}/undo", operation_id="undo_late_waiver", response=LoanChangeOut)
def undo_late_waiver(request: HttpRequest, change_id: f.Id, given: UndoLateWaiverIn) -> Any:
    """Waived late interest is owed again."""
    return commands.undo_late_waiver(act_of_api(request), change_id=change_id, **given.dict())


@router.post("/loans/{loan_id}/write-off", operation_id="write_off_loan", response=LoanChangeOut)
def write_off_loan(request: HttpRequest, loan_id: f.Id, given: WriteOffLoanIn) -> Any:
    """Give a loan up in the books; the claim remains."""
    return commands.write_off_loan(act_of_api(request), loan_id=loan_id, **given.dict())


@router.post("/loans/{loan_id}/recover", operation_id="recover_loan", response=LoanChangeOut)
def recover_loan(request: HttpRequest, loan_id: f.Id, given: RecoverLoanIn) -> Any:
    """Money comes back for a loan that was given up."""
    return commands.recover_loan(act_of_api(request), loan_id=loan_id, **given.dict())


@router.post("/loans/{loan_id}/spare", operation_id="spare_estate", response=LoanChangeOut)
def spare_estate(request: HttpRequest, loan_id: f.Id, given: SpareEstateIn) -> Any:
    """After the borrower's death: nothing falls due for the days that the rules name."""
    return commands.spare_estate(act_of_api(request), loan_id=loan_id, **given.dict())

"""Loans over HTTP: what is offered, and schedules for anyone who belongs to check."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from dure.domains.bylaws.rules import Finding
from dure.kernel.acts import Act
from dure.kernel.money import Rounding
from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries
from ..commands import daily
from ..rules.days import DayCount
from ..rules.schedules import Method, Terms, schedule as schedule_of
from . import changes, review
from .schemas import (
    AgeingOut,
    ApproveLoanIn,
    DebitLoanIn,
    EndProductIn,
    LateLoanOut,
    LoanAnswerOut,
    LoanDaysOut,
    LoanIn,
    LoanOut,
    LoanProductIn,
    LoanProductOut,
    LoanRowOut,
    LoanWishIn,
    PayOutLoanIn,
    PortfolioOut,
    RefuseLoanIn,
    RepayLoanIn,
    RunLoanDayIn,
    ScheduleIn,
    ScheduleOut,
    SignLoanIn,
    UndoLoanPaymentIn,
)

router = Router(tags=["loans"])
router.add_router("", changes.router)
router.add_router("", review.router)


def _ratio(share: Fraction) -> dict[str, int]:
    return {"numerator": share.numerator, "denominator": share.denominator}


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "key": one.key, "sentence": one.sentence(), "article": one.citation,
        "required": one.required_shown, "actual": one.actual_shown, "passed": one.passed,
    }  # fmt: skip


def _loan(act: Act, loan_id: int, on: date | None = None) -> dict[str, Any]:
    card = queries.loan_card(act, loan_id, on)
    told = {name: getattr(card, name) for name in LoanOut.model_fields}
    return {
        **told,
        "rate": _ratio(card.rate),
        "late_rate": _ratio(card.late_rate),
        "findings": [_finding(one) for one in card.findings],
        "decision": [_finding(one) for one in card.decision],
    }


def _product(one: queries.ProductCard) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in LoanProductOut.model_fields}
    return {
        **told,
        "rate": _ratio(one.rate),
        "late_rate": _ratio(one.late_rate),
        "fee": _ratio(one.fee),
    }


@router.get("/products", operation_id="loan_products", response=list[LoanProductOut])
def loan_products(request: HttpRequest, every: bool = False) -> Any:
    """What is offered today; every: all versions ever."""
    act = act_of_api(request)
    return [_product(one) for one in queries.loan_products(act, on=None if every else act.today)]


@router.post("/products", operation_id="lay_down_loan_product", response={201: LoanProductOut})
def lay_down_loan_product(request: HttpRequest, given: LoanProductIn) -> Any:
    """Lay down a product, or its next version."""
    act = act_of_api(request)
    values = given.dict()
    for name in ("purposes", "papers"):
        values[name] = tuple(values[name])
    for name in ("rate", "late_rate", "fee"):
        values[name] = (values[name]["numerator"], values[name]["denominator"])
    made = commands.lay_down_loan_product(act, **values)
    return Status(201, _product(queries.loan_product(act, made.pk)))


@router.post("/products/{product_id}/end", operation_id="end_loan_product", response=LoanProductOut)
def end_loan_product(request: HttpRequest, product_id: f.Id, given: EndProductIn) -> Any:
    """Offer a product no more from a day on."""
    act = act_of_api(request)
    made = commands.end_loan_product(act, product_id=product_id, **given.dict())
    return _product(queries.loan_product(act, made.pk))


@router.get("/schedule", operation_id="loan_schedule", response=ScheduleOut)
def loan_schedule(request: HttpRequest, given: Query[ScheduleIn]) -> Any:
    """What would be paid back when."""
    found = schedule_of(
        Terms(
            given.principal_won, Fraction(given.rate_numerator, given.rate_denominator),
            given.months, Method(given.method), DayCount(given.day_count), given.start,
            given.grace_months, given.unit_won, Rounding(given.rounding),
        )
    )  # fmt: skip
    return {
        "instalments": [
            {
                "n": one.n, "due_date": one.due_date, "principal_won": one.principal,
                "interest_won": one.interest, "due_won": one.due, "balance_won": one.balance,
            }
            for one in found.instalments
        ],
        "total_interest_won": found.total_interest,
        "total_due_won": found.total_due,
    }  # fmt: skip


@router.get("/loans", operation_id="loans_now", response=list[LoanRowOut])
def loans_now(request: HttpRequest, state: f.Code = "", fund: f.Code = "") -> Any:
    """The loans of all, the newest first."""
    return queries.loans_now(act_of_api(request), state=state, fund=fund)


@router.get("/mine", operation_id="my_loans", response=list[LoanRowOut])
def my_loans(request: HttpRequest) -> Any:
    """One's own loans and those of the organisations one speaks for."""
    return queries.my_loans(act_of_api(request))


@router.get("/answer", operation_id="loan_answer", response=LoanAnswerOut)
def loan_answer(request: HttpRequest, given: Query[LoanWishIn]) -> Any:
    """What the rules answer to a wish, each of them, before anybody reads it."""
    found = queries.loan_answer(act_of_api(request), **given.dict())
    return {
        "is_yes": found.is_yes,
        "findings": [_finding(one) for one in found.findings],
        "first_due_won": found.first_due_won,
        "total_interest_won": found.schedule.total_interest,
        "total_due_won": found.schedule.total_due,
    }


@router.post("/loans", operation_id="apply_for_loan", response={201: LoanOut})
def apply_for_loan(request: HttpRequest, given: LoanIn) -> Any:
    """Ask for a loan."""
    act = act_of_api(request)
    made = commands.apply_for_loan(act, **given.dict())
    return Status(201, _loan(act, made.pk))


@router.get("/loan-portfolio", operation_id="loan_portfolio", response=PortfolioOut)
def portfolio(
    request: HttpRequest, on: f.Day | None = None, since: f.Day | None = None, fund: f.Text = ""
) -> Any:
    """What is lent at the end of a day, how sound it is, and what moved since another."""
    return queries.portfolio_report(act_of_api(request), on=on, since=since, fund=fund).told()


@router.get("/loan-disclosure/{year}", operation_id="loan_disclosure", response=dict[str, Any])
def disclosure(request: HttpRequest, year: Annotated[int, Field(ge=1900, le=2999)]) -> Any:
    """What disclosure form 25 says of a fiscal year: the fields of its template."""
    return queries.lending_data(act_of_api(request), year)


@router.get("/loans/{loan_id}", operation_id="loan", response=LoanOut)
def loan(request: HttpRequest, loan_id: f.Id, on: f.Day | None = None) -> Any:
    """A loan with its schedule and payments, as it stands on a day."""
    return _loan(act_of_api(request), loan_id, on)


@router.post(
    "/loans/{loan_id}/withdraw", operation_id="withdraw_loan_application", response=LoanOut
)
def withdraw_loan_application(request: HttpRequest, loan_id: f.Id) -> Any:
    """Take a wish back before money moves."""
    act = act_of_api(request)
    commands.withdraw_loan_application(act, loan_id=loan_id)
    return _loan(act, loan_id)


@router.post("/loans/{loan_id}/approve", operation_id="approve_loan", response=LoanOut)
def approve_loan(request: HttpRequest, loan_id: f.Id, given: ApproveLoanIn) -> Any:
    """Approve a loan, or a smaller one."""
    act = act_of_api(request)
    commands.approve_loan(act, loan_id=loan_id, **given.dict())
    return _loan(act, loan_id)


@router.post("/loans/{loan_id}/refuse", operation_id="refuse_loan", response=LoanOut)
def refuse_loan(request: HttpRequest, loan_id: f.Id, given: RefuseLoanIn) -> Any:
    """Refuse a loan, with the reason."""
    act = act_of_api(request)
    commands.refuse_loan(act, loan_id=loan_id, **given.dict())
    return _loan(act, loan_id)


@router.post("/loans/{loan_id}/sign", operation_id="sign_loan", response=LoanOut)
def sign_loan(request: HttpRequest, loan_id: f.Id, given: SignLoanIn) -> Any:
    """The contract is signed; its terms are frozen."""
    act = act_of_api(request)
    commands.sign_loan(act, loan_id=loan_id, **given.dict())
    return _loan(act, loan_id)


@router.post("/loans/{loan_id}/pay-out", operation_id="pay_out_loan", response=LoanOut)
def pay_out_loan(request: HttpRequest, loan_id: f.Id, given: PayOutLoanIn) -> Any:
    """Pay a signed loan out."""
    act = act_of_api(request)
    commands.pay_out_loan(act, loan_id=loan_id, **given.dict())
    return _loan(act, loan_id)


@router.post("/loans/{loan_id}/repay", operation_id="repay_loan", response=LoanOut)
def repay_loan(request: HttpRequest, loan_id: f.Id, given: RepayLoanIn) -> Any:
    """Take money in for a loan."""
    act = act_of_api(request)
    commands.repay_loan(act, loan_id=loan_id, **given.dict())
    return _loan(act, loan_id)


@router.post("/loans/{loan_id}/pay-off", operation_id="pay_off_loan", response=LoanOut)
def pay_off_loan(request: HttpRequest, loan_id: f.Id, given: PayOutLoanIn) -> Any:
    """Pay the whole loan off early."""
    act = act_of_api(request)
    commands.pay_off_loan(act, loan_id=loan_id, **given.dict())
    return _loan(act, loan_id)


@router.post(
    "/loans/{loan_id}/payments/{payment_id}/undo",
    operation_id="undo_loan_payment",
    response=LoanOut,
)
def undo_loan_payment(
    request: HttpRequest, loan_id: f.Id, payment_id: f.Id, given: UndoLoanPaymentIn
) -> Any:
    """Take the last payment back."""
    act = act_of_api(request)
    commands.undo_loan_payment(act, payment_id=payment_id, **given.dict())
    return _loan(act, loan_id)


@router.post("/loans/{loan_id}/debit", operation_id="debit_loan", response=LoanOut)
def debit_loan(request: HttpRequest, loan_id: f.Id, given: DebitLoanIn) -> Any:
    """Take the instalments by direct debit, or no longer."""
    act = act_of_api(request)
    commands.debit_loan(act, loan_id=loan_id, **given.dict())
    return _loan(act, loan_id)


@router.post("/ceiling", operation_id="hold_loan_ceiling", response=f.CountOut)
def hold_loan_ceiling(request: HttpRequest) -> Any:
    """Hold what is lent against the capital now; how many won are lent or promised."""
    return {"count": commands.hold_loan_ceiling(act_of_api(request))}


@router.get("/ageing", operation_id="loan_ageing", response=AgeingOut)
def loan_ageing(request: HttpRequest, fund: f.Text = "") -> Any:
    """The running loans out of a fund, or the network's own, by how late they are, as of the last day
    that was run."""
    return queries.ageing(act_of_api(request), fund)


@router.get("/late", operation_id="loans_late", response=list[LateLoanOut])
def loans_late(request: HttpRequest, fund: f.Text = "") -> Any:
    """Loans that are late out of a fund, or of every lender, the oldest first."""
    return queries.loans_late(act_of_api(request), fund=fund or None)


@router.post("/days", operation_id="run_loan_day", response=LoanDaysOut)
def run_loan_day(request: HttpRequest, given: RunLoanDayIn) -> Any:
    """Run every day that waits, up to one or to yesterday; the days that were finished."""
    act = act_of_api(request)
    return {"days": daily.run_until(act, given.day_date or act.today - timedelta(days=1))}


@router.post("/letters", operation_id="send_loan_letters", response=f.CountOut)
def send_loan_letters(request: HttpRequest) -> Any:
    """Send the letters about late loans that are due today; up to which loan, at most some hundreds at
    once: ask again until none is due."""
    return {"count": commands.send_loan_letters(act_of_api(request))}

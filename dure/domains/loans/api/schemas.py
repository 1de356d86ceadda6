"""What the API of loans takes and gives."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from dure.ui import api_fields as f

Months = Annotated[int, Field(ge=1, le=600)]
Grace = Annotated[int, Field(ge=0, le=599)]
Part = Annotated[int, Field(ge=0, le=1_000_000_000)]
Whole = Annotated[int, Field(ge=1, le=1_000_000_000)]
Principal = Annotated[int, Field(ge=1, le=1_000_000_000_000_000)]
MethodIn = Literal["annuity", "equal-principal", "bullet", "flat"]
DayCountIn = Literal["30/360", "actual/365", "actual/actual"]
RoundingIn = Literal["half-even", "half-up", "down"]
MoveIn = Literal["none", "next", "next-in-month", "before"]
PurposeIn = Literal["living", "housing", "family", "learning", "debt", "business", "other"]
OrderIn = Literal["late-interest-principal", "interest-principal-late", "principal-interest-late"]


class RatioIn(Schema):
    """An exact share: 3 % a year is 3 of 100."""

    numerator: Part
    denominator: Whole


class LoanProductMore(Schema):
    """Who may borrow what for, what is kept back, who stands for it, what is handed in."""

    borrowers: Literal["all", "people", "organisations"] = "all"
    purposes: list[PurposeIn] = []
    shortest_months: Months = 1
    fee: RatioIn = RatioIn(numerator=0, denominator=1)
    fee_won: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0
    guarantors: Annotated[int, Field(ge=0, le=9)] = 0
    guarantors_from_won: Annotated[int, Field(ge=0, le=1_000_000_000_000)] = 0
    papers: Annotated[list[f.Text], Field(max_length=20)] = []


class LoanProductIn(LoanProductMore):
    code: f.Code
    name: f.Text
    purpose: f.Text = ""
    article: f.Text
    decided_by: f.Text
    from_date: f.Day
    least_won: f.Won = 1
    most_won: Principal
    longest_months: Months
    grace_months: Grace = 0
    rate: RatioIn
    late_rate: RatioIn
    method: MethodIn = "annuity"
    day_count: DayCountIn = "30/360"
    rounding: RoundingIn = "half-even"
    unit_won: Principal = 1
    due_day_moves: MoveIn = "next"
    order: OrderIn = "late-interest-principal"
    fund: f.Code = "microloan"


class EndProductIn(Schema):
    until_date: f.Day
    decided_by: f.Text


class LoanProductOut(LoanProductMore):
    id: int
    code: str
    name: str
    purpose: str
    article: str
    decided_by: str
    from_date: date
    until_date: date | None
    least_won: int
    most_won: int
    longest_months: int
    grace_months: int
    rate: RatioIn
    late_rate: RatioIn
    method: str
    day_count: str
    rounding: str
    unit_won: int
    due_day_moves: str
    order: str
    fund: str


class LoanFindingOut(Schema):
    key: str
    sentence: str
    article: str
    required: str
    actual: str
    passed: bool


class LoanWishIn(Schema):
    membership_id: f.Id | None = None
    participant_id: f.Id | None = Field(None, description="of a fund run for others, instead")
    product_id: f.Id
    won: Principal
    months: Months
    grace_months: Grace = 0


class LoanIn(LoanWishIn):
    purpose: PurposeIn = "living"


class LoanAnswerOut(Schema):
    is_yes: bool
    findings: list[LoanFindingOut]
    first_due_won: int
    total_interest_won: int
    total_due_won: int


class ApproveLoanIn(Schema):
    decided_by: f.Text
    decided_date: f.Day | None = None
    won: Principal | None = None


class RefuseLoanIn(Schema):
    decided_by: f.Text
    reason: f.Text
    decided_date: f.Day | None = None


class SignLoanIn(Schema):
    signed_date: f.Day | None = None


class PayOutLoanIn(Schema):
    paid_date: f.Day | None = None


class RepayLoanIn(PayOutLoanIn):
    won: Principal
    again: bool = False
    rest: Literal["", "keep", "pay_back"] = ""


class UndoLoanPaymentIn(Schema):
    reason: f.Text


class DebitLoanIn(Schema):
    by_debit: bool


class LoanRowOut(Schema):
    id: int
    name: str
    product: str
    state: str
    won: int
    left_won: int
    applied_date: date
    days_late: int


class LoanInstalmentOut(Schema):
    n: int
    due_date: date
    principal_won: int
    interest_won: int
    open_won: int
    late_won: int
    is_late: bool


class LoanPaymentOut(Schema):
    id: int
    receipt_id: int | None
    undone_date: date | None
    paid_date: date
    won: int
    principal_won: int
    interest_won: int
    late_won: int


class LoanOut(Schema):
    id: int
    membership_id: int | None
    participant_id: int | None
    name: str
    product_id: int
    product: str
    article: str
    state: str
    asked_won: int
    won: int
    months: int
    grace_months: int
    rate: RatioIn
    late_rate: RatioIn
    applied_date: date
    decided_date: date | None
    decided_by: str
    reason: str
    signed_date: date | None
    paid_out_date: date | None
    repaid_date: date | None
    on: date
    left_won: int
    due_won: int
    pay_off_won: int
    reference: str
    by_debit: bool
    days_late: int
    findings: list[LoanFindingOut]
    decision: list[LoanFindingOut]
    instalments: list[LoanInstalmentOut]
    payments: list[LoanPaymentOut]


class AgeingBucketOut(Schema):
    key: str
    label: str
    from_days: int
    until_days: int | None
    count: int
    outstanding_won: int
    arrears_won: int
    provision_won: int


class AgeingOut(Schema):
    as_of: date | None
    buckets: list[AgeingBucketOut]
    outstanding_won: int
    late_won: int
    late_loans: int
    provision_won: int


class LateLoanOut(Schema):
    loan_id: int
    party_id: int
    name: str
    product: str
    fund: str
    days: int
    late_since: date
    loan_class: str
    class_label: str
    arrears_won: int
    outstanding_won: int
    provision_won: int
    last_letter: str
    letter_date: date | None


class RunLoanDayIn(Schema):
    day_date: f.Day | None = None


class LoanDaysOut(Schema):
    days: list[date]


class ScheduleIn(Schema):
    principal_won: Principal
    rate_numerator: Part
    rate_denominator: Whole
    months: Months
    start: f.Day
    method: MethodIn = "annuity"
    day_count: DayCountIn = "30/360"
    grace_months: Grace = 0
    unit_won: Principal = 1
    rounding: RoundingIn = "half-even"


class InstalmentOut(Schema):
    n: int
    due_date: date
    principal_won: int
    interest_won: int
    due_won: int
    balance_won: int


class ScheduleOut(Schema):
    instalments: list[InstalmentOut]
    total_interest_won: int
    total_due_won: int


class LoanSumsOut(Schema):
    """Loans in one line of the report."""

    name: str
    loans: int
    left_won: int
    late_loans: int
    arrears_won: int
    par30_won: int
    par90_won: int
    provision_won: int
    due_won: int
    paid_won: int


class LoanAgeOut(LoanSumsOut):
    since_days: int


class LoanMonthOut(Schema):
    month: str
    left_won: int


class PortfolioOut(Schema):
    """The portfolio at the end of a day, and how it came to that since another."""

    since: date
    on: date
    fund: str
    opening_won: int
    new_loans: int
    new_won: int
    back_won: int
    written_off_won: int
    closing_won: int
    whole: LoanSumsOut
    ages: list[LoanAgeOut]
    products: list[LoanSumsOut]
    purposes: list[LoanSumsOut]
    sections: list[LoanSumsOut]
    months: list[LoanMonthOut]

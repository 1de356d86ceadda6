"""What goes in and comes out of the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from dure.kernel.money import WON_MAX
from dure.ui.api_fields import Code, Day, Id, LongText, MonthText, Storable, Text, Won


class MemberClassOut(Schema):
    code: str
    name: str
    who: str
    may_vote: bool
    interview_required: bool
    is_open: bool
    share_minimum_won: int
    share_article: str
    description: str


class MemberClassIn(Schema):
    name: Annotated[str, Field(min_length=1, max_length=60), Storable]
    code: Annotated[str, Field(max_length=30, pattern=r"^[\w-]*$")] = ""
    who: Literal["organisation", "person", "any"] = "any"
    may_vote: bool = True
    interview_required: bool = False
    is_open: bool = True
    share_minimum_won: Annotated[int, Field(ge=0, le=WON_MAX)] = 0
    share_article: Annotated[str, Field(max_length=120), Storable] = ""
    description: Annotated[str, Field(max_length=2000), Storable] = ""


class ApplicationIn(Schema):
    member_class: Code
    kind: Literal["organisation", "person"]
    name: Annotated[str, Field(min_length=1, max_length=120), Storable]
    contact_name: Annotated[str, Field(max_length=60), Storable] = ""
    email: Annotated[str, Field(max_length=120), Storable] = ""
    phone: Annotated[str, Field(max_length=60), Storable] = ""
    registration_number: Annotated[str, Field(max_length=20), Storable] = ""
    motivation: LongText = ""
    consents: Annotated[list[Id], Field(max_length=20)] = []
    applied_date: Day | None = None


class ApplicationOut(Schema):
    id: int
    reference: str
    kind: str
    name: str
    state: str
    applied_at: datetime
    decided_date: date | None
    decided_by: str
    membership_id: int | None


class ApplicationSent(Schema):
    """What an applicant gets to know: nothing that others may not see. `status_path`: its page."""

    reference: str
    state: str
    status_path: str


class AnswerIn(Schema):
    question: Text
    answer: Annotated[str, Field(max_length=2000), Storable]


class InterviewIn(Schema):
    visit_date: Day
    interviewers: Text
    opinion: Literal["favourable", "neutral", "against"]
    form: Literal["visit", "meeting", "phone", "online"] = "visit"
    text: LongText = ""
    answers: Annotated[list[AnswerIn], Field(max_length=40)] = []


class InterviewOut(Schema):
    id: int
    visit_date: date
    opinion: str


class AdmissionIn(Schema):
    decided_by: Annotated[str, Field(min_length=1, max_length=200), Storable]
    decided_date: Day | None = None
    joined_date: Day | None = None
    party_id: Id | None = None
    member_class: Code = ""
    reason: LongText = ""


class RefusalIn(Schema):
    decided_by: Annotated[str, Field(min_length=1, max_length=200), Storable]
    reason: Annotated[str, Field(min_length=1, max_length=4000), Storable]
    decided_date: Day | None = None


class ErasureIn(Schema):
    reason: Annotated[str, Field(min_length=1, max_length=200), Storable]


class EnrolmentIn(Schema):
    party_id: Id
    member_class: Code
    joined_date: Day
    decided_by: Annotated[str, Field(min_length=1, max_length=200), Storable]
    number: Annotated[int, Field(ge=1, le=999_999_999)] | None = None


class MembershipOut(Schema):
    id: int
    party_id: int
    number: int
    joined_date: date
    left_date: date | None


class MemberOut(MembershipOut):
    name: str
    member_class: str
    open_won: int


class MembersOut(Schema):
    count: int
    page: int
    pages: int
    items: list[MemberOut]


class PlanOwedOut(Schema):
    plan_id: int
    name: str
    owed_won: int


class MemberCardOut(Schema):
    id: int
    party_id: int
    name: str
    number: int
    class_code: str
    member_class: str
    may_vote: bool
    joined_date: date
    left_date: date | None
    charged_won: int
    paid_won: int
    waived_won: int
    open_won: int
    arrears_won: int
    shares_won: int
    share_minimum_won: int
    terms: list[PlanOwedOut]


class ClassChangeIn(Schema):
    member_class: Code
    from_date: Day
    reason: Text = ""


class LeavingIn(Schema):
    left_date: Day
    reason: Literal["resigned", "ineligible", "died", "dissolved", "expelled", "other"] = "resigned"
    note: Annotated[str, Field(max_length=2000), Storable] = ""
    decided_by: Text = ""


class DuesPlanIn(Schema):
    member_class: Code
    name: Annotated[str, Field(min_length=1, max_length=60), Storable]
    period: Literal["month", "quarter", "year", "once"] = "month"
    amount_won: Won
    from_month: MonthText
    fund: Code = "general"
    kind: Literal["regular", "development", "joining", "levy", "special"] = "regular"
    due_day: Annotated[int, Field(ge=1, le=31)] = 25
    starts_in_month: Annotated[int, Field(ge=1, le=12)] = 1
    is_minimum: bool = False
    proration: Literal["months", "days", "half", "full"] = "months"
    joining_month_counts: bool = True
    leaving_month_counts: bool = True
    article: Annotated[str, Field(max_length=120), Storable] = ""


class DuesPlanOut(Schema):
    id: int
    name: str
    period: str
    kind: str
    amount_won: int
    fund: str
    is_minimum: bool
    from_date: date
    until_date: date | None


class PlanEndIn(Schema):
    until_month: MonthText


class AgreementIn(Schema):
    plan_id: Id
    amount_won: Won
    from_month: MonthText


class AgreementOut(Schema):
    membership_id: int
    plan_id: int
    amount_won: int
    from_date: date


class BillingIn(Schema):
    month: MonthText
    plan_id: Id | None = None
    notify: bool = False


class DeferredFundOut(Schema):
    fund: str
    wanted_won: int
    held_won: int


class DeferralOut(Schema):
    funds: list[DeferredFundOut]
    entries: list[int]
    kept_won: int
    released_won: int


class DeferralIn(Schema):
    month: MonthText


class DeferralBackIn(DeferralIn):
    reason: Text


class FundsBookedOut(Schema):
    funds: int


class EntriesReversedOut(Schema):
    entries: int


class DuesRunOut(Schema):
    id: int
    month_date: date
    billed_date: date
    count: int
    sum_won: int
    already: int
    paid_won: int


class PreviewPlanOut(Schema):
    plan_id: int
    name: str
    member_class: str
    fund: str
    count: int
    sum_won: int
    prorated: int
    already: int


class BillingPreviewOut(Schema):
    month: str
    count: int
    sum_won: int
    already: int
    plans: list[PreviewPlanOut]


class ChargeOut(Schema):
    id: int
    membership_id: int
    plan_id: int
    from_date: date
    until_date: date
    due_date: date
    amount_won: int
    paid_won: int
    waived_won: int
    open_won: int


class WaiverIn(Schema):
    reason: Annotated[str, Field(min_length=1, max_length=300), Storable]
    amount_won: Won | None = None


class ArrearsOut(Schema):
    membership_id: int
    number: int
    name: str
    won: int
    oldest_date: date
    ages_won: list[int]


class RemindersIn(Schema):
    membership_ids: Annotated[list[Id], Field(min_length=1, max_length=10_000)]


class HowManyOut(Schema):
    count: int


class DuesRateOut(Schema):
    month: str
    billed_won: int
    paid_won: int
    open_won: int


class ReceiptIn(Schema):
    receipt_date: Day
    amount_won: Won
    payer: Annotated[str, Field(min_length=1, max_length=120), Storable]
    memo: Text = ""
    fund: Code = "general"
    membership_id: Id | None = None


class ReceiptOut(Schema):
    id: int
    receipt_date: date
    amount_won: int
    matched_won: int
    refunded_won: int
    open_won: int
    payer_text: str
    memo: str
    fund: str


class WaitingOut(Schema):
    id: int
    receipt_date: date
    amount_won: int
    open_won: int
    payer: str
    member: str
    membership_id: int | None
    sureness: str | None
    because: str


class MatchIn(Schema):
    membership_id: Id | None = None
    charge_ids: Annotated[list[Id], Field(max_length=500)] = []
    amount_won: Won | None = None
    keep_rest: bool = False
    payable: Annotated[str, Field(max_length=60), Storable] = ""


class PairsIn(Schema):
    pairs: Annotated[list[tuple[Id, Id]], Field(min_length=1, max_length=1000)]


class UnmatchIn(Schema):
    reason: Annotated[str, Field(min_length=1, max_length=200), Storable]


class RefundIn(Schema):
    reason: Annotated[str, Field(min_length=1, max_length=200), Storable]
    amount_won: Won | None = None
    refund_date: Day | None = None


class ReceiptImportOut(Schema):
    id: int
    filename: str
    state: str
    new_count: int
    same_count: int
    entered_count: int
    matched_count: int
    passed_over: int
    cancelled_count: int
    gap_count: int
    from_date: date | None
    last_date: date | None
    rejected: list[dict[str, str | int]]
    asides: list[dict[str, str | int]]

"""What the API of mutual aid takes and gives."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from dure.ui import api_fields as f

Months = Annotated[int, Field(ge=0, le=600)]
Won = f.Won
Part = Annotated[int, Field(ge=0, le=1_000_000_000)]
Whole = Annotated[int, Field(ge=1, le=1_000_000_000)]
Day = Annotated[int, Field(ge=1, le=31)]
Times = Annotated[int, Field(ge=1, le=1000)]
EventIn = Literal[
    "marriage", "death", "illness", "birth", "disaster", "unemployment", "other_event"
]
RelationIn = Literal["self", "spouse", "child", "parent", "parent_in_law", "sibling", "grandparent"]


class AidBenefitIn(Schema):
    event: EventIn
    relation: RelationIn
    won: Won
    paid_months: Months = 0
    most_times: Times | None = None
    evidence: f.Text = ""


class AidRefundIn(Schema):
    """From so many months paid on: this share of what was paid."""

    paid_months: Months
    numerator: Part
    denominator: Whole


class AidPlanIn(Schema):
    code: f.Code
    name: f.Text
    article: f.Text
    decided_by: f.Text
    from_date: f.Day
    monthly_won: Won
    due_day: Day = 25
    waiting_months: Months
    per_year_won: Won | None = None
    per_person_won: Won
    benefits: list[AidBenefitIn]
    refunds: list[AidRefundIn] = []
    fund: f.Code = "mutual_aid"


class EndAidPlanIn(Schema):
    until_date: f.Day
    decided_by: f.Text


class AidBenefitOut(Schema):
    event: str
    relation: str
    paid_months: int
    won: int
    most_times: int | None
    evidence: str


class AidPlanOut(Schema):
    id: int
    code: str
    name: str
    article: str
    decided_by: str
    from_date: date
    until_date: date | None
    monthly_won: int
    due_day: int
    waiting_months: int
    per_year_won: int | None
    per_person_won: int
    fund: str
    owner: str
    benefits: list[AidBenefitOut]


class AidFindingOut(Schema):
    key: str
    sentence: str
    article: str
    required: str
    actual: str
    passed: bool


class AidWishIn(Schema):
    """`channel`: who brought it; only “direct” is accepted."""

    plan_id: f.Id
    membership_id: f.Id | None = None
    participant_id: f.Id | None = Field(None, description="of a fund run for others, instead")
    channel: Literal["direct", "agent", "bank"] = "direct"


class AidAnswerOut(Schema):
    is_yes: bool
    findings: list[AidFindingOut]


class AidDecidedIn(Schema):
    decided_by: f.Text
    decided_date: f.Day | None = None


class AidApprovedIn(AidDecidedIn):
    """`waived`: why without the evidence that the plan asks for."""

    waived: f.Text = ""


class AidRefusedIn(AidDecidedIn):
    reason: f.Text


class AidAppealDecidedIn(AidRefusedIn):
    granted: bool
    waived: f.Text = ""


class AidDayIn(Schema):
    paid_date: f.Day | None = None


class AidReceiveIn(AidDayIn):
    won: Won


class AidSignIn(Schema):
    signed_date: f.Day | None = None


class AidDebitIn(Schema):
    by_debit: bool


class AidEndIn(Schema):
    ended_date: f.Day | None = None


class AidUndoIn(Schema):
    reason: f.Text


class AidMonthIn(Schema):
    month: f.MonthText


class AidRowOut(Schema):
    id: int
    name: str
    plan: str
    state: str
    monthly_won: int
    paid_won: int
    late_won: int
    applied_date: date


class AidBillOut(Schema):
    month_date: date
    due_date: date
    won: int
    open_won: int
    is_late: bool


class AidReceiptOut(Schema):
    id: int
    paid_date: date
    won: int
    is_undone: bool


class AidEnrolmentOut(Schema):
    id: int
    membership_id: int | None
    participant_id: int | None
    name: str
    plan_id: int
    plan: str
    article: str
    state: str
    by_debit: bool
    monthly_won: int
    applied_date: date
    decided_date: date | None
    decided_by: str
    reason: str
    signed_date: date | None
    counts_from: date | None
    waits_until: date | None
    lapsed_date: date | None
    revives_until: date | None
    ended_date: date | None
    refund_won: int
    refunded_date: date | None
    paid_won: int
    paid_months: int
    late_won: int
    open_won: int
    findings: list[AidFindingOut]
    decision: list[AidFindingOut]
    bills: list[AidBillOut]
    receipts: list[AidReceiptOut]


class AidClaimAskIn(Schema):
    event: EventIn
    relation: RelationIn
    event_date: f.Day


class AidClaimIn(AidClaimAskIn):
    about: f.LongText
    consented: bool = False


class AidClaimAnswerOut(AidAnswerOut):
    won: int
    evidence: str


class AidAppealIn(Schema):
    text: f.LongText


class AidClaimRowOut(Schema):
    id: int
    name: str
    state: str
    won: int
    filed_date: date


class AidClaimOut(Schema):
    """`is_open`: whether the reader sees what it is about."""

    id: int
    enrolment_id: int
    name: str
    plan: str
    state: str
    won: int
    filed_date: date
    is_open: bool
    event: str
    event_date: date | None
    about: str
    evidence_asked: str
    decided_date: date | None
    decided_by: str
    reason: str
    appeal_until: date | None
    appealed_date: date | None
    second_date: date | None
    second_by: str
    second_reason: str
    paid_date: date | None
    findings: list[AidFindingOut]
    decision: list[AidFindingOut]

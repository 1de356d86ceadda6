"""What goes in and comes out of the API about share capital."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from dure.domains.bylaws.rules import kept
from dure.ui import api_fields as f

Count = Annotated[int, Field(ge=1, le=1_000_000_000)]
People = Annotated[int, Field(ge=0, le=100_000_000)]


class SubscribeIn(Schema):
    shares: Count
    subscribed_date: f.Day | None = None
    due_date: f.Day | None = None
    paid_date: f.Day | None = None
    fund: f.Code = "general"
    receipt_id: f.Id | None = None


class SubscriptionOut(Schema):
    id: int
    membership_id: int
    shares: int
    unit_won: int
    paid_won: int
    open_won: int
    subscribed_date: Date
    due_date: Date
    ended_date: Date | None


class SharePaymentIn(Schema):
    amount_won: f.Won | None = None
    paid_date: f.Day | None = None
    fund: f.Code = "general"
    receipt_id: f.Id | None = None


class MovementOut(Schema):
    id: int
    membership_id: int
    subscription_id: int | None
    kind: str
    moved_date: Date
    shares: int
    amount_won: int
    entry_id: int


class TransferIn(Schema):
    shares: Count
    decided_by: f.Text
    body: f.Code = "general_meeting"
    members_total: People | None = None
    members_present: People | None = None
    votes_for: People | None = None
    to_membership_id: f.Id | None = None
    to_application_id: f.Id | None = None
    moved_date: f.Day | None = None


class InheritIn(Schema):
    decided_by: f.Text
    to_membership_id: f.Id | None = None
    to_application_id: f.Id | None = None
    moved_date: f.Day | None = None


class ReduceIn(Schema):
    shares: Count
    asked_date: f.Day | None = None


class AskIn(Schema):
    asked_date: f.Day | None = None
    heir_id: f.Id | None = None


class LapseIn(Schema):
    decided_by: f.Text


class SubscriptionLineOut(Schema):
    id: int
    shares: int
    won: int
    paid_won: int
    open_won: int
    subscribed_date: Date
    due_date: Date
    ended_date: Date | None


class MovementLineOut(Schema):
    id: int
    date: Date
    kind: str
    shares: int
    won: int
    held_won: int
    decided_by: str
    is_undone: bool


class CertificateOut(Schema):
    number: int
    shares: int
    won: int
    issued_date: Date
    ended_date: Date | None


class ShareCardOut(Schema):
    membership_id: int
    number: int
    name: str
    shares: int
    paid_in_won: int
    unit_won: int
    no_shares: str
    subscriptions: list[SubscriptionLineOut]
    movements: list[MovementLineOut]
    certificates: list[CertificateOut]
    claim_ids: list[int]


class RemindIn(Schema):
    membership_ids: Annotated[list[f.Id], Field(min_length=1, max_length=500)]


class RemindedOut(Schema):
    count: int


class ApproveIn(Schema):
    decided_by: f.Text
    decided_date: f.Day
    members_total: People | None = None
    members_present: People | None = None
    votes_for: People | None = None


class PayoutIn(Schema):
    amount_won: f.Won | None = None
    paid_date: f.Day | None = None
    set_off_won: Annotated[int, Field(ge=0, le=10**15)] = 0


class ShareFindingOut(Schema):
    label: str
    citation: str
    required: str
    actual: str
    passed: bool


class ClaimOut(Schema):
    id: int
    membership_id: int
    kind: str
    state: str
    shares: int
    paid_in_won: int
    asked_date: Date | None
    claimable_date: Date
    loss_won: int
    surplus_won: int
    amount_won: int
    paid_won: int
    decided_by: str
    findings: list[ShareFindingOut]

    @staticmethod
    def resolve_findings(one: Any) -> Any:
        return [
            {
                "label": x.label or x.key,
                "citation": x.citation,
                "required": x.required_shown,
                "actual": x.actual_shown,
                "passed": x.passed,
            }
            for x in (kept(one.findings) if isinstance(one.findings, list) else one.findings)
        ]


class RegisterRowOut(Schema):
    membership_id: int = Field(alias="pk")
    number: int
    name: str
    address: str
    joined_date: Date
    left_date: Date | None
    shares: int = Field(alias="shares_held")
    paid_in_won: int
    certificate: int | None
    changed_date: Date | None


class RegisterOut(Schema):
    on: Date
    members: int
    shares: int
    won: int
    unit_won: int
    rows: list[RegisterRowOut]


class RefundStepOut(Schema):
    name: str
    state: str
    day: Date | None
    why: str
    citation: str


class ReportDayOut(Schema):
    date: Date
    in_shares: int
    in_won: int
    out_shares: int
    out_won: int
    shares: int
    won: int


class ReportOut(Schema):
    year_date: Date
    until_date: Date
    unit_won: int
    unit_won_after: int
    opening_shares: int
    opening_won: int
    days: list[ReportDayOut]
    closing_shares: int
    closing_won: int
    due_date: Date
    article: str
    filed_date: Date | None
    reference: str


class FileReportIn(Schema):
    reference: f.Text
    filed_date: f.Day | None = None


class FiledOut(Schema):
    year_date: Date
    filed_date: Date
    reference: str
    unit_won: int
    shares: int
    won: int

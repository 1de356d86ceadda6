"""What the API of mutual trade takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from dure.kernel.money import WON_MAX
from dure.ui import api_fields as f

WonOrNone = Annotated[int, Field(ge=0, le=WON_MAX)]
Year = Annotated[int, Field(ge=1900, le=2200)]
TaxNumber = Annotated[str, Field(max_length=30), f.Storable]


class DealTermsIn(Schema):
    """What two sides agree on; the sum with value-added tax."""

    what: f.Text
    won: f.Won
    dealt_date: f.Day
    vat_won: WonOrNone = 0
    due_date: f.Day | None = None
    tax_number: TaxNumber = ""


class DealIn(DealTermsIn):
    """Said by one side of another."""

    party_id: f.Id
    other_id: f.Id
    sells: bool
    is_another: bool = False


class DealConfirmIn(Schema):
    same_as_id: f.Id | None = None
    on_paper: f.Text = ""


class DealPaymentIn(Schema):
    won: f.Won
    paid_date: f.Day | None = None
    reference: Annotated[str, Field(max_length=100), f.Storable] = ""


class DealRowOut(Schema):
    id: int
    seller_id: int
    seller: str
    buyer_id: int
    buyer: str
    recorder_id: int
    waits_for_id: int | None
    what: str
    won: int
    open_won: int
    dealt_date: date
    due_date: date
    tax_number: str
    state: str
    is_disputed: bool


class DealVersionOut(Schema):
    number: int
    by: str
    what: str
    won: int
    vat_won: int
    dealt_date: date
    due_date: date
    tax_number: str
    reason: str
    proposed_at: datetime


class DealSettlementOut(Schema):
    id: int
    how: str
    won: int
    settled_date: date
    reference: str
    is_undone: bool


class DealOut(Schema):
    row: DealRowOut
    vat_won: int
    version: int
    recorded_at: datetime
    confirmed_at: datetime | None
    on_paper: str
    end_reason: str
    same_as_id: int | None
    dispute: str
    order_id: int | None
    versions: list[DealVersionOut]
    settlements: list[DealSettlementOut]


class DealCorrectionIn(Schema):
    """As which side; 0 won cancels the deal."""

    party_id: f.Id
    reason: f.Text
    won: WonOrNone
    what: f.Text = ""
    dealt_date: f.Day | None = None
    vat_won: WonOrNone = 0
    due_date: f.Day | None = None
    tax_number: TaxNumber = ""


class DealDisputeIn(f.ReasonIn):
    party_id: f.Id


class MemberTradeOut(Schema):
    party_id: int
    name: str
    section: str
    sold_won: int
    bought_won: int
    count: int
    partners: int
    often: int


class PairTradeOut(Schema):
    seller_id: int
    seller: str
    seller_section: str
    buyer_id: int
    buyer: str
    buyer_section: str
    won: int
    count: int


class SectionTradeOut(Schema):
    name: str
    members: int
    sold_won: int
    bought_won: int


class MonthTradeOut(Schema):
    month: int
    won: int
    count: int


class TradeTotalsOut(Schema):
    year: int
    section: str
    shows_all: bool
    won: int
    count: int
    traders: int
    members: list[MemberTradeOut]
    pairs: list[PairTradeOut]
    sections: list[SectionTradeOut]
    months: list[MonthTradeOut]


class PartnerTradeOut(Schema):
    name: str
    sold_won: int
    bought_won: int
    count: int


class TradeStatementOut(Schema):
    party_id: int
    name: str
    year: int
    sold_won: int
    bought_won: int
    open_in_won: int
    open_out_won: int
    partners: list[PartnerTradeOut]
    often_times: int
    often: int
    deals: list[DealRowOut]


class ContributionRuleIn(Schema):
    """A share (numerator of denominator) or a fixed sum, from the first of a month on."""

    name: Annotated[str, Field(max_length=60), f.Storable]
    article: Annotated[str, Field(max_length=120), f.Storable]
    decided_by: f.Text
    basis: Literal["sale", "profit", "fixed"]
    every: Literal["month", "quarter", "year"]
    from_date: f.Day
    bearer: Literal["", "seller", "buyer", "both"] = ""
    numerator: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    denominator: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    fixed_won: WonOrNone = 0
    member_class: f.Code = ""
    due_day: Annotated[int, Field(ge=1, le=31)] = 25
    fund: f.Code = "cooperative"


class EndContributionIn(Schema):
    until_date: f.Day
    decided_by: f.Text


class ContributionMonthIn(Schema):
    month: f.MonthText


class FundUseIn(Schema):
    what: f.Text
    won: f.Won
    decided_by: f.Text
    party_id: f.Id | None = None
    used_date: f.Day | None = None
    fund: f.Code = "cooperative"


class FundPromiseIn(Schema):
    what: f.Text
    won: f.Won
    decided_by: f.Text
    party_id: f.Id | None = None
    decided_date: f.Day | None = None
    fund: f.Code = "cooperative"


class FundUsePaidIn(Schema):
    used_date: f.Day | None = None


class FundReportIn(Schema):
    report: Annotated[str, Field(min_length=1, max_length=1000), f.Storable]


class ContributionPaidIn(Schema):
    won: f.Won
    paid_date: f.Day | None = None


class ProfitIn(Schema):
    year: Year
    net_profit_won: Annotated[int, Field(ge=-WON_MAX, le=WON_MAX)]


class ContributionRuleOut(Schema):
    id: int
    name: str
    article: str
    decided_by: str
    basis: str
    ratio: tuple[int, int]
    fixed_won: int
    member_class: str
    from_date: date
    until_date: date | None


class GiverOut(Schema):
    name: str
    paid_won: int
    open_won: int
    late_won: int


class FundUseOut(Schema):
    id: int
    decided_date: date
    used_date: date | None
    what: str
    name: str
    won: int
    decided_by: str
    given_up_reason: str
    report: str
    reported_date: date | None


class FundForecastOut(Schema):
    name: str
    basis: str
    of_won: int
    won: int


class FundGiftOut(Schema):
    given_date: date
    purpose: str
    name: str
    won: int


class CooperativeFundOut(Schema):
    money_won: int
    paid_won: int
    open_won: int
    used_won: int
    promised_won: int
    gifts_won: int
    late_won: int
    forecast_won: int
    forecast: list[FundForecastOut]
    gifts: list[FundGiftOut]
    rules: list[ContributionRuleOut]
    givers: list[GiverOut]
    uses: list[FundUseOut]


class ContributionBillOut(Schema):
    id: int
    rule: str
    due_date: date
    won: int
    paid_won: int
    is_late: bool


class ContributionReceiptOut(Schema):
    id: int
    paid_date: date
    won: int
    by_bank: bool
    is_undone: bool


class ProfitOut(Schema):
    id: int
    year: int
    net_profit_won: int
    stated_at: datetime


class ContributionsOut(Schema):
    membership_id: int
    party_id: int
    name: str
    open_won: int
    paid_won: int
    bills: list[ContributionBillOut]
    receipts: list[ContributionReceiptOut]
    profits: list[ProfitOut]

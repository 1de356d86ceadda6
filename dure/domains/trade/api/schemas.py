"""What the API of mutual trade takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from dure.kernel.money import WON_MAX
from dure.ui import api_fields as f

WonOrNone = Annotated[int, Field(ge=0, le=WON_MAX)]
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
    versions: list[DealVersionOut]
    settlements: list[DealSettlementOut]

"""Orders over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries
from . import schemas as s

router = Router(tags=["trade"])

Quantity = Annotated[int, Field(ge=1, le=10**9)]
QuantityOrNone = Annotated[int, Field(ge=0, le=10**9)]
Unit = Annotated[str, Field(max_length=12), f.Storable]
Tax = Literal["taxed", "free", "zero"]


class OrderLineIn(Schema):
    """An article; its price with the tax inside."""

    article: Annotated[str, Field(min_length=1, max_length=120), f.Storable]
    quantity: Quantity
    unit: Unit = ""
    unit_won: f.Won
    tax: Tax = "taxed"


class OrderTermsIn(Schema):
    lines: Annotated[list[OrderLineIn], Field(min_length=1, max_length=40)]
    wanted_date: f.Day | None = None
    valid_date: f.Day | None = None
    due_days: Annotated[int, Field(ge=0, le=365)] | None = None
    note: f.Text = ""

    def plain(self) -> dict[str, Any]:
        given = self.dict()
        given["lines"] = [tuple(one.values()) for one in given["lines"]]
        return given


class OrderIn(OrderTermsIn):
    """Said by one side to another: a quote where it sells."""

    party_id: f.Id
    other_id: f.Id
    sells: bool


class OrderAcceptIn(Schema):
    on_paper: f.Text = ""


class DeliveredIn(Schema):
    place: Annotated[int, Field(ge=1, le=40)]
    quantity: QuantityOrNone


class OrderDeliveryIn(Schema):
    """Nothing said of the quantities: all the rest."""

    quantities: Annotated[list[DeliveredIn], Field(max_length=40)] | None = None
    delivered_date: f.Day | None = None
    tax_number: s.TaxNumber = ""


class OrderEndIn(f.ReasonIn):
    party_id: f.Id


class OrderRowOut(Schema):
    id: int
    seller_id: int
    seller: str
    buyer_id: int
    buyer: str
    waits_for_id: int | None
    stage: str
    what: str
    won: int
    wanted_date: date | None
    begun_at: datetime


class OrderLineOut(Schema):
    place: int
    article: str
    quantity: int
    unit: str
    unit_won: int
    tax: str
    won: int
    rest: int


class OrderTermsOut(Schema):
    number: int
    by: str
    wanted_date: date | None
    valid_date: date | None
    due_days: int | None
    note: str
    won: int
    vat_won: int
    proposed_at: datetime
    lines: list[OrderLineOut]


class OrderStepOut(Schema):
    """What may be done now, by which side, and where it leads."""

    deed: str
    side: str
    leads_to: str


class OrderOut(Schema):
    row: OrderRowOut
    ordered_at: datetime | None
    on_paper: str
    end_reason: str
    rest: int
    terms: list[OrderTermsOut]
    deals: list[s.DealRowOut]
    steps: list[OrderStepOut]


@router.get("/orders", operation_id="orders", response=list[OrderRowOut])
def orders(request: HttpRequest) -> Any:
    """The orders of all for whom one speaks; for the office all."""
    return queries.orders(act_of_api(request))


@router.post("/orders", operation_id="propose_order", response={201: OrderOut})
def propose_order(request: HttpRequest, given: OrderIn) -> Any:
    """Quote to another, or ask another."""
    act = act_of_api(request)
    made = commands.propose_order(act, **given.plain())
    return Status(201, queries.order(act, made.pk))


@router.get("/orders/{order_id}", operation_id="order", response=OrderOut)
def order(request: HttpRequest, order_id: f.Id) -> Any:
    """One order with its terms, deliveries and next steps."""
    return queries.order(act_of_api(request), order_id)


@router.post("/orders/{order_id}/counter", operation_id="counter_order", response=OrderOut)
def counter_order(request: HttpRequest, order_id: f.Id, given: OrderTermsIn) -> Any:
    """Propose other terms to who proposed."""
    act = act_of_api(request)
    commands.counter_order(act, order_id=order_id, **given.plain())
    return queries.order(act, order_id)


@router.post("/orders/{order_id}/accept", operation_id="accept_order", response=OrderOut)
def accept_order(request: HttpRequest, order_id: f.Id, given: OrderAcceptIn) -> Any:
    """Agree to the terms proposed."""
    act = act_of_api(request)
    commands.accept_order(act, order_id=order_id, **given.dict())
    return queries.order(act, order_id)


@router.post("/orders/{order_id}/decline", operation_id="decline_order", response=OrderOut)
def decline_order(request: HttpRequest, order_id: f.Id, given: f.ReasonIn) -> Any:
    """Say no to the terms proposed."""
    act = act_of_api(request)
    commands.decline_order(act, order_id=order_id, **given.dict())
    return queries.order(act, order_id)


@router.post("/orders/{order_id}/withdraw", operation_id="withdraw_order", response=OrderOut)
def withdraw_order(request: HttpRequest, order_id: f.Id) -> Any:
    """Take back the terms one proposed."""
    act = act_of_api(request)
    commands.withdraw_order(act, order_id=order_id)
    return queries.order(act, order_id)


@router.post(
    "/orders/{order_id}/deliveries", operation_id="deliver_order", response={201: s.DealOut}
)
def deliver_order(request: HttpRequest, order_id: f.Id, given: OrderDeliveryIn) -> Any:
    """Say what was delivered: a deal that the buyer confirms."""
    act = act_of_api(request)
    values = given.dict()
    if values["quantities"] is not None:
        values["quantities"] = [tuple(one.values()) for one in values["quantities"]]
    made = commands.deliver_order(act, order_id=order_id, **values)
    return Status(201, queries.deal(act, made.pk))


@router.post("/orders/{order_id}/end", operation_id="end_order", response=OrderOut)
def end_order(request: HttpRequest, order_id: f.Id, given: OrderEndIn) -> Any:
    """Let go what is not delivered yet."""
    act = act_of_api(request)
    commands.end_order(act, order_id=order_id, **given.dict())
    return queries.order(act, order_id)

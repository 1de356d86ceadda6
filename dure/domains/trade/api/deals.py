"""Deals over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries
from . import schemas as s

router = Router(tags=["trade"])


@router.get("/mine", operation_id="my_deals", response=list[s.DealRowOut])
def my_deals(request: HttpRequest) -> Any:
    """The deals of all for whom one speaks."""
    return queries.my_deals(act_of_api(request))


@router.get("/deals", operation_id="deals", response=list[s.DealRowOut])
def deals(request: HttpRequest, state: f.Code = "", party_id: f.Id | None = None) -> Any:
    """The deals of all, the newest first."""
    return queries.deals(act_of_api(request), state=state, party_id=party_id)


@router.post("/deals", operation_id="record_deal", response={201: s.DealOut})
def record_deal(request: HttpRequest, given: s.DealIn) -> Any:
    """Say that a side traded with another."""
    act = act_of_api(request)
    made = commands.record_deal(act, **given.dict())
    return Status(201, queries.deal(act, made.pk))


@router.get("/deals/{deal_id}", operation_id="deal", response=s.DealOut)
def deal(request: HttpRequest, deal_id: f.Id) -> Any:
    """One deal with its versions and payments."""
    return queries.deal(act_of_api(request), deal_id)


@router.post("/deals/{deal_id}/confirm", operation_id="confirm_deal", response=s.DealOut)
def confirm_deal(request: HttpRequest, deal_id: f.Id, given: s.DealConfirmIn) -> Any:
    """Confirm what the other side recorded."""
    act = act_of_api(request)
    commands.confirm_deal(act, deal_id=deal_id, **given.dict())
    return queries.deal(act, deal_id)


@router.post("/deals/{deal_id}/refuse", operation_id="refuse_deal", response=s.DealOut)
def refuse_deal(request: HttpRequest, deal_id: f.Id, given: f.ReasonIn) -> Any:
    """Say that it was not so, and why."""
    act = act_of_api(request)
    commands.refuse_deal(act, deal_id=deal_id, **given.dict())
    return queries.deal(act, deal_id)


@router.post("/deals/{deal_id}/withdraw", operation_id="withdraw_deal", response=s.DealOut)
def withdraw_deal(request: HttpRequest, deal_id: f.Id) -> Any:
    """Take back what one recorded."""
    act = act_of_api(request)
    commands.withdraw_deal(act, deal_id=deal_id)
    return queries.deal(act, deal_id)


@router.post("/deals/{deal_id}/payments", operation_id="receive_deal_payment", response=s.DealOut)
def receive_deal_payment(request: HttpRequest, deal_id: f.Id, given: s.DealPaymentIn) -> Any:
    """Say that money for a deal came."""
    act = act_of_api(request)
    commands.receive_deal_payment(act, deal_id=deal_id, **given.dict())
    return queries.deal(act, deal_id)


@router.post("/payments/{settlement_id}/undo", operation_id="undo_deal_payment", response=s.DealOut)
def undo_deal_payment(request: HttpRequest, settlement_id: f.Id, given: f.ReasonIn) -> Any:
    """Take back a payment that was noted wrongly."""
    act = act_of_api(request)
    made = commands.undo_deal_payment(act, settlement_id=settlement_id, **given.dict())
    return queries.deal(act, made.deal_id)

"""Seizures and insolvencies over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries

router = Router(tags=["trade"])


class ClearingBarIn(Schema):
    party_id: f.Id
    ground: f.Code
    from_date: f.Day
    paper: f.Text


class ClearingBarLiftIn(Schema):
    lifted_date: f.Day
    paper: f.Text


class ClearingBarOut(Schema):
    id: int
    party_id: int
    name: str
    ground: str
    from_date: date
    paper: str
    lifted_date: date | None
    lift_paper: str


@router.get("/clearing-bars", operation_id="clearing_bars", response=list[ClearingBarOut])
def clearing_bars(request: HttpRequest) -> Any:
    """Seizures and insolvencies, the newest first."""
    return queries.clearing_bars(act_of_api(request))


@router.post("/clearing-bars", operation_id="bar_from_clearing", response={201: ClearingBarOut})
def bar_from_clearing(request: HttpRequest, given: ClearingBarIn) -> Any:
    """Note one: nothing of the member is set off from now on."""
    act = act_of_api(request)
    made = commands.bar_from_clearing(act, **given.dict())
    return Status(201, queries.clearing_bar(act, made.pk))


@router.post(
    "/clearing-bars/{bar_id}/lift", operation_id="lift_clearing_bar", response=ClearingBarOut
)
def lift_clearing_bar(request: HttpRequest, bar_id: f.Id, given: ClearingBarLiftIn) -> Any:
    """It is over."""
    act = act_of_api(request)
    commands.lift_clearing_bar(act, bar_id=bar_id, **given.dict())
    return queries.clearing_bar(act, bar_id)

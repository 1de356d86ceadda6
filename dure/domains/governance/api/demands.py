"""Demands for a meeting over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries

router = Router(tags=["governance"])


class DemandIn(Schema):
    party_id: f.Id
    purpose: f.Text
    matter: f.Code = "business"


class DemandOut(Schema):
    id: int
    body_id: int
    matter: str
    purpose: str
    demanded_date: date
    signed: int
    needed: int
    whole: int
    call_by_date: date | None
    is_late: bool
    meeting_id: int | None


class DemandSignIn(Schema):
    party_id: f.Id


class DemandAnswerIn(Schema):
    meeting_id: f.Id


@router.get("/bodies/{body_id}/demands", operation_id="demands", response=list[DemandOut])
def demands(request: HttpRequest, body_id: f.Id) -> Any:
    """Meetings that are demanded of a body, the latest first; at most 100."""
    return queries.demands(act_of_api(request), body_id=body_id)


@router.post("/bodies/{body_id}/demands", operation_id="demand_meeting", response={201: DemandOut})
def demand_meeting(request: HttpRequest, body_id: f.Id, given: DemandIn) -> Any:
    """Demand a meeting; who demands it signs first."""
    act = act_of_api(request)
    made = commands.demand_meeting(act, body_id=body_id, **given.dict())
    return Status(201, queries.demand_card(act, made.pk))


@router.post("/demands/{demand_id}/sign", operation_id="sign_demand", response=DemandOut)
def sign_demand(request: HttpRequest, demand_id: f.Id, given: DemandSignIn) -> Any:
    """Join in a demand; signed by enough, the days to call the meeting begin."""
    act = act_of_api(request)
    commands.sign_demand(act, demand_id=demand_id, **given.dict())
    return queries.demand_card(act, demand_id)


@router.post("/demands/{demand_id}/answer", operation_id="answer_demand", response=DemandOut)
def answer_demand(request: HttpRequest, demand_id: f.Id, given: DemandAnswerIn) -> Any:
    """Name the meeting that is called for a demand."""
    act = act_of_api(request)
    commands.answer_demand(act, demand_id=demand_id, **given.dict())
    return queries.demand_card(act, demand_id)

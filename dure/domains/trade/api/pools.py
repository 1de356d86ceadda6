"""The pool of the cooperative fund over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries

router = Router(tags=["trade"])


class PoolIn(Schema):
    won: f.Won
    member_won: f.Won
    repay_days: int = Field(ge=1, le=366)
    until_date: f.Day
    decided_by: f.Text


class PoolOut(Schema):
    id: int
    fund: str
    won: int
    member_won: int
    repay_days: int
    until_date: date
    decided_by: str


class PoolMoveIn(Schema):
    won: f.Won
    moved_date: f.Day | None = None


class PoolMoveOut(Schema):
    id: int
    won: int
    moved_date: date
    is_undone: bool


class PoolPartOut(Schema):
    id: int
    round_id: int
    party_id: int
    name: str
    how: str
    won: int
    open_won: int
    due_date: date
    is_late: bool
    moves: list[PoolMoveOut]


@router.post("/pools", operation_id="open_pool", response={201: PoolOut | None})
def open_pool(request: HttpRequest, given: PoolIn) -> Any:
    """Let the fund lend to rounds of clearing, as was decided."""
    act = act_of_api(request)
    commands.open_pool(act, **given.dict())
    return Status(201, queries.liquidity_pool(act))


@router.post("/pool-parts/{part_id}", operation_id="settle_pool_part", response=PoolPartOut)
def settle_pool_part(request: HttpRequest, part_id: f.Id, given: PoolMoveIn) -> Any:
    """Money that a member repaid, or that the pool paid."""
    act = act_of_api(request)
    commands.settle_pool_part(act, part_id=part_id, **given.dict())
    return queries.pool_part(act, part_id)


@router.post("/pool-moves/{move_id}/undo", operation_id="undo_pool_move", response=PoolPartOut)
def undo_pool_move(request: HttpRequest, move_id: f.Id, given: f.ReasonIn) -> Any:
    """It was entered wrongly."""
    act = act_of_api(request)
    move = commands.undo_pool_move(act, move_id=move_id, **given.dict())
    return queries.pool_part(act, move.part_id)

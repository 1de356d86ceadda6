"""Resolutions after the vote, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands
from .schemas import ResolutionOut

router = Router(tags=["governance"])


class ApprovalIn(Schema):
    approval_date: date
    paper: f.Text
    granted: bool = True


class VoidIn(Schema):
    reason: f.Text
    paper: f.Text


class UndoneIn(Schema):
    undone: f.Text


@router.post(
    "/resolutions/{resolution_id}/approval",
    operation_id="note_approval",
    response=ResolutionOut,
)
def note_approval(request: HttpRequest, resolution_id: f.Id, given: ApprovalIn) -> Any:
    """Note what the authority said; granted, the resolution takes effect."""
    return commands.note_approval(act_of_api(request), resolution_id=resolution_id, **given.dict())


@router.post(
    "/resolutions/{resolution_id}/void", operation_id="void_resolution", response=ResolutionOut
)
def void_resolution(request: HttpRequest, resolution_id: f.Id, given: VoidIn) -> Any:
    """Declare a resolution void: what it did is undone where that can be."""
    return commands.void_resolution(
        act_of_api(request), resolution_id=resolution_id, **given.dict()
    )


@router.post(
    "/resolutions/{resolution_id}/undone", operation_id="settle_void", response=ResolutionOut
)
def settle_void(request: HttpRequest, resolution_id: f.Id, given: UndoneIn) -> Any:
    """Note how people undid by hand what a void resolution had done."""
    return commands.settle_void(act_of_api(request), resolution_id=resolution_id, **given.dict())

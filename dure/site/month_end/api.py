"""The end of a month over HTTP: how far each step is, which operation does it, and the marks."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dure.domains.ledger import commands, policies
from dure.kernel.dates import parse_month
from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .run import look_at_month, look_at_step, step_to_mark

router = Router(tags=["month_end"])

StepKey = Annotated[str, Field(pattern=r"^[a-z][a-z_-]{0,29}$", examples=["bank"])]


class LinkOut(Schema):
    text: str
    url: str


class MonthStepOut(Schema):
    """`operation` names the operation of this API that does the step; "" where only a person can,
    where its links lead. What comes after the first step that is not over is only listed."""

    key: str
    title: str
    state: str
    found: str
    effect: str
    lines: list[str]
    warnings: list[str]
    links: list[LinkOut]
    operation: str
    can_be_marked: bool
    mark: str | None


class MonthEndOut(Schema):
    month: str
    is_closed: bool
    over: int
    current: str | None
    steps: list[MonthStepOut]


class MarkIn(Schema):
    note: f.Text = ""


class MarkOut(Schema):
    step: str
    note: str


class StateOut(Schema):
    step: str
    state: str


@router.get("/{month}", operation_id="month_end", response=MonthEndOut)
def month_end(request: HttpRequest, month: f.MonthText) -> Any:
    """How far the end of a month is, step by step."""
    act = act_of_api(request)
    policies.can_close_period(act).enforce()
    progress = look_at_month(act, parse_month(month))
    return {
        "month": month,
        "is_closed": progress.is_closed,
        "over": progress.over,
        "current": progress.current.step.key if progress.current else None,
        "steps": [
            {
                "key": one.step.key,
                "title": str(one.step.title),
                "state": str(one.found.state),
                "found": one.found.found,
                "effect": one.found.effect,
                "lines": one.found.lines,
                "warnings": one.found.warnings,
                "links": [{"text": link.text, "url": link.url} for link in one.found.links],
                "operation": one.step.operation,
                "can_be_marked": bool(one.step.mark),
                "mark": one.marked,
            }
            for one in progress.steps
        ],
    }


@router.post("/{month}/steps/{step}/mark", operation_id="mark_period_step", response=MarkOut)
def mark_period_step(request: HttpRequest, month: f.MonthText, step: StepKey, given: MarkIn) -> Any:
    """A person calls a step done, where no fact can say so."""
    chosen = step_to_mark(step)
    return commands.mark_period_step(
        act_of_api(request), month=month, step=chosen.key, note=given.note
    )


@router.post("/{month}/steps/{step}/unmark", operation_id="unmark_period_step", response=StateOut)
def unmark_period_step(request: HttpRequest, month: f.MonthText, step: StepKey) -> Any:
    """A step is taken up again."""
    act, chosen = act_of_api(request), step_to_mark(step)
    commands.unmark_period_step(act, month=month, step=chosen.key)
    return {"step": chosen.key, "state": look_at_step(act, parse_month(month), chosen).state}

"""What goes in and comes out of the API about plans, items and what has to be done."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from dure.ui import api_fields as f

Year = Annotated[int, Field(ge=1900, le=2200)]
Won = Annotated[int, Field(ge=0, le=10**15)]
Milli = Annotated[int, Field(ge=-(10**15), le=10**15)]


class PlanIn(Schema):
    title: f.Text
    from_year: Year
    until_year: Year


class PlanOut(Schema):
    id: int
    title: str
    from_year: int
    until_year: int


class PlanVersionOut(Schema):
    id: int
    number: int
    state: str
    adopted_date: date | None


class PlanReasonIn(Schema):
    reason: f.Text = ""


class IndicatorIn(Schema):
    name: f.Text
    unit: f.Text = ""
    base_milli: Milli | None = None
    target_milli: Milli | None = None


class PlanLineIn(Schema):
    title: f.Text
    kind: Literal["area", "task", "project"] = "project"
    part_id: f.Id | None = None
    parent_id: f.Id | None = None
    text: f.LongText = ""
    owner_id: f.Id | None = None
    budgets: dict[Year, Won] = {}
    indicators: Annotated[list[IndicatorIn], Field(max_length=20)] = []


class PlanLineOut(Schema):
    part_id: int
    title: str
    number: int


class PlanIndicatorOut(Schema):
    name: str
    unit: str
    base_milli: int | None
    target_milli: int | None
    latest: tuple[date, str] | None


class PlanPartOut(Schema):
    part_id: int
    kind: str
    label: str
    title: str
    owner_id: int | None
    owner: str
    budgets: list[tuple[int, int]]
    budget_won: int
    done_of_100: int
    indicators: list[PlanIndicatorOut]


class PlanCardOut(PlanOut):
    budget_won: int
    done_of_100: int
    counts: tuple[int, int, int]
    lines: list[PlanPartOut]


class ProgressIn(Schema):
    done_of_100: Annotated[int, Field(ge=0, le=100)]
    text: f.Text = ""
    on_date: f.Day | None = None


class ProgressOut(Schema):
    id: int
    on_date: date
    done_of_100: int
    text: str


class MeasureIn(Schema):
    name: f.Text
    value_milli: Milli
    on_date: f.Day | None = None


class MeasureOut(Schema):
    id: int
    name: str
    on_date: date
    value_milli: int


class PromoteIssueIn(Schema):
    from_body_id: f.Id
    part_id: f.Id
    reason: f.LongText = ""


class ActionIn(Schema):
    text: f.Text
    owner_id: f.Id
    due_date: f.Day
    item_id: f.Id | None = None
    resolution_id: f.Id | None = None


class ActionOut(Schema):
    id: int
    body_id: int
    meeting_id: int | None
    item_id: int | None
    resolution_id: int | None
    text: str
    owner_id: int
    due_date: date
    state: str
    note: str


class ActionNoteIn(Schema):
    note: f.Text


class ActionReasonIn(Schema):
    reason: f.Text


class ActionPostponedIn(ActionReasonIn):
    due_date: f.Day


class WithdrawItemIn(Schema):
    reason: f.Text


class ItemMinutesIn(Schema):
    minutes: Annotated[str, Field(max_length=50_000)]
    is_settled: bool = False


class PlacesIn(Schema):
    places: dict[f.Id, Annotated[str, Field(max_length=7)]]

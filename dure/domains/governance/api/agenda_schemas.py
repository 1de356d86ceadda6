"""What goes in and comes out of the API about issues and agendas."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from dure.ui import api_fields as f

Ids = Annotated[list[f.Id], Field(max_length=500)]


class IssueIn(Schema):
    title: f.Text
    body_id: f.Id
    text: f.LongText = ""
    source: Literal["member", "survey", "body"] = "member"
    source_text: f.Text = ""
    party_id: f.Id | None = None
    from_body_id: f.Id | None = None


class IssueOut(Schema):
    id: int
    title: str
    state: str
    source: str
    body_id: int
    raised_date: date
    since_date: date


class PathLineOut(Schema):
    on_date: date
    kind: str
    from_body: str
    to_body: str
    reason: str
    who: str
    meeting_id: int | None
    resolution_id: int | None
    other_id: int | None


class StayOut(Schema):
    body: str
    from_date: date
    until_date: date | None
    days: int
    is_too_long: bool


class IssueCardOut(IssueOut):
    text: str
    body: str
    raised_by: str
    days: int
    path: list[PathLineOut]
    stays: list[StayOut]


class PassOnIn(Schema):
    from_body_id: f.Id
    to_body_id: f.Id
    reason: f.LongText = ""


class ReasonFromIn(Schema):
    from_body_id: f.Id
    reason: f.LongText


class MergeIssueIn(Schema):
    from_body_id: f.Id
    into_id: f.Id
    reason: f.LongText = ""


class SplitIssueIn(Schema):
    from_body_id: f.Id
    titles: Annotated[list[f.Text], Field(max_length=50)]
    reason: f.LongText = ""


class GatherIn(Schema):
    issue_ids: Ids | None = None
    item_ids: Ids | None = None

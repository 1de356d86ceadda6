"""How meetings are told of, in which cycle they come, who is proxied, over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status

from dure.ui import api_fields as f
from dure.ui.api import PAGE_MAX, act_of_api

from .. import commands, queries

router = Router(tags=["governance"])


class NoticeLineOut(Schema):
    party_id: int
    name: str
    state: str
    way: str
    told_date: date | None
    notice_id: int | None


class NoticeReturnedIn(Schema):
    reason: f.Text = ""


class NoticeOut(Schema):
    id: int
    party_id: int
    way: str
    told_date: date | None
    returned_at: datetime | None


class LiveQuorumOut(Schema):
    state: str
    present: int
    written: int
    needed: int
    whole: int
    margin: int
    expected: int | None


class CycleIn(Schema):
    every: Literal["biweekly", "monthly", "bimonthly", "quarterly", "yearly"]
    first_date: f.Day
    nth: Literal[1, 2, 3, 4, 5] = 1
    weekday: Literal[0, 1, 2, 3, 4, 5, 6] = 0
    at: f.Code = "14:00"
    place: f.Text = ""
    moved: Literal["stays", "next_day", "next_week"] = "next_day"
    host_ids: list[f.Id] = []


class CycleOut(Schema):
    id: int
    body_id: int
    every: str
    first_date: date
    until_date: date | None


class CalendarLineOut(Schema):
    id: int
    body: str
    title: str
    starts_at: datetime
    place: str
    link: str
    state: str


class PlannedOut(Schema):
    id: int
    body_id: int
    title: str
    starts_at: datetime
    place: str
    state: str


@router.get("/meetings/{meeting_id}/notices", operation_id="notices", response=list[NoticeLineOut])
def notices(request: HttpRequest, meeting_id: f.Id) -> Any:
    """Every voter of a meeting, and how it was told; at most 500."""
    act = act_of_api(request)
    return queries.notice_lines(act, queries.meeting_row(act, meeting_id))[:PAGE_MAX]


@router.post(
    "/meetings/{meeting_id}/notices/letters", operation_id="send_notices", response=f.CountOut
)
def send_notices(request: HttpRequest, meeting_id: f.Id) -> Any:
    """Send letters to those left who can be mailed."""
    return {"count": commands.send_notices(act_of_api(request), meeting_id=meeting_id)}


@router.post("/notices/{notice_id}/return", operation_id="note_notice_returned", response=NoticeOut)
def note_notice_returned(request: HttpRequest, notice_id: f.Id, given: NoticeReturnedIn) -> Any:
    """Note that a letter came back: its reader was not told by it."""
    act = act_of_api(request)
    return commands.note_notice_returned(act, notice_id=notice_id, reason=given.reason)


@router.get("/meetings/{meeting_id}/quorum", operation_id="live_quorum", response=LiveQuorumOut)
def live_quorum(request: HttpRequest, meeting_id: f.Id) -> Any:
    """Present, needed, margin, and how many may be expected after the last meetings."""
    live = queries.quorum_shown(act_of_api(request), meeting_id)
    return {
        "state": live.state,
        "present": live.quorum.present,
        "written": live.quorum.written,
        "needed": live.quorum.needed,
        "whole": live.quorum.whole,
        "margin": live.quorum.margin,
        "expected": live.forecast.expected if live.forecast else None,
    }


@router.post("/bodies/{body_id}/cycle", operation_id="set_cycle", response={201: CycleOut})
def set_cycle(request: HttpRequest, body_id: f.Id, given: CycleIn) -> Any:
    """Lay down how often a body meets, and who hosts in turn; the cycle before ends."""
    about = {**given.dict(), "host_ids": tuple(given.host_ids)}
    return Status(201, commands.set_cycle(act_of_api(request), body_id=body_id, **about))


@router.post("/bodies/{body_id}/cycle/end", operation_id="end_cycle", response=CycleOut)
def end_cycle(request: HttpRequest, body_id: f.Id) -> Any:
    """The body meets in no cycle any more."""
    return commands.end_cycle(act_of_api(request), body_id=body_id)


@router.post(
    "/bodies/{body_id}/cycle/meetings", operation_id="plan_by_cycle", response={201: PlannedOut}
)
def plan_by_cycle(request: HttpRequest, body_id: f.Id) -> Any:
    """Plan the next meeting of the cycle that is not planned yet."""
    return Status(201, commands.plan_by_cycle(act_of_api(request), body_id=body_id))


@router.get("/calendar", operation_id="calendar", response=list[CalendarLineOut])
def calendar(
    request: HttpRequest, from_date: f.Day, until_date: f.Day, body_id: f.Id | None = None
) -> Any:
    """The meetings of [from, until), the soonest first."""
    return queries.calendar(act_of_api(request), from_date, until_date, body_id=body_id)

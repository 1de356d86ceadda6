"""What meetings leave, over HTTP: minutes, validity, figures, disclosure."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Status

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries
from .papers_schemas import (
    MeetingHeldOut,
    MinutesCommentIn,
    MinutesCommentOut,
    MinutesDraftOut,
    MinutesIn,
    MinutesOut,
    SignatureIn,
    SignatureOut,
    TemplateIn,
    TemplateOut,
    ValidityOut,
    YearOfMeetingsOut,
)

Year = Annotated[int, Field(ge=1900, le=2999)]
router = Router(tags=["governance"])


@router.post("/meetings/{meeting_id}/minutes", operation_id="write_minutes", response=MinutesOut)
def write_minutes(request: HttpRequest, meeting_id: f.Id, given: MinutesIn) -> Any:
    """Write what was said; each change is a version, and voids what was signed before."""
    return commands.write_minutes(act_of_api(request), meeting_id=meeting_id, **given.dict())


@router.get("/meetings/{meeting_id}/minutes", operation_id="minutes", response=MinutesDraftOut)
def minutes(request: HttpRequest, meeting_id: f.Id) -> Any:
    """The minutes as they follow from what happened, what was said about them, who signed."""
    act = act_of_api(request)
    return queries.minutes_draft(queries.meeting_card(act, meeting_id))


@router.post(
    "/meetings/{meeting_id}/minutes/circulation",
    operation_id="circulate_minutes",
    response=MinutesOut,
)
def circulate_minutes(request: HttpRequest, meeting_id: f.Id) -> Any:
    """Send the minutes to the voters who were absent, for comments."""
    return commands.circulate_minutes(act_of_api(request), meeting_id=meeting_id)


@router.post(
    "/meetings/{meeting_id}/minutes/comments",
    operation_id="comment_on_minutes",
    response={201: MinutesCommentOut},
)
def comment_on_minutes(request: HttpRequest, meeting_id: f.Id, given: MinutesCommentIn) -> Any:
    """A voter says what it has to say about the minutes; it is kept with them."""
    act = act_of_api(request)
    return Status(201, commands.comment_on_minutes(act, meeting_id=meeting_id, **given.dict()))


@router.post(
    "/meetings/{meeting_id}/minutes/signatures",
    operation_id="sign_minutes",
    response={201: SignatureOut},
)
def sign_minutes(request: HttpRequest, meeting_id: f.Id, given: SignatureIn) -> Any:
    """Sign the minutes, or note who signed on paper; with enough signatures they are locked."""
    act = act_of_api(request)
    return Status(201, commands.sign_minutes(act, meeting_id=meeting_id, **given.dict()))


@router.get(
    "/resolutions/{resolution_id}/validity", operation_id="validity_record", response=ValidityOut
)
def validity_record(request: HttpRequest, resolution_id: f.Id) -> Any:
    """What makes a resolution valid, computed again from what was noted; without names."""
    return queries.validity_record(act_of_api(request), resolution_id)


@router.get("/statistics", operation_id="meeting_statistics", response=YearOfMeetingsOut)
def statistics(request: HttpRequest, year: Year | None = None) -> Any:
    """The figures of a year, body by body, beside those of the national survey."""
    return queries.statistics(act_of_api(request), year)


@router.get("/activity/{year}", operation_id="meeting_activity", response=list[MeetingHeldOut])
def activity(request: HttpRequest, year: Year) -> Any:
    """General meetings, delegates' meetings and board meetings of a year, as they are disclosed."""
    return queries.activity(act_of_api(request), year)


@router.post(
    "/templates/{name}", operation_id="replace_paper_template", response={201: TemplateOut}
)
def replace_paper_template(request: HttpRequest, name: f.Code, given: TemplateIn) -> Any:
    """Replace the template of a paper (`activity`); without words the shipped one holds again."""
    act = act_of_api(request)
    return Status(201, commands.replace_paper_template(act, name=name, **given.dict()))

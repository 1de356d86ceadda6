"""Issues and agendas over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from dure.ui import api_fields as f
from dure.ui.api import PAGE_MAX, act_of_api

from .. import commands, queries
from .agenda_schemas import (
    GatherIn,
    IssueCardOut,
    IssueIn,
    IssueOut,
    MergeIssueIn,
    PassOnIn,
    ReasonFromIn,
    SplitIssueIn,
)
from .schemas import ItemOut

router = Router(tags=["governance"])


@router.get("/issues", operation_id="issues", response=list[IssueOut])
def issues(request: HttpRequest, body_id: f.Id | None = None, state: f.Code = "waiting") -> Any:
    """Issues in a state (`all` for all), those that have waited longest first; at most 500."""
    state = "" if state == "all" else state
    return list(queries.issues(act_of_api(request), body_id=body_id, state=state)[:PAGE_MAX])


@router.get("/issues/{issue_id}", operation_id="issue", response=IssueCardOut)
def issue(request: HttpRequest, issue_id: f.Id) -> Any:
    """One issue with its whole path and the days at each body."""
    return queries.issue_card(act_of_api(request), issue_id)


@router.post("/issues", operation_id="raise_issue", response={201: IssueOut})
def raise_issue(request: HttpRequest, given: IssueIn) -> Any:
    """Bring something before a body."""
    return Status(201, commands.raise_issue(act_of_api(request), **given.dict()))


@router.post("/issues/{issue_id}/passing-on", operation_id="pass_on_issue", response=IssueOut)
def pass_on_issue(request: HttpRequest, issue_id: f.Id, given: PassOnIn) -> Any:
    """Pass it on to another body; `from_body_id` is where one saw it."""
    return commands.pass_on_issue(act_of_api(request), issue_id=issue_id, **given.dict())


@router.post("/issues/{issue_id}/return", operation_id="return_issue", response=IssueOut)
def return_issue(request: HttpRequest, issue_id: f.Id, given: ReasonFromIn) -> Any:
    """Give it back to the body it came from, with the reason."""
    return commands.return_issue(act_of_api(request), issue_id=issue_id, **given.dict())


@router.post("/issues/{issue_id}/merging", operation_id="merge_issue", response=IssueOut)
def merge_issue(request: HttpRequest, issue_id: f.Id, given: MergeIssueIn) -> Any:
    """Make it part of another issue before the same body."""
    return commands.merge_issue(act_of_api(request), issue_id=issue_id, **given.dict())


@router.post(
    "/issues/{issue_id}/splitting", operation_id="split_issue", response={201: list[IssueOut]}
)
def split_issue(request: HttpRequest, issue_id: f.Id, given: SplitIssueIn) -> Any:
    """Make several issues of one; each keeps its story."""
    return Status(201, commands.split_issue(act_of_api(request), issue_id=issue_id, **given.dict()))


@router.post("/issues/{issue_id}/conclusion", operation_id="close_issue", response=IssueOut)
def close_issue(request: HttpRequest, issue_id: f.Id, given: ReasonFromIn) -> Any:
    """Conclude it, with the reason."""
    return commands.close_issue(act_of_api(request), issue_id=issue_id, **given.dict())


@router.post(
    "/meetings/{meeting_id}/gathering",
    operation_id="gather_agenda",
    response={201: list[ItemOut]},
)
def gather_agenda(request: HttpRequest, meeting_id: f.Id, given: GatherIn) -> Any:
    """Put on the agenda what waits before the body and what its last meetings left undecided."""
    return Status(
        201, commands.gather_agenda(act_of_api(request), meeting_id=meeting_id, **given.dict())
    )

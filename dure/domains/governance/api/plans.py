"""Plans, items of agendas and what has to be done, over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Status, UploadedFile

from dure.ui import api_fields as f
from dure.ui.api import PAGE_MAX, act_of_api

from .. import commands
from ..commands import actions as duties, items, plans, progress
from ..queries import actions as reads, plans as queries
from .agenda_schemas import IssueOut
from .plan_schemas import (
    ActionIn,
    ActionNoteIn,
    ActionOut,
    ActionPostponedIn,
    ActionReasonIn,
    ItemMinutesIn,
    MeasureIn,
    MeasureOut,
    PlacesIn,
    PlanCardOut,
    PlanIn,
    PlanLineIn,
    PlanLineOut,
    PlanOut,
    PlanReasonIn,
    PlanVersionOut,
    ProgressIn,
    ProgressOut,
    PromoteIssueIn,
    WithdrawItemIn,
)
from .schemas import ItemOut, MeetingOut

router = Router(tags=["governance"])


@router.get("/plans", operation_id="plans", response=list[PlanOut])
def list_plans(request: HttpRequest) -> Any:
    """The plans of the network; at most 500."""
    return list(queries.plans(act_of_api(request))[:PAGE_MAX])


@router.get("/plans/{plan_id}", operation_id="plan", response=PlanCardOut)
def plan(request: HttpRequest, plan_id: f.Id, version: int | None = None) -> Any:
    """A plan as one tree: as adopted last, or one version."""
    return queries.plan_card(act_of_api(request), plan_id, version)


@router.post("/plans", operation_id="add_plan", response={201: PlanVersionOut})
def add_plan(request: HttpRequest, given: PlanIn) -> Any:
    """Begin a plan of several years, as a draft."""
    return Status(201, plans.add_plan(act_of_api(request), **given.dict()))


@router.post(
    "/plans/{plan_id}/versions", operation_id="revise_plan", response={201: PlanVersionOut}
)
def revise_plan(request: HttpRequest, plan_id: f.Id, given: PlanReasonIn) -> Any:
    """Begin a change of a plan: a draft that says what the last version says."""
    made = plans.revise_plan(act_of_api(request), plan_id=plan_id, **given.dict())
    return Status(201, made)


@router.post(
    "/plans/versions/{version_id}/lines",
    operation_id="write_plan_line",
    response={201: PlanLineOut},
)
def write_plan_line(request: HttpRequest, version_id: f.Id, given: PlanLineIn) -> Any:
    """Write an area, a task or a project into a draft; with `part_id` what that one says now."""
    about = given.dict()
    about["indicators"] = [plans.Indicator(**one) for one in about["indicators"]]
    return Status(201, plans.write_plan_line(act_of_api(request), version_id=version_id, **about))


@router.delete(
    "/plans/versions/{version_id}/lines/{part_id}",
    operation_id="drop_plan_line",
    response=PlanVersionOut,
)
def drop_plan_line(request: HttpRequest, version_id: f.Id, part_id: f.Id) -> Any:
    """Take a part out of a draft."""
    return plans.drop_plan_line(act_of_api(request), version_id=version_id, part_id=part_id)


@router.post(
    "/plans/parts/{part_id}/reports", operation_id="report_progress", response={201: ProgressOut}
)
def report_progress(request: HttpRequest, part_id: f.Id, given: ProgressIn) -> Any:
    """Say how far a project has come."""
    made = progress.report_progress(act_of_api(request), part_id=part_id, **given.dict())
    return Status(201, made)


@router.post(
    "/plans/parts/{part_id}/measures", operation_id="measure_indicator", response={201: MeasureOut}
)
def measure_indicator(request: HttpRequest, part_id: f.Id, given: MeasureIn) -> Any:
    """Note what an indicator came to on a day, in whole thousandths."""
    made = progress.measure_indicator(act_of_api(request), part_id=part_id, **given.dict())
    return Status(201, made)


@router.post("/issues/{issue_id}/promotion", operation_id="promote_issue", response=IssueOut)
def promote_issue(request: HttpRequest, issue_id: f.Id, given: PromoteIssueIn) -> Any:
    """Make a project of an issue: one of the plan, or a new one under a task, in its draft."""
    return commands.promote_issue(act_of_api(request), issue_id=issue_id, **given.dict())


@router.put("/meetings/{meeting_id}/order", operation_id="arrange_agenda", response=MeetingOut)
def arrange_agenda(request: HttpRequest, meeting_id: f.Id, given: PlacesIn) -> Any:
    """Put the items in order before the call: 1, 2, 2.1."""
    return items.arrange_agenda(act_of_api(request), meeting_id=meeting_id, places=given.places)


@router.post("/items/{item_id}/withdrawal", operation_id="withdraw_item", response=ItemOut)
def withdraw_item(request: HttpRequest, item_id: f.Id, given: WithdrawItemIn) -> Any:
    """Take an item off the agenda, with the reason."""
    return items.withdraw_item(act_of_api(request), item_id=item_id, **given.dict())


@router.put("/items/{item_id}/minutes", operation_id="write_item_minutes", response=ItemOut)
def write_item_minutes(request: HttpRequest, item_id: f.Id, given: ItemMinutesIn) -> Any:
    """Write what was said on one item."""
    return items.write_item_minutes(act_of_api(request), item_id=item_id, **given.dict())


@router.post("/items/{item_id}/papers", operation_id="add_item_paper", response={201: None})
def add_item_paper(request: HttpRequest, item_id: f.Id, file: File[UploadedFile]) -> Any:
    """Keep a paper with an item."""
    if (file.size or 0) > items.PAPER_BYTES:
        raise items.PaperUnfit(name=file.name, most=items.PAPER_BYTES >> 20)
    items.add_item_paper(
        act_of_api(request), item_id=item_id, name=file.name or "", content=file.read()
    )
    return Status(201, None)


@router.get("/actions", operation_id="actions", response=list[ActionOut])
def list_actions(request: HttpRequest, body_id: f.Id | None = None, state: f.Code = "open") -> Any:
    """What has to be done in a state (`all` for all), the most urgent first; at most 500."""
    state = "" if state == "all" else state
    return list(reads.actions(act_of_api(request), body_id=body_id, state=state)[:PAGE_MAX])


@router.post("/meetings/{meeting_id}/actions", operation_id="add_action", response={201: ActionOut})
def add_action(request: HttpRequest, meeting_id: f.Id, given: ActionIn) -> Any:
    """Give a person or an organisation something to do."""
    return Status(
        201, duties.add_action(act_of_api(request), meeting_id=meeting_id, **given.dict())
    )


@router.post("/actions/{action_id}/finishing", operation_id="finish_action", response=ActionOut)
def finish_action(request: HttpRequest, action_id: f.Id, given: ActionNoteIn) -> Any:
    """It is done; one line says what came of it."""
    return duties.finish_action(act_of_api(request), action_id=action_id, **given.dict())


@router.post(
    "/actions/{action_id}/postponement", operation_id="postpone_action", response=ActionOut
)
def postpone_action(request: HttpRequest, action_id: f.Id, given: ActionPostponedIn) -> Any:
    """It has time until another day, and why."""
    return duties.postpone_action(act_of_api(request), action_id=action_id, **given.dict())


@router.post("/actions/{action_id}/dropping", operation_id="drop_action", response=ActionOut)
def drop_action(request: HttpRequest, action_id: f.Id, given: ActionReasonIn) -> Any:
    """It is not done any more, and why."""
    return duties.drop_action(act_of_api(request), action_id=action_id, **given.dict())

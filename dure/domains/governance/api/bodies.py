"""Bodies, their seats and quotas, and members' records over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from dure.ui import api_fields as f
from dure.ui.api import PAGE_MAX, act_of_api

from .. import commands, queries
from .bodies_schemas import (
    BodyCardOut,
    BodyChangeIn,
    BodyEndIn,
    BodyIn,
    BodyOut,
    CompetenceIn,
    CompetenceOut,
    MemberRecordOut,
    PartEndIn,
    QuotaIn,
    QuotaOut,
    SeatFindingOut,
    SeatIn,
    SeatOut,
    SeatTermEndIn,
    TermIn,
    TermOut,
)

router = Router(tags=["governance"])


@router.get("/bodies", operation_id="bodies", response=list[BodyOut])
def bodies(request: HttpRequest) -> Any:
    """The bodies of the network; at most 500."""
    return list(queries.bodies(act_of_api(request))[:PAGE_MAX])


@router.get("/bodies/{body_id}", operation_id="body", response=BodyCardOut)
def body(request: HttpRequest, body_id: f.Id) -> Any:
    """One body with its seats as of today."""
    return queries.body_card(act_of_api(request), body_id)


@router.post("/bodies", operation_id="add_body", response={201: BodyOut})
def add_body(request: HttpRequest, given: BodyIn) -> Any:
    """Make a body."""
    return Status(201, commands.add_body(act_of_api(request), **given.dict()))


@router.post(
    "/bodies/{body_id}/competences", operation_id="grant_competence", response={201: CompetenceOut}
)
def grant_competence(request: HttpRequest, body_id: f.Id, given: CompetenceIn) -> Any:
    """Let a body decide on a matter; what the law keeps for another body is refused."""
    made = commands.grant_competence(act_of_api(request), body_id=body_id, **given.dict())
    return Status(201, made)


@router.post("/bodies/{body_id}/seats", operation_id="add_seat", response={201: SeatOut})
def add_seat(request: HttpRequest, body_id: f.Id, given: SeatIn) -> Any:
    """Add one seat."""
    return Status(201, commands.add_seat(act_of_api(request), body_id=body_id, **given.dict()))


@router.post("/seats/{seat_id}/terms", operation_id="fill_seat", response={201: TermOut})
def fill_seat(request: HttpRequest, seat_id: f.Id, given: TermIn) -> Any:
    """Elect or appoint somebody to a seat."""
    return Status(201, commands.fill_seat(act_of_api(request), seat_id=seat_id, **given.dict()))


@router.post("/bodies/{body_id}/change", operation_id="change_body", response=BodyOut)
def change_body(request: HttpRequest, body_id: f.Id, given: BodyChangeIn) -> Any:
    """Correct what is said about a body."""
    return commands.change_body(act_of_api(request), body_id=body_id, **given.dict())


@router.post("/bodies/{body_id}/end", operation_id="end_body", response=BodyOut)
def end_body(request: HttpRequest, body_id: f.Id, given: BodyEndIn) -> Any:
    """A body ends."""
    return commands.end_body(act_of_api(request), body_id=body_id, **given.dict())


@router.post(
    "/competences/{competence_id}/end", operation_id="end_competence", response=CompetenceOut
)
def end_competence(request: HttpRequest, competence_id: f.Id, given: PartEndIn) -> Any:
    """A body decides on a matter no more; what the law keeps for it stays."""
    return commands.end_competence(act_of_api(request), competence_id=competence_id, **given.dict())


@router.get(
    "/bodies/{body_id}/findings", operation_id="body_findings", response=list[SeatFindingOut]
)
def body_findings(request: HttpRequest, body_id: f.Id) -> Any:
    """Whether a body sits by the rules today: officers, delegates, quotas."""
    act = act_of_api(request)
    return list(queries.composition_of(act, queries.body_card(act, body_id)).findings)


@router.post("/bodies/{body_id}/quotas", operation_id="lay_down_quota", response={201: QuotaOut})
def lay_down_quota(request: HttpRequest, body_id: f.Id, given: QuotaIn) -> Any:
    """So many, or such a part, of the voting seats are of a group."""
    return Status(
        201, commands.lay_down_quota(act_of_api(request), body_id=body_id, **given.dict())
    )


@router.post("/quotas/{quota_id}/end", operation_id="end_quota", response=QuotaOut)
def end_quota(request: HttpRequest, quota_id: f.Id, given: PartEndIn) -> Any:
    """A quota holds no more from a day on."""
    return commands.end_quota(act_of_api(request), quota_id=quota_id, **given.dict())


@router.post("/seats/{seat_id}/end", operation_id="end_seat", response=SeatOut)
def end_seat(request: HttpRequest, seat_id: f.Id, given: PartEndIn) -> Any:
    """A seat is given up."""
    return commands.end_seat(act_of_api(request), seat_id=seat_id, **given.dict())


@router.post("/terms/{term_id}/end", operation_id="end_term", response=TermOut)
def end_term(request: HttpRequest, term_id: f.Id, given: SeatTermEndIn) -> Any:
    """A term ends earlier than it would, and why."""
    return commands.end_term(act_of_api(request), term_id=term_id, **given.dict())


@router.get("/records/{party_id}", operation_id="member_record", response=MemberRecordOut)
def member_record(request: HttpRequest, party_id: f.Id) -> Any:
    """What somebody did and does in the bodies: whole for itself and the office."""
    return queries.member_record(act_of_api(request), party_id)

"""Who is close to whom, through the API."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status

from dure.ui.api import act_of_api

from .. import commands, queries
from .fields import EndIn, Id, Number

router = Router(tags=["parties"])


class RelationIn(Schema):
    other_id: Number
    kind: Literal["spouse", "parent_child", "sibling", "near_relative", "cohabiting_family"]
    from_date: date | None = None


class RelationOut(Schema):
    id: int
    person_id: int
    other_id: int
    kind: str
    from_date: date
    until_date: date | None


class RelationLineOut(Schema):
    id: int
    other_id: int
    name: str
    kind_label: str
    from_date: date
    until_date: date | None
    own: bool


@router.get(
    "/people/{person_id}/relations", operation_id="relations_of", response=list[RelationLineOut]
)
def relations_of(request: HttpRequest, person_id: Id) -> Any:
    """Who is close to a person: oneself, or for the office."""
    return queries.relations_of(act_of_api(request), person_id)


@router.post(
    "/people/{person_id}/relations", operation_id="declare_relation", response={201: RelationOut}
)
def declare_relation(request: HttpRequest, person_id: Id, given: RelationIn) -> Any:
    """Declare it; from then on neither decides on the other's matters."""
    made = commands.declare_relation(act_of_api(request), person_id=person_id, **given.dict())
    return Status(201, made)


@router.post("/relations/{relation_id}/end", operation_id="end_relation", response=RelationOut)
def end_relation(request: HttpRequest, relation_id: Id, given: EndIn) -> Any:
    """It ends on a day."""
    return commands.end_relation(
        act_of_api(request), relation_id=relation_id, until_date=given.until_date
    )

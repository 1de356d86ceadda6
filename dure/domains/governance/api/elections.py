"""Elections over HTTP: who stands, what the ballots came to; objections, the casting vote."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status

from dure.kernel.refusals import NotFound
from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries
from .schemas import VoteOut

router = Router(tags=["governance"])


class OptionIn(Schema):
    person_id: f.Id | None = None
    text: f.Text = ""
    statement: f.LongText = ""
    has_agreed: bool = False


class OptionOut(Schema):
    id: int
    number: int
    person_id: int | None
    text: str
    statement: str


class BallotLineOut(Schema):
    id: int
    number: int
    person_id: int | None
    name: str
    statement: str


class StoodOut(Schema):
    option: BallotLineOut
    got: int | None
    is_elected: bool
    is_tied: bool


class RoundOut(Schema):
    number: int
    pairs: list[tuple[str, str]]
    exhausted: str
    cut_off: str
    told: str


class ElectionOut(Schema):
    form: str
    places: int
    ballots: int | None
    blank: int | None
    needed: int
    lines: list[StoodOut]
    rounds: list[RoundOut]
    run_off: int | None


class ObjectionIn(Schema):
    party_id: f.Id
    reason: f.Text


class CastingIn(Schema):
    choice: Literal["yes", "no"]


@router.get("/items/{item_id}/options", operation_id="options", response=list[BallotLineOut])
def options(request: HttpRequest, item_id: f.Id) -> Any:
    """Who stands, in the order of the ballot."""
    return queries.options(act_of_api(request), item_id)


@router.post("/items/{item_id}/options", operation_id="add_option", response={201: OptionOut})
def add_option(request: HttpRequest, item_id: f.Id, given: OptionIn) -> Any:
    """Somebody stands for election, or something may be chosen."""
    return Status(201, commands.add_option(act_of_api(request), item_id=item_id, **given.dict()))


@router.post("/options/{option_id}/withdrawal", operation_id="withdraw_option", response=OptionOut)
def withdraw_option(request: HttpRequest, option_id: f.Id) -> Any:
    """Somebody stands no longer; the number is not given again."""
    return commands.withdraw_option(act_of_api(request), option_id=option_id)


@router.get("/votes/{vote_id}/election", operation_id="election", response=ElectionOut)
def election(request: HttpRequest, vote_id: f.Id) -> Any:
    """An election with what it came to, every round of it."""
    found = queries.election_card(queries.vote_row(act_of_api(request), vote_id))
    if found is None:
        raise NotFound
    return found


@router.post("/votes/{vote_id}/objections", operation_id="object_to_vote", response=VoteOut)
def object_to_vote(request: HttpRequest, vote_id: f.Id, given: ObjectionIn) -> Any:
    """A voter objects: the consent is refused, and the item waits for another method."""
    return commands.object_to_vote(act_of_api(request), vote_id=vote_id, **given.dict())


@router.post("/votes/{vote_id}/casting", operation_id="give_casting_vote", response=VoteOut)
def give_casting_vote(request: HttpRequest, vote_id: f.Id, given: CastingIn) -> Any:
    """Whoever leads the meeting decides a tie, where the rules give the casting vote."""
    return commands.give_casting_vote(act_of_api(request), vote_id=vote_id, **given.dict())

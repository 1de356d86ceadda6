"""The ethics code over HTTP: its versions, their making, and the signatures."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.kernel.reads import note_read
from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries
from .conduct import Body

router = Router(tags=["memberships"])
People = Annotated[int, Field(ge=0, le=1_000_000)]
CodeText = Annotated[str, Field(max_length=20_000), f.Storable]
PAGE_MAX = 500


class DraftingIn(Schema):
    title: f.Text
    about: f.LongText = ""
    started_date: f.Day | None = None


class StageIn(Schema):
    """`people`: who came, or answered; `asked` and `in_favour` of a survey, `groups` of a hearing."""

    kind: Literal["workshop", "survey", "hearing"]
    on_date: f.Day
    topic: f.Text
    people: People = 0
    asked: People | None = None
    in_favour: People | None = None
    groups: f.Text = ""
    notes: f.LongText = ""


class GivenUpIn(Schema):
    reason: f.Text


class CodeIn(Schema):
    title: f.Text
    text: CodeText
    body: Body
    adopted_date: f.Day
    minutes: f.Text
    from_date: f.Day | None = None
    drafting_id: f.Id | None = None


class CodeSignatureIn(Schema):
    membership_id: f.Id
    name: f.Text
    on_paper: bool = False


class StageOut(Schema):
    kind: str
    on_date: date
    topic: str
    people: int
    asked: int | None
    in_favour: int | None
    groups: str
    notes: str


class DraftingOut(Schema):
    """`version`: what came of it, if anything yet."""

    id: int
    title: str
    about: str
    started_date: date
    ended_date: date | None
    version: int | None
    stages: list[StageOut]


class CodeOut(Schema):
    """`until_date`: when the next version begins."""

    id: int
    version: int
    title: str
    text: str
    from_date: date
    until_date: date | None
    adopted_date: date
    adopted_by: str
    minutes: str
    drafting_id: int | None


class SignedOut(Schema):
    membership_id: int
    version: int
    signed_date: date
    on_paper: bool


class SignerOut(Schema):
    membership_id: int
    number: int
    name: str
    has_signed: bool


@router.get("/ethics", operation_id="ethics_codes", response=list[CodeOut], auth=None)
def ethics_codes(request: HttpRequest) -> Any:
    """All versions of the code, the newest first."""
    return queries.code_versions()


@router.post("/ethics", operation_id="adopt_ethics_code", response={201: CodeOut})
def adopt_ethics_code(request: HttpRequest, given: CodeIn) -> Any:
    """Put a version in force; with `drafting_id` the stages that the rules ask for must be noted."""
    made = commands.adopt_ethics_code(act_of_api(request), **given.dict())
    return Status(201, queries.code_card(made.version))


@router.post("/ethics/makings", operation_id="start_code_drafting", response={201: DraftingOut})
def start_code_drafting(request: HttpRequest, given: DraftingIn) -> Any:
    """Begin to make a code, or a new version."""
    act = act_of_api(request)
    made = commands.start_code_drafting(act, **given.dict())
    return Status(201, queries.code_drafting(act, made.pk))


@router.get(
    "/ethics/makings/{drafting_id}", operation_id="code_drafting", response=DraftingOut, auth=None
)
def code_drafting(request: HttpRequest, drafting_id: f.Id) -> Any:
    """How a code is being made, or was."""
    return queries.code_drafting(act_of_api(request), drafting_id)


@router.post(
    "/ethics/makings/{drafting_id}/stages",
    operation_id="note_drafting_stage",
    response={201: DraftingOut},
)
def note_drafting_stage(request: HttpRequest, drafting_id: f.Id, given: StageIn) -> Any:
    """Note a workshop, a survey or a hearing."""
    act = act_of_api(request)
    commands.note_drafting_stage(act, drafting_id=drafting_id, **given.dict())
    return Status(201, queries.code_drafting(act, drafting_id))


@router.post(
    "/ethics/makings/{drafting_id}/end", operation_id="end_code_drafting", response=DraftingOut
)
def end_code_drafting(request: HttpRequest, drafting_id: f.Id, given: GivenUpIn) -> Any:
    """Give up the making of a code."""
    act = act_of_api(request)
    commands.end_code_drafting(act, drafting_id=drafting_id, **given.dict())
    return queries.code_drafting(act, drafting_id)


@router.get("/ethics/signatures", operation_id="code_signatures", response=list[SignerOut])
def code_signatures(
    request: HttpRequest,
    signed: Literal["", "yes", "no"] = "",
    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0,
) -> Any:
    """Who has signed the version in force and who has not, by member number; 500 at a time."""
    act = act_of_api(request)
    code = queries.code_in_force(act.today)
    rows = queries.code_signatures(act, code, act.today, signed=signed)[offset : offset + PAGE_MAX]
    found = [
        {
            "membership_id": one.pk,
            "number": one.number,
            "name": one.party.name,
            "has_signed": one.has_signed,
        }
        for one in rows
    ]
    note_read(act, None, "memberships.code_signatures", len(found))
    return found


@router.post("/ethics/signatures", operation_id="sign_ethics_code", response={201: SignedOut})
def sign_ethics_code(request: HttpRequest, given: CodeSignatureIn) -> Any:
    """Sign the version in force: the member itself, or the office what came on paper."""
    made = commands.sign_ethics_code(act_of_api(request), **given.dict())
    return Status(
        201,
        {
            "membership_id": made.membership_id,
            "version": made.code.version,
            "signed_date": made.signed_date,
            "on_paper": made.on_paper,
        },
    )


@router.post("/ethics/signatures/ask", operation_id="ask_code_signatures", response=f.CountOut)
def ask_code_signatures(request: HttpRequest) -> Any:
    """Ask all who have not signed, by letter; how many."""
    return {"count": commands.ask_code_signatures(act_of_api(request))}

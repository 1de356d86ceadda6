"""What goes in and comes out of the API about bodies, meetings and votes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from dure.ui import api_fields as f

Way = Literal["post", "mail", "message", "in_hand"]
Hands = Annotated[int, Field(ge=0, le=1_000_000)]
Number = Annotated[int, Field(ge=1, le=99)]
Marks = Annotated[dict[Number, Annotated[int, Field(ge=0, le=99)]], Field(max_length=99)]


class MeetingIn(Schema):
    title: f.Text
    starts_at: AwareDatetime
    place: f.Text = ""
    link: f.Text = ""


class MeetingOut(Schema):
    id: int
    body_id: int
    title: str
    starts_at: datetime
    place: str
    state: str


class QuorumOut(Schema):
    present: int
    needed: int
    whole: int
    margin: int
    met: bool


class ItemOut(Schema):
    id: int
    number: int
    title: str
    effect: str
    was_told: bool


class MeetingCardOut(MeetingOut):
    quorum: QuorumOut
    items: list[ItemOut]
    told: int
    told_late: int
    tell_by: date


class ItemIn(Schema):
    title: f.Text
    matter: f.Code = "business"
    text: f.LongText = ""
    effect: f.Text = ""
    effect_data: dict[f.Code, f.LongText | int | None] = {}


class NoticesIn(Schema):
    way: Way
    told_date: f.Day
    party_ids: list[f.Id] = []


class VoteIn(Schema):
    method: Literal["hands", "named", "secret", "consent"]
    question: f.Text = ""
    teller_ids: list[f.Id] = []
    form: Literal["motion", "choice", "ranked", "score"] = "motion"
    places: Annotated[int, Field(ge=1, le=99)] | None = None
    run_off_of_id: f.Id | None = None


class VoteOut(Schema):
    id: int
    item_id: int
    question: str
    method: str
    form: str
    places: int
    state: str
    present: int | None
    yes: int | None
    no: int | None
    abstain: int | None
    passed: bool | None
    findings: list[dict[str, Any]]


class CastIn(Schema):
    """Yes, no, abstain; in an election the marks, by the numbers on the ballot."""

    choice: Literal["yes", "no", "abstain", ""] = ""
    marks: Marks = {}


class WrittenVoteIn(CastIn):
    party_id: f.Id
    paper: f.Text


class WrittenVoteOut(Schema):
    id: int
    item_id: int
    party_id: int
    choice: str
    paper: str
    withdrawn_at: datetime | None


class CastOut(Schema):
    id: int
    party_id: int
    choice: str


class BallotIn(CastIn):
    receipt: Annotated[str, Field(min_length=12, max_length=40), f.Storable]


class BallotOut(Schema):
    vote_id: int


class HandsIn(Schema):
    yes: Hands = 0
    no: Hands = 0
    abstain: Hands = 0
    tally: Annotated[dict[Number, Hands], Field(max_length=99)] = {}


class HandsOut(Schema):
    id: int
    yes: int
    no: int
    abstain: int


class CloseIn(Schema):
    carries_out: bool = True


class ResolutionOut(Schema):
    id: int
    number: str
    meeting_id: int
    adopted: bool
    decided_date: date
    done: str
    done_text: str
    approval_date: date | None
    voided_date: date | None
    void_reason: str
    undone_text: str


class OpeningIn(Schema):
    chair_id: f.Id | None = None
    chair_reason: Literal["", "deputy", "eldest", "elected"] = ""


class PresenceIn(Schema):
    party_id: f.Id
    person_id: f.Id | None = None
    code: f.Text = ""


class PresenceOut(Schema):
    party_id: int
    person_id: int
    way: str
    from_at: datetime
    until_at: datetime | None


class AgainIn(Schema):
    starts_at: AwareDatetime
    place: f.Text = ""
    link: f.Text = ""


class ProxyIn(Schema):
    party_id: f.Id
    person_id: f.Id
    paper: f.Text
    is_family: bool = False


class ProxyOut(Schema):
    id: int
    party_id: int
    person_id: int
    paper: str
    is_family: bool
    withdrawn_at: datetime | None

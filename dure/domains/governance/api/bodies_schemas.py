"""What goes in and comes out of the API about bodies, seats and records."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from dure.ui import api_fields as f

Kind = Literal[
    "general_meeting", "delegates_meeting", "board", "steering_committee", "executive", "chairs",
    "auditors", "qualification_committee", "committee", "special_committee", "section",
    "round_table", "public_private",
]  # fmt: skip
SeatKind = Literal["elected", "appointed", "ex_officio", "by_organisation", "in_turn"]
Because = Literal["resigned", "removed", "died", "ineligible", "other"]
Groups = Annotated[list[Annotated[str, Field(max_length=40), f.Storable]], Field(max_length=8)]
Small = Annotated[int, Field(ge=0, le=30_000)]
Months = Annotated[int, Field(ge=1, le=1_200)]


class BodyIn(Schema):
    name: f.Text
    kind: Kind
    purpose: f.LongText = ""
    convenor_id: f.Id | None = None
    from_date: f.Day | None = None
    until_date: f.Day | None = None
    ends_when: f.Text = ""
    decided_by: f.Text = ""


class BodyOut(Schema):
    id: int
    name: str
    kind: str
    from_date: date
    until_date: date | None


class SittingOut(Schema):
    seat_id: int
    title: str
    kind: str
    is_chair: bool
    may_vote: bool
    party_id: int | None
    person_id: int | None
    name: str
    until_date: date | None
    term_id: int | None
    deputy: str
    groups: list[str]
    vacant_since: date | None
    next_name: str


class MatterOut(Schema):
    id: int
    label: str
    article: str


class BodyCardOut(BodyOut):
    voters: int
    sittings: list[SittingOut]
    matters: list[MatterOut]


class BodyChangeIn(Schema):
    name: f.Text
    purpose: f.LongText = ""
    convenor_id: f.Id | None = None
    ends_when: f.Text = ""


class BodyEndIn(Schema):
    until_date: f.Day
    decided_by: f.Text = ""


class PartEndIn(Schema):
    """When a seat, a competence or a quota ends."""

    until_date: f.Day


class SeatTermEndIn(PartEndIn):
    because: Because = "other"
    ended_by: f.Text = ""


class QuotaIn(Schema):
    group: Annotated[str, Field(max_length=40), f.Storable]
    article: Annotated[str, Field(max_length=120), f.Storable]
    comparison: Literal["at_least", "at_most"] = "at_least"
    count: Small | None = None
    numerator: Small | None = None
    denominator: Small | None = None
    is_binding: bool = True
    from_date: f.Day | None = None


class QuotaOut(Schema):
    id: int
    group: str
    article: str
    until_date: date | None


class SeatFindingOut(Schema):
    label: str
    citation: str
    required_shown: str
    actual_shown: str
    passed: bool


class SeatHeldOut(Schema):
    body_id: int
    body: str
    title: str
    from_date: date
    until_date: date | None
    ended: str


class CameOut(Schema):
    meeting_id: int
    title: str
    day: date
    came: bool


class SaidOut(Schema):
    vote_id: int
    question: str
    day: date
    choice_label: str


class MemberRecordOut(Schema):
    party_id: int
    name: str
    is_whole: bool
    seats: list[SeatHeldOut]
    past: list[SeatHeldOut]
    said: list[SaidOut]
    came: list[CameOut]


class CompetenceIn(Schema):
    matter: f.Code
    article: f.Text = ""
    from_date: f.Day | None = None


class CompetenceOut(Schema):
    id: int
    matter: str
    article: str


class SeatIn(Schema):
    kind: SeatKind
    title: f.Text = ""
    is_chair: bool = False
    may_vote: bool = True
    organisation_id: f.Id | None = None
    office: f.Code = ""
    follows_id: f.Id | None = None
    organisation_ids: Annotated[list[f.Id], Field(max_length=100)] = []
    turn_months: Months | None = None
    groups: Groups = []
    from_date: f.Day | None = None


class SeatOut(Schema):
    id: int
    kind: str
    title: str


class TermIn(Schema):
    person_id: f.Id
    from_date: f.Day
    until_date: f.Day | None = None
    decided_by: f.Text = ""
    groups: Groups = []


class TermOut(Schema):
    id: int
    seat_id: int
    from_date: date
    until_date: date | None

"""Shapes of minutes, validity records, figures and disclosure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

from dure.ui import api_fields as f


class MinutesIn(Schema):
    text: Annotated[str, Field(max_length=50_000), f.Storable] = ""


class MinutesOut(Schema):
    id: int
    meeting_id: int
    digest: str
    locked_at: datetime | None


class MinutesCommentIn(Schema):
    party_id: f.Id
    text: f.LongText


class MinutesCommentOut(Schema):
    id: int
    number: int
    party_id: int
    text: str
    said_at: datetime


class MinutesCommentLine(Schema):
    name: str
    number: int
    text: str
    said_at: datetime


class MinutesSignatureLine(Schema):
    name: str
    is_chair: bool
    signed_at: datetime
    holds: bool
    on_paper: bool
    digest: str


class MinutesDraftOut(Schema):
    text: str
    number: int
    digest: str
    chair: str
    present: int
    comments_until: date | None
    locked_at: datetime | None
    comments: list[MinutesCommentLine]
    signatures: list[MinutesSignatureLine]
    missing: list[str]


class CheckOut(Schema):
    what: str
    label: str
    found: str
    expected: str
    passed: bool


class ValidityOut(Schema):
    sound: bool
    told_in_time: int
    proxies: int
    elected: list[str]
    checks: list[CheckOut]


class SignatureIn(Schema):
    person_id: f.Id | None = None


class SignatureOut(Schema):
    id: int
    is_chair: bool
    digest: str
    signed_at: datetime


class FiguresOut(Schema):
    held: int
    failed: int
    came: int
    voters: int
    adopted: int
    rejected: int
    days_ahead: int | None
    elections: int
    ballots: int
    rolls: int


class BodyFiguresOut(Schema):
    body_id: int
    name: str
    kind: str
    figures: FiguresOut


class ComparedOut(Schema):
    """Shares as exact fractions in text: 3/4; percentages are of one hundred."""

    key: str
    label: str
    unit: str
    ours: str | None
    wide: str
    local: str

    @staticmethod
    def resolve_ours(one: object) -> str | None:
        ours = getattr(one, "ours", None)
        return None if ours is None else str(ours)

    @staticmethod
    def resolve_wide(one: object) -> str:
        return str(one.wide)  # type: ignore[attr-defined]

    @staticmethod
    def resolve_local(one: object) -> str:
        return str(one.local)  # type: ignore[attr-defined]


class YearOfMeetingsOut(Schema):
    year: int
    years: list[int]
    bodies: list[BodyFiguresOut]
    all_of_them: FiguresOut
    compared: list[ComparedOut]


class ItemDoneOut(Schema):
    number: int
    title: str
    result: str


class MeetingHeldOut(Schema):
    id: int
    kind: str
    body: str
    title: str
    starts_at: datetime
    place: str
    called: int
    attended: int
    items: list[ItemDoneOut]


class TemplateIn(Schema):
    text: Annotated[str, Field(max_length=60_000), f.Storable] = ""


class TemplateOut(Schema):
    id: int
    name: str
    text: str
    laid_at: datetime

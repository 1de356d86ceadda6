"""Duties and benefits over HTTP: of a class, and as they hold for one member."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries

router = Router(tags=["memberships"])


class ClassTermIn(Schema):
    kind: Literal["duty", "benefit"]
    text: f.LongText
    article: f.Text
    from_date: f.Day
    use: f.Code = ""
    rests: bool = True


class TermEndIn(Schema):
    until_date: f.Day


class ClassTermOut(Schema):
    """`until_date` is exclusive; `rests`: while a membership is suspended."""

    id: int
    kind: str
    use: str
    text: str
    article: str
    rests: bool
    from_date: date
    until_date: date | None


class HeldTermOut(Schema):
    use: str
    text: str
    article: str
    rests_until: date | None = None


class StandingOut(Schema):
    """`suspended_until` is exclusive; `vote_rests` is never so in co-operatives."""

    duties: list[HeldTermOut]
    benefits: list[HeldTermOut]
    suspended_until: date | None
    vote_rests: bool
    warnings: int


@router.get(
    "/classes/{code}/terms", operation_id="class_terms", response=list[ClassTermOut], auth=None
)
def class_terms(request: HttpRequest, code: f.Code) -> Any:
    """All duties and benefits of a class, ever; duties first. At most 500."""
    return list(queries.class_terms(code)[:500])


@router.post(
    "/classes/{code}/terms", operation_id="lay_down_class_term", response={201: ClassTermOut}
)
def lay_down_class_term(request: HttpRequest, code: f.Code, given: ClassTermIn) -> Any:
    """Members of a class have a duty or a benefit from a day on."""
    made = commands.lay_down_class_term(act_of_api(request), member_class=code, **given.dict())
    return Status(201, made)


@router.post("/classes/terms/{term_id}/end", operation_id="end_class_term", response=ClassTermOut)
def end_class_term(request: HttpRequest, term_id: f.Id, given: TermEndIn) -> Any:
    """A duty or benefit holds until a day, exclusive."""
    return commands.end_class_term(act_of_api(request), term_id=term_id, **given.dict())


@router.get(
    "/members/{membership_id}/standing", operation_id="member_standing", response=StandingOut
)
def member_standing(request: HttpRequest, membership_id: f.Id, on: f.Day | None = None) -> Any:
    """Duties, benefits, what rests and until when, on a day (today, without one)."""
    act = act_of_api(request)
    queries.member_card(act, membership_id)
    found = queries.standing_of(membership_id, on or act.today)
    return {
        "duties": found.duties,
        "benefits": [
            {
                "use": one.term.use,
                "text": one.term.text,
                "article": one.term.article,
                "rests_until": one.rests_until,
            }
            for one in found.benefits
        ],
        "suspended_until": found.suspension.until_date if found.suspension else None,
        "vote_rests": found.vote_rests,
        "warnings": found.warnings,
    }

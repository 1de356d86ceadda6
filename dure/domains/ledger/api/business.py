"""The part of the main business, quarter by quarter."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field

from dure.kernel.money import WON_MAX
from dure.ui.api import act_of_api

from .. import commands, policies, queries
from .root import router
from .schemas import Day, Name, Words

Count = Annotated[int, Field(ge=0, le=WON_MAX)]


class MainBusinessIn(Schema):
    from_date: Day
    article: Words
    decided_by: Words
    funds: list[Name] = []
    accounts: list[Name] = []


class MainBusinessFigureIn(Schema):
    quarter: Day
    measure: Name
    main: Count
    whole: Count
    source: Words


class QuarterOut(Schema):
    from_date: date
    until_date: date
    measure: str
    main: int
    whole: int
    source: str
    is_short: bool
    runs: bool


@router.get("/main-business", operation_id="main_business", response=list[QuarterOut])
def main_business(request: HttpRequest) -> Any:
    """Each quarter by the chosen measure, the latest first."""
    act = act_of_api(request)
    policies.can_read_books(act).enforce()
    return queries.main_business(act.today)


@router.post(
    "/main-business", operation_id="lay_down_main_business", response={201: list[QuarterOut]}
)
def lay_down_main_business(request: HttpRequest, given: MainBusinessIn) -> Any:
    """Say which funds and expense accounts are main business from a day on."""
    act = act_of_api(request)
    commands.lay_down_main_business(act, **given.dict())
    return Status(201, queries.main_business(act.today))


@router.post(
    "/main-business/figures",
    operation_id="note_main_business_figure",
    response={201: list[QuarterOut]},
)
def note_main_business_figure(request: HttpRequest, given: MainBusinessFigureIn) -> Any:
    """Note a quarter by a measure that the books do not know."""
    act = act_of_api(request)
    commands.note_main_business_figure(act, **given.dict())
    return Status(201, queries.main_business(act.today))

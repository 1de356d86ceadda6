"""The reserve over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries

router = Router(tags=["mutual_aid"])
Whole = Annotated[int, Field(ge=1, le=1_000_000_000)]
Part = Annotated[int, Field(ge=0, le=1_000_000_000)]
Interest = Annotated[int, Field(ge=0, le=1_000_000_000_000)]


class AidRatio(Schema):
    """An exact share: 3 % a year is 3 of 100."""

    numerator: Part
    denominator: Whole


class PlacementIn(Schema):
    fund: f.Code = "mutual_aid"
    institution: f.Text
    kind: f.Code
    won: f.Won
    rate: AidRatio
    opened_date: f.Day | None = None
    matures_date: f.Day
    decided_by: f.Text


class EndPlacementIn(Schema):
    interest_won: Interest = 0
    ended_date: f.Day | None = None


class RenewPlacementIn(EndPlacementIn):
    won: f.Won | None = None
    rate: AidRatio
    matures_date: f.Day
    decided_by: f.Text


class PlacementOut(Schema):
    id: int
    fund: str
    institution: str
    kind: str
    won: int
    rate: AidRatio
    opened_date: date
    matures_date: date
    decided_by: str
    end: str
    ended_date: date | None
    interest_won: int
    is_due: bool


class RungOut(Schema):
    before: date | None
    won: int
    count: int


class InstitutionOut(Schema):
    name: str
    won: int
    deposits_won: int
    is_insured: bool


class ReserveOut(Schema):
    on: date
    reserve_won: int
    at_hand_won: int
    placed_won: int
    ladder: list[RungOut]
    institutions: list[InstitutionOut]


def _out(one: queries.PlacementCard) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in PlacementOut.model_fields}
    rate = {"numerator": one.rate.numerator, "denominator": one.rate.denominator}
    return {**told, "rate": rate}


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "rate": (values["rate"]["numerator"], values["rate"]["denominator"])}


@router.get("/reserve", operation_id="aid_reserve", response=ReserveOut)
def aid_reserve(request: HttpRequest, fund: f.Code = "") -> Any:
    """The reserve, of the network or of a fund run for others: at hand, placed, when it comes back, and
    with whom it stands."""
    view = queries.reserve_view(act_of_api(request), fund)
    told = {
        name: getattr(view, name) for name in ("on", "reserve_won", "at_hand_won", "placed_won")
    }
    return {
        **told,
        "ladder": list(view.ladder),
        "institutions": [
            {
                "name": one.name, "won": one.won, "deposits_won": one.deposits_won,
                "is_insured": one.insured is None or one.insured.passed,
            }
            for one in view.institutions
        ],
    }  # fmt: skip


@router.get("/reserve/placements", operation_id="aid_placements", response=list[PlacementOut])
def aid_placements(request: HttpRequest, fund: f.Code = "") -> Any:
    """Every deposit and bond ever, of the network or of a fund run for others."""
    return [_out(one) for one in queries.placements(act_of_api(request), fund)]


@router.post("/reserve/placements", operation_id="place_reserve", response={201: PlacementOut})
def place_reserve(request: HttpRequest, given: PlacementIn) -> Any:
    """Place a part of the reserve: deposits and public bonds only."""
    act = act_of_api(request)
    made = commands.place_reserve(act, **_given(given.dict()))
    return Status(201, _out(queries.placement(act, made.pk)))


@router.post(
    "/reserve/placements/{placement_id}/end", operation_id="end_placement", response=PlacementOut
)
def end_placement(request: HttpRequest, placement_id: f.Id, given: EndPlacementIn) -> Any:
    """Money comes back: matured, or withdrawn before its day."""
    act = act_of_api(request)
    commands.end_placement(act, placement_id=placement_id, **given.dict())
    return _out(queries.placement(act, placement_id))


@router.post(
    "/reserve/placements/{placement_id}/renew",
    operation_id="renew_placement",
    response={201: PlacementOut},
)
def renew_placement(request: HttpRequest, placement_id: f.Id, given: RenewPlacementIn) -> Any:
    """Renew what is due, with the same sum or another."""
    act = act_of_api(request)
    made = commands.renew_placement(act, placement_id=placement_id, **_given(given.dict()))
    return Status(201, _out(queries.placement(act, made.pk)))

"""How long mutual aid lasts, over HTTP."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import queries
from .reserve import AidRatio

router = Router(tags=["mutual_aid"])


class AidYearOut(Schema):
    year: int
    contributions_won: int
    benefits_won: int
    refunds_won: int


class ExpectedClaimsOut(Schema):
    """How often by the record, how often as reckoned, how much each, how much in a year."""

    event: str
    granted: int
    often: AidRatio
    times: AidRatio
    each: AidRatio
    won: int


class SolvencyCaseOut(Schema):
    """`used_up_in`: the year in which the money is used up; null: never."""

    key: str
    free_won: int
    contributions_won: int
    expected_won: int
    yearly_won: int
    cover_tenths: int | None
    used_up_in: int | None
    ahead_won: list[int]


class SolvencyOut(Schema):
    """`events`: null for who does not see the claims of all."""

    on: date
    since: date
    person_days: int
    members: int
    at_hand_won: int
    placed_won: int
    owed_won: int
    promised_won: int
    refunds_won: int
    free_won: int
    years: list[AidYearOut]
    events: list[ExpectedClaimsOut] | None
    cases: list[SolvencyCaseOut]


def _ratio(found: Fraction) -> dict[str, int]:
    return {"numerator": found.numerator, "denominator": found.denominator}


@router.get("/reserve/solvency", operation_id="aid_solvency", response=SolvencyOut)
def aid_solvency(request: HttpRequest, fund: f.Code = "") -> Any:
    """Contributions, aid, reserve, claims to be expected, and how long the reserve lasts."""
    view = queries.solvency(act_of_api(request), fund)
    names = ("on", "since", "person_days", "at_hand_won", "placed_won", "years")
    at = view.standing
    return {
        **{name: getattr(view, name) for name in names},
        **{name: getattr(at, name) for name in ("members", "owed_won", "promised_won", "refunds_won", "free_won")},
        "events": view.events and [
            {
                "event": one.event, "granted": one.granted, "often": _ratio(one.often),
                "times": _ratio(one.times), "each": _ratio(one.each_won), "won": one.won,
            }
            for one in view.events
        ],
        "cases": [
            {
                **{name: getattr(one, name) for name in SolvencyCaseOut.model_fields if name != "ahead_won"},
                "ahead_won": list(one.ahead()),
            }
            for one in view.cases
        ],
    }  # fmt: skip

"""What mutual trade has done, and who stands alone, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from dure.ui.api import act_of_api

from .. import queries
from .clearing import ClearingRowOut

router = Router(tags=["trade"])


class FundMonthOut(Schema):
    month: str
    won: int

    @staticmethod
    def resolve_month(one: Any) -> str:
        return str(one.month)


class TradeFiguresOut(Schema):
    saved_won: int
    rounds: list[ClearingRowOut]
    fund: list[FundMonthOut]


class TradeVisitOut(Schema):
    party_id: int
    name: str
    section: str
    reason: str
    reason_label: str
    partners: int
    before_won: int
    after_won: int
    last_date: date | None


@router.get("/figures", operation_id="trade_figures", response=TradeFiguresOut)
def trade_figures(request: HttpRequest) -> Any:
    """Cash saved by clearing, and the cooperative fund month by month."""
    return queries.trade_figures(act_of_api(request))


@router.get("/visits", operation_id="members_to_visit", response=list[TradeVisitOut])
def members_to_visit(request: HttpRequest) -> Any:
    """Who stands alone in mutual trade, and why to visit."""
    return queries.members_to_visit(act_of_api(request))

"""Rounds of clearing over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from dure.kernel.money import WON_MAX
from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries
from .bars import ClearingBarOut
from .pools import PoolOut, PoolPartOut

router = Router(tags=["trade"])


class ClearingIn(Schema):
    cut_off_date: f.Day | None = None
    with_pool: bool = False


class ClearingAgreeIn(Schema):
    """`borrows_won`: up to how much the member agrees to owe the pool; 0: set-off only."""

    on_paper: f.Text = ""
    borrows_won: int = Field(0, ge=0, le=WON_MAX)


class ClearingExcludeIn(f.ReasonIn):
    ground: f.Code


class ClearingRowOut(Schema):
    id: int
    cut_off_date: date
    state: str
    owed_won: int
    most_won: int
    agreed_won: int
    ceiling_won: int
    settled_date: date | None
    undone_date: date | None
    has_pool: bool
    alone_won: int
    most_lent_won: int
    agreed_lent_won: int


class ClearingPartyOut(Schema):
    party_id: int
    name: str
    state: str
    owes_won: int
    owed_won: int
    most_won: int
    agreed_won: int
    ground: str
    reason: str
    borrows_won: int
    most_lent_won: int
    most_paid_won: int
    agreed_lent_won: int
    agreed_paid_won: int


class PoolDebtorOut(Schema):
    name: str
    won: int


class ClearingOut(Schema):
    row: ClearingRowOut
    reckoned_at: datetime
    end_reason: str
    asked: int
    agreed: int
    mine: list[ClearingPartyOut]
    parties: list[ClearingPartyOut]
    pool: PoolOut | None
    pool_debtors: list[PoolDebtorOut]
    pool_parts: list[PoolPartOut]
    flags: list[ClearingBarOut]


class SetOffLineOut(Schema):
    deal_id: int
    with_name: str
    what: str
    tax_number: str
    due_date: date
    won: int
    set_off_won: int


class SetOffStatementOut(Schema):
    round_id: int
    party_id: int
    name: str
    cut_off_date: date
    settled_date: date
    debts: list[SetOffLineOut]
    claims: list[SetOffLineOut]
    lent_won: int
    paid_won: int
    repay_date: date | None
    undone_date: date | None
    undone_reason: str


class ClearingFilesOut(Schema):
    """The proof as `verify-clearing` reads it: the text of the certificate, the CSV of set-offs."""

    certificate: str
    set_off: str


@router.get("/clearings", operation_id="clearings", response=list[ClearingRowOut])
def clearings(request: HttpRequest) -> Any:
    """All rounds, the newest first."""
    return queries.clearings(act_of_api(request))


@router.post("/clearings", operation_id="open_clearing", response={201: ClearingOut})
def open_clearing(request: HttpRequest, given: ClearingIn) -> Any:
    """Reckon a dry run over what is due and ask the members."""
    act = act_of_api(request)
    made = commands.open_clearing(act, **given.dict())
    return Status(201, queries.clearing(act, made.pk))


@router.get("/clearings/{round_id}", operation_id="clearing", response=ClearingOut)
def clearing(request: HttpRequest, round_id: f.Id) -> Any:
    """A round: one's own part, and for the office the parts of all."""
    return queries.clearing(act_of_api(request), round_id)


@router.post(
    "/clearings/{round_id}/members/{party_id}/agree",
    operation_id="agree_to_clearing",
    response=ClearingOut,
)
def agree_to_clearing(
    request: HttpRequest, round_id: f.Id, party_id: f.Id, given: ClearingAgreeIn
) -> Any:
    """Take part, for a member."""
    act = act_of_api(request)
    commands.agree_to_clearing(act, round_id=round_id, party_id=party_id, **given.dict())
    return queries.clearing(act, round_id)


@router.post(
    "/clearings/{round_id}/members/{party_id}/withdraw",
    operation_id="withdraw_from_clearing",
    response=ClearingOut,
)
def withdraw_from_clearing(
    request: HttpRequest, round_id: f.Id, party_id: f.Id, given: f.ReasonIn
) -> Any:
    """Take no part, or no longer."""
    act = act_of_api(request)
    commands.withdraw_from_clearing(act, round_id=round_id, party_id=party_id, **given.dict())
    return queries.clearing(act, round_id)


@router.post(
    "/clearings/{round_id}/members/{party_id}/exclude",
    operation_id="exclude_from_clearing",
    response=ClearingOut,
)
def exclude_from_clearing(
    request: HttpRequest, round_id: f.Id, party_id: f.Id, given: ClearingExcludeIn
) -> Any:
    """Leave a member out: seizure, insolvency, other."""
    act = act_of_api(request)
    commands.exclude_from_clearing(act, round_id=round_id, party_id=party_id, **given.dict())
    return queries.clearing(act, round_id)


@router.post("/clearings/{round_id}/settle", operation_id="settle_clearing", response=ClearingOut)
def settle_clearing(request: HttpRequest, round_id: f.Id) -> Any:
    """Set off what those who agreed owe each other."""
    act = act_of_api(request)
    commands.settle_clearing(act, round_id=round_id)
    return queries.clearing(act, round_id)


@router.post("/clearings/{round_id}/undo", operation_id="undo_clearing", response=ClearingOut)
def undo_clearing(request: HttpRequest, round_id: f.Id, given: f.ReasonIn) -> Any:
    """Undo a settled round that was a mistake."""
    act = act_of_api(request)
    commands.undo_clearing(act, round_id=round_id, **given.dict())
    return queries.clearing(act, round_id)


@router.post("/clearings/{round_id}/give-up", operation_id="give_up_clearing", response=ClearingOut)
def give_up_clearing(request: HttpRequest, round_id: f.Id, given: f.ReasonIn) -> Any:
    """End a round without setting anything off."""
    act = act_of_api(request)
    commands.give_up_clearing(act, round_id=round_id, **given.dict())
    return queries.clearing(act, round_id)


@router.get(
    "/clearings/{round_id}/members/{party_id}/statement",
    operation_id="set_off_statement",
    response=SetOffStatementOut,
)
def set_off_statement(request: HttpRequest, round_id: f.Id, party_id: f.Id) -> Any:
    """What was set off for a member, by invoice."""
    return queries.set_off_of(act_of_api(request), round_id, party_id)


@router.get("/clearings/{round_id}/files", operation_id="clearing_files", response=ClearingFilesOut)
def clearing_files(request: HttpRequest, round_id: f.Id) -> Any:
    """The proof of a settled round."""
    return queries.clearing_files(act_of_api(request), round_id)

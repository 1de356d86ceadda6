"""Self-help funds of others over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from . import commands, queries

router = Router(tags=["self_help"])
Part = Annotated[int, Field(ge=0, le=1_000_000_000)]
Whole = Annotated[int, Field(ge=1, le=1_000_000_000)]
Amount = Annotated[int, Field(ge=1, le=1_000_000_000_000_000)]


class FeeShareIn(Schema):
    numerator: Part = 0
    denominator: Whole = 1


class FundMandateIn(Schema):
    contract: f.Text
    from_date: f.Day
    fee_of: Literal["nothing", "period", "balance", "income"] = "nothing"
    fee_won: f.Won = 0
    fee_share: FeeShareIn = FeeShareIn()
    fee_months: Literal[1, 3, 12] = 1

    def given(self) -> dict[str, Any]:
        share = self.fee_share
        return {**self.dict(), "fee_share": (share.numerator, share.denominator)}


class SelfHelpFundIn(FundMandateIn):
    code: f.Code
    name: f.Text
    association_id: f.Id
    legal_form: Annotated[str, Field(max_length=30)]


class CommissionDueOut(Schema):
    month: str
    from_date: date
    until_date: date
    lent_won: int
    income_won: int
    won: int


class SelfHelpFundOut(Schema):
    id: int
    code: str
    name: str
    association_id: int
    association: str
    taken_on_date: date
    participants: int
    capital_won: int
    money_won: int
    aid_code: str
    aid_money_won: int
    left_won: int
    late_won: int
    due: list[CommissionDueOut]


class ParticipantIn(Schema):
    party_id: f.Id
    joined_date: f.Day | None = None


class ParticipantOut(Schema):
    id: int
    party_id: int
    name: str
    joined_date: date
    left_date: date | None
    won: int


class ContributionIn(Schema):
    won: Amount
    paid_date: f.Day | None = None


class EndParticipationIn(Schema):
    left_date: f.Day | None = None


class ChargeIn(Schema):
    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class ChargeAllIn(Schema):
    fund_id: f.Id | None = None


class FeeDueOut(Schema):
    """`is_paid`: whether the money of the fund suffices."""

    fund_id: int
    fund: str
    from_date: date
    until_date: date
    won: int
    is_paid: bool


class MoneyLineOut(Schema):
    name: str
    in_won: int
    out_won: int


class MoneyMovedOut(Schema):
    from_date: date
    until_date: date
    opening_won: int
    in_won: int
    out_won: int
    closing_won: int
    lines: list[MoneyLineOut]


class FundAccountOut(MoneyMovedOut):
    aid: MoneyMovedOut | None
    lent_before_won: int
    lent_won: int
    capital_won: int
    fee_won: int


class KeptRowOut(Schema):
    id: int


@router.get("/funds", operation_id="self_help_funds", response=list[SelfHelpFundOut])
def self_help_funds(request: HttpRequest) -> Any:
    """All funds that are run for others."""
    return queries.self_help_funds(act_of_api(request))


@router.get("/mine", operation_id="my_self_help_funds", response=list[SelfHelpFundOut])
def my_self_help_funds(request: HttpRequest) -> Any:
    """The funds of the associations one speaks for."""
    return queries.my_funds(act_of_api(request))


@router.post("/funds", operation_id="take_on_self_help_fund", response={201: SelfHelpFundOut})
def take_on_self_help_fund(request: HttpRequest, given: SelfHelpFundIn) -> Any:
    """Run an association's fund on commission."""
    act = act_of_api(request)
    made = commands.take_on_self_help_fund(act, **given.given())
    return Status(201, queries.self_help_fund(act, made.pk))


@router.get("/funds/{fund_id}", operation_id="self_help_fund", response=SelfHelpFundOut)
def self_help_fund(request: HttpRequest, fund_id: f.Id) -> Any:
    """One fund."""
    return queries.self_help_fund(act_of_api(request), fund_id)


@router.post("/funds/{fund_id}/mandates", operation_id="renew_mandate", response=SelfHelpFundOut)
def renew_mandate(request: HttpRequest, fund_id: f.Id, given: FundMandateIn) -> Any:
    """The next contract of a fund."""
    act = act_of_api(request)
    commands.renew_mandate(act, fund_id=fund_id, **given.given())
    return queries.self_help_fund(act, fund_id)


@router.post(
    "/funds/{fund_id}/mutual-aid", operation_id="open_aid_books", response={201: SelfHelpFundOut}
)
def open_aid_books(request: HttpRequest, fund_id: f.Id) -> Any:
    """Open the books in which a fund keeps its mutual aid."""
    act = act_of_api(request)
    commands.open_aid_books(act, fund_id=fund_id)
    return Status(201, queries.self_help_fund(act, fund_id))


@router.get("/funds/{fund_id}/statement", operation_id="fund_account", response=FundAccountOut)
def fund_account(request: HttpRequest, fund_id: f.Id, start: f.Code, end: f.Code) -> Any:
    """The statement of a fund over whole months: 2026-01 to 2026-03."""
    return queries.fund_account(act_of_api(request), fund_id, start, end)


@router.get(
    "/funds/{fund_id}/participants", operation_id="participants", response=list[ParticipantOut]
)
def participants(request: HttpRequest, fund_id: f.Id) -> Any:
    """Who takes part, with the capital of each."""
    return queries.participants_of(act_of_api(request), fund_id)


@router.post(
    "/funds/{fund_id}/participants", operation_id="enter_participant", response={201: KeptRowOut}
)
def enter_participant(request: HttpRequest, fund_id: f.Id, given: ParticipantIn) -> Any:
    """Enter who takes part."""
    made = commands.enter_participant(act_of_api(request), fund_id=fund_id, **given.dict())
    return Status(201, {"id": made.pk})


@router.post("/funds/{fund_id}/fees", operation_id="charge_commission", response={201: KeptRowOut})
def charge_commission(request: HttpRequest, fund_id: f.Id, given: ChargeIn) -> Any:
    """Take the fee of the period that a month belongs to."""
    made = commands.charge_commission(act_of_api(request), fund_id=fund_id, month=given.month)
    return Status(201, {"id": made.pk})


@router.get("/fees", operation_id="commissions_due", response=list[FeeDueOut])
def commissions_due(request: HttpRequest, fund_id: int | None = None) -> Any:
    """The fees that are due, of one fund or of all."""
    found = queries.commissions_due(act_of_api(request), fund_id)
    return [
        {
            "fund_id": one.fund_id, "fund": one.fund, "is_paid": one.is_paid, "won": one.commission.won,
            "from_date": one.commission.from_date, "until_date": one.commission.until_date,
        }
        for one in found.fees
    ]  # fmt: skip


@router.post("/fees", operation_id="charge_commissions", response={201: list[KeptRowOut]})
def charge_commissions(request: HttpRequest, given: ChargeAllIn) -> Any:
    """Take every fee that is due, of one fund or of all."""
    made = commands.charge_commissions(act_of_api(request), fund_id=given.fund_id)
    return Status(201, [{"id": one.pk} for one in made])


@router.post(
    "/participants/{participant_id}/pay-in", operation_id="pay_in", response={201: KeptRowOut}
)
def pay_in(request: HttpRequest, participant_id: f.Id, given: ContributionIn) -> Any:
    """Take a contribution in."""
    made = commands.pay_in(act_of_api(request), participant_id=participant_id, **given.dict())
    return Status(201, {"id": made.pk})


@router.post(
    "/participants/{participant_id}/pay-back", operation_id="pay_back", response={201: KeptRowOut}
)
def pay_back(request: HttpRequest, participant_id: f.Id, given: ContributionIn) -> Any:
    """Pay a contribution back."""
    made = commands.pay_back(act_of_api(request), participant_id=participant_id, **given.dict())
    return Status(201, {"id": made.pk})


@router.post(
    "/participants/{participant_id}/end", operation_id="end_participation", response=KeptRowOut
)
def end_participation(request: HttpRequest, participant_id: f.Id, given: EndParticipationIn) -> Any:
    """Somebody takes part no more."""
    made = commands.end_participation(
        act_of_api(request), participant_id=participant_id, **given.dict()
    )
    return {"id": made.pk}

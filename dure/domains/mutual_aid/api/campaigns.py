"""Campaigns over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Router, Schema, Status, UploadedFile
from pydantic import Field

from dure.kernel.acts import Act
from dure.ui import api_fields as f
from dure.ui.api import act_of_api
from dure.ui.uploads import content_of

from .. import commands, queries

router = Router(tags=["mutual_aid"])
Granted = Annotated[int, Field(ge=0, le=1_000_000_000_000)]


class AidCampaignIn(Schema):
    """`deciders`: parties; `needed`: how many of them agree."""

    name: f.Text
    purpose: Annotated[f.LongText, Field(max_length=400)]
    article: f.Text
    decided_by: f.Text
    from_date: f.Day
    until_date: f.Day
    fund: f.Code
    rest_to: f.Code
    per_person_won: f.Won
    deciders: Annotated[list[f.Id], Field(max_length=20)]
    needed: Annotated[int, Field(ge=1, le=20)]


class AidCampaignOut(Schema):
    id: int
    name: str
    purpose: str
    article: str
    from_date: date
    until_date: date
    per_person_won: int
    needed: int
    closed_date: date | None


class AidGiftIn(Schema):
    won: f.Won
    party_id: f.Id | None = None
    name: f.Text = ""
    is_anonymous: bool = False
    given_date: f.Day | None = None


class AidGiftOut(Schema):
    id: int
    campaign_id: int
    won: int
    given_date: date
    is_anonymous: bool
    is_undone: bool


class AidGrantIn(Schema):
    membership_id: f.Id
    need: f.Code
    about: f.LongText
    asked_won: f.Won
    consented: bool = False


class AidGrantDecisionIn(Schema):
    won: Granted
    reason: f.LongText = ""


class AidGrantOut(Schema):
    id: int
    campaign_id: int
    state: str
    asked_won: int
    won: int
    asked_date: date
    decided_date: date | None
    paid_date: date | None


class AidCampaignDayIn(Schema):
    paid_date: f.Day | None = None


class AidCampaignCloseIn(Schema):
    decided_by: f.Text
    closed_date: f.Day | None = None


class AidReasonIn(Schema):
    reason: f.LongText


class AidCampaignReportOut(Schema):
    """No name, and no figure of a few people: null is too few to tell."""

    name: str
    given_won: int
    helped: int | None
    paid_won: int | None
    left_won: int | None


def _campaign(act: Act, campaign_id: int) -> queries.AidCampaignCard:
    return queries.aid_campaign(act, campaign_id)[0]


@router.get("/campaigns", operation_id="aid_campaigns", response=list[AidCampaignOut])
def aid_campaigns(request: HttpRequest) -> Any:
    """Every campaign, the newest first."""
    return queries.aid_campaigns(act_of_api(request))


@router.post("/campaigns", operation_id="open_aid_campaign", response={201: AidCampaignOut})
def open_aid_campaign(request: HttpRequest, given: AidCampaignIn) -> Any:
    """Open a campaign with a fund of its own."""
    act = act_of_api(request)
    values = given.dict()
    made = commands.open_aid_campaign(act, **{**values, "deciders": tuple(values["deciders"])})
    return Status(201, _campaign(act, made.pk))


@router.get(
    "/campaigns/{campaign_id}/report",
    operation_id="aid_campaign_report",
    response=AidCampaignReportOut,
)
def aid_campaign_report(request: HttpRequest, campaign_id: f.Id) -> Any:
    """What everybody is told."""
    found = queries.aid_campaign_report(act_of_api(request), campaign_id)
    return {
        "name": found.campaign.name,
        "given_won": found.given_won,
        "helped": found.helped.count,
        "paid_won": found.paid_won,
        "left_won": found.left_won,
    }


@router.post(
    "/campaigns/{campaign_id}/gifts", operation_id="receive_aid_gift", response={201: AidGiftOut}
)
def receive_aid_gift(request: HttpRequest, campaign_id: f.Id, given: AidGiftIn) -> Any:
    """Take a gift in."""
    act = act_of_api(request)
    made = commands.receive_aid_gift(act, campaign_id=campaign_id, **given.dict())
    return Status(201, queries.aid_gift(act, made.pk))


@router.post("/gifts/{gift_id}/undo", operation_id="undo_aid_gift", response=AidGiftOut)
def undo_aid_gift(request: HttpRequest, gift_id: f.Id, given: AidReasonIn) -> Any:
    """Take back a gift that was entered wrongly."""
    act = act_of_api(request)
    commands.undo_aid_gift(act, gift_id=gift_id, **given.dict())
    return queries.aid_gift(act, gift_id)


@router.post(
    "/campaigns/{campaign_id}/grants", operation_id="ask_for_aid_grant", response={201: AidGrantOut}
)
def ask_for_aid_grant(request: HttpRequest, campaign_id: f.Id, given: AidGrantIn) -> Any:
    """Ask a campaign for help, as a member."""
    act = act_of_api(request)
    made = commands.ask_for_aid_grant(act, campaign_id=campaign_id, **given.dict())
    return Status(201, queries.aid_grant(act, made.pk))


@router.post("/grants/{grant_id}/decide", operation_id="decide_aid_grant", response=AidGrantOut)
def decide_aid_grant(request: HttpRequest, grant_id: f.Id, given: AidGrantDecisionIn) -> Any:
    """Say, as a decider, how much is given; 0 with a reason: nothing."""
    act = act_of_api(request)
    commands.decide_aid_grant(act, grant_id=grant_id, **given.dict())
    return queries.aid_grant(act, grant_id)


@router.post("/grants/{grant_id}/withdraw", operation_id="withdraw_aid_grant", response=AidGrantOut)
def withdraw_aid_grant(request: HttpRequest, grant_id: f.Id) -> Any:
    """Take an application back."""
    act = act_of_api(request)
    commands.withdraw_aid_grant(act, grant_id=grant_id)
    return queries.aid_grant(act, grant_id)


@router.post(
    "/grants/{grant_id}/evidence", operation_id="add_aid_grant_evidence", response=AidGrantOut
)
def add_aid_grant_evidence(request: HttpRequest, grant_id: f.Id, file: File[UploadedFile]) -> Any:
    """Add a photograph or a paper to an application."""
    act = act_of_api(request)
    commands.add_aid_grant_evidence(
        act, grant_id=grant_id, name=file.name or "", content=content_of(file)
    )
    return queries.aid_grant(act, grant_id)


@router.post("/grants/{grant_id}/pay", operation_id="pay_aid_grant", response=AidGrantOut)
def pay_aid_grant(request: HttpRequest, grant_id: f.Id, given: AidCampaignDayIn) -> Any:
    """Pay what was granted, once."""
    act = act_of_api(request)
    commands.pay_aid_grant(act, grant_id=grant_id, **given.dict())
    return queries.aid_grant(act, grant_id)


@router.post(
    "/campaigns/{campaign_id}/close", operation_id="close_aid_campaign", response=AidCampaignOut
)
def close_aid_campaign(request: HttpRequest, campaign_id: f.Id, given: AidCampaignCloseIn) -> Any:
    """Close a campaign when nobody waits; what is left goes where it was told."""
    act = act_of_api(request)
    commands.close_aid_campaign(act, campaign_id=campaign_id, **given.dict())
    return _campaign(act, campaign_id)

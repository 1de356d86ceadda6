"""Share capital over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands
from ..queries import shares as queries
from . import share_schemas as s

router = Router(tags=["memberships"])

PAGE_MAX = 1000


@router.get("/shares", operation_id="share_register", response=s.RegisterOut)
def share_register(
    request: HttpRequest,
    on: f.Day | None = None,
    search: f.Search = "",
    page: Annotated[int, Field(ge=1, le=100_000)] = 1,
) -> Any:
    """The register of members and shares on a day, with the sums of the whole."""
    act = act_of_api(request)
    day = on or act.today
    found = queries.share_register(act, day, search=search)
    totals = queries.register_totals(day)
    return {
        "on": day,
        "members": totals.members,
        "shares": totals.shares,
        "won": totals.won,
        "unit_won": totals.unit_won,
        "rows": found[(page - 1) * PAGE_MAX : page * PAGE_MAX],
    }


@router.get("/shares/report", operation_id="share_report", response=s.ReportOut)
def share_report(
    request: HttpRequest, year: Annotated[int, Field(ge=1900, le=2200)] | None = None
) -> Any:
    """The yearly report of changes; without a year, of the fiscal year that ended last."""
    act = act_of_api(request)
    return queries.share_report(act, queries.year_of(year, act.today))


@router.post(
    "/shares/report/{year}/file", operation_id="file_share_report", response={201: s.FiledOut}
)
def file_share_report(
    request: HttpRequest, year: Annotated[int, Field(ge=1900, le=2200)], given: s.FileReportIn
) -> Any:
    """Note that the report of a fiscal year was sent."""
    act = act_of_api(request)
    year_date = queries.year_of(year, act.today)
    return Status(201, commands.file_share_report(act, year_date=year_date, **given.dict()))


@router.get("/shares/claims", operation_id="share_claims", response=list[s.ClaimOut])
def share_claims(request: HttpRequest, state: f.Code = "") -> Any:
    """Shares asked back, the oldest first; state: asked, approved, paid, lapsed."""
    return list(queries.claims(act_of_api(request), state=state)[:PAGE_MAX])


@router.post(
    "/shares/claims/remind", operation_id="remind_share_claims", response={201: s.RemindedOut}
)
def remind_share_claims(request: HttpRequest, given: s.RemindIn) -> Any:
    """Letters to former members whose claim lapses before long."""
    count = commands.remind_share_claims(
        act_of_api(request), membership_ids=tuple(given.membership_ids)
    )
    return Status(201, {"count": count})


@router.get("/shares/claims/{claim_id}", operation_id="share_claim", response=s.ClaimOut)
def share_claim(request: HttpRequest, claim_id: f.Id) -> Any:
    """One claim, with what the rules asked and what was found."""
    return queries.claim_card(act_of_api(request), claim_id)


@router.post(
    "/shares/claims/{claim_id}/approve", operation_id="approve_share_refund", response=s.ClaimOut
)
def approve_share_refund(request: HttpRequest, claim_id: f.Id, given: s.ApproveIn) -> Any:
    """The general meeting resolved to pay back."""
    return commands.approve_share_refund(act_of_api(request), claim_id=claim_id, **given.dict())


@router.post("/shares/claims/{claim_id}/pay", operation_id="pay_share_refund", response=s.ClaimOut)
def pay_share_refund(request: HttpRequest, claim_id: f.Id, given: s.PayoutIn) -> Any:
    """Pay a resolved refund, or a part of it."""
    return commands.pay_share_refund(act_of_api(request), claim_id=claim_id, **given.dict())


@router.post(
    "/shares/subscriptions/{subscription_id}/pay",
    operation_id="pay_shares",
    response={201: s.MovementOut},
)
def pay_shares(request: HttpRequest, subscription_id: f.Id, given: s.SharePaymentIn) -> Any:
    """Pay a subscription, or a part of it."""
    act = act_of_api(request)
    return Status(201, commands.pay_shares(act, subscription_id=subscription_id, **given.dict()))


@router.post(
    "/shares/subscriptions/{subscription_id}/end",
    operation_id="end_share_subscription",
    response=s.SubscriptionOut,
)
def end_share_subscription(request: HttpRequest, subscription_id: f.Id, given: f.ReasonIn) -> Any:
    """Give up what was not paid."""
    return commands.end_share_subscription(
        act_of_api(request), subscription_id=subscription_id, reason=given.reason
    )


@router.post(
    "/shares/movements/{movement_id}/undo",
    operation_id="undo_share_payment",
    response={201: s.MovementOut},
)
def undo_share_payment(request: HttpRequest, movement_id: f.Id, given: f.ReasonIn) -> Any:
    """Undo a payment that was entered wrongly."""
    act = act_of_api(request)
    return Status(
        201, commands.undo_share_payment(act, movement_id=movement_id, reason=given.reason)
    )


@router.get(
    "/members/{membership_id}/shares", operation_id="member_shares", response=s.ShareCardOut
)
def member_shares(request: HttpRequest, membership_id: f.Id) -> Any:
    """What a member holds, subscribed to and moved, with certificates and claims."""
    found = queries.share_card(act_of_api(request), membership_id)
    return {
        "membership_id": membership_id,
        "number": found.holder.number,
        "name": found.holder.name,
        "shares": found.holder.held.shares,
        "paid_in_won": found.holder.held.won,
        "unit_won": found.holder.unit_won,
        "no_shares": found.holder.no_shares,
        "subscriptions": found.subscriptions,
        "movements": found.movements,
        "certificates": found.certificates,
        "claim_ids": found.claim_ids,
    }


@router.post(
    "/members/{membership_id}/shares",
    operation_id="subscribe_shares",
    response={201: s.SubscriptionOut},
)
def subscribe_shares(request: HttpRequest, membership_id: f.Id, given: s.SubscribeIn) -> Any:
    """A member subscribes to shares; with `paid_date` all of it is paid at once."""
    act = act_of_api(request)
    return Status(201, commands.subscribe_shares(act, membership_id=membership_id, **given.dict()))


@router.post(
    "/members/{membership_id}/shares/transfer",
    operation_id="transfer_shares",
    response={201: s.MovementOut},
)
def transfer_shares(request: HttpRequest, membership_id: f.Id, given: s.TransferIn) -> Any:
    """Shares go to another member, or to one being admitted."""
    act = act_of_api(request)
    return Status(201, commands.transfer_shares(act, membership_id=membership_id, **given.dict()))


@router.post(
    "/members/{membership_id}/shares/inherit",
    operation_id="inherit_shares",
    response={201: s.MovementOut},
)
def inherit_shares(request: HttpRequest, membership_id: f.Id, given: s.InheritIn) -> Any:
    """The shares of a member who died go to an heir."""
    act = act_of_api(request)
    return Status(201, commands.inherit_shares(act, membership_id=membership_id, **given.dict()))


@router.post(
    "/members/{membership_id}/shares/reduce",
    operation_id="reduce_shares",
    response={201: s.ClaimOut},
)
def reduce_shares(request: HttpRequest, membership_id: f.Id, given: s.ReduceIn) -> Any:
    """A member asks some shares back and stays."""
    act = act_of_api(request)
    return Status(201, commands.reduce_shares(act, membership_id=membership_id, **given.dict()))


@router.get(
    "/members/{membership_id}/shares/path",
    operation_id="refund_path",
    response=list[s.RefundStepOut],
)
def refund_path(request: HttpRequest, membership_id: f.Id) -> Any:
    """On which day what is possible on the way from leaving to the money, and why."""
    return queries.refund_path(act_of_api(request), membership_id)


@router.post(
    "/members/{membership_id}/shares/refund",
    operation_id="ask_share_refund",
    response={201: s.ClaimOut},
)
def ask_share_refund(request: HttpRequest, membership_id: f.Id, given: s.AskIn) -> Any:
    """A former member, or an heir, asks for the shares back."""
    act = act_of_api(request)
    return Status(201, commands.ask_share_refund(act, membership_id=membership_id, **given.dict()))


@router.post(
    "/members/{membership_id}/shares/lapse",
    operation_id="lapse_share_claim",
    response={201: s.ClaimOut},
)
def lapse_share_claim(request: HttpRequest, membership_id: f.Id, given: s.LapseIn) -> Any:
    """Nobody asked in time: the claim ends."""
    act = act_of_api(request)
    return Status(201, commands.lapse_share_claim(act, membership_id=membership_id, **given.dict()))

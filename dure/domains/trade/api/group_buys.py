"""Group buying and bundles over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from dure.kernel.refusals import InvalidInput
from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries
from ..rules.group_buying import Article, Offer, Supplier, Terms
from . import group_schemas as s

router = Router(tags=["trade"])


@router.get("/group-buys", operation_id="group_buys", response=list[s.GroupBuyRowOut])
def group_buys(request: HttpRequest) -> Any:
    """All group buys."""
    return queries.group_buys(act_of_api(request))


@router.post("/group-buys", operation_id="open_group_buy", response={201: s.GroupBuyOut})
def open_group_buy(request: HttpRequest, given: s.GroupBuyIn) -> Any:
    """Open a buy for wishes; its terms stay."""
    act = act_of_api(request)
    told = given.dict()
    terms = told.pop("terms")
    if told["closes_at"].tzinfo is None:
        raise InvalidInput
    made = commands.open_group_buy(
        act,
        terms=Terms(
            tuple(Article(**one) for one in terms["articles"]),
            tuple(Supplier(**one) for one in terms["suppliers"]),
            tuple(
                Offer(one["article"], one["supplier"], tuple(map(tuple, one["tiers"])),
                      one["most_cases"])
                for one in terms["offers"]
            ),
            terms["least_cases"], terms["transport"], terms["sharing"],
        ),
        **told,
    )  # fmt: skip
    return Status(201, queries.group_buy(act, made.pk))


@router.get("/group-buys/{buy_id}", operation_id="group_buy", response=s.GroupBuyOut)
def group_buy(request: HttpRequest, buy_id: f.Id) -> Any:
    """One buy: how far it is, one's own part, and for who runs it everyone's."""
    return queries.group_buy(act_of_api(request), buy_id)


@router.post(
    "/group-buys/{buy_id}/wishes", operation_id="wish_in_group_buy", response=s.GroupBuyOut
)
def wish_in_group_buy(request: HttpRequest, buy_id: f.Id, given: s.GroupBuyWishIn) -> Any:
    """Say how much of each article a member asks, and up to how much more."""
    act = act_of_api(request)
    commands.wish_in_group_buy(
        act, buy_id=buy_id, party_id=given.party_id, drop=given.drop,
        wishes={one.article: (one.quantity, one.tolerance) for one in given.wishes},
    )  # fmt: skip
    return queries.group_buy(act, buy_id)


@router.post("/group-buys/{buy_id}/close", operation_id="close_group_buy", response=s.GroupBuyOut)
def close_group_buy(request: HttpRequest, buy_id: f.Id) -> Any:
    """Buy the best that can be bought, or release everyone."""
    act = act_of_api(request)
    commands.close_group_buy(act, buy_id=buy_id)
    return queries.group_buy(act, buy_id)


@router.post(
    "/group-buys/{buy_id}/give-up", operation_id="give_up_group_buy", response=s.GroupBuyOut
)
def give_up_group_buy(request: HttpRequest, buy_id: f.Id, given: f.ReasonIn) -> Any:
    """End it without buying."""
    act = act_of_api(request)
    commands.give_up_group_buy(act, buy_id=buy_id, **given.dict())
    return queries.group_buy(act, buy_id)


@router.post(
    "/group-buys/{buy_id}/delivery", operation_id="deliver_group_buy", response=s.GroupBuyOut
)
def deliver_group_buy(request: HttpRequest, buy_id: f.Id, given: s.GroupBuyCameIn) -> Any:
    """Say what came; what is short is shared by the rule."""
    act = act_of_api(request)
    commands.deliver_group_buy(
        act, buy_id=buy_id, delivered_date=given.delivered_date,
        came=[(one.article, one.supplier, one.pieces) for one in given.came],
    )  # fmt: skip
    return queries.group_buy(act, buy_id)


@router.post(
    "/group-buys/{buy_id}/collected", operation_id="collect_group_buy", response=s.GroupBuyOut
)
def collect_group_buy(request: HttpRequest, buy_id: f.Id, given: s.CollectedIn) -> Any:
    """Tick that a member fetched its part, or untick it."""
    act = act_of_api(request)
    commands.collect_group_buy(act, buy_id=buy_id, **given.dict())
    return queries.group_buy(act, buy_id)


@router.post("/group-buys/{buy_id}/bills", operation_id="settle_group_buy", response=s.GroupBuyOut)
def settle_group_buy(request: HttpRequest, buy_id: f.Id, given: s.GroupBuyBillsIn) -> Any:
    """Bill each member its part; purchases between members become deals."""
    act = act_of_api(request)
    commands.settle_group_buy(act, buy_id=buy_id, **given.dict())
    return queries.group_buy(act, buy_id)


@router.post(
    "/group-buys/{buy_id}/suppliers", operation_id="pay_group_buy_supplier", response=s.GroupBuyOut
)
def pay_group_buy_supplier(
    request: HttpRequest, buy_id: f.Id, given: s.GroupBuySupplierPaidIn
) -> Any:
    """Pay a supplier its goods and transport."""
    act = act_of_api(request)
    commands.pay_group_buy_supplier(act, buy_id=buy_id, **given.dict())
    return queries.group_buy(act, buy_id)


@router.post(
    "/group-buy-bills/{bill_id}/payments",
    operation_id="receive_group_buy_payment",
    response=s.GroupBuyOut,
)
def receive_group_buy_payment(request: HttpRequest, bill_id: f.Id, given: s.GroupBuyPaidIn) -> Any:
    """Take money for a bill in."""
    act = act_of_api(request)
    made = commands.receive_group_buy_payment(act, bill_id=bill_id, **given.dict())
    return queries.group_buy(act, made.bill.buy_id)


@router.post(
    "/group-buy-payments/{receipt_id}/undo",
    operation_id="undo_group_buy_payment",
    response=s.GroupBuyOut,
)
def undo_group_buy_payment(request: HttpRequest, receipt_id: f.Id, given: f.ReasonIn) -> Any:
    """Take back a payment that was entered wrongly."""
    act = act_of_api(request)
    made = commands.undo_group_buy_payment(act, receipt_id=receipt_id, **given.dict())
    return queries.group_buy(act, made.bill.buy_id)


@router.get("/bundles", operation_id="bundles", response=list[s.BundleOut])
def bundles(request: HttpRequest) -> Any:
    """Bundles of several members' goods, with each one's share."""
    return queries.bundles(act_of_api(request))


@router.post("/bundles", operation_id="make_bundle", response={201: s.BundleOut})
def make_bundle(request: HttpRequest, given: s.BundleIn) -> Any:
    """Lay down what is in a bundle, its price, and by which weights it is shared."""
    act = act_of_api(request)
    made = commands.make_bundle(
        act, name=given.name, price_won=given.price_won,
        parts=[(one.party_id, one.what, one.weight) for one in given.parts],
    )  # fmt: skip
    return Status(201, queries.bundle(act, made.pk))


@router.post("/bundles/{bundle_id}/sales", operation_id="sell_bundle", response=s.BundleOut)
def sell_bundle(request: HttpRequest, bundle_id: f.Id, given: s.BundleSaleIn) -> Any:
    """Enter a sale; each member has its share to the won."""
    act = act_of_api(request)
    commands.sell_bundle(act, bundle_id=bundle_id, **given.dict())
    return queries.bundle(act, bundle_id)


@router.post("/bundles/{bundle_id}/end", operation_id="end_bundle", response=s.BundleOut)
def end_bundle(request: HttpRequest, bundle_id: f.Id) -> Any:
    """Sell it no longer."""
    act = act_of_api(request)
    commands.end_bundle(act, bundle_id=bundle_id)
    return queries.bundle(act, bundle_id)

"""Orders and what comes every month: each step by the side it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from ..rules import orders as rules
from ..rules.orders import Deed, Side
from .deals import READERS, by_office, can_act_for


class OfOrder(Protocol):
    """An order, or a card of one."""

    @property
    def seller_id(self) -> int: ...
    @property
    def buyer_id(self) -> int: ...
    @property
    def stage(self) -> str: ...


can_propose_order = can_act_for


def can_see_order(act: Act, order: OfOrder) -> Verdict:
    if order.seller_id in act.own or order.buyer_id in act.own or act.holds(*READERS):
        return ALLOW
    return deny(_("This order is between others."))


def _by_side(deed: Deed) -> Callable[[Act, OfOrder], Verdict]:
    """By the side whose step it is; where it is nobody's, by a side, to be told so."""

    def can(act: Act, order: OfOrder) -> Verdict:
        step = rules.step(order.stage, deed)
        if step is None:
            return can_act_for(act, order.buyer_id) or can_act_for(act, order.seller_id)
        of = {Side.SELLER: order.seller_id, Side.BUYER: order.buyer_id}
        return can_act_for(act, of[step.side])

    return can


can_accept_order = _by_side(Deed.ACCEPT)
can_counter_order = _by_side(Deed.COUNTER)
can_decline_order = _by_side(Deed.DECLINE)
can_withdraw_order = _by_side(Deed.WITHDRAW)
can_deliver_order = _by_side(Deed.DELIVER)


def can_end_order(act: Act, order: OfOrder, party_id: int) -> Verdict:
    """Either side, for itself."""
    if party_id not in (order.seller_id, order.buyer_id):
        return deny(_("This order is between others."))
    return can_act_for(act, party_id)


class Recurring(Protocol):
    """A recurring deal, or a row of one."""

    @property
    def seller_id(self) -> int: ...
    @property
    def buyer_id(self) -> int: ...
    @property
    def waits_for_id(self) -> int | None: ...


can_propose_recurring_deal = can_act_for


def can_see_recurring_deal(act: Act, deal: Recurring) -> Verdict:
    if deal.seller_id in act.own or deal.buyer_id in act.own or act.holds(*READERS):
        return ALLOW
    return deny(_("This deal is between others."))


def can_accept_recurring_deal(act: Act, deal: Recurring) -> Verdict:
    return can_act_for(act, deal.waits_for_id)


def can_end_recurring_deal(act: Act, deal: Recurring, party_id: int) -> Verdict:
    """Either side, for itself."""
    if party_id not in (deal.seller_id, deal.buyer_id):
        return deny(_("This deal is between others."))
    return can_act_for(act, party_id)


can_withdraw_standing_consent = can_end_recurring_deal


def can_record_recurring_deals(act: Act) -> Verdict:
    return by_office(act)

"""Group buying and bundles: run by who organises it, settled by who keeps the money."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .deals import OFFICE, READERS, by_office, can_act_for, with_money
from .fund import can_receive_contribution, can_use_cooperative_fund


class Organised(Protocol):
    """A group buy: who organises it."""

    @property
    def organiser_id(self) -> int: ...


can_open_group_buy = can_act_for
can_wish_in_group_buy = can_act_for


def can_close_group_buy(act: Act, buy: Organised) -> Verdict:
    """Who organises it, the office, and the clock when its moment has come."""
    if buy.organiser_id in act.own or act.holds(*OFFICE):
        return ALLOW
    return deny(_("A group buy is run by who organises it."))


can_give_up_group_buy = can_close_group_buy
can_deliver_group_buy = can_close_group_buy
can_collect_group_buy = can_close_group_buy


def can_see_group_buy_wishes(act: Act, buy: Organised) -> Verdict:
    """Who wishes what; the others read the sums."""
    return ALLOW if act.holds(*READERS) else can_close_group_buy(act, buy)


def can_settle_group_buy(act: Act) -> Verdict:
    return with_money(act)


can_receive_group_buy_payment = can_receive_contribution
can_undo_group_buy_payment = can_receive_contribution
can_pay_group_buy_supplier = can_use_cooperative_fund


# -- bundles


def can_make_bundle(act: Act) -> Verdict:
    return by_office(act)


can_end_bundle = can_make_bundle
can_sell_bundle = can_settle_group_buy

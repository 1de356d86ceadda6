"""Who may do what in mutual trade. Deny by default; each no says why.

Each side acts for itself, through who speaks for it. The office types in what came on paper, and
says on what paper; it never confirms without one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .rules import orders as rules
from .rules.orders import Deed, Side

TRUSTED = ("administrator", "operator", "system")
OFFICE = ("secretariat", *TRUSTED)
MONEY = (*OFFICE, "bookkeeper")
READERS = (*MONEY, "auditor")
BELONGING = ("member", "representative")


class OfTwo(Protocol):
    """A deal, or a card of one: what is judged is whose it is."""

    @property
    def seller_id(self) -> int: ...
    @property
    def buyer_id(self) -> int: ...
    @property
    def recorder_id(self) -> int: ...
    @property
    def waits_for_id(self) -> int | None: ...


def can_see_trade(act: Act) -> Verdict:
    """Look at mutual trade at all."""
    if act.holds(*READERS, *BELONGING):
        return ALLOW
    return deny(_("Mutual trade is for members. Log in first."))


def can_see_all_deals(act: Act) -> Verdict:
    if act.holds(*READERS):
        return ALLOW
    return deny(_("The deals of all are for the office, the bookkeeper and the auditor."))


def can_see_all_pairs(act: Act) -> Verdict:
    """Who traded how much with whom: the office, or all members where the network opened it."""
    if act.holds(*READERS):
        return ALLOW
    if act.holds(*BELONGING) and bylaws.rules_on(act.today).yes("trade.pairs_open"):
        return ALLOW
    return deny(_("What two members trade is read by these two and the office."))


def can_see_visits(act: Act) -> Verdict:
    if act.holds(*READERS):
        return ALLOW
    return deny(_("Whom to visit is for the office, the bookkeeper and the auditor."))


def can_see_deal(act: Act, deal: OfTwo) -> Verdict:
    if deal.seller_id in act.own or deal.buyer_id in act.own or act.holds(*READERS):
        return ALLOW
    return deny(_("This deal is between others."))


def can_act_for(act: Act, party_id: int | None) -> Verdict:
    """For whom one speaks; the office types in what came on paper."""
    if party_id in act.own or act.holds(*OFFICE):
        return ALLOW
    return deny(_("You do this for yourself, or for the organisation you speak for."))


can_record_deal = can_act_for


def can_confirm_deal(act: Act, deal: OfTwo) -> Verdict:
    return can_act_for(act, deal.waits_for_id)


can_refuse_deal = can_confirm_deal


def can_withdraw_deal(act: Act, deal: OfTwo) -> Verdict:
    return can_act_for(act, deal.recorder_id)


def can_receive_deal_payment(act: Act, deal: OfTwo) -> Verdict:
    """Who is owed says that it came."""
    return can_act_for(act, deal.seller_id)


can_undo_deal_payment = can_receive_deal_payment


# -- orders: each step by the side it belongs to, as the table of steps says


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


class Row(Protocol):
    """A deal of a file."""

    @property
    def seller_id(self) -> int: ...
    @property
    def buyer_id(self) -> int: ...


def can_import_deals(act: Act, deals: Iterable[Row] = (), on_paper: str = "") -> Verdict:
    """The office any, and only the office by a paper; a member those of its own."""
    if act.holds(*OFFICE):
        return ALLOW
    if on_paper:
        return deny(_("By a paper the office confirms; you ask the other side."))
    if act.own and all(one.seller_id in act.own or one.buyer_id in act.own for one in deals):
        return ALLOW
    return deny(_("You do this for yourself, or for the organisation you speak for."))


# -- clearing


def can_open_clearing(act: Act) -> Verdict:
    if act.holds(*OFFICE):
        return ALLOW
    return deny(_("A round of clearing is opened, settled and given up by the secretariat."))


can_settle_clearing = can_open_clearing
can_give_up_clearing = can_open_clearing
can_exclude_from_clearing = can_open_clearing
can_undo_clearing = can_open_clearing
can_bar_from_clearing = can_open_clearing
can_lift_clearing_bar = can_open_clearing
can_see_clearing = can_see_trade
can_agree_to_clearing = can_act_for
can_withdraw_from_clearing = can_act_for


def can_see_all_clearing(act: Act) -> Verdict:
    if act.holds(*READERS):
        return ALLOW
    return deny(_("What each member set off is for the office, the bookkeeper and the auditor."))


can_see_clearing_bars = can_see_all_clearing


def can_open_pool(act: Act) -> Verdict:
    """A resolution opens it; what was decided on paper, the office types in."""
    return ALLOW if act.holds("resolution") else _by_office(act)


def can_settle_pool_part(act: Act, part: OfParty) -> Verdict:
    """By who moves money, and not for oneself."""
    return can_use_cooperative_fund(act, part.party_id)


can_undo_pool_move = can_settle_pool_part


def can_see_set_off(act: Act, party_id: int) -> Verdict:
    """The statement of one member."""
    if party_id in act.own or act.holds(*READERS):
        return ALLOW
    return deny(_("This statement is of another member."))


def _as_side(act: Act, deal: OfTwo, party_id: int) -> Verdict:
    """As one of the two sides."""
    if party_id not in (deal.seller_id, deal.buyer_id):
        return deny(_("This deal is between others."))
    return can_act_for(act, party_id)


can_propose_deal_correction = _as_side
can_dispute_deal = _as_side
can_agree_deal_correction = can_confirm_deal
can_decline_deal_correction = can_confirm_deal


def can_settle_deal_dispute(act: Act, deal: Disputed) -> Verdict:
    """Who raised it; the office where the two agreed before it."""
    return can_act_for(act, deal.disputed_by_id)


class Disputed(Protocol):
    """A deal that may be in dispute."""

    @property
    def disputed_by_id(self) -> int | None: ...


# -- the cooperative fund: laid down and billed by the office, read by all who belong


def _by_office(act: Act) -> Verdict:
    return ALLOW if act.holds(*OFFICE) else deny(_("Only the secretariat does this."))


can_lay_down_contribution = _by_office
can_end_contribution = _by_office


def _with_money(act: Act) -> Verdict:
    if act.holds(*MONEY):
        return ALLOW
    return deny(_("Only the bookkeeper and the secretariat do this."))


can_bill_contributions = _with_money


class OfParty(Protocol):
    """A membership: whose it is."""

    @property
    def party_id(self) -> int: ...


def can_receive_contribution(act: Act, member: OfParty) -> Verdict:
    if member.party_id in act.own and not act.holds(*TRUSTED):
        return deny(_("Nobody moves the money of what is one's own."))
    return _with_money(act)


can_undo_contribution = can_receive_contribution


def can_use_cooperative_fund(act: Act, party_id: int | None = None) -> Verdict:
    """By who moves money, and not for oneself."""
    if party_id in act.own and not act.holds(*TRUSTED):
        return deny(_("Nobody moves the money of what is one's own."))
    return _with_money(act)


def can_state_profit(act: Act, member: OfParty) -> Verdict:
    return can_act_for(act, member.party_id)


can_see_contributions_of = can_state_profit


def can_move_deals(act: Act) -> Verdict:
    """It follows a merge, whose own policy has spoken."""
    return ALLOW if act.cause is not None else _by_office(act)


# -- offers and wants: each organisation lists its own; who belongs reads all, others what is public


class OfOne(Protocol):
    """What one organisation lists: whose it is, and who may read it."""

    @property
    def party_id(self) -> int: ...
    @property
    def is_public(self) -> bool: ...
    @property
    def state(self) -> str: ...


def can_see_catalogue(act: Act) -> Verdict:
    """Who belongs; everybody where the network opens it."""
    if act.holds(*READERS, *BELONGING):
        return ALLOW
    if bylaws.rules_on(act.today).yes("trade.public_catalogue"):
        return ALLOW
    return deny(_("What members offer and look for is open to members. Log in first."))


def can_see_listing(act: Act, listing: OfOne) -> Verdict:
    if can_change_listing(act, listing):
        return ALLOW
    if listing.state != "open":
        return deny(_("This is no longer listed."))
    if act.holds(*READERS, *BELONGING):
        return ALLOW
    verdict = can_see_catalogue(act)
    if verdict and not listing.is_public:
        return deny(_("This is listed for members only."))
    return verdict


def can_see_profiles(act: Act) -> Verdict:
    """What other networks' programs read: only where the network opens its catalogue."""
    if bylaws.rules_on(act.today).yes("trade.public_catalogue"):
        return ALLOW
    return deny(_("This network keeps its catalogue to its members."))


can_add_listing = can_act_for
can_stage_listings = can_act_for


def can_change_listing(act: Act, listing: OfOne) -> Verdict:
    return can_act_for(act, listing.party_id)


can_see_needs = can_change_listing
can_renew_listing = can_change_listing
can_close_listing = can_change_listing
can_add_listing_photo = can_change_listing
can_remove_listing_photo = can_change_listing


def can_accept_listings(act: Act, staged: OfParty) -> Verdict:
    return can_act_for(act, staged.party_id)


can_discard_listings = can_accept_listings


def can_watch_listings(act: Act) -> Verdict:
    """The clock, or the office."""
    return _by_office(act)


can_change_synonyms = _by_office
# -- group buying: run by who organises it, settled by who keeps the money


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
    return _with_money(act)


can_receive_group_buy_payment = can_receive_contribution
can_undo_group_buy_payment = can_receive_contribution
can_pay_group_buy_supplier = can_use_cooperative_fund


# -- bundles


def can_make_bundle(act: Act) -> Verdict:
    return _by_office(act)


can_end_bundle = can_make_bundle
can_sell_bundle = can_settle_group_buy

"""Who may do what in mutual trade. Deny by default; each no says why.

Each side acts for itself, through who speaks for it. The office types in what came on paper, and
says on what paper; it never confirms without one.
"""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

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


def is_own(act: Act, party_id: int | None) -> bool:
    """Whether the actor is the side or speaks for it."""
    return party_id is not None and (
        act.actor_id == party_id or party_id in act.things("representative")
    )


def parties_of(act: Act) -> frozenset[int]:
    """For whom the actor may speak."""
    return act.things("representative") | (
        frozenset() if act.actor_id is None else frozenset({act.actor_id})
    )


def can_see_trade(act: Act) -> Verdict:
    """Look at mutual trade at all."""
    if act.holds(*READERS, *BELONGING):
        return ALLOW
    return deny(_("Mutual trade is for members. Log in first."))


def can_see_all_deals(act: Act) -> Verdict:
    if act.holds(*READERS):
        return ALLOW
    return deny(_("The deals of all are for the office, the bookkeeper and the auditor."))


def can_see_deal(act: Act, deal: OfTwo) -> Verdict:
    if is_own(act, deal.seller_id) or is_own(act, deal.buyer_id) or act.holds(*READERS):
        return ALLOW
    return deny(_("This deal is between others."))


def can_act_for(act: Act, party_id: int | None) -> Verdict:
    """For whom one speaks; the office types in what came on paper."""
    if is_own(act, party_id) or act.holds(*OFFICE):
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


# -- clearing


def can_open_clearing(act: Act) -> Verdict:
    if act.holds(*OFFICE):
        return ALLOW
    return deny(_("A round of clearing is opened, settled and given up by the secretariat."))


can_settle_clearing = can_open_clearing
can_give_up_clearing = can_open_clearing
can_exclude_from_clearing = can_open_clearing
can_see_clearing = can_see_trade
can_agree_to_clearing = can_act_for
can_withdraw_from_clearing = can_act_for


def can_see_all_clearing(act: Act) -> Verdict:
    if act.holds(*READERS):
        return ALLOW
    return deny(_("What each member set off is for the office, the bookkeeper and the auditor."))


def can_see_set_off(act: Act, party_id: int) -> Verdict:
    """The statement of one member."""
    if is_own(act, party_id) or act.holds(*READERS):
        return ALLOW
    return deny(_("This statement is of another member."))

"""Rounds of clearing, and the pool that lends to them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .deals import OFFICE, READERS, OfParty, by_office, can_act_for, can_see_trade
from .fund import can_use_cooperative_fund


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
    return ALLOW if act.holds("resolution") else by_office(act)


def can_settle_pool_part(act: Act, part: OfParty) -> Verdict:
    """By who moves money, and not for oneself."""
    return can_use_cooperative_fund(act, part.party_id)


can_undo_pool_move = can_settle_pool_part


def can_see_set_off(act: Act, party_id: int) -> Verdict:
    """The statement of one member."""
    if party_id in act.own or act.holds(*READERS):
        return ALLOW
    return deny(_("This statement is of another member."))

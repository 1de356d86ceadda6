"""The cooperative fund: laid down and billed by the office, read by all who belong."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import Verdict, deny

from .deals import TRUSTED, OfParty, by_office, can_act_for, with_money

can_lay_down_contribution = by_office
can_end_contribution = by_office


can_bill_contributions = with_money
can_remind_of_contributions = with_money


def can_receive_contribution(act: Act, member: OfParty) -> Verdict:
    if member.party_id in act.own and not act.holds(*TRUSTED):
        return deny(_("Nobody moves the money of what is one's own."))
    return with_money(act)


can_undo_contribution = can_receive_contribution


def can_use_cooperative_fund(act: Act, party_id: int | None = None) -> Verdict:
    """By who moves money, and not for oneself."""
    if party_id in act.own and not act.holds(*TRUSTED):
        return deny(_("Nobody moves the money of what is one's own."))
    return with_money(act)


can_decide_fund_use = can_use_cooperative_fund
can_pay_fund_use = can_use_cooperative_fund
can_give_up_fund_use = with_money


def can_report_fund_use(act: Act, party_id: int | None) -> Verdict:
    """Who got it; the office where nobody did."""
    return can_act_for(act, party_id)


def can_state_profit(act: Act, member: OfParty) -> Verdict:
    return can_act_for(act, member.party_id)


can_see_contributions_of = can_state_profit

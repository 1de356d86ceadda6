"""Who may do what about self-help funds of others. Deny by default; each no says why.

The secretariat takes a fund on; the loan officer keeps it, the bookkeeper moves its money. Who speaks for
the association reads its own fund, and no other.
"""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

HEADS = ("secretariat", "administrator", "operator", "system")
OFFICERS = ("loan_officer", *HEADS)
MONEY = (*OFFICERS, "bookkeeper")
READERS = (*MONEY, "auditor")


class OfAssociation(Protocol):
    """A fund, or a card of one: what is judged is whose it is."""

    @property
    def association_id(self) -> int: ...


def can_take_on_self_help_fund(act: Act) -> Verdict:
    if act.holds(*HEADS):
        return ALLOW
    return deny(_("Only the secretariat takes a fund on, by a contract with the association."))


can_renew_mandate = can_take_on_self_help_fund
can_open_aid_books = can_take_on_self_help_fund


def can_enter_participant(act: Act) -> Verdict:
    if act.holds(*OFFICERS):
        return ALLOW
    return deny(_("Only the loan officer and the secretariat do this."))


can_end_participation = can_enter_participant


def can_pay_in(act: Act, party_id: int | None = None) -> Verdict:
    """Nobody moves money of one's own."""
    if party_id is not None and act.actor_id == party_id and not act.holds("system", "operator"):
        return deny(_("Nobody moves money of one's own."))
    if act.holds(*MONEY):
        return ALLOW
    return deny(_("Only the loan officer, the bookkeeper and the secretariat do this."))


can_pay_back = can_pay_in


def can_charge_commission(act: Act) -> Verdict:
    return can_pay_in(act)


can_charge_commissions = can_charge_commission


def can_see_self_help_funds(act: Act) -> Verdict:
    """The desk: all funds at once."""
    if act.holds(*READERS):
        return ALLOW
    return deny(_("The funds run for others are for the loan officer, the office and the auditor."))


def can_see_self_help_fund(act: Act, fund: OfAssociation) -> Verdict:
    if act.holds(*READERS) or fund.association_id in act.things("representative"):
        return ALLOW
    return deny(_("This fund is that of another association."))


def can_move_fund_parties(act: Act) -> Verdict:
    """It follows a merge, whose own policy has spoken."""
    return ALLOW if act.cause is not None else can_enter_participant(act)

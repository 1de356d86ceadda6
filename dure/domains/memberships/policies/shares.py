"""Who may do what with share capital."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict

from ..rules.conduct import ASSEMBLIES
from .members import OfParty
from .standing import Judge, by_money, by_office, not_oneself

if TYPE_CHECKING:
    from ..models import ShareClaim


can_see_shares = by_money
can_end_share_subscription = by_office
can_pay_shares = by_money
can_undo_share_payment = by_money
can_transfer_shares = by_office
can_inherit_shares = by_office
can_lapse_share_claim = by_office
can_remind_share_claims = by_money
can_file_share_report = by_office


def can_subscribe_shares(act: Act, party_id: int) -> Verdict:
    """A member for itself, or the office on its word."""
    return ALLOW if party_id in act.own else by_money(act)


def can_ask_share_refund(act: Act, membership: OfParty) -> Verdict:
    """Whoever left asks, or the office on the word of an heir."""
    return ALLOW if membership.party_id in act.own else by_money(act)


can_reduce_shares = can_ask_share_refund


def can_approve_share_refund(act: Act, claim: ShareClaim | None = None) -> Verdict:
    """The general meeting resolves on it, where the rules say so."""
    verdict = _refund(act, claim, by_office)
    book, key = bylaws.rules_on(act.today), "refund.special_resolution"
    if not verdict or not book.yes(key):
        return verdict
    return bylaws.by_resolution(
        act,
        "share_refund",
        lambda one: one.kind in ASSEMBLIES,
        by_law=ASSEMBLIES[:1] if bylaws.binding(book, key) else (),
    )


def can_pay_share_refund(act: Act, claim: ShareClaim | None = None) -> Verdict:
    return _refund(act, claim, by_money)


def _refund(act: Act, claim: ShareClaim | None, judge: Judge) -> Verdict:
    no = _("You cannot pay back your own shares, or those of an organisation you speak for.")
    return not_oneself(act, claim.membership.party_id if claim else None, no, judge)

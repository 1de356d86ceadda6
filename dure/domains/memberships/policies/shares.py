"""Who may do what with share capital."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .members import OfParty
from .standing import TRUSTED, by_money, by_office, is_own

if TYPE_CHECKING:
    from ..models import ShareClaim, ShareMovement, ShareSubscription


def can_see_shares(act: Act) -> Verdict:
    return by_money(act)


def can_subscribe_shares(act: Act, party_id: int) -> Verdict:
    """A member for itself, or the office on its word."""
    return ALLOW if is_own(act, party_id) else by_money(act)


def can_end_share_subscription(act: Act, subscription: ShareSubscription) -> Verdict:
    return by_office(act)


def can_pay_shares(act: Act, subscription: ShareSubscription | None = None) -> Verdict:
    return by_money(act)


def can_undo_share_payment(act: Act, movement: ShareMovement | None = None) -> Verdict:
    return by_money(act)


def can_transfer_shares(act: Act, membership: OfParty | None = None) -> Verdict:
    return by_office(act)


def can_inherit_shares(act: Act, membership: OfParty | None = None) -> Verdict:
    return by_office(act)


def can_ask_share_refund(act: Act, membership: OfParty) -> Verdict:
    """Whoever left asks, or the office on the word of an heir."""
    return ALLOW if is_own(act, membership.party_id) else by_money(act)


def can_reduce_shares(act: Act, membership: OfParty) -> Verdict:
    return can_ask_share_refund(act, membership)


def can_approve_share_refund(act: Act, claim: ShareClaim | None = None) -> Verdict:
    return _not_own_claim(act, claim) or by_office(act)


def can_pay_share_refund(act: Act, claim: ShareClaim | None = None) -> Verdict:
    return _not_own_claim(act, claim) or by_money(act)


def _not_own_claim(act: Act, claim: ShareClaim | None) -> Verdict | None:
    if claim is None or act.holds(*TRUSTED) or not is_own(act, claim.membership.party_id):
        return None
    return deny(
        _("You cannot pay back your own shares, or those of an organisation you speak for.")
    )


def can_lapse_share_claim(act: Act, membership: OfParty | None = None) -> Verdict:
    return by_office(act)


def can_remind_share_claims(act: Act) -> Verdict:
    return by_money(act)


def can_file_share_report(act: Act) -> Verdict:
    return by_office(act)

"""Who may do what with dues, receipts and debits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict

from .standing import by_money, by_office, not_oneself

if TYPE_CHECKING:
    from ..models import Charge, Mandate, Membership
    from .members import OfParty

# -- dues ------------------------------------------------------------------------------------------

can_set_dues_plan = by_office
can_end_dues_plan = by_office
can_agree_member_dues = by_money
can_bill_dues = by_money
can_remind_arrears = by_money
can_note_arrears_talk = by_money
can_agree_instalments = by_money
can_end_instalments = by_money


def can_defer_dues(act: Act) -> Verdict:
    return by_money(act)


def can_take_back_deferral(act: Act) -> Verdict:
    return by_money(act)


def can_waive_charge(act: Act, charge: Charge) -> Verdict:
    no = _("You cannot waive your own dues, or those of an organisation you speak for.")
    return not_oneself(act, charge.membership.party_id, no, by_money)


def can_exempt_member(act: Act, membership: OfParty) -> Verdict:
    """Nobody decides for themselves that they owe nothing."""
    no = _("You cannot exempt yourself, or an organisation you speak for.")
    return not_oneself(act, membership.party_id, no)


# -- receipts --------------------------------------------------------------------------------------

can_enter_receipt = by_money
can_upload_receipts = by_money
can_import_receipts = by_money
can_accept_receipts = by_money
can_discard_receipts = by_money
can_match_receipt = by_money
can_match_receipts = by_money
can_map_receipts = by_money
can_match_sure_receipts = by_money
can_keep_credit = by_money
can_use_credits = by_money
can_book_receipt_as = by_money
can_note_payer = by_money
can_forget_payer = by_money
can_unmatch_receipt = by_money
can_refund_receipt = by_money

# -- debits ----------------------------------------------------------------------------------------

can_destroy_mandates = by_office
can_request_debits = by_money
can_see_debit_accounts = by_money
can_take_debit_result = by_money
can_settle_debit_run = by_money


def can_give_mandate(act: Act, membership: Membership) -> Verdict:
    """Whose account it is, or the office on its word."""
    return ALLOW if membership.party_id in act.own else by_money(act)


def can_end_mandate(act: Act, mandate: Mandate) -> Verdict:
    return can_give_mandate(act, mandate.membership)

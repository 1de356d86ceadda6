"""Who may do what with dues, receipts and debits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .standing import TRUSTED, by_money, by_office, is_own

if TYPE_CHECKING:
    from ..models import (
        Charge,
        DebitRun,
        DuesPlan,
        InstalmentPlan,
        Mandate,
        MemberClass,
        Membership,
        PayerAlias,
        Receipt,
        ReceiptImport,
    )


def can_set_dues_plan(act: Act, member_class: MemberClass) -> Verdict:
    return by_office(act)


def can_end_dues_plan(act: Act, plan: DuesPlan) -> Verdict:
    return by_office(act)


def can_agree_member_dues(act: Act, membership: Membership) -> Verdict:
    return by_money(act)


def can_bill_dues(act: Act) -> Verdict:
    return by_money(act)


def can_waive_charge(act: Act, charge: Charge) -> Verdict:
    if is_own(act, charge.membership.party_id) and not act.holds(*TRUSTED):
        return deny(_("You cannot waive your own dues, or those of an organisation you speak for."))
    return by_money(act)


def can_remind_arrears(act: Act) -> Verdict:
    return by_money(act)


def can_note_arrears_talk(act: Act, membership: Membership) -> Verdict:
    return by_money(act)


def can_exempt_member(act: Act, membership: Membership) -> Verdict:
    """Nobody decides for themselves that they owe nothing."""
    if is_own(act, membership.party_id) and not act.holds(*TRUSTED):
        return deny(_("You cannot exempt yourself, or an organisation you speak for."))
    return by_office(act)


def can_agree_instalments(act: Act, membership: Membership) -> Verdict:
    return by_money(act)


def can_end_instalments(act: Act, plan: InstalmentPlan) -> Verdict:
    return by_money(act)


def can_ask_for_review(act: Act, membership: Membership) -> Verdict:
    return by_office(act)


def can_enter_receipt(act: Act) -> Verdict:
    return by_money(act)


def can_upload_receipts(act: Act) -> Verdict:
    return by_money(act)


def can_import_receipts(act: Act) -> Verdict:
    return by_money(act)


def can_accept_receipts(act: Act, staged: ReceiptImport) -> Verdict:
    return by_money(act)


def can_discard_receipts(act: Act, staged: ReceiptImport) -> Verdict:
    return by_money(act)


def can_match_receipt(act: Act, receipt: Receipt) -> Verdict:
    return by_money(act)


def can_match_receipts(act: Act) -> Verdict:
    return by_money(act)


def can_map_receipts(act: Act, staged: ReceiptImport) -> Verdict:
    return by_money(act)


def can_match_sure_receipts(act: Act) -> Verdict:
    return by_money(act)


def can_keep_credit(act: Act, receipt: Receipt) -> Verdict:
    return by_money(act)


def can_use_credits(act: Act) -> Verdict:
    return by_money(act)


def can_book_receipt_as(act: Act, receipt: Receipt) -> Verdict:
    return by_money(act)


def can_note_payer(act: Act, membership: Membership) -> Verdict:
    return by_money(act)


def can_forget_payer(act: Act, alias: PayerAlias) -> Verdict:
    return by_money(act)


def can_give_mandate(act: Act, membership: Membership) -> Verdict:
    """Whose account it is, or the office on its word."""
    if is_own(act, membership.party_id):
        return ALLOW
    return by_money(act)


def can_end_mandate(act: Act, mandate: Mandate) -> Verdict:
    return can_give_mandate(act, mandate.membership)


def can_destroy_mandates(act: Act) -> Verdict:
    return by_office(act)


def can_request_debits(act: Act) -> Verdict:
    return by_money(act)


def can_see_debit_accounts(act: Act) -> Verdict:
    return by_money(act)


def can_take_debit_result(act: Act, run: DebitRun) -> Verdict:
    return by_money(act)


def can_settle_debit_run(act: Act, run: DebitRun) -> Verdict:
    return by_money(act)


def can_unmatch_receipt(act: Act, receipt: Receipt) -> Verdict:
    return by_money(act)


def can_refund_receipt(act: Act, receipt: Receipt) -> Verdict:
    return by_money(act)

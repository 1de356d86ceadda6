"""Who may do what with memberships. Deny by default; each no says why.

Offices: the secretariat keeps members, applications and plans; the bookkeeper keeps money. Members
read their own; an organisation's representative acts for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .rules import papers

if TYPE_CHECKING:
    from .models import (
        Application,
        Charge,
        ConductCase,
        DuesPlan,
        IssuedPaper,
        MemberClass,
        Membership,
        PayerAlias,
        Receipt,
        ReceiptImport,
    )

_TRUSTED = ("system", "operator", "administrator")
_OFFICE = (*_TRUSTED, "secretariat")
_MONEY = (*_OFFICE, "bookkeeper")
OWN_ONLY = _("You see your own membership only.")


def _by_office(act: Act) -> Verdict:
    if act.holds(*_OFFICE):
        return ALLOW
    return deny(_("Only the secretariat does this. Ask it, or log in with its account."))


def _by_money(act: Act) -> Verdict:
    if act.holds(*_MONEY):
        return ALLOW
    return deny(_("Only the secretariat or the bookkeeper does this."))


def keeps_members(act: Act) -> bool:
    """Whether the actor sees every member and application."""
    return act.holds(*_MONEY)


def is_own(act: Act, party_id: int | None) -> bool:
    """Whether the actor is the party or speaks for it."""
    if party_id is None:
        return False
    return act.actor_id == party_id or party_id in act.things("representative")


def memberships_visible_to(act: Act, rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """All for the office; their own for everybody else."""
    if keeps_members(act):
        return rows
    own = act.things("representative") | ({act.actor_id} if act.actor_id is not None else set())
    return rows.filter(Q(party__in=own))


def can_see_members(act: Act) -> Verdict:
    return _by_money(act)


def can_see_membership(act: Act, membership: Membership) -> Verdict:
    if keeps_members(act) or is_own(act, membership.party_id):
        return ALLOW
    return deny(OWN_ONLY)


def can_see_applications(act: Act) -> Verdict:
    return _by_office(act)


def can_see_receipts(act: Act) -> Verdict:
    return _by_money(act)


def can_see_dues(act: Act) -> Verdict:
    return _by_money(act)


def can_add_member_class(act: Act, member_class: MemberClass | None = None) -> Verdict:
    return _by_office(act)


def can_set_member_class(act: Act, member_class: MemberClass) -> Verdict:
    return _by_office(act)


def can_apply_for_membership(act: Act, member_class: MemberClass) -> Verdict:
    """Anyone may ask, visitors too, for a class that is open."""
    if member_class.is_open or act.holds(*_OFFICE):
        return ALLOW
    return deny(_("This kind of membership is not open for applications now."))


def can_apply_as(act: Act, party_id: int) -> Verdict:
    """For a party that is known, only itself, whoever speaks for it, or the office applies."""
    if is_own(act, party_id) or act.holds(*_OFFICE):
        return ALLOW
    return deny(_("You can apply for yourself, or for an organisation you speak for."))


def can_note_interview(act: Act, application: Application) -> Verdict:
    return _by_office(act)


def can_admit_member(act: Act, application: Application | None = None) -> Verdict:
    if application is not None and is_own(act, application.party_id) and not act.holds(*_TRUSTED):
        return deny(_("You cannot decide on your own application."))
    return _by_office(act)


def can_enrol_member(act: Act, party_id: int) -> Verdict:
    return _by_office(act)


def can_refuse_application(act: Act, application: Application) -> Verdict:
    return can_admit_member(act, application)


def can_withdraw_application(act: Act, application: Application) -> Verdict:
    if is_own(act, application.party_id):
        return ALLOW
    return _by_office(act)


def can_change_member_class(act: Act, membership: Membership) -> Verdict:
    return _by_office(act)


class OfParty(Protocol):
    """A membership, or a card of one: what is judged is whose it is."""

    @property
    def party_id(self) -> int: ...


def can_leave_membership(act: Act, membership: OfParty) -> Verdict:
    """Leaving is by notice: the member itself, or the office on its word."""
    if is_own(act, membership.party_id):
        return ALLOW
    return _by_office(act)


def can_set_dues_plan(act: Act, member_class: MemberClass) -> Verdict:
    return _by_office(act)


def can_end_dues_plan(act: Act, plan: DuesPlan) -> Verdict:
    return _by_office(act)


def can_agree_member_dues(act: Act, membership: Membership) -> Verdict:
    return _by_money(act)


def can_bill_dues(act: Act) -> Verdict:
    return _by_money(act)


def can_waive_charge(act: Act, charge: Charge) -> Verdict:
    if is_own(act, charge.membership.party_id) and not act.holds(*_TRUSTED):
        return deny(_("You cannot waive your own dues, or those of an organisation you speak for."))
    return _by_money(act)


def can_remind_arrears(act: Act) -> Verdict:
    return _by_money(act)


def can_enter_receipt(act: Act) -> Verdict:
    return _by_money(act)


def can_upload_receipts(act: Act) -> Verdict:
    return _by_money(act)


def can_import_receipts(act: Act) -> Verdict:
    return _by_money(act)


def can_accept_receipts(act: Act, staged: ReceiptImport) -> Verdict:
    return _by_money(act)


def can_discard_receipts(act: Act, staged: ReceiptImport) -> Verdict:
    return _by_money(act)


def can_match_receipt(act: Act, receipt: Receipt) -> Verdict:
    return _by_money(act)


def can_match_receipts(act: Act) -> Verdict:
    return _by_money(act)


def can_map_receipts(act: Act, staged: ReceiptImport) -> Verdict:
    return _by_money(act)


def can_match_sure_receipts(act: Act) -> Verdict:
    return _by_money(act)


def can_keep_credit(act: Act, receipt: Receipt) -> Verdict:
    return _by_money(act)


def can_use_credits(act: Act) -> Verdict:
    return _by_money(act)


def can_book_receipt_as(act: Act, receipt: Receipt) -> Verdict:
    return _by_money(act)


def can_note_payer(act: Act, membership: Membership) -> Verdict:
    return _by_money(act)


def can_forget_payer(act: Act, alias: PayerAlias) -> Verdict:
    return _by_money(act)


def can_unmatch_receipt(act: Act, receipt: Receipt) -> Verdict:
    return _by_money(act)


def can_refund_receipt(act: Act, receipt: Receipt) -> Verdict:
    return _by_money(act)


def can_pay_in_shares(act: Act, membership: Membership) -> Verdict:
    return _by_money(act)


def can_refund_shares(act: Act, membership: Membership) -> Verdict:
    if is_own(act, membership.party_id) and not act.holds(*_TRUSTED):
        return deny(
            _("You cannot pay back your own shares, or those of an organisation you speak for.")
        )
    return _by_money(act)


def can_move_memberships(act: Act) -> Verdict:
    return _by_office(act)


def can_erase_member_data(act: Act) -> Verdict:
    return _by_office(act)


def can_erase_application(act: Act, application: Application | None = None) -> Verdict:
    """As people are: what is erased does not come back."""
    if act.holds(*_TRUSTED):
        return ALLOW
    return deny(_("Personal data is erased in an administrator session."))


def papers_visible_to(act: Act, rows: QuerySet[IssuedPaper]) -> QuerySet[IssuedPaper]:
    """All for the office; for everybody else what was issued to them or those they speak for."""
    if keeps_members(act):
        return rows
    own = act.things("representative") | ({act.actor_id} if act.actor_id is not None else set())
    return rows.filter(Q(party__in=own) | Q(party__merged_into__in=own))


def can_see_papers(act: Act) -> Verdict:
    """The list of all that was issued."""
    return _by_money(act)


def can_see_paper(act: Act, paper: IssuedPaper) -> Verdict:
    now = paper.party.merged_into_id if paper.party is not None else None
    if keeps_members(act) or is_own(act, paper.party_id) or is_own(act, now):
        return ALLOW
    return deny(OWN_ONLY)


def can_issue_paper(act: Act, kind: str, party_id: int) -> Verdict:
    """Members certify nothing but what they are and paid; what is worth money the office issues,
    and nobody to oneself."""
    own = is_own(act, party_id)
    if own and kind not in papers.OWN and keeps_members(act) and not act.holds(*_TRUSTED):
        return deny(
            _(
                "You cannot issue this to yourself, or to an organisation you speak for. Ask a colleague."
            )
        )
    if keeps_members(act) or (own and kind in papers.OWN):
        return ALLOW
    return deny(_("Only the office issues this paper. Ask it.") if own else OWN_ONLY)


def can_issue_donation_receipt(act: Act, party_id: int) -> Verdict:
    return can_issue_paper(act, papers.PaperKind.DONATION_RECEIPT, party_id)


def can_issue_donation_receipts(act: Act) -> Verdict:
    """To many at once; whoever is among them is judged one by one."""
    return _by_money(act)


def can_issue_register(act: Act) -> Verdict:
    return _by_money(act)


def can_issue_papers(act: Act, kind: str) -> Verdict:
    """Many at once; whoever is among them is judged one by one."""
    return _by_money(act)


def can_revoke_paper(act: Act, paper: IssuedPaper) -> Verdict:
    return _by_money(act)


def _by_office_not_oneself(act: Act, case: ConductCase) -> Verdict:
    if is_own(act, case.membership.party_id) and not act.holds(*_TRUSTED):
        return deny(_("This case is about you. Someone else keeps it."))
    return _by_office(act)


def can_open_conduct_case(act: Act, membership: Membership) -> Verdict:
    if is_own(act, membership.party_id) and not act.holds(*_TRUSTED):
        return deny(_("This case is about you. Someone else keeps it."))
    return _by_office(act)


def can_note_conduct_notice(act: Act, case: ConductCase) -> Verdict:
    return _by_office_not_oneself(act, case)


def can_note_conduct_hearing(act: Act, case: ConductCase) -> Verdict:
    return _by_office_not_oneself(act, case)


def can_note_conduct_recommendation(act: Act, case: ConductCase) -> Verdict:
    return _by_office_not_oneself(act, case)


def can_decide_conduct_case(act: Act, case: ConductCase) -> Verdict:
    return _by_office_not_oneself(act, case)


def can_withdraw_conduct_case(act: Act, case: ConductCase) -> Verdict:
    return _by_office_not_oneself(act, case)


def can_decide_conduct_appeal(act: Act, case: ConductCase) -> Verdict:
    return _by_office_not_oneself(act, case)


def can_appeal_conduct_decision(act: Act, case: ConductCase) -> Verdict:
    """The member appeals; the office notes an appeal that came on paper."""
    if is_own(act, case.membership.party_id):
        return ALLOW
    return _by_office(act)


def can_see_conduct_case(act: Act, case: ConductCase) -> Verdict:
    """Only who keeps it and whom it is about: what is said there is nobody else's."""
    if act.holds(*_OFFICE) or is_own(act, case.membership.party_id):
        return ALLOW
    return deny(_("A case is seen by the member it is about and by those who keep it."))


def can_see_conduct_cases(act: Act) -> Verdict:
    return _by_office(act)

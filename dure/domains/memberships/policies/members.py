"""Who may do what with members and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.queries import by_resolution
from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from ..rules import papers
from .standing import (
    OFFICE,
    OWN_ONLY,
    TRUSTED,
    by_money,
    by_office,
    is_applying,
    keeps_members,
    not_oneself,
)

if TYPE_CHECKING:
    from ..models import (
        Application,
        IssuedPaper,
        MemberClass,
        Membership,
    )


def memberships_visible_to(act: Act, rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """All for the office; their own for everybody else."""
    if keeps_members(act):
        return rows
    return rows.filter(Q(party__in=act.own))


can_see_members = by_money
can_see_receipts = by_money
can_see_dues = by_money
can_see_papers = by_money
can_issue_donation_receipts = by_money
can_issue_register = by_money
can_issue_papers = by_money
can_revoke_paper = by_money
can_see_applications = by_office
can_add_member_class = by_office
can_set_member_class = by_office
can_note_interview = by_office
can_enrol_member = by_office
can_change_member_class = by_office
can_move_memberships = by_office
can_erase_member_data = by_office


def can_see_membership(act: Act, membership: OfParty) -> Verdict:
    if keeps_members(act) or membership.party_id in act.own:
        return ALLOW
    return deny(OWN_ONLY)


def can_apply_for_membership(act: Act, member_class: MemberClass) -> Verdict:
    """Anyone may ask, visitors too, for a class that is open."""
    if member_class.is_open or act.holds(*OFFICE):
        return ALLOW
    return deny(_("This kind of membership is not open for applications now."))


def can_apply_as(act: Act, party_id: int) -> Verdict:
    """For a party that is known, only itself, whoever speaks for it, or the office applies."""
    if party_id in act.own or act.holds(*OFFICE):
        return ALLOW
    return deny(_("You can apply for yourself, or for an organisation you speak for."))


def decides_on_application(act: Act, application: Application | None = None) -> Verdict:
    """The office notes what concerns an application, but never its own."""
    no = _("You cannot decide on your own application.")
    return not_oneself(act, application.party_id if application else None, no)


def can_admit_member(act: Act, application: Application | None = None) -> Verdict:
    """Where an article gives admission to a body, it admits, by resolution."""
    verdict = decides_on_application(act, application)
    if not verdict or application is None:
        return verdict
    return by_resolution(act, "admission", lambda one: one.by_article)


can_refuse_application = can_admit_member


def can_withdraw_application(act: Act, application: Application) -> Verdict:
    return ALLOW if is_applying(act, application) else by_office(act)


class OfParty(Protocol):
    """A membership, or a card of one: what is judged is whose it is."""

    @property
    def party_id(self) -> int: ...


def can_leave_membership(act: Act, membership: OfParty) -> Verdict:
    """Leaving is by notice: the member itself, or the office on its word."""
    if membership.party_id in act.own:
        return ALLOW
    return by_office(act)


def can_erase_application(act: Act, application: Application | None = None) -> Verdict:
    """As people are: what is erased does not come back."""
    if act.holds(*TRUSTED):
        return ALLOW
    return deny(_("Personal data is erased in an administrator session."))


can_erase_applications = can_erase_application
can_issue_destruction_certificate = can_erase_application
can_set_members_apart = can_erase_application


def papers_visible_to(act: Act, rows: QuerySet[IssuedPaper]) -> QuerySet[IssuedPaper]:
    """All for the office; for everybody else what was issued to them or those they speak for."""
    if keeps_members(act):
        return rows
    own = act.own
    return rows.filter(Q(party__in=own) | Q(party__merged_into__in=own))


def can_see_paper(act: Act, paper: IssuedPaper) -> Verdict:
    now = paper.party.merged_into_id if paper.party is not None else None
    if keeps_members(act) or paper.party_id in act.own or now in act.own:
        return ALLOW
    return deny(OWN_ONLY)


def can_issue_room_paper(act: Act, party_id: int) -> Verdict:
    """The room above has its own policy; here: the office, the loan officer, and one's own."""
    if keeps_members(act) or act.holds("loan_officer") or party_id in act.own:
        return ALLOW
    return deny(OWN_ONLY)


def can_issue_paper(act: Act, kind: str, party_id: int) -> Verdict:
    """Members certify nothing but what they are and paid; what is worth money the office issues,
    and nobody to oneself."""
    own = party_id in act.own
    if own and kind not in papers.OWN and keeps_members(act) and not act.holds(*TRUSTED):
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

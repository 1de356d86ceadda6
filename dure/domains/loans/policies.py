"""Who may do what about loans. Deny by default; each no says why.

The loan officer and the secretariat keep loans; the bookkeeper pays out and takes in. Members ask for
themselves and the organisations they speak for; nobody decides on a loan of one's own.
"""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.queries import by_resolution
from dure.domains.governance.queries import decides_freely
from dure.domains.memberships import queries as memberships
from dure.domains.self_help import queries as self_help
from dure.kernel.acts import Act
from dure.kernel.refusals import type_text
from dure.kernel.verdict import ALLOW, Verdict, deny

TRUSTED = ("administrator", "operator", "system")
MATTER = "lending"  # what a body is given to decide on
OFFICERS = ("loan_officer", "secretariat", *TRUSTED)
MONEY = (*OFFICERS, "bookkeeper")
READERS = (*MONEY, "auditor")
BELONGING = ("member", "representative", "participant")
ASSOCIATION_SEES = "loans.association_sees"


class OfParty(Protocol):
    """A loan, or a card of one: what is judged is whose it is."""

    @property
    def party_id(self) -> int: ...


class OfFund(OfParty, Protocol):
    """The same, where it matters out of which fund run for others it is lent."""

    @property
    def participant_id(self) -> int | None: ...


class OfBorrower(OfParty, Protocol):
    """The same, where it matters whether it is lent to a member of the network."""

    @property
    def membership_id(self) -> int | None: ...


def _by_officers(act: Act, thing: object = None) -> Verdict:
    if act.holds(*OFFICERS):
        return ALLOW
    return deny(_("Only the loan officer and the secretariat do this."))


def _not_own(act: Act, loan: OfParty, why: type_text) -> Verdict:
    """Nobody decides on what is one's own, or of somebody close (제척)."""
    if act.holds(*TRUSTED):
        return ALLOW
    return deny(why) if loan.party_id in act.own else decides_freely(act, loan.party_id)


can_lay_down_loan_product = _by_officers
can_end_loan_product = _by_officers


def can_see_loans(act: Act) -> Verdict:
    if act.holds(*READERS):
        return ALLOW
    return deny(_("The loans of all are for the loan officer, the office and the auditor."))


def can_see_loan_products(act: Act) -> Verdict:
    if act.holds(*READERS, *BELONGING):
        return ALLOW
    return deny(_("Loans are for members. Log in first."))


def can_ask_for_loan(act: Act, party_id: int) -> Verdict:
    """For oneself, for whom one speaks; the office types in what came on paper."""
    if party_id in act.own or act.holds(*OFFICERS):
        return ALLOW
    return deny(_("You ask for a loan for yourself, or for the organisation you speak for."))


can_apply_for_loan = can_ask_for_loan


def can_apply_at_desk(act: Act) -> Verdict:
    return _by_officers(act)


def can_withdraw_loan_application(act: Act, loan: OfParty) -> Verdict:
    """It may follow a leaving, whose own policy has spoken."""
    return ALLOW if act.cause is not None else can_ask_for_loan(act, loan.party_id)


def shown_funds(act: Act) -> frozenset[str]:
    """The funds of the associations the actor speaks for, where their rules show the single loans."""
    codes = self_help.funds_spoken_for(act)
    return frozenset(one for one in codes if bylaws.rules_on(act.today, one).yes(ASSOCIATION_SEES))


def can_see_loan(act: Act, loan: OfFund) -> Verdict:
    if loan.party_id in act.own or act.holds(*READERS):
        return ALLOW
    if loan.participant_id is not None and (shown := shown_funds(act)):
        if self_help.participation(loan.participant_id, act.today).code in shown:
            return ALLOW
    return deny(_("This loan belongs to someone else."))


def _by_decision(act: Act, loan: OfBorrower) -> Verdict:
    """A body decides where it was given loans; where none was, the office, never on a loan of one's
    own. What a fund run for others lends, its own body decides, and the office notes it."""
    if act.holds("resolution"):
        return ALLOW
    free = _not_own(act, loan, _("Nobody decides on a loan of one's own."))
    if not free or loan.membership_id is None:
        return free and _by_officers(act)
    verdict = by_resolution(act, MATTER, lambda one: one.by_article)
    return verdict and _by_officers(act)


can_approve_loan = _by_decision
can_refuse_loan = can_approve_loan


def can_sign_loan(act: Act, loan: OfParty) -> Verdict:
    return can_ask_for_loan(act, loan.party_id)


def can_debit_loan(act: Act, loan: OfBorrower) -> Verdict:
    if loan.membership_id is None and not memberships.membership_of(loan.party_id, act.today):
        return deny(_("Only who is a member of the network pays by direct debit."))
    return can_ask_for_loan(act, loan.party_id)


def _with_money(act: Act, loan: OfParty) -> Verdict:
    if loan.party_id in act.own and not act.holds(*TRUSTED):
        return deny(_("Nobody moves the money of a loan of one's own."))
    if act.holds(*MONEY):
        return ALLOW
    return deny(_("Only the loan officer, the bookkeeper and the secretariat do this."))


can_pay_out_loan = _with_money
can_repay_loan = _with_money
can_pay_off_loan = _with_money
can_undo_loan_payment = _with_money
can_recover_loan = _with_money


def can_run_loan_day(act: Act) -> Verdict:
    """The clock does; whoever keeps the loans or the books may not want to wait for it."""
    if act.holds(*MONEY):
        return ALLOW
    return deny(_("Only the loan officer, the bookkeeper and the secretariat do this."))


can_send_loan_letters = _by_officers


def can_hold_loan_ceiling(act: Act) -> Verdict:
    """It follows a movement of shares, whose own policy has spoken."""
    return ALLOW if act.cause is not None else _by_officers(act)


def can_move_loans(act: Act) -> Verdict:
    """It follows a merge, whose own policy has spoken."""
    return ALLOW if act.cause is not None else _by_officers(act)


def sees_receipts(act: Act) -> bool:
    """Whether the receipt that paid may be opened: as the memberships keep it."""
    return act.holds("secretariat", "bookkeeper", *TRUSTED)


can_hand_in_loan_paper = can_withdraw_loan_application
can_name_guarantor = can_withdraw_loan_application


def can_note_loan(act: Act, loan: OfParty) -> Verdict:
    """Reviewers note; nobody reviews a loan of one's own, or of who is close to one."""
    return _not_own(act, loan, _("Nobody reviews a loan of one's own.")) and _by_officers(act)


can_meet_loan_condition = can_note_loan
can_bring_loan = can_note_loan


def can_read_loan_paper(act: Act, loan: OfParty) -> Verdict:
    """The borrower and who reviews; the bookkeeper and the auditor need no payslips."""
    if loan.party_id in act.own or act.holds(*OFFICERS):
        return ALLOW
    return deny(_("Papers of a loan are for the borrower and those who review it."))


def can_see_guarantee(act: Act, guarantee: OfParty) -> Verdict:
    if guarantee.party_id in act.own or act.holds(*READERS):
        return ALLOW
    return deny(_("This guarantee is between others."))


def can_answer_guarantee(act: Act, guarantee: OfParty) -> Verdict:
    """In person: nobody agrees for somebody else, the office neither."""
    if guarantee.party_id in act.own:
        return ALLOW
    return deny(_("Only the guarantor answers, in person."))


def can_sign_guarantee(act: Act, guarantee: OfParty) -> Verdict:
    if guarantee.party_id in act.own and not act.holds(*TRUSTED):
        return deny(_("Nobody notes a guarantee of one's own."))
    return _by_officers(act)


can_call_guarantor = can_note_loan
can_pay_as_guarantor = _with_money
can_issue_loan_paper = can_withdraw_loan_application


def can_lapse_loan_promises(act: Act) -> Verdict:
    return _by_officers(act)


def can_follow_contract_at_leaving(act: Act, loan: OfParty) -> Verdict:
    """It follows a leaving, whose own policy has spoken."""
    return ALLOW if act.cause is not None else _by_officers(act)


def can_schedule_loan_papers(act: Act) -> Verdict:
    """It follows the end of a loan, whose own policy has spoken."""
    return ALLOW if act.cause is not None else _by_officers(act)


def can_waive_late_interest(act: Act, loan: OfParty) -> Verdict:
    """The office within the limit of the rules; a resolution beyond it."""
    return ALLOW if act.holds("resolution") else can_call_loan_due(act, loan)


can_undo_late_waiver = can_waive_late_interest
can_reschedule_loan = _by_decision
can_write_off_loan = _by_decision


def can_call_loan_due(act: Act, loan: OfParty) -> Verdict:
    """The contract says when; the office calls it, or it follows a leaving, whose policy has spoken."""
    if act.cause is not None:
        return ALLOW
    return _not_own(act, loan, _("Nobody decides on a loan of one's own.")) and _by_officers(act)


def can_spare_estate(act: Act, loan: OfParty) -> Verdict:
    """It follows a death, whose own policy has spoken."""
    return ALLOW if act.cause is not None else _by_officers(act)

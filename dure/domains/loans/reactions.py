"""What loans do when share capital goes down (the ceilings come down with it) or parties become one, and
what they let the money of members pay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dure.domains.memberships.events import MembershipLeft
from dure.domains.memberships.queries import PayableKind, shares
from dure.domains.parties.events import PartiesMerged, PersonErased
from dure.domains.self_help.events import FundCapitalPaidBack
from dure.kernel.acts import Act

from . import commands, queries
from .commands.leaving import need_no_open_loan
from .commands.repaying import take_back, take_from_receipt
from .events import LoanCalledDue, LoanLettersSent, LoanPromiseLapsed

PAYABLES = PayableKind(
    queries.KIND, queries.PREFIX, queries.open_payables, queries.memberships_of_loans,
    take_from_receipt, take_back, queries.payables_of_others, queries.others_fund_of,
)  # fmt: skip


def hold_ceiling(act: Act, fact: Any) -> None:
    """Shares are paid back, undone or handed on only while what is lent, and what is lent with the
    mutual aid, stays within the ceilings, on every day since they count no more."""
    claim_id = getattr(fact, "claim_id", None)
    since = getattr(fact, "moved_date", None) or (claim_id and shares.claim_moved_date(claim_id))
    since = since or act.today
    if queries.rests_on_capital(since, act.today):
        commands.hold_loan_ceiling(act, since=since, party_id=fact.party_id)


def follow_leaving(act: Act, fact: MembershipLeft) -> None:
    """Who dies leaves the loan to the estate, which is given time. Of who is expelled or leaves otherwise
    the contract says whether all of it is called due, or whether leaving waits; what was asked for and
    not paid out is over."""
    for loan_id in queries.open_wishes_of(fact.membership_id):
        commands.withdraw_loan_application(act, loan_id=loan_id)
    for loan_id in queries.loans_of_member(fact.membership_id):
        if fact.reason == "died":
            commands.spare_estate(act, loan_id=loan_id, died_date=fact.left_date)
        else:
            commands.follow_contract_at_leaving(
                act, loan_id=loan_id, reason=fact.reason, left_date=fact.left_date,
                decided_by=fact.decided_by,
            )  # fmt: skip


def refuse_forgetting(act: Act, fact: PersonErased) -> None:
    """Who owes, or stands for who owes, is not forgotten."""
    need_no_open_loan(fact.party_id)


def hold_fund_ceiling(act: Act, fact: FundCapitalPaidBack) -> None:
    """A contribution is paid back out of a fund run for others only while its own ceilings hold."""
    if queries.rests_on_capital(fact.paid_date, act.today, queries.Lender(fact.code)):
        commands.hold_loan_ceiling(
            act, since=fact.paid_date, party_id=fact.party_id, owner=fact.code
        )


def follow_merge(act: Act, fact: PartiesMerged) -> None:
    """A duplicate's loans go with the party that is kept."""
    if queries.has_loans(fact.duplicate_id):
        commands.move_loans(act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id)


def schedule_papers(act: Act, fact: Any) -> None:
    """A loan is over, or was never made: its papers are kept so long and no longer."""
    if queries.papers_to_schedule(fact.loan_id):
        commands.schedule_loan_papers(act, loan_id=fact.loan_id)


def letters_of_ladder(fact: LoanLettersSent) -> Iterable[dict[str, Any]]:
    """To each borrower who is late, and to the guarantors where they hear of it."""
    for letter_id, party_id in queries.letter_readers(fact.letters):
        yield {"kind": "letter", "number": letter_id, "party_id": party_id}


def letters_of_calling(fact: LoanCalledDue) -> Iterable[dict[str, Any]]:
    """To the borrower and those who stand for the loan."""
    for party_id in queries.readers_of_loan(fact.loan_id):
        yield {"kind": "called_due", "number": fact.loan_id, "party_id": party_id}


def letter_of_lapse(fact: LoanPromiseLapsed) -> Iterable[dict[str, Any]]:
    """To whom it was promised."""
    return [{"kind": "promise_lapsed", "number": fact.loan_id, "party_id": fact.party_id}]


OUTGOING: dict[type[Any], tuple[tuple[str, Any], ...]] = {
    LoanLettersSent: (("loan_letter", letters_of_ladder),),
    LoanCalledDue: (("loan_letter", letters_of_calling),),
    LoanPromiseLapsed: (("loan_letter", letter_of_lapse),),
}

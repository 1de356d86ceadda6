"""What becomes of a loan when its borrower leaves, or is to be forgotten."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.memberships.commands.members import LEAVING_REASONS
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import Refusal

from .. import policies, queries
from ..events import BorrowerLeft
from ..models import Loan
from .changing import call_loan_due

__all__ = ["LoanIsOpen", "LoanKeepsMember", "follow_contract_at_leaving"]

CALL, REFUSE = "call_due", "refuse_leaving"


class LoanKeepsMember(Refusal):
    """Whose contract says so leaves when the loan is paid back."""

    text = _("%(won)s of a loan are left; its contract says that leaving waits until it is paid.")
    remedy = _("Pay the loan off first: its page says with how much.")


class LoanIsOpen(Refusal):
    """What is owed has a debtor."""

    text = _("This person owes, asks for or stands for a loan: no. %(loans)s.")
    remedy = _("Erase the person when these loans are paid back and the guarantees released.")


@command
def follow_contract_at_leaving(
    act: Act, *, loan_id: int, reason: str, left_date: date, decided_by: str = ""
) -> str:
    """Do with a loan what its contract says when the borrower is expelled or leaves: what was done
    (keep, ask, call_due). Who resigns may have to wait. Raises LoanKeepsMember, LoanNotWaiting."""
    loan: Loan = Loan.objects.hold(loan_id)
    policies.can_follow_contract_at_leaving(act, loan).enforce()
    agreed = queries.end_agreed(loan_id, reason)
    if agreed == REFUSE and reason == "resigned":
        raise LoanKeepsMember(won=format_won(loan.committed_won))
    # ---
    record(act, BorrowerLeft(loan.pk, loan.party_id, loan.committed_won, agreed, reason))
    if agreed == CALL:
        due = max(queries.call_due_from(act.today, loan.product.fund), left_date)
        call_loan_due(
            act, loan_id=loan_id, due_date=due,
            decided_by=decided_by or _now("By the contract"), reason=str(LEAVING_REASONS[reason]),
        )  # fmt: skip
    return agreed


def need_no_open_loan(party_id: int) -> None:
    """Before a person is erased. Raises LoanIsOpen: asked for, running, given up and not come back, or
    guaranteed."""
    if held := queries.open_loans_of(party_id):
        raise LoanIsOpen(loans=", ".join(map(str, held)))

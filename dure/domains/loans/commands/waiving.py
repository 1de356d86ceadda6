"""Late interest that is not asked after all: by the office within the limit of the rules, by resolution
beyond it; and asked again where that was wrong."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws.rules import enforce
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import LateInterestWaived, LateWaiverUndone
from ..models import LoanChange
from .changing import Kind, counted, hold_running, said, save_counted

__all__ = ["LateWaiverStands", "WaivesTooMuchLate", "undo_late_waiver", "waive_late_interest"]

_WAIVED_TEXT = gettext_noop("Late interest of a loan waived")
_OWED_TEXT = gettext_noop("Late interest of a loan owed again")


class WaivesTooMuchLate(InvalidInput):
    """Only late interest that is open is waived; interest and principal are not."""

    text = _("%(open)s of late interest are open of this loan; %(won)s cannot be waived.")


class LateWaiverStands(Refusal):
    """What was decided later rests on it."""

    text = _("This waiver cannot be taken back: it is not the last that was decided.")


@command
def waive_late_interest(
    act: Act, *, loan_id: int, decided_by: str, reason: str, won: int | None = None
) -> LoanChange:
    """Give up late interest that is open until today, all of it or so much, the oldest first: Dr interest
    income, Cr interest receivable. It goes on growing tomorrow while principal is late.

    Raises WaivesTooMuchLate, RuleNotMet (what the office may waive of one loan in all),
    LoanDecisionUnnamed, LoanNotWaiting.
    """
    loan = hold_running(loan_id)
    policies.can_waive_late_interest(act, loan).enforce()
    decided_by, reason = said(decided_by), said(clean_text(reason, 300, _("Reason")))
    standing, rows = counted(loan, act.today)
    late = {one.n: one.as_open().late for one in rows if not one.is_carried}
    open_won = sum(late.values())
    given = left = open_won if won is None else won
    if not 0 < given <= open_won:
        raise WaivesTooMuchLate(open=format_won(open_won), won=format_won(given))
    if not act.holds("resolution"):
        in_all = queries.late_waived(loan.pk) + given
        book = queries.rules_of(loan.product.fund, act.today)
        enforce(book.check_all(("loans.waiver_won", in_all)))
    # ---
    parts = []
    for row in rows:
        if part := min(left, late.get(row.n, 0)):
            row.late_won -= part
            left -= part
            parts.append({"n": row.n, "late": part})
    save_counted(act, loan, standing, rows, text=_WAIVED_TEXT)
    change = LoanChange.objects.create(
        loan=loan, kind=Kind.WAIVED, changed_date=act.today, won=given, decided_by=decided_by,
        reason=reason, before=parts,
    )  # fmt: skip
    record(act, LateInterestWaived(loan.pk, loan.party_id, given, open_won - given, decided_by))
    return change


@command
def undo_late_waiver(act: Act, *, change_id: int, reason: str) -> LoanChange:
    """Ask for waived late interest again: it is owed as if it had not been waived. Raises
    LateWaiverStands, LoanDecisionUnnamed, LoanNotWaiting."""
    waiver = LoanChange.objects.filter(pk=change_id, kind=Kind.WAIVED).first()
    if waiver is None:
        raise NotFound
    loan = hold_running(waiver.loan_id)
    policies.can_undo_late_waiver(act, loan).enforce()
    reason = said(clean_text(reason, 300, _("Reason")))
    last = loan.changes.filter(undone=None, undoes=None).order_by("pk").last()
    if last is None or last.pk != waiver.pk:
        raise LateWaiverStands
    # ---
    standing, rows = counted(loan, act.today)
    again = {part["n"]: part["late"] for part in waiver.before}
    for row in rows:
        row.late_won += again.get(row.n, 0)
    save_counted(act, loan, standing, rows, text=_OWED_TEXT)
    change = LoanChange.objects.create(
        loan=loan, kind=Kind.OWED_AGAIN, changed_date=act.today, won=waiver.won,
        decided_by=waiver.decided_by, reason=reason, undoes=waiver,
    )  # fmt: skip
    record(act, LateWaiverUndone(loan.pk, loan.party_id, waiver.won, reason))
    return change

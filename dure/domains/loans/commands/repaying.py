"""Money that comes back: an instalment, a part of one, several ahead, or all of it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import Source
from dure.domains.memberships.queries.books import entry_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies, queries
from ..events import LoanRepaid
from ..models import Loan, LoanInstalment, LoanPayment, LoanStanding
from ..rules import booking
from ..rules.overdue import Order, Paid, allocate
from .accruing import hold_standing, recognise
from .lending import LoanDayImpossible, LoanNotWaiting

__all__ = [
    "LoanNothingPaid",
    "LoanPaidBeforeOthers",
    "LoanPaymentTooLarge",
    "pay_off_loan",
    "repay_loan",
]

_REPAID_TEXT = gettext_noop("Small loan paid back")


class LoanNothingPaid(InvalidInput):
    """Money above zero comes back."""

    text = _("Type an amount above 0 won.")


class LoanPaymentTooLarge(Refusal):
    """Nobody pays back more than is owed."""

    text = _("%(open)s are open of this loan in all; %(won)s cannot be taken in for it.")
    remedy = _("To pay it off today, %(off)s are needed. Pay the rest back, or book it elsewhere.")


class LoanPaidBeforeOthers(Refusal):
    """Payments are taken in as they come."""

    text = _("A payment of %(date)s was taken in already; an earlier one would change it.")


@command
def repay_loan(act: Act, *, loan_id: int, won: int, paid_date: date | None = None) -> LoanPayment:
    """Take money in for a loan: the oldest instalment first, in the order of the product; what is
    more than due pays the next instalments ahead. Dr cash, Cr member loans by party, Cr interest
    receivable; what it has earned more by that is income.

    Raises LoanPaymentTooLarge, LoanNothingPaid, LoanNotWaiting, LoanDayImpossible,
    LoanPaidBeforeOthers, and the refusals of the ledger.
    """
    loan, day = _running(act, loan_id, paid_date)
    policies.can_repay_loan(act, loan).enforce()
    if won <= 0:
        raise LoanNothingPaid
    standing, rows = _counted(loan, day)
    open_won = sum(one.as_open().won for one in rows)
    if won > open_won:
        off = queries.pay_off_of(loan, rows, day)
        raise LoanPaymentTooLarge(
            open=format_won(open_won), won=format_won(won), off=format_won(off.won)
        )
    paid, _rest = allocate(won, [one.as_open() for one in rows], Order(loan.product.order))
    # ---
    return _take_in(act, loan, standing, rows, paid, day)


@command
def pay_off_loan(act: Act, *, loan_id: int, paid_date: date | None = None) -> LoanPayment:
    """Pay the whole loan off early: what is due, the interest of the days since, and all of the
    principal; interest of days to come is not asked. Raises as repay_loan."""
    loan, day = _running(act, loan_id, paid_date)
    policies.can_pay_off_loan(act, loan).enforce()
    standing, rows = _counted(loan, day)
    off = queries.pay_off_of(loan, rows, day)
    # ---
    parts = {part.n: part for part in off.parts}
    for one in rows:  # interest that is not asked any more
        if part := parts.get(one.n):
            one.interest_won = one.paid_interest_won + part.interest
    return _take_in(act, loan, standing, rows, off.parts, day)


def _running(act: Act, loan_id: int, paid_date: date | None) -> tuple[Loan, date]:
    loan: Loan = Loan.objects.select_related("product").hold(loan_id)
    policies.can_repay_loan(act, loan).enforce()
    if loan.state != Loan.State.RUNNING:
        raise LoanNotWaiting(state=loan.get_state_display())
    assert loan.paid_out_date is not None
    day = paid_date or act.today
    if not loan.paid_out_date <= day <= act.today:
        raise LoanDayImpossible(date=day.isoformat())
    later = loan.payments.filter(paid_date__gt=day).first()
    if later is not None:
        raise LoanPaidBeforeOthers(date=later.paid_date.isoformat())
    return loan, day


def _counted(loan: Loan, day: date) -> tuple[LoanStanding, list[LoanInstalment]]:
    """The standing and the instalments, oldest first, the late interest of those that are open counted
    up to the day."""
    standing = hold_standing(loan)
    rows = list(loan.instalments.select_for_update().order_by("n"))
    queries.count_late(loan, [one for one in rows if one.closed_date is None], day)
    return standing, rows


def _take_in(
    act: Act,
    loan: Loan,
    standing: LoanStanding,
    rows: list[LoanInstalment],
    paid: tuple[Paid, ...],
    day: date,
) -> LoanPayment:
    by_n = {one.n: one for one in paid}
    for row in rows:
        if part := by_n.get(row.n):
            row.paid_principal_won += part.principal
            row.paid_interest_won += part.interest
            row.paid_late_won += part.late
    income = recognise(standing, rows, day)
    LoanInstalment.objects.bulk_update(
        [one for one in rows if one.n in by_n or one.closed_date in (None, day)],
        (
            "interest_won", "paid_principal_won", "paid_interest_won", "late_won", "paid_late_won",
            "counted_date", "closed_date",
        ),
    )  # fmt: skip
    principal, interest, late = (
        sum(getattr(one, name) for one in paid) for name in ("principal", "interest", "late")
    )
    entry = ledger.post_entry(
        act,
        date=day,
        text=entry_text(_REPAID_TEXT),
        sides=booking.coming_back(
            queries.chart(), loan.product.fund, loan.party_id, principal, interest + late, income
        ),
        source=Source("loans.Loan", loan.pk),
    )
    payment = LoanPayment.objects.create(
        loan=loan, paid_date=day, won=principal + interest + late, principal_won=principal,
        interest_won=interest, late_won=late, entry=entry,
    )  # fmt: skip
    loan.committed_won -= principal
    if standing.closed_date:
        loan.state, loan.repaid_date = Loan.State.REPAID, day
    loan.save(update_fields=["committed_won", "state", "repaid_date"])
    record(
        act,
        LoanRepaid(
            loan.pk, loan.party_id, payment.won, principal, interest, late, loan.committed_won,
            entry.pk,
        ),
    )  # fmt: skip
    return payment

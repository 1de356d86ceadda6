"""What becomes of a loan that does not run as agreed: a new schedule, all of it due at once, given up by
resolution, recovered later, spared for a while after a death. What was open before stays readable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import Source
from dure.domains.memberships.queries.books import entry_text
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import Rounding, format_won
from dure.kernel.refusals import InvalidInput, Refusal
from dure.ui.templatetags.dure import percent

from .. import policies, queries
from ..events import LoanCalledDue, LoanRecovered, LoanRescheduled, LoanSpared, LoanWrittenOff
from ..models import Loan, LoanChange, LoanInstalment, LoanStanding
from ..rules import booking
from ..rules.days import DayCount, Move, moved
from ..rules.schedules import Method, Terms, schedule
from .accruing import close_standing, hold_standing, recognise
from .lending import LoanDayImpossible, LoanDecisionUnnamed, LoanNotWaiting

__all__ = [
    "LoanNothingRecovered", "LoanRateRaised", "LoanRecoversTooMuch", "call_loan_due", "recover_loan",
    "reschedule_loan", "spare_estate", "write_off_loan",
]  # fmt: skip

_WRITTEN_OFF_TEXT = gettext_noop("Small loan written off")
_RECOVERED_TEXT = gettext_noop("Small loan recovered after being written off")
_EARNED_TEXT = gettext_noop("Interest of a loan after a new schedule")
Kind = LoanChange.Kind


class LoanRateRaised(Refusal):
    """A new schedule never costs more than the contract."""

    text = _("The contract says %(contract)s a year; a new schedule cannot ask for more.")


class LoanNothingRecovered(InvalidInput):
    """Money above zero comes back."""

    text = _("Type an amount above 0 won.")


class LoanRecoversTooMuch(Refusal):
    """No more comes back than was given up."""

    text = _("%(open)s of this loan were given up and have not come back; %(won)s are more.")
    remedy = _("Take in what is open and pay the rest back.")


@command
def reschedule_loan(
    act: Act,
    *,
    loan_id: int,
    months: int,
    grace_months: int = 0,
    rate: tuple[int, int] | None = None,
    decided_by: str,
    reason: str = "",
) -> LoanChange:
    """Lay down a new schedule from today on for the principal that is open; the interest that is owed is
    carried to the first new due day. `rate`: not above the contract's; none: the contract's.

    Raises LoanRateRaised, LoanDecisionUnnamed, LoanNotWaiting, TermsUnfit.
    """
    loan = hold_running(loan_id)
    policies.can_reschedule_loan(act, loan).enforce()
    decided_by, reason = said(decided_by), clean_text(reason, 300, _("Reason"))
    agreed = Fraction(loan.contract["rate"])
    yearly = agreed if rate is None else Fraction(*rate)
    if yearly > agreed:
        raise LoanRateRaised(contract=percent((agreed.numerator, agreed.denominator)))
    plan = schedule(
        Terms(
            loan.committed_won, yearly, months, Method(loan.contract["method"]),
            DayCount(loan.contract["day_count"]), act.today, grace_months,
            loan.contract["unit_won"], Rounding(loan.contract["rounding"]),
        )
    )  # fmt: skip
    move = Move(loan.contract["due_day_moves"])
    # ---
    rows = [
        (moved(one.due_date, move, queries.is_free), one.principal, one.interest)
        for one in plan.instalments
    ]
    change = _replace(act, loan, Kind.RESCHEDULED, rows, decided_by, reason)
    record(
        act,
        LoanRescheduled(
            loan.pk, loan.party_id, change.won, change.principal_won, months, decided_by
        ),
    )
    return change


@command
def call_loan_due(
    act: Act, *, loan_id: int, due_date: date, decided_by: str, reason: str
) -> LoanChange:
    """All that is open becomes due on one day, as the contract says (기한의 이익 상실): after an
    expulsion, or when it is too late. The borrower is told before. Raises LoanDecisionUnnamed,
    LoanDayImpossible, LoanNotWaiting."""
    loan = hold_running(loan_id)
    policies.can_call_loan_due(act, loan).enforce()
    decided_by, reason = said(decided_by), said(clean_text(reason, 300, _("Reason")))
    if due_date < queries.call_due_from(act.today, loan.product.fund):
        raise LoanDayImpossible(date=due_date.isoformat())
    terms = Terms(
        loan.committed_won, Fraction(loan.contract["rate"]), 1, Method.BULLET,
        DayCount(loan.contract["day_count"]), act.today,
        rounding=Rounding(loan.contract["rounding"]),
    )  # fmt: skip
    month = schedule(terms).instalments[0]
    share = Fraction(
        month.interest * (due_date - act.today).days, (month.due_date - act.today).days
    )
    # ---
    rows = [(due_date, loan.committed_won, int(share))]
    change = _replace(act, loan, Kind.CALLED_DUE, rows, decided_by, reason)
    record(act, LoanCalledDue(loan.pk, loan.party_id, change.won, due_date, reason))
    return change


@command
def spare_estate(act: Act, *, loan_id: int, died_date: date) -> LoanChange:
    """After the borrower's death the loan is a claim against the estate: for the days the rules name
    nothing falls due and no late interest runs. Raises LoanNotWaiting."""
    loan = hold_running(loan_id)
    policies.can_spare_estate(act, loan).enforce()
    until = died_date + timedelta(days=queries.estate_days(died_date, loan.product.fund))
    # ---
    standing, rows = counted(loan, min(died_date, act.today))
    before = [as_it_stood(row) for row in rows if row.closed_date is None]
    won = sum(row.as_open().won for row in rows)
    for row in rows:
        if row.closed_date is None:
            if died_date <= row.due_date < until:
                row.due_date = until
            elif row.due_date < died_date:
                row.counted_date = until
    save_counted(act, loan, standing, rows)
    change = LoanChange.objects.create(
        loan=loan, kind=Kind.SPARED, changed_date=act.today, won=won,
        principal_won=loan.committed_won, decided_by=until.isoformat(), before=before,
    )  # fmt: skip
    record(act, LoanSpared(loan.pk, loan.party_id, won, until))
    return change


@command
def write_off_loan(act: Act, *, loan_id: int, decided_by: str, reason: str) -> LoanChange:
    """Give a loan up in the books: Dr loan loss allowance as far as it was set aside, then Dr loan loss
    expense; Cr member loans by party, Cr interest receivable. The claim remains outside the books.

    Raises LoanDecisionUnnamed, LoanNotWaiting.
    """
    loan = hold_running(loan_id)
    policies.can_write_off_loan(act, loan).enforce()
    decided_by, reason = said(decided_by), said(clean_text(reason, 300, _("Reason")))
    # ---
    standing, rows = counted(loan, act.today)
    before = [as_it_stood(row) for row in rows if row.closed_date is None]
    won, principal = sum(row.as_open().won for row in rows), loan.committed_won
    cleared = close_standing(standing, rows, act.today)
    entry = ledger.post_entry(
        act,
        date=act.today,
        text=entry_text(_WRITTEN_OFF_TEXT),
        sides=booking.giving_up(
            queries.chart(), loan.product.fund, loan.party_id, principal,
            cleared.receivable_won, cleared.provision_won,
        ),
        source=Source("loans.Loan", loan.pk),
    )  # fmt: skip
    loan.state, loan.committed_won = Loan.State.WRITTEN_OFF, 0
    loan.save(update_fields=["state", "committed_won"])
    change = LoanChange.objects.create(
        loan=loan, kind=Kind.WRITTEN_OFF, changed_date=act.today, won=won, principal_won=principal,
        decided_by=decided_by, reason=reason, before=before, entry=entry,
    )  # fmt: skip
    record(act, LoanWrittenOff(loan.pk, loan.party_id, won, principal, decided_by, entry.pk))
    return change


@command
def recover_loan(act: Act, *, loan_id: int, won: int) -> LoanChange:
    """Money comes back for a loan that was given up: Dr cash, Cr loan loss expense.

    Raises LoanNothingRecovered, LoanRecoversTooMuch, LoanNotWaiting.
    """
    loan: Loan = Loan.objects.select_related("product").hold(loan_id)
    policies.can_recover_loan(act, loan).enforce()
    if loan.state != Loan.State.WRITTEN_OFF:
        raise LoanNotWaiting(state=loan.get_state_display())
    if won <= 0:
        raise LoanNothingRecovered
    left = queries.outside_the_books(loan.pk)
    if won > left:
        raise LoanRecoversTooMuch(open=format_won(left), won=format_won(won))
    # ---
    entry = ledger.post_entry(
        act,
        date=act.today,
        text=entry_text(_RECOVERED_TEXT),
        sides=booking.recovering(queries.chart(), loan.product.fund, won),
        source=Source("loans.Loan", loan.pk),
    )
    change = LoanChange.objects.create(
        loan=loan, kind=Kind.RECOVERED, changed_date=act.today, won=won, decided_by="", entry=entry
    )
    record(act, LoanRecovered(loan.pk, loan.party_id, won, left - won, entry.pk))
    return change


def hold_running(loan_id: int) -> Loan:
    loan: Loan = Loan.objects.select_related("product").hold(loan_id)
    if loan.state != Loan.State.RUNNING:
        raise LoanNotWaiting(state=loan.get_state_display())
    return loan


def said(given: str) -> str:
    found = clean_text(given, 200, _("Decided by"))
    if not found:
        raise LoanDecisionUnnamed
    return found


def counted(loan: Loan, day: date) -> tuple[LoanStanding, list[LoanInstalment]]:
    standing = hold_standing(loan)
    rows = list(loan.instalments.select_for_update().order_by("n"))
    queries.count_late(loan, [one for one in rows if one.closed_date is None], day)
    return standing, rows


def _replace(
    act: Act,
    loan: Loan,
    kind: str,
    new: Iterable[tuple[date, int, int]],
    decided_by: str,
    reason: str,
) -> LoanChange:
    """Close what is open and put new instalments in its place, (due day, principal, interest) …; the
    interest owed today, late interest with it, is due with the first of them."""
    standing, rows = counted(loan, act.today)
    off = queries.pay_off_of(loan, rows, act.today)
    before = [as_it_stood(row) for row in rows if row.closed_date is None]
    carried = off.interest_won
    for row in rows:
        row.principal_won, row.interest_won = row.paid_principal_won, row.paid_interest_won
        row.late_won = row.paid_late_won
    n, since = rows[-1].n, act.today
    made: list[LoanInstalment] = []
    for due, principal, won in new:
        n += 1
        if not made and carried:  # earned already: it is asked also of who pays off early
            made.append(
                LoanInstalment(
                    loan=loan, n=n, from_date=since, due_date=due, principal_won=0, interest_won=0,
                    late_won=carried, is_carried=True,
                )
            )  # fmt: skip
            n += 1
        made.append(
            LoanInstalment(
                loan=loan, n=n, from_date=since, due_date=due, principal_won=principal,
                interest_won=won,
            )
        )  # fmt: skip
        since = due
    save_counted(act, loan, standing, rows, made)
    return LoanChange.objects.create(
        loan=loan, kind=kind, changed_date=act.today, won=off.won, principal_won=loan.committed_won,
        decided_by=decided_by, reason=reason, before=before,
    )  # fmt: skip


def save_counted(
    act: Act,
    loan: Loan,
    standing: LoanStanding,
    rows: list[LoanInstalment],
    made: Sequence[LoanInstalment] = (),
    text: str = _EARNED_TEXT,
) -> None:
    """Bring the standing to the changed and new instalments, and book what is earned more or less by it."""
    earned = recognise(standing, [*rows, *made], act.today)
    LoanInstalment.objects.bulk_update(
        rows,
        ("principal_won", "interest_won", "late_won", "due_date", "counted_date", "closed_date"),
    )
    LoanInstalment.objects.bulk_create(made)
    if earned:
        ledger.post_entry(
            act,
            date=act.today,
            text=entry_text(text),
            sides=booking.earning(queries.chart(), loan.product.fund, earned),
            source=Source("loans.Loan", loan.pk),
        )


def as_it_stood(row: LoanInstalment) -> dict[str, Any]:
    """An open instalment, so that it can be read later."""
    one = row.as_open()
    carried = one.late if row.is_carried else 0
    return {
        "n": row.n, "due": row.due_date.isoformat(), "principal": one.principal,
        "interest": one.interest + carried, "late": one.late - carried,
    }  # fmt: skip

"""Money that comes back: an instalment, a part of one, several ahead, or all of it; by hand, or out of
the suspense where bank files and direct debits put it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws.rules import failed
from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import Source
from dure.domains.memberships import commands as memberships
from dure.domains.memberships.commands.shares.holding import lock_shares
from dure.domains.memberships.queries.books import bookable, chart as chart_of_suspense, entry_text
from dure.domains.memberships.queries.payables import Incoming, Taken
from dure.domains.memberships.rules.booking import from_suspense
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import LoanDebitAgreed, LoanPaymentTakenBack, LoanRepaid
from ..models import Loan, LoanInstalment, LoanPayment, LoanPaymentUndone, LoanStanding
from ..rules import booking
from ..rules.overdue import Order, Paid, allocate
from .accruing import hold_standing, recognise
from .lending import LoanDayImpossible, LoanNotWaiting
from .products import need_sane_sum

__all__ = [
    "LoanClosed", "LoanNothingPaid", "LoanPaidBeforeOthers", "LoanPaidTwice",
    "LoanDecidedSince", "LoanPaymentFromReceipt", "LoanPaymentStands", "LoanPaymentTooLarge", "LoanUndoUnreasoned",
    "debit_loan", "pay_off_loan", "repay_loan", "undo_loan_payment",
]  # fmt: skip

_REPAID_TEXT = gettext_noop("Small loan paid back")
_UNDONE_TEXT = gettext_noop("Interest of a loan whose payment was undone")
KEEP, PAY_BACK = "keep", "pay_back"


class LoanNothingPaid(InvalidInput):
    """Money above zero comes back."""

    text = _("Type an amount above 0 won.")


class LoanPaymentTooLarge(Refusal):
    """Nobody pays back more than is owed."""

    text = _("%(off)s pay this loan off on that day; %(won)s are more.")
    remedy = _("Say what becomes of the rest: kept for the member's dues, or to be paid back.")


class LoanPaidBeforeOthers(Refusal):
    """Payments are taken in as they come."""

    text = _("A payment of %(date)s was taken in already; an earlier one would change it.")
    remedy = _("Undo the later payment first, take this one in, then the later one again.")


class LoanPaidTwice(Refusal):
    """The same sum on the same day is probably the same money."""

    text = _("%(won)s of %(date)s were taken in for this loan already.")
    remedy = _("If it is a second payment, say so and take it in.")


class LoanClosed(Refusal):
    """Nothing is owed of a loan that is over."""

    text = _("This loan is %(state)s; nothing can be taken in for it.")
    remedy = _("Keep the money for the member's dues, or pay it back.")


class LoanPaymentStands(Refusal):
    """Payments are undone from the last one backwards, once."""

    text = _("This payment cannot be undone: %(reason)s.")


class LoanDecidedSince(LoanPaymentStands):
    """What was decided later rests on what was paid then."""

    text = _("Since this payment stands a decision about the loan: %(what)s, %(date)s.")
    remedy = _(
        "Late interest that was waived is asked for again under “Decisions about the loan”; then the"
        " payment can be undone. Any other decision stays: bring a new schedule to a meeting."
    )


class LoanPaymentFromReceipt(Refusal):
    """What a receipt paid is undone where receipts are."""

    text = _("This payment came out of receipt no. %(receipt)d.")
    remedy = _("Undo the matching of the receipt; the payment is then undone with it.")


class LoanUndoUnreasoned(InvalidInput):
    """Undoing needs a reason that an auditor can read."""

    text = _("Say why.")


@command
def repay_loan(
    act: Act,
    *,
    loan_id: int,
    won: int,
    paid_date: date | None = None,
    again: bool = False,
    rest: str = "",
) -> LoanPayment:
    """Take money in for a loan: the oldest instalment first, in the order of the product; what is
    more than due pays the next instalments ahead. Dr cash, Cr member loans by party, Cr interest.

    `again`: it is a second payment of the same sum that day; `rest`: what becomes of what is too much,
    kept for the member's dues (keep) or held to be paid back (pay_back): the money then comes in as a
    receipt. Raises LoanPaymentTooLarge, LoanSumAbsurd, LoanPaidTwice, LoanNothingPaid, LoanClosed, LoanNotWaiting,
    LoanDayImpossible, LoanPaidBeforeOthers, and the refusals of the ledger.
    """
    loan, day = _running(act, loan_id, paid_date)
    policies.can_repay_loan(act, loan).enforce()
    if won <= 0:
        raise LoanNothingPaid
    need_sane_sum(won)
    if not again and loan.payments.filter(undone=None, paid_date=day, won=won).exists():
        raise LoanPaidTwice(won=format_won(won), date=day.isoformat())
    off = _off(loan, day)
    if won > off and (rest not in (KEEP, PAY_BACK) or loan.membership_id is None):
        raise LoanPaymentTooLarge(won=format_won(won), off=format_won(off))
    # ---
    if won <= off:
        return _pay(act, loan, won, day)
    receipt = memberships.enter_receipt(
        act,
        receipt_date=day,
        amount_won=won,
        payer=parties.party_name(loan.party_id),
        fund=loan.product.fund,
    )
    memberships.match_receipt(
        act, receipt_id=receipt.pk, membership_id=loan.membership_id, keep_rest=rest == KEEP,
        payable=queries.payable_key(loan.pk),
    )  # fmt: skip
    return LoanPayment.objects.get(receipt=receipt.pk)


@command
def pay_off_loan(act: Act, *, loan_id: int, paid_date: date | None = None) -> LoanPayment:
    """Pay the whole loan off early: what is due, the interest of the days since, and all of the
    principal; interest of days to come is not asked. Raises as repay_loan."""
    loan, day = _running(act, loan_id, paid_date)
    policies.can_pay_off_loan(act, loan).enforce()
    # ---
    return _pay(act, loan, _off(loan, day), day)


@command
def undo_loan_payment(act: Act, *, payment_id: int, reason: str) -> LoanPayment:
    """Take the last payment of a loan back, by reversing its entry; what it paid is owed again.

    What a receipt paid is undone with the matching of the receipt. Raises LoanPaymentStands,
    LoanPaymentFromReceipt, LoanUndoUnreasoned.
    """
    payment = _payment(payment_id)
    policies.can_undo_loan_payment(act, payment.loan).enforce()
    reason = clean_text(reason, 200, _("Reason"))
    if not reason:
        raise LoanUndoUnreasoned
    if payment.receipt_id is not None:
        raise LoanPaymentFromReceipt(receipt=payment.receipt_id)
    # ---
    take_back(act, payment_id, reason, max(act.today, payment.paid_date))
    return payment


@command
def debit_loan(act: Act, *, loan_id: int, by_debit: bool) -> Loan:
    """The borrower agrees that instalments are taken by direct debit, or agrees no longer; there must be
    a mandate for the account besides. Raises LoanNotWaiting."""
    loan: Loan = Loan.objects.hold(loan_id)
    policies.can_debit_loan(act, loan).enforce()
    if loan.state not in (Loan.State.APPROVED, Loan.State.SIGNED, Loan.State.RUNNING):
        raise LoanNotWaiting(state=loan.get_state_display())
    # ---
    loan.by_debit = by_debit
    loan.save(update_fields=["by_debit"])
    record(act, LoanDebitAgreed(loan.pk, loan.party_id, by_debit))
    return loan


def take_from_receipt(act: Act, loan_id: int, won: int, money: Incoming) -> Taken:
    """Let a receipt pay up to so much for a loan: Dr suspense where it waits. Raises as repay_loan."""
    loan, day = _running(act, loan_id, money.day)
    policies.can_repay_loan(act, loan).enforce()
    payment = _pay(act, loan, min(won, _off(loan, day)), day, money)
    return Taken(payment.pk, payment.won, payment.entry_id)


def take_back(act: Act, payment_id: int, reason: str, day: date) -> Any:
    """Reverse a payment and put the instalments back; the reversal. Raises LoanPaymentStands.

    The money is gone, whatever the ceilings say: what is lent may stand above one by that. It is said
    so, and nothing more is lent nor capital paid back until it is below again.
    """
    lock_shares()  # what is lent grows again
    payment = _payment(payment_id)
    loan: Loan = Loan.objects.select_related("product").hold(payment.loan_id)
    policies.can_undo_loan_payment(act, loan).enforce()
    last = loan.payments.filter(undone=None).order_by("paid_date", "pk").last()
    if last is None or last.pk != payment.pk:
        raise LoanPaymentStands(reason=_("only the last one that stands can be"))
    if loan.state not in (Loan.State.RUNNING, Loan.State.REPAID):
        raise LoanPaymentStands(reason=_("the loan is %s") % loan.get_state_display())
    since = loan.changes.filter(changed_date__gte=payment.paid_date, undone=None, undoes=None)
    if (first := since.order_by("pk").last()) is not None:
        raise LoanDecidedSince(what=first.get_kind_display(), date=first.changed_date.isoformat())
    reversal = ledger.reverse_entry(
        act,
        entry_id=payment.entry_id,
        date=day,
        reason=reason,
        source=Source("loans.Loan", loan.pk),
    )
    standing = hold_standing(loan)
    rows = list(loan.instalments.select_for_update().order_by("n"))
    by_n = {row.n: row for row in rows}
    for part in payment.parts:
        row = by_n[part["n"]]
        row.interest_won += part["given_up"]
        row.paid_principal_won -= part["principal"]
        row.paid_interest_won -= part["interest"]
        row.paid_late_won -= part["late"]
        row.late_won = part["late_won"]
        row.counted_date = date.fromisoformat(part["counted"]) if part["counted"] else None
    earned = recognise(standing, rows, day) + payment.income_won
    LoanInstalment.objects.bulk_update(rows, _COUNTED)
    if earned:  # what it went on earning, as if it had not been paid
        ledger.post_entry(
            act,
            date=day,
            text=entry_text(_UNDONE_TEXT),
            sides=booking.earning(queries.chart(), loan.product.fund, earned),
            source=Source("loans.Loan", loan.pk),
        )
    LoanPaymentUndone.objects.create(
        payment=payment, undone_date=day, reason=reason, entry=reversal
    )
    loan.committed_won += payment.principal_won
    loan.state, loan.repaid_date = Loan.State.RUNNING, None
    loan.save(update_fields=["committed_won", "state", "repaid_date"])
    broken = failed(
        queries.ceilings_since(act.today, act.today, queries.borrower_of(loan, act.today), 0)
    )
    record(
        act,
        LoanPaymentTakenBack(
            loan.pk,
            loan.party_id,
            payment.won,
            loan.committed_won,
            reason,
            reversal.pk,
            "; ".join(one.sentence() for one in broken),
        ),
    )
    return reversal


_COUNTED = (
    "interest_won", "paid_principal_won", "paid_interest_won", "late_won", "paid_late_won",
    "counted_date", "closed_date",
)  # fmt: skip


def _payment(payment_id: int) -> LoanPayment:
    found = LoanPayment.objects.select_related("loan").filter(pk=payment_id).first()
    if found is None:
        raise NotFound
    return found


def _running(act: Act, loan_id: int, paid_date: date | None) -> tuple[Loan, date]:
    loan: Loan = Loan.objects.select_related("product").hold(loan_id)
    policies.can_repay_loan(act, loan).enforce()
    if loan.state != Loan.State.RUNNING:
        over = loan.paid_out_date is not None
        raise (LoanClosed if over else LoanNotWaiting)(state=loan.get_state_display())
    assert loan.paid_out_date is not None
    day = paid_date or act.today
    if not loan.paid_out_date <= day <= act.today:
        raise LoanDayImpossible(date=day.isoformat())
    later = loan.payments.filter(undone=None, paid_date__gt=day).first()
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


def _off(loan: Loan, day: date) -> int:
    """What pays it off on a day."""
    return queries.pay_off_of(loan, _counted(loan, day)[1], day).won


def _pay(act: Act, loan: Loan, won: int, day: date, money: Incoming | None = None) -> LoanPayment:
    """Take so much in: at most what pays the loan off, which then is paid off."""
    standing, rows = _counted(loan, day)
    off = queries.pay_off_of(loan, rows, day)
    given_up: dict[int, int] = {}
    if won < off.won:
        paid, _rest = allocate(won, [one.as_open() for one in rows], Order(loan.product.order))
    else:
        paid = off.parts
        parts = {part.n: part for part in paid}
        for row in rows:  # interest that is not asked any more
            if part := parts.get(row.n):
                given_up[row.n] = row.interest_won - row.paid_interest_won - part.interest
                row.interest_won -= given_up[row.n]
    parts_kept = _paid_into(rows, paid, given_up)
    income = recognise(standing, rows, day)
    touched = {part["n"] for part in parts_kept}
    LoanInstalment.objects.bulk_update(
        [one for one in rows if one.n in touched or one.closed_date in (None, day)], _COUNTED
    )
    principal, interest, late = (
        sum(getattr(one, name) for one in paid) for name in ("principal", "interest", "late")
    )
    old = {row.n for row in rows if row.is_carried}
    carried = sum(one.late for one in paid if one.n in old)
    interest, late = interest + carried, late - carried
    chart, fund = queries.chart(), loan.product.fund
    sides = booking.coming_back(chart, fund, loan.party_id, principal, interest + late, income)
    entry = ledger.post_entry(
        act,
        date=money.entry_date if money else bookable(day, act.today),
        text=entry_text(_REPAID_TEXT),
        sides=from_suspense(chart_of_suspense(), money.fund, sides)
        if money
        else booking.in_cash(chart, fund, sides),
        source=Source("loans.Loan", loan.pk),
    )
    payment = LoanPayment.objects.create(
        loan=loan, paid_date=day, won=principal + interest + late, principal_won=principal,
        interest_won=interest, late_won=late, income_won=income, entry=entry, parts=parts_kept,
        receipt_id=money.receipt_id if money else None,
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


def _paid_into(
    rows: list[LoanInstalment], paid: tuple[Paid, ...], given_up: dict[int, int]
) -> list[dict[str, Any]]:
    """Write what is paid into the instalments; how each was changed."""
    by_n = {one.n: one for one in paid}
    kept = []
    for row in rows:
        if part := by_n.get(row.n):
            row.paid_principal_won += part.principal
            row.paid_interest_won += part.interest
            row.paid_late_won += part.late
            if part.won or given_up.get(row.n):
                kept.append(_as_kept(row, part, given_up.get(row.n, 0)))
    return kept


def _as_kept(row: LoanInstalment, part: Paid, given_up: int) -> dict[str, Any]:
    """What a payment did to an instalment, so that it can be put back."""
    return {
        "n": row.n, "principal": part.principal, "interest": part.interest, "late": part.late,
        "given_up": given_up, "late_won": row.late_won,
        "counted": row.counted_date.isoformat() if row.counted_date else None,
    }  # fmt: skip

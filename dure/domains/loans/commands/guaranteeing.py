"""Guarantors: named by the borrower, agreeing in person, signing on paper, called when the loan is
late; what they pay the borrower owes to them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import Finding, enforce
from dure.domains.memberships import queries as memberships
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import (
    GuaranteeAnswered,
    GuaranteeSigned,
    GuarantorCalled,
    GuarantorNamed,
    GuarantorPaid,
)
from ..models import GuaranteePayment, Loan, LoanGuarantee
from .repaying import repay_loan

__all__ = [
    "GuaranteeClosed", "GuaranteeNotAgreed", "GuaranteeTooSmall", "GuarantorIsBorrower",
    "GuarantorNamedAlready", "GuarantorNotCalled", "answer_guarantee",
    "call_guarantor", "name_guarantor", "pay_as_guarantor", "sign_guarantee",
]  # fmt: skip

State = LoanGuarantee.State


class GuarantorIsBorrower(InvalidInput):
    """Nobody stands for a loan of one's own."""

    text = _("The borrower cannot stand for this loan.")
    remedy = _("Name another member.")


class GuarantorNamedAlready(Refusal):
    """Once each."""

    text = _("%(name)s is named for this loan already.")


class GuaranteeClosed(Refusal):
    """It is past this step, or has not come to it."""

    text = _("This cannot be done now: the guarantee is %(state)s, the loan %(loan)s.")


class GuaranteeNotAgreed(Refusal):
    """Nobody becomes a guarantor without having said so."""

    text = _("%(name)s did not agree yet.")
    remedy = _("The guarantor agrees in person, on the own page.")


class GuarantorNotCalled(Refusal):
    """A guarantor pays when called."""

    text = _("The guarantor was not called.")
    remedy = _("Call the guarantor when the loan is late for as long as the rules ask.")


class GuaranteeTooSmall(Refusal):
    """A guarantor stands up to a sum."""

    text = _(
        "The guarantor stands for %(most)s and has paid %(paid)s; %(won)s is more than is left."
    )


@command
def name_guarantor(
    act: Act, *, loan_id: int, membership_id: int, most_won: int | None = None
) -> LoanGuarantee:
    """Name a member who is to stand for a loan, up to a sum (the whole loan without one).

    Raises GuarantorIsBorrower, GuarantorNamedAlready, GuaranteeClosed, RuleNotMet (what one person
    may stand for in all).
    """
    loan: Loan = Loan.objects.select_related("product").hold(loan_id)
    policies.can_name_guarantor(act, loan).enforce()
    if loan.state not in (Loan.State.APPLIED, Loan.State.APPROVED):
        raise GuaranteeClosed(state="–", loan=loan.get_state_display())
    found = memberships.borrower(membership_id, act.today)
    if found.party_id == loan.party_id:
        raise GuarantorIsBorrower
    if not found.is_member:
        raise NotFound
    of_loan = LoanGuarantee.objects.filter(loan=loan, party=found.party_id)
    if of_loan.exclude(state=State.DECLINED).exists():
        raise GuarantorNamedAlready(name=found.name)
    most = loan.won if most_won is None else most_won
    if not 0 < most <= loan.won:
        raise GuaranteeTooSmall(most=format_won(loan.won), paid=format_won(0), won=format_won(most))
    enforce(_own_limit(act, loan, found.party_id, most))
    # ---
    made = LoanGuarantee.objects.create(
        loan=loan, party_id=found.party_id, most_won=most, asked_at=act.at
    )
    record(act, GuarantorNamed(made.pk, loan.pk, found.party_id, most))
    return made


@command
def answer_guarantee(act: Act, *, guarantee_id: int, agrees: bool) -> LoanGuarantee:
    """Agree to stand for a loan, or decline; only the guarantor does. Raises GuaranteeClosed, RuleNotMet."""
    held = _hold(guarantee_id)
    policies.can_answer_guarantee(act, held).enforce()
    _need(held, State.ASKED)
    if agrees:
        enforce(_own_limit(act, held.loan, held.party_id, held.most_won, without=held.pk))
    # ---
    held.state = State.AGREED if agrees else State.DECLINED
    held.answered_at = act.at
    held.save(update_fields=["state", "answered_at"])
    record(act, GuaranteeAnswered(held.pk, held.loan_id, held.party_id, agrees))
    return held


@command
def sign_guarantee(
    act: Act, *, guarantee_id: int, signed_date: date | None = None
) -> LoanGuarantee:
    """The office notes the paper the guarantor signed; a guarantee given electronically is void
    (민법 제428조의2제1항). Raises GuaranteeNotAgreed, GuaranteeClosed."""
    held = _hold(guarantee_id)
    policies.can_sign_guarantee(act, held).enforce()
    if held.state == State.ASKED:
        raise GuaranteeNotAgreed(name=held.party.name)
    _need(held, State.AGREED)
    day = signed_date or act.today
    if day > act.today:
        raise GuaranteeClosed(state=held.get_state_display(), loan=held.loan.get_state_display())
    # ---
    held.state, held.signed_date = State.SIGNED, day
    held.save(update_fields=["state", "signed_date"])
    record(act, GuaranteeSigned(held.pk, held.loan_id, held.party_id, day))
    return held


@command
def call_guarantor(act: Act, *, guarantee_id: int) -> LoanGuarantee:
    """Ask a guarantor to pay what is due. Raises RuleNotMet (how late the loan has to be), GuaranteeClosed."""
    held = _hold(guarantee_id)
    policies.can_call_guarantor(act, held.loan).enforce()
    _need(held, State.SIGNED)
    if held.loan.state != Loan.State.RUNNING or held.called_date is not None:
        raise GuaranteeClosed(state=held.get_state_display(), loan=held.loan.get_state_display())
    card = queries.loan_card(act, held.loan_id)
    book = queries.rules_of(held.loan.product.fund, act.today)
    enforce(book.check_all(("loans.guarantor_call_days", card.days_late)))
    # ---
    held.called_date = act.today
    held.save(update_fields=["called_date"])
    record(act, GuarantorCalled(held.pk, held.loan_id, held.party_id, card.days_late, card.due_won))
    return held


@command
def pay_as_guarantor(
    act: Act, *, guarantee_id: int, won: int, paid_date: date | None = None
) -> GuaranteePayment:
    """A guarantor pays for the borrower, who owes it to the guarantor now (민법 제441조).

    Raises GuarantorNotCalled, GuaranteeTooSmall, and what `repay_loan` refuses.
    """
    held = _hold(guarantee_id)
    policies.can_pay_as_guarantor(act, held.loan).enforce()
    if held.called_date is None:
        raise GuarantorNotCalled
    paid = queries.paid_by_guarantor(held.pk)
    if paid + won > held.most_won:
        raise GuaranteeTooSmall(
            most=format_won(held.most_won), paid=format_won(paid), won=format_won(won)
        )
    # ---
    payment = repay_loan(act, loan_id=held.loan_id, won=won, paid_date=paid_date)
    made = GuaranteePayment.objects.create(guarantee=held, payment=payment, won=payment.won)
    record(act, GuarantorPaid(held.pk, held.loan_id, held.party_id, payment.won, payment.pk))
    return made


def _own_limit(
    act: Act, loan: Loan, party_id: int, won: int, without: int | None = None
) -> tuple[Finding, ...]:
    fund = loan.product.fund
    standing = queries.stands_for(party_id, queries.lender_of(fund), without) + won
    return queries.rules_of(fund, act.today).check_all(("loans.guarantee_won", standing))


def _hold(guarantee_id: int) -> LoanGuarantee:
    held: LoanGuarantee = LoanGuarantee.objects.select_related("loan__product", "party").hold(
        guarantee_id
    )
    return held


def _need(held: LoanGuarantee, state: str) -> None:
    if held.state != state:
        raise GuaranteeClosed(state=held.get_state_display(), loan=held.loan.get_state_display())

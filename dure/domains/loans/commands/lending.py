"""A loan from the wish to the pay-out. The ceilings are asked again inside each transaction that
promises or posts money, under the lock of the shares: what is lent and what is paid in move one at
a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws.rules import Finding, enforce, failed, keep
from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import Source
from dure.domains.memberships.commands.shares.holding import lock_shares
from dure.domains.memberships.queries.books import entry_text
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import (
    LoanApplicationWithdrawn,
    LoanAppliedFor,
    LoanApproved,
    LoanCeilingHeld,
    LoanPaidOut,
    LoanRefused,
    LoanSigned,
)
from ..models import Loan, LoanCondition, LoanInstalment, LoanProduct
from ..rules import booking
from ..rules.days import Move, moved
from ..rules.schedules import Instalment, schedule
from .accruing import open_standing
from .papers import issue_contract
from .products import LoanPurposeUnknown
from .review import need_conditions, need_guarantors, need_papers

__all__ = [
    "CeilingWouldBreak", "LoanDayImpossible", "LoanDecisionUnnamed", "LoanFundShort",
    "LoanNotOffered", "LoanNotWaiting", "LoanWaitsAlready",
    "apply_for_loan", "approve_loan", "hold_loan_ceiling", "pay_out_loan", "refuse_loan",
    "sign_loan", "withdraw_loan_application",
]  # fmt: skip

_PAID_OUT_TEXT = gettext_noop("Small loan paid out")
State = Loan.State


class LoanNotOffered(Refusal):
    """The product is not offered that day."""

    text = _("“%(name)s” is not offered on %(date)s.")
    remedy = _("Choose one of the products that are offered now.")


class LoanWaitsAlready(Refusal):
    """One wish at a time."""

    text = _("An application of this member waits already: %(won)s.")
    remedy = _("Take it back first, or wait until it is decided.")


class LoanNotWaiting(Refusal):
    """The loan is past this step, or has not come to it."""

    text = _("This cannot be done now: the loan is %(state)s.")


class LoanDecisionUnnamed(InvalidInput):
    """A decision says who decided, a no also why."""

    text = _("Say which meeting or office decided; of a refusal also why.")


class LoanDayImpossible(InvalidInput):
    """Steps follow each other in time."""

    text = _("%(date)s cannot be the day of this step.")
    remedy = _("It is not before the step before it, and not later than today.")


class LoanFundShort(Refusal):
    """A fund pays out what it has."""

    text = _("The fund has %(has)s; %(won)s cannot be paid out.")
    remedy = _("Move money into the fund first.")


class CeilingWouldBreak(Refusal):
    """Capital does not leave while loans and aid rest on it."""

    text = _("With the capital that would be left, the ceilings do not hold. %(findings)s.")
    remedy = _(
        "The shares are paid back when enough of the loans has come back, or the aid of the year no longer counts."
    )


@command
def apply_for_loan(
    act: Act,
    *,
    product_id: int,
    won: int,
    months: int,
    grace_months: int = 0,
    purpose: str = Loan.Purpose.LIVING,
    membership_id: int | None = None,
    participant_id: int | None = None,
) -> Loan:
    """Ask for a loan: a member, or who takes part in a fund run for others, of that fund. The answer of
    the rules is kept with the wish.

    Raises RuleNotMet with every rule that was asked, LoanNotOffered, LoanWaitsAlready,
    LoanPurposeUnknown, FundOfOthers, BenefitRests, TermsUnfit.
    """
    found = queries.borrower(act.today, membership_id=membership_id, participant_id=participant_id)
    policies.can_apply_for_loan(act, found.party_id).enforce()
    product = _offered(product_id, act.today)
    if purpose not in Loan.Purpose.values:
        raise LoanPurposeUnknown
    lock_shares()
    waiting = Loan.objects.filter(found.loans, state=State.APPLIED).first()
    if waiting is not None:
        raise LoanWaitsAlready(won=format_won(waiting.asked_won))
    answer = queries.loan_answer(
        act, membership_id=membership_id, participant_id=participant_id, product_id=product_id,
        won=won, months=months, grace_months=grace_months, purpose=purpose,
    )  # fmt: skip
    enforce(answer.findings)
    # ---
    loan = Loan.objects.create(
        party_id=found.party_id, membership_id=found.membership_id,
        participant_id=found.participant_id, product=product, purpose=purpose, asked_won=won,
        won=won, months=months, grace_months=grace_months, applied_at=act.at,
        wish_on_paper=found.party_id not in act.own,
        findings=keep(answer.findings),
    )  # fmt: skip
    record(act, LoanAppliedFor(loan.pk, found.party_id, product.name, won, months))
    return loan


@command
def withdraw_loan_application(act: Act, *, loan_id: int) -> Loan:
    """Take a wish back before money moves; what was promised is free again. Raises LoanNotWaiting."""
    loan = _hold(loan_id)
    policies.can_withdraw_loan_application(act, loan).enforce()
    _need(loan, State.APPLIED, State.APPROVED, State.SIGNED)
    # ---
    loan.state, loan.committed_won = State.WITHDRAWN, 0
    loan.save(update_fields=["state", "committed_won"])
    record(act, LoanApplicationWithdrawn(loan.pk, loan.party_id, loan.won))
    return loan


@command
def approve_loan(
    act: Act,
    *,
    loan_id: int,
    decided_by: str,
    decided_date: date | None = None,
    won: int | None = None,
    conditions: tuple[str, ...] = (),
) -> Loan:
    """Approve a loan, or a smaller one; the sum is promised from now on, within the ceilings.
    `conditions` have to be met before it is paid out.

    Raises RuleNotMet, LoanNotWaiting, LoanPapersMissing, LoanDecisionUnnamed, LoanDayImpossible,
    BenefitRests.
    """
    lock_shares()
    loan = _hold(loan_id)
    policies.can_approve_loan(act, loan).enforce()
    _need(loan, State.APPLIED)
    decided_by = _decided_by(decided_by)
    day = _day(act, decided_date, _applied_date(loan))
    need_papers(loan)
    granted = loan.asked_won if won is None else won
    if not 0 < granted <= loan.asked_won:
        raise LoanDecisionUnnamed
    findings = _judge(act, loan, granted)
    # ---
    loan.state, loan.won, loan.committed_won = State.APPROVED, granted, granted
    loan.decided_by, loan.decided_date, loan.decision = decided_by, day, keep(findings)
    loan.save()
    asked = (clean_text(one, 200, _("Condition")) for one in conditions)
    LoanCondition.objects.bulk_create(LoanCondition(loan=loan, text=one) for one in asked if one)
    record(act, LoanApproved(loan.pk, loan.party_id, granted, decided_by))
    return loan


@command
def refuse_loan(
    act: Act, *, loan_id: int, decided_by: str, reason: str, decided_date: date | None = None
) -> Loan:
    """Refuse a loan, with the reason. Raises LoanNotWaiting, LoanDecisionUnnamed, LoanDayImpossible."""
    loan = _hold(loan_id)
    policies.can_refuse_loan(act, loan).enforce()
    _need(loan, State.APPLIED)
    decided_by, reason = _decided_by(decided_by), clean_text(reason, 300, _("Reason"))
    if not reason:
        raise LoanDecisionUnnamed
    day = _day(act, decided_date, _applied_date(loan))
    # ---
    loan.state, loan.reason = State.REFUSED, reason
    loan.decided_by, loan.decided_date = decided_by, day
    loan.save(update_fields=["state", "reason", "decided_by", "decided_date"])
    record(act, LoanRefused(loan.pk, loan.party_id, decided_by, reason))
    return loan


@command
def sign_loan(
    act: Act,
    *,
    loan_id: int,
    signed_date: date | None = None,
    on_paper: bool = False,
    site_url: str = "",
) -> Loan:
    """The contract is signed: its terms and the provisions it was signed under are frozen with it, and
    it is issued with a number. By the borrower on the own page; `on_paper`: the office notes it.

    Raises LoanNotWaiting, LoanDayImpossible, GuarantorsMissing.
    """
    loan = _hold(loan_id)
    policies.can_sign_loan(act, loan).enforce()
    _need(loan, State.APPROVED)
    need_guarantors(loan)
    assert loan.decided_date is not None
    day = _day(act, signed_date, loan.decided_date)
    # ---
    loan.state, loan.signed_date, loan.contract = State.SIGNED, day, queries.contract_of(loan, day)
    loan.on_paper = on_paper or loan.party_id not in act.own
    loan.paper_id = issue_contract(act, loan, day, site_url)
    loan.save(update_fields=["state", "signed_date", "contract", "on_paper", "paper"])
    record(act, LoanSigned(loan.pk, loan.party_id, loan.won, loan.months, day))
    return loan


@command
def pay_out_loan(act: Act, *, loan_id: int, paid_date: date | None = None) -> Loan:
    """Pay a signed loan out: Dr member loans by party, Cr cash, in the fund of the product; the
    schedule is made and kept.

    Raises RuleNotMet when a ceiling no longer holds, LoanFundShort, LoanNotWaiting,
    LoanDayImpossible, and the refusals of the ledger.
    """
    lock_shares()
    loan = _hold(loan_id)
    policies.can_pay_out_loan(act, loan).enforce()
    _need(loan, State.SIGNED)
    need_conditions(loan)
    assert loan.signed_date is not None
    day = _day(act, paid_date, loan.signed_date)
    found = queries.borrower_of(loan, day)
    enforce(
        (
            *found.lender.rules_on(day).check_all(("loans.members_only", found.is_member)),
            *queries.ceilings_since(day, act.today, found, loan.won, loan.pk),
        )
    )
    fund = loan.product.fund
    fee = int(loan.contract.get("fee_won", 0))
    if (has := books.fund_money(fund)) < loan.won - fee:
        raise LoanFundShort(has=format_won(has), won=format_won(loan.won - fee))
    plan = schedule(queries.terms_of(loan.product, loan.won, loan.months, loan.grace_months, day))
    # ---
    entry = ledger.post_entry(
        act,
        date=day,
        text=entry_text(_PAID_OUT_TEXT),
        sides=booking.paying_out(queries.chart(), fund, loan.party_id, loan.won, fee),
        source=Source("loans.Loan", loan.pk),
    )
    LoanInstalment.objects.bulk_create(_instalments(loan, plan.instalments, day))
    loan.state, loan.paid_out_date, loan.entry = State.RUNNING, day, entry
    loan.save(update_fields=["state", "paid_out_date", "entry"])
    open_standing(loan, day)
    record(act, LoanPaidOut(loan.pk, loan.party_id, loan.won, day, entry.pk))
    return loan


@command
def hold_loan_ceiling(
    act: Act, *, since: date | None = None, party_id: int | None = None, owner: str = ""
) -> int:
    """That loans, and loans with mutual aid, stay within the ceilings after capital went down, on every
    day since it did; what is lent or promised. `party_id`: whose shares became fewer. `owner`: the fund
    run for others whose capital it is; the network's own where none is named.

    It runs in the transaction that moves the shares, and takes it back. Raises CeilingWouldBreak.
    """
    lock_shares()
    policies.can_hold_loan_ceiling(act).enforce()
    lender = queries.Lender(owner)
    lent, won = queries.lent_in_all(lender), lender.capital_won
    broken = failed(queries.capital_findings(since or act.today, act.today, party_id, lender))
    if broken:
        raise CeilingWouldBreak(findings="; ".join(one.sentence() for one in broken))
    # ---
    record(act, LoanCeilingHeld(lent, won))
    return lent


def _instalments(loan: Loan, plan: Iterable[Instalment], since: date) -> Iterator[LoanInstalment]:
    """The rows of a schedule, each from the due day before it; one of nothing is closed from the first."""
    move = Move(loan.product.due_day_moves)
    for one in plan:
        due = moved(one.due_date, move, queries.is_free)
        yield LoanInstalment(
            loan=loan, n=one.n, from_date=since, due_date=due, principal_won=one.principal,
            interest_won=one.interest, closed_date=None if one.due else since,
        )  # fmt: skip
        since = due


def _hold(loan_id: int) -> Loan:
    loan: Loan = Loan.objects.select_related("product").hold(loan_id)
    return loan


def _need(loan: Loan, *states: str) -> None:
    if loan.state not in states:
        raise LoanNotWaiting(state=loan.get_state_display())


def _offered(product_id: int, day: date) -> LoanProduct:
    product = LoanProduct.objects.filter(pk=product_id).first()
    if product is None:
        raise NotFound
    if day < product.from_date or (product.until_date and day >= product.until_date):
        raise LoanNotOffered(name=product.name, date=day.isoformat())
    return product


def _judge(act: Act, loan: Loan, won: int) -> tuple[Finding, ...]:
    """What the rules find on the day of the decision. Raises RuleNotMet, BenefitRests."""
    queries.borrower_of(loan, act.today).need_benefit(act.today)
    findings = queries.findings_of(loan, won, act.today)
    enforce(findings)
    return findings


def _decided_by(given: str) -> str:
    found = clean_text(given, 200, _("Decided by"))
    if not found:
        raise LoanDecisionUnnamed
    return found


def _applied_date(loan: Loan) -> date:
    return day_of(loan.applied_at)


def _day(act: Act, given: date | None, since: date) -> date:
    day = given or act.today
    if not since <= day <= act.today:
        raise LoanDayImpossible(date=day.isoformat())
    return day

"""Loans, read: one with its schedule and payments, one's own, all for the office, and what is owed on
any day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from dure.domains.bylaws.rules import Finding, kept
from dure.kernel.acts import Act, day_of
from dure.kernel.money import Rounding, whole
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Loan, LoanGuarantee, LoanInstalment
from ..rules.overdue import Open, Paid, days_past_due, late_interest
from .borrowers import lender_of

__all__ = [
    "InstalmentLine", "LoanCard", "LoanRow", "PayOff", "PaymentLine", "count_late", "has_loans",
    "loan_card", "rows_of_loans",
    "loans_now", "loans_of_my_associations", "my_loans", "pay_off_of",
    "Portfolio", "portfolio",
]  # fmt: skip

ROWS_MAX = 500
PREFIX = "대출"  # of references in the memo of a payment


@dataclass(frozen=True, slots=True)
class PayOff:
    """What pays a loan off on a day."""

    parts: tuple[Paid, ...]

    @property
    def won(self) -> int:
        return sum(one.won for one in self.parts)

    @property
    def interest_won(self) -> int:
        return sum(one.interest + one.late for one in self.parts)


@dataclass(frozen=True, slots=True)
class InstalmentLine:
    n: int
    due_date: date
    principal_won: int
    interest_won: int
    open_won: int  # principal and interest
    late_won: int  # late interest open on the day asked
    is_late: bool

    @property
    def due_won(self) -> int:
        return self.principal_won + self.interest_won


@dataclass(frozen=True, slots=True)
class PaymentLine:
    id: int
    paid_date: date
    won: int
    principal_won: int
    interest_won: int
    late_won: int
    entry_id: int
    receipt_id: int | None
    undone_date: date | None


@dataclass(frozen=True, slots=True)
class LoanRow:
    """A loan in a list."""

    id: int
    name: str
    party_id: int
    product: str
    state: str
    state_label: str
    won: int
    left_won: int
    applied_date: date
    days_late: int


@dataclass(frozen=True, slots=True)
class LoanCard:
    """Everything about one loan on one page, as it stands on a day."""

    id: int
    membership_id: int | None
    participant_id: int | None
    party_id: int
    name: str
    number: int | None
    product_id: int
    product: str
    article: str
    purpose: str
    state: str
    state_label: str
    asked_won: int
    won: int
    months: int
    grace_months: int
    rate: Fraction
    late_rate: Fraction
    method: str
    applied_date: date
    findings: tuple[Finding, ...]
    decision: tuple[Finding, ...]
    decided_date: date | None
    decided_by: str
    reason: str
    signed_date: date | None
    paid_out_date: date | None
    repaid_date: date | None
    entry_id: int | None
    left_won: int
    on: date
    instalments: tuple[InstalmentLine, ...]
    payments: tuple[PaymentLine, ...]
    days_late: int
    due_won: int  # due until the day and open, late interest with it
    late_won: int  # late interest that is open
    pay_off_won: int
    reference: str  # what to write into the memo of a payment
    by_debit: bool
    contract_id: int | None  # the paper, as it was issued

    @property
    def undoable_id(self) -> int | None:
        """The payment that may be undone here: the last that stands, typed in by hand."""
        standing = [one for one in self.payments if one.undone_date is None]
        last = standing[-1] if standing else None
        return last.id if last is not None and last.receipt_id is None else None

    @property
    def next_due(self) -> InstalmentLine | None:
        """The oldest instalment that is not paid in full."""
        return next((one for one in self.instalments if one.open_won or one.late_won), None)


def loan_card(act: Act, loan_id: int, on: date | None = None) -> LoanCard:
    """A loan as it stands on a day (today, without one). Raises NotFound, Denied."""
    loan = Loan.objects.select_related("party", "membership", "product").filter(pk=loan_id).first()
    if loan is None:
        raise NotFound
    policies.can_see_loan(act, loan).enforce()
    if loan.party_id not in act.own:
        note_read(act, loan.party_id, "loans.loan_card")
    day = on or act.today
    rows = list(loan.instalments.order_by("n"))
    payments = list(loan.payments.select_related("undone").order_by("paid_date", "pk"))
    if loan.state == Loan.State.RUNNING:
        count_late(loan, rows, day)
    off = pay_off_of(loan, rows, day) if rows else None
    open_rows = [one.as_open() for one in rows]
    product = loan.product
    return LoanCard(
        id=loan.pk,
        membership_id=loan.membership_id,
        participant_id=loan.participant_id,
        party_id=loan.party_id,
        name=loan.party.name,
        number=loan.membership.number if loan.membership else None,
        product_id=product.pk,
        product=product.name,
        article=product.article,
        purpose=str(loan.get_purpose_display()),
        state=loan.state,
        state_label=str(loan.get_state_display()),
        asked_won=loan.asked_won,
        won=loan.won,
        months=loan.months,
        grace_months=loan.grace_months,
        rate=product.rate,
        late_rate=product.late_rate,
        method=str(product.get_method_display()),
        applied_date=day_of(loan.applied_at),
        findings=kept(loan.findings),
        decision=kept(loan.decision),
        decided_date=loan.decided_date,
        decided_by=loan.decided_by,
        reason=loan.reason,
        signed_date=loan.signed_date,
        paid_out_date=loan.paid_out_date,
        repaid_date=loan.repaid_date,
        entry_id=loan.entry_id,
        left_won=loan.committed_won if loan.state == Loan.State.RUNNING else 0,
        on=day,
        instalments=tuple(_line(one, day) for one in rows),
        payments=tuple(
            PaymentLine(
                one.pk, one.paid_date, one.won, one.principal_won, one.interest_won, one.late_won,
                one.entry_id, one.receipt_id,
                one.undone.undone_date if hasattr(one, "undone") else None,
            )
            for one in payments
        ),
        days_late=days_past_due(open_rows, day),
        due_won=sum(one.won for one in open_rows if one.due_date <= day),
        late_won=sum(one.as_open().late for one in rows if not one.is_carried),
        pay_off_won=off.won if off else 0,
        reference=f"{PREFIX}{loan.pk}",
        by_debit=loan.by_debit,
        contract_id=loan.paper_id,
    )  # fmt: skip


def loans_now(act: Act, *, state: str = "", fund: str = "", limit: int = ROWS_MAX) -> list[LoanRow]:
    """The loans of the network's own money, or of a fund run for others. Raises Denied."""
    policies.can_see_loans(act).enforce()
    rows = Loan.objects.filter(lender_of(fund).loans)
    if state:
        rows = rows.filter(state=state)
    return rows_of_loans(rows, act.today, limit)


def my_loans(act: Act) -> list[LoanRow]:
    """One's own loans and those of the organisations one speaks for."""
    return rows_of_loans(Loan.objects.filter(party__in=act.own), act.today, ROWS_MAX)


def loans_of_my_associations(act: Act) -> list[LoanRow]:
    """The loans out of the funds of the associations the actor speaks for, where their rules show them;
    that they were read is logged."""
    funds = policies.shown_funds(act)
    if not funds:
        return []
    rows = Loan.objects.filter(participant__fund__code__in=funds).exclude(party__in=act.own)
    found = rows_of_loans(rows, act.today, ROWS_MAX)
    if found:
        note_read(act, None, "loans.loans_of_association", len(found))
    return found


def has_loans(party_id: int) -> bool:
    """Whether a party ever asked for one, or stood for one."""
    stands = LoanGuarantee.objects.filter(party=party_id)
    return bool(Loan.objects.filter(party=party_id).exists() or stands.exists())


def rows_of_loans(rows: QuerySet[Loan], today: date, limit: int) -> list[LoanRow]:
    found = list(rows.select_related("party", "product").order_by("-applied_at", "-pk")[:limit])
    late: dict[int, list[Open]] = {}
    waiting = LoanInstalment.objects.filter(loan__in=[one.pk for one in found], due_date__lt=today)
    for one in waiting.order_by("loan", "n"):
        late.setdefault(one.loan_id, []).append(one.as_open())
    return [
        LoanRow(
            one.pk, one.party.name, one.party_id, one.product.name, one.state,
            str(one.get_state_display()), one.won,
            one.committed_won if one.state == Loan.State.RUNNING else 0,
            day_of(one.applied_at), days_past_due(late.get(one.pk, ()), today),
        )
        for one in found
    ]  # fmt: skip


def count_late(loan: Loan, rows: Iterable[LoanInstalment], day: date) -> None:
    """Write into the rows what late interest is owed on a day; nothing is saved."""
    rate, rounding = Fraction(loan.contract["late_rate"]), Rounding(loan.contract["rounding"])
    for row in rows:
        if row.due_date < day and (row.counted_date is None or row.counted_date < day):
            row.late_won = row.paid_late_won + late_interest(row.as_open(), rate, day, rounding)
            row.counted_date = day


def pay_off_of(loan: Loan, rows: Sequence[LoanInstalment], day: date) -> PayOff:
    """What pays the rest off on a day: what is due, the interest of the days of the instalment that
    runs, and all of the principal. `rows`: all, oldest first, counted up to the day."""
    parts = []
    since = loan.paid_out_date or day
    before = loan.instalments.filter(due_date__lte=day).order_by("-due_date").first()
    since = before.due_date if before else since
    runs = True
    for row in rows:
        one = row.as_open()
        interest = one.interest
        if row.due_date > day:
            interest = 0
            if runs:
                whole_days = max((row.due_date - since).days, 1)
                share = Fraction(row.interest_won * (day - since).days, whole_days)
                earned = whole(share, Rounding(loan.contract["rounding"]))
                interest = min(max(earned - row.paid_interest_won, 0), one.interest)
            runs = False
        parts.append(Paid(one.n, one.principal, interest, one.late))
    return PayOff(tuple(parts))


def _line(row: LoanInstalment, day: date) -> InstalmentLine:
    one = row.as_open()
    carried, left = (row.late_won, one.late) if row.is_carried else (0, 0)
    return InstalmentLine(
        row.n, row.due_date, row.principal_won, row.interest_won + carried,
        one.principal + one.interest + left, one.late - left, bool(one.won) and row.due_date < day,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What is lent in all, how many wishes wait, how much is late."""

    running: int
    waiting: int
    left_won: int
    late_loans: int


def portfolio(act: Act, fund: str = "") -> Portfolio:
    """The loans of the network, or of a fund run for others, in figures. Raises Denied."""
    policies.can_see_loans(act).enforce()
    late = LoanInstalment.objects.filter(loan=OuterRef("pk"), due_date__lt=act.today).exclude(
        principal_won=F("paid_principal_won"), interest_won=F("paid_interest_won")
    )
    runs = Q(state=Loan.State.RUNNING)
    sums = (
        Loan.objects.filter(lender_of(fund).loans)
        .annotate(is_late=Exists(late))
        .aggregate(
            running=Count("pk", filter=runs),
            waiting=Count("pk", filter=Q(state__in=("applied", "approved", "signed"))),
            left=Sum("committed_won", filter=runs),
            late=Count("pk", filter=runs & Q(is_late=True)),
        )
    )
    return Portfolio(
        sums["running"], sums["waiting"], sums["left"] or 0,
        sums["late"],
    )  # fmt: skip

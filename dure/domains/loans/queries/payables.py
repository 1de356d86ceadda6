"""What money of members may pay for their loans: sums that fit to the won, and how much at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import accumulate

from django.db.models import QuerySet
from django.utils.translation import gettext as _now

from dure.domains.memberships.rules.payables import Payable
from dure.kernel.dates import after_months
from dure.kernel.money import Rounding

from ..models import Loan, LoanInstalment
from ..rules.overdue import Open, late_interest
from .loans import PREFIX as PREFIX, count_late, pay_off_of

__all__ = [
    "KIND", "PREFIX", "memberships_of_loans", "open_payables", "others_fund_of", "payable_key",
    "payables_of_others",
]  # fmt: skip

KIND = "loans"


def payable_key(loan_id: int) -> str:
    """How a loan is known where money is matched."""
    return f"{KIND}:{loan_id}"


def open_payables(memberships: Collection[int] | None, on: date) -> list[Payable]:
    """The running loans of these members, or of all."""
    loans = Loan.objects.filter(state=Loan.State.RUNNING, membership__isnull=False)
    if memberships is not None:
        loans = loans.filter(membership__in=list(memberships))
    return _payables(loans, on)


def payables_of_others(on: date) -> list[Payable]:
    """The running loans out of funds run for others."""
    running = Loan.objects.filter(state=Loan.State.RUNNING, participant__isnull=False)
    return _payables(running, on)


def others_fund_of(loan_id: int) -> str:
    """The fund run for others that a loan was lent out of; "" for the network's own."""
    rows = Loan.objects.filter(pk=loan_id, participant__isnull=False)
    return rows.values_list("product__fund", flat=True).first() or ""


def _payables(loans: QuerySet[Loan], on: date) -> list[Payable]:
    found = {one.pk: one for one in loans.select_related("product").order_by("pk")}
    rows: dict[int, list[LoanInstalment]] = defaultdict(list)
    soon = LoanInstalment.objects.filter(loan__in=list(found), due_date__lte=after_months(on, 2))
    for row in soon.order_by("loan", "n"):
        if row.as_open().won:
            rows[row.loan_id].append(row)
    return [_payable(one, rows[pk]) for pk, one in found.items()]


def memberships_of_loans(loans: Collection[int]) -> set[int]:
    """Whose loans these are."""
    rows = Loan.objects.filter(pk__in=list(loans), membership__isnull=False)
    return set(rows.order_by().values_list("membership", flat=True))


def _payable(loan: Loan, rows: Sequence[LoanInstalment]) -> Payable:
    label = _now("%(product)s no. %(number)d") % {"product": loan.product.name, "number": loan.pk}
    return Payable(
        payable_key(loan.pk), loan.membership_id, label, f"{PREFIX}{loan.pk}",
        partial(_sums, loan, [one.as_open() for one in rows]), partial(_most, loan),
        partial(_due, loan, [one.as_open() for one in rows]), loan.by_debit, loan.committed_won,
        None if loan.membership_id else loan.party_id,
    )  # fmt: skip


def _owed(loan: Loan, one: Open, day: date) -> int:
    rate, rounding = Fraction(loan.contract["late_rate"]), Rounding(loan.contract["rounding"])
    return one.principal + one.interest + late_interest(one, rate, day, rounding)


def _due(loan: Loan, rows: Sequence[Open], day: date) -> int:
    return sum(_owed(loan, one, day) for one in rows if one.due_date <= day)


def _sums(loan: Loan, rows: Sequence[Open], day: date) -> tuple[int, ...]:
    """The oldest instalment, that and the next, … up to the first that is not due yet; or all of it."""
    count = sum(one.due_date <= day for one in rows) + 1
    sums = accumulate(_owed(loan, one, day) for one in rows[:count])
    return (*sums, _most(loan, day))


def _most(loan: Loan, day: date) -> int:
    """What pays it off on the day."""
    rows = list(loan.instalments.order_by("n"))
    count_late(loan, [one for one in rows if one.closed_date is None], day)
    return pay_off_of(loan, rows, day).won

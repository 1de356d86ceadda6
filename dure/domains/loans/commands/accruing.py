"""What a loan has earned and how late it is, brought to what its instalments say: at the pay-out, with
each payment, at its end. For the commands of this room; the caller books what it is answered.

Whoever changes instalments holds the loan, changes the rows of all its instalments, and then calls
`recognise` with them: under the lock of the standing, so that the daily run and a payment of one loan
wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from dure.kernel.money import Rounding

from ..models import Loan, LoanInstalment, LoanStanding
from ..queries.provisioning import provisioning_on
from ..rules import accrual

__all__ = ["Cleared", "close_standing", "hold_standing", "open_standing", "recognise"]


def open_standing(loan: Loan, day: date) -> LoanStanding:
    """A loan that is paid out stands, with the late rate and the rounding of its contract."""
    late = Fraction(loan.contract["late_rate"])
    return LoanStanding.objects.create(
        loan=loan, fund=loan.product.fund, late_numerator=late.numerator,
        late_denominator=late.denominator, rounding=loan.contract["rounding"], as_of_date=day,
    )  # fmt: skip


def hold_standing(loan: Loan) -> LoanStanding:
    """The standing under its lock: before the instalments are read."""
    return LoanStanding.objects.select_for_update().get(loan=loan)


def recognise(standing: LoanStanding, rows: Sequence[LoanInstalment], day: date) -> int:
    """Bring the standing to what all instalments say after a payment of a day, or after one was taken
    back: which are closed, what is earned, how late it is. How much more is income by that.

    The rows are changed and not saved.
    """
    for row in rows:
        if not accrual.is_paid(row):
            row.closed_date = None
        elif row.closed_date is None:
            row.closed_date = day
    as_of, before = standing.as_of_date, standing.accrued_won
    table = provisioning_on(as_of, standing.fund)
    standing.accrued_won = accrual.earned(
        rows, as_of, standing.late_rate, Rounding(standing.rounding), table.rest_days
    )
    standing.days_late, standing.arrears_won = accrual.arrears(rows, as_of)
    standing.loan_class = table.class_of(standing.days_late)
    standing.closed_date = day if all(row.closed_date for row in rows) else None
    standing.save()
    return standing.accrued_won - before


class Cleared(NamedTuple):
    """What the books still hold for a loan that ends unpaid."""

    receivable_won: int
    provision_won: int


def close_standing(standing: LoanStanding, rows: Sequence[LoanInstalment], day: date) -> Cleared:
    """A loan that is given up is run no more. The interest that stands receivable for it and what is
    set aside for it are cleared by the entry of who gives it up."""
    paid = accrual.paid_interest(rows)
    cleared = Cleared(standing.accrued_won - paid, standing.provision_won)
    standing.accrued_won, standing.provision_won = paid, 0
    standing.days_late, standing.arrears_won, standing.closed_date = 0, 0, day
    standing.save()
    return cleared

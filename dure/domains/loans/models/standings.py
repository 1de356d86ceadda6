"""How each loan stands on the last day that was run, what was run, and what is set aside at month ends."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import Q

from ..rules.overdue import CLASSES, Class
from .loans import Loan
from .products import ROUNDINGS


class LoanStanding(models.Model):
    """A loan at the end of a day: what it has earned, how late it is, what is set aside for it.

    The late rate and the rounding are those of its contract. Whoever changes what a loan owes holds
    the loan first, then this row.
    """

    loan = models.OneToOneField(
        Loan, on_delete=models.PROTECT, primary_key=True, related_name="standing"
    )
    fund = models.CharField(max_length=40)
    late_numerator = models.BigIntegerField()
    late_denominator = models.BigIntegerField()
    rounding = models.CharField(max_length=20, choices=ROUNDINGS)
    as_of_date = models.DateField()
    accrued_won = models.BigIntegerField(default=0)  # interest and late interest, income so far
    day_won = models.BigIntegerField(default=0)  # of it on the last day that was run
    days_late = models.PositiveIntegerField(default=0)
    loan_class = models.CharField(max_length=12, choices=CLASSES, default=Class.NORMAL)
    arrears_won = models.BigIntegerField(default=0)  # past due and open
    provision_won = models.BigIntegerField(default=0)
    closed_date = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=("days_late",),
                condition=Q(closed_date=None, days_late__gt=0),
                name="loan_standing_late",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(late_numerator__gte=0, late_denominator__gt=0)
                & Q(arrears_won__gte=0, provision_won__gte=0),
                name="loan_standing_amounts",
            )
        ]

    @property
    def late_rate(self) -> Fraction:
        return Fraction(self.late_numerator, self.late_denominator)


class LoanDay(models.Model):
    """A day that was run over all loans, or as far as it came."""

    day_date = models.DateField(unique=True)
    upto = models.BigIntegerField(default=0)  # loans after it are still to be run
    loans = models.PositiveIntegerField(default=0)
    late_loans = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("day_date",)


class LoanDayFund(models.Model):
    """What a day brought in one fund, and the entry that says so in the books."""

    day = models.ForeignKey(LoanDay, on_delete=models.PROTECT, related_name="funds")
    fund = models.CharField(max_length=40)
    interest_won = models.BigIntegerField(default=0)
    provision_won = models.BigIntegerField(default=0)  # more set aside than before, or less
    entry = models.ForeignKey(
        "ledger.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("day", "fund")
        constraints = [models.UniqueConstraint(fields=("day", "fund"), name="loan_day_fund_once")]


class LoanProvision(models.Model):
    """What was set aside for a loan at the end of a month, and why."""

    standing = models.ForeignKey(LoanStanding, on_delete=models.PROTECT, related_name="provisions")
    as_of_date = models.DateField()
    fund = models.CharField(max_length=40)
    days_late = models.PositiveIntegerField()
    loan_class = models.CharField(max_length=12, choices=CLASSES)
    outstanding_won = models.BigIntegerField()
    provision_won = models.BigIntegerField()
    change_won = models.BigIntegerField()

    class Meta:
        ordering = ("as_of_date", "standing")
        constraints = [
            models.UniqueConstraint(fields=("as_of_date", "standing"), name="loan_provision_once")
        ]

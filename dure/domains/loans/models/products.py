"""Loan products: what a regulation offers, from when until when. A change is a new version."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel.holding import Holding
from dure.kernel.money import Rounding

from ..rules.days import DAY_COUNTS, MOVES, DayCount, Move
from ..rules.overdue import ORDERS, Order
from ..rules.schedules import METHODS, Method

ROUNDINGS = (
    (Rounding.HALF_EVEN, _("to the nearest, halves to the even one")),
    (Rounding.HALF_UP, _("to the nearest, halves up")),
    (Rounding.DOWN, _("down")),
)


class LoanProduct(models.Model):
    """One version of a product. Loans keep the version they were signed under."""

    class Borrowers(models.TextChoices):
        ALL = "all", pgettext_lazy("loan", "every member")
        PEOPLE = "people", pgettext_lazy("loan", "people")
        ORGANISATIONS = "organisations", pgettext_lazy("loan", "organisations")

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200, blank=True)
    article = models.CharField(max_length=120)  # the regulation that offers it
    decided_by = models.CharField(max_length=200)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    least_won = models.BigIntegerField()
    most_won = models.BigIntegerField()
    longest_months = models.PositiveIntegerField()
    grace_months = models.PositiveIntegerField(default=0)  # at most
    rate_numerator = models.BigIntegerField()
    rate_denominator = models.BigIntegerField()
    late_rate_numerator = models.BigIntegerField()
    late_rate_denominator = models.BigIntegerField()
    method = models.CharField(max_length=20, choices=METHODS, default=Method.ANNUITY)
    day_count = models.CharField(max_length=20, choices=DAY_COUNTS, default=DayCount.THIRTY_360)
    rounding = models.CharField(max_length=20, choices=ROUNDINGS, default=Rounding.HALF_EVEN)
    unit_won = models.BigIntegerField(default=1)
    due_day_moves = models.CharField(max_length=20, choices=MOVES, default=Move.NEXT)
    order = models.CharField(max_length=40, choices=ORDERS, default=Order.LATE_FIRST)
    fund = models.CharField(max_length=40)
    borrowers = models.CharField(max_length=14, choices=Borrowers, default=Borrowers.ALL)
    purposes: models.JSONField[Any, Any] = models.JSONField(default=list)  # none: every one
    shortest_months = models.PositiveIntegerField(default=1)
    fee_numerator = models.BigIntegerField(default=0)  # kept back at the pay-out
    fee_denominator = models.BigIntegerField(default=1)
    fee_won = models.BigIntegerField(default=0)
    guarantors = models.PositiveSmallIntegerField(default=0)  # how many …
    guarantors_from_won = models.BigIntegerField(default=0)  # … from which sum on
    papers: models.JSONField[Any, Any] = models.JSONField(default=list)  # to be handed in
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("code", "from_date")
        constraints = [
            models.UniqueConstraint(fields=("code", "from_date"), name="loan_product_version"),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")),
                name="loan_product_lasts_a_day",
            ),
            models.CheckConstraint(
                condition=Q(least_won__gt=0)
                & Q(most_won__gte=F("least_won"))
                & Q(longest_months__gt=0)
                & Q(grace_months__lt=F("longest_months"))
                & Q(unit_won__gt=0)
                & Q(shortest_months__gt=0, shortest_months__lte=F("longest_months"))
                & Q(fee_numerator__gte=0, fee_denominator__gt=0, fee_won__gte=0),
                name="loan_product_can_be_lent",
            ),
            models.CheckConstraint(
                condition=Q(rate_numerator__gte=0)
                & Q(rate_denominator__gt=0)
                & Q(late_rate_numerator__gte=0)
                & Q(late_rate_denominator__gt=0),
                name="loan_product_rates",
            ),
        ]

    @property
    def rate(self) -> Fraction:
        return Fraction(self.rate_numerator, self.rate_denominator)

    @property
    def fee_share(self) -> Fraction:
        return Fraction(self.fee_numerator, self.fee_denominator)

    def guarantors_for(self, won: int) -> int:
        """How many have to stand for a loan of this sum."""
        return self.guarantors if won >= self.guarantors_from_won else 0

    @property
    def late_rate(self) -> Fraction:
        return Fraction(self.late_rate_numerator, self.late_rate_denominator)

"""Where the reserve stands: deposits and public bonds, opened, renewed, matured or withdrawn."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from dure.kernel.holding import Holding

from ..rules.placing import SAFE


class ReservePlacement(models.Model):
    """One deposit or bond. A renewal ends it and begins the next."""

    class End(models.TextChoices):
        MATURED = "matured", pgettext_lazy("placement", "matured")
        RENEWED = "renewed", pgettext_lazy("placement", "renewed")
        WITHDRAWN = "withdrawn", pgettext_lazy("placement", "withdrawn early")

    fund = models.CharField(max_length=40)
    institution = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    won = models.BigIntegerField()
    rate_numerator = models.BigIntegerField()
    rate_denominator = models.BigIntegerField()
    opened_date = models.DateField()
    matures_date = models.DateField()
    decided_by = models.CharField(max_length=200)
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)
    entry = models.ForeignKey("ledger.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    renews = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewed_by"
    )
    end = models.CharField(max_length=12, choices=End, blank=True)
    ended_date = models.DateField(null=True, blank=True)
    interest_won = models.BigIntegerField(default=0)
    end_entry = models.ForeignKey(
        "ledger.Entry", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("matures_date", "pk")
        indexes = [
            models.Index(fields=("matures_date",), condition=Q(end=""), name="reserve_still_placed")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SAFE), name="reserve_stands_safely"),
            models.CheckConstraint(
                condition=Q(won__gt=0, rate_numerator__gte=0, rate_denominator__gt=0)
                & Q(interest_won__gte=0, matures_date__gt=F("opened_date")),
                name="reserve_placement_amounts",
            ),
            models.CheckConstraint(
                condition=Q(end="", ended_date=None, end_entry=None)
                | Q(ended_date__gte=F("opened_date"), end_entry__isnull=False) & ~Q(end=""),
                name="reserve_placement_ends_in_the_books",
            ),
        ]

    @property
    def rate(self) -> Fraction:
        return Fraction(self.rate_numerator, self.rate_denominator)

"""Why a member cannot be cleared with: its claims are seized, or it is insolvent."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from dure.kernel.holding import Holding

from .deals import PARTY


class ClearingBar(models.Model):
    """From when on nothing of a party is set off, by which paper; until it is lifted."""

    class Ground(models.TextChoices):
        SEIZURE = "seizure", pgettext_lazy("clearing", "claims seized")
        INSOLVENCY = "insolvency", pgettext_lazy("clearing", "insolvency")

    party = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=12, choices=Ground)
    from_date = models.DateField()
    paper = models.CharField(max_length=200)  # the court and the number of its order
    noted_at = models.DateTimeField()
    lifted_date = models.DateField(null=True, blank=True)
    lift_paper = models.CharField(max_length=200, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-from_date", "-pk")
        indexes = [
            models.Index(
                fields=("party",), condition=Q(lifted_date=None), name="clearing_barred_now"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(paper=""), name="clearing_barred_by_paper"),
            models.CheckConstraint(
                condition=Q(lifted_date=None, lift_paper="")
                | Q(lifted_date__gte=F("from_date")) & ~Q(lift_paper=""),
                name="clearing_bar_lifted_by_paper",
            ),
        ]

"""What made the open amount of a deal smaller: payments, and set-offs of a clearing round."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from dure.kernel.holding import Holding

from .deals import Deal


class DealSettlement(models.Model):
    """So much of a deal was paid, or set off. Never changed; undone by a row of its own."""

    class How(models.TextChoices):
        PAID = "paid", pgettext_lazy("deal", "paid")
        SET_OFF = "set_off", pgettext_lazy("deal", "set off")

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="settlements")
    how = models.CharField(max_length=8, choices=How)
    won = models.BigIntegerField()
    settled_date = models.DateField()
    reference = models.CharField(max_length=100, blank=True)  # which round, which transfer

    objects = Holding.as_manager()

    class Meta:
        ordering = ("deal", "settled_date", "pk")
        indexes = [models.Index(fields=("reference",), name="deal_settlement_by_ref")]
        constraints = [models.CheckConstraint(condition=Q(won__gt=0), name="deal_settled_by_money")]


class DealSettlementUndone(models.Model):
    """A settlement that was wrong, or whose round was recomputed: the amount is open again."""

    settlement = models.OneToOneField(
        DealSettlement, on_delete=models.PROTECT, related_name="undone"
    )
    undone_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

"""Bundles (꾸러미): goods of several members at one price, each with its share."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from dure.kernel.holding import Holding

PARTY, ENTRY = "parties.Party", "ledger.Entry"


class Bundle(models.Model):
    """What is in it, whose, and by which parts its price is shared. Laid down once."""

    name = models.CharField(max_length=120)
    price_won = models.BigIntegerField()
    parts: models.JSONField[Any, Any] = models.JSONField()  # [[party, what, weight], …]
    fund = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    sold = models.PositiveIntegerField(default=0)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [models.CheckConstraint(condition=Q(price_won__gt=0), name="bundle_priced")]


class BundleSale(models.Model):
    """So many were sold on a day; what of it is whose."""

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="sales")
    buyer = models.ForeignKey(
        PARTY, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    count = models.PositiveIntegerField()
    won = models.BigIntegerField()
    shares: models.JSONField[Any, Any] = models.JSONField()  # [[party, won], …]
    sold_date = models.DateField()
    entry = models.OneToOneField(
        ENTRY, on_delete=models.PROTECT, null=True, related_name="+"
    )  # null only while it is being written

    class Meta:
        ordering = ("bundle", "sold_date", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0, won__gt=0), name="bundle_sold")
        ]

"""Members demand a meeting: enough of them, and it must be called."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dure.kernel.holding import Holding

from ..rules.bodies import MATTERS
from .bodies import Body
from .meetings import Meeting


class Demand(models.Model):
    """What a meeting is demanded for. Signed by enough it is ready, and the days to call it run."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="demands")
    matter = models.CharField(max_length=24, choices=MATTERS)
    purpose = models.TextField()
    demanded_date = models.DateField()
    ready_date = models.DateField(null=True, blank=True)
    call_by_date = models.DateField(null=True, blank=True)
    findings = models.JSONField(default=list)
    meeting = models.ForeignKey(  # the one that was called for it
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="demands"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-demanded_date", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting=None) | Q(ready_date__isnull=False),
                name="demand_answered_when_ready",
            )
        ]


class DemandSignature(models.Model):
    """A voter joins in the demand; never changed."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="signatures")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    signed_date = models.DateField()
    noted_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("demand", "pk")
        constraints = [
            models.UniqueConstraint(fields=("demand", "party"), name="demand_signed_once")
        ]

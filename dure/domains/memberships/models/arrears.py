"""What was done about dues that are late: one step after another, each by a person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding

from .members import Membership


class ArrearsStep(models.Model):
    """A step of the ladder that was taken with one member."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("reminder")
        TALK = "talk", _("talk")
        RELIEF = "relief", _("exemption or instalments")
        REVIEW = "review", _("review")

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    taken_date = models.DateField()
    owed_won = models.BigIntegerField()
    oldest_date = models.DateField()
    note = models.TextField(blank=True)
    taken_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("membership", "taken_date", "pk")
        indexes = [models.Index(fields=("membership", "taken_date"), name="arrears_step_by_member")]


class InstalmentPlan(models.Model):
    """A member pays what is late bit by bit; while it is kept, the ladder waits."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="instalments")
    total_won = models.BigIntegerField()
    monthly_won = models.BigIntegerField()
    first_date = models.DateField()
    agreed_date = models.DateField()
    ended_date = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("membership", "agreed_date", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("membership",), condition=Q(ended_date=None), name="instalments_one_open"
            ),
            models.CheckConstraint(
                condition=Q(monthly_won__gt=0, total_won__gte=F("monthly_won")),
                name="instalments_amount",
            ),
        ]

"""Plans of mutual aid: what a regulation promises, from when until when. A change is a new version."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from dure.kernel.holding import Holding

from ..rules.events import EVENTS, RELATIONS


class AidPlan(models.Model):
    """One version of a plan. Contracts keep the version they were signed under."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    article = models.CharField(max_length=120)  # the regulation that promises it
    decided_by = models.CharField(max_length=200)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    monthly_won = models.BigIntegerField()
    due_day = models.PositiveSmallIntegerField(
        default=25
    )  # of the month; the last where it is short
    waiting_months = models.PositiveIntegerField()
    per_year_won = models.BigIntegerField(null=True, blank=True)  # of one person, in a year
    per_person_won = models.BigIntegerField()  # of one person, in all
    refunds: models.JSONField[Any, Any] = models.JSONField(
        default=list
    )  # [[from months paid, numerator, denominator], …]
    fund = models.CharField(max_length=40)
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("code", "from_date")
        constraints = [
            models.UniqueConstraint(fields=("code", "from_date"), name="aid_plan_version"),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")),
                name="aid_plan_lasts_a_day",
            ),
            models.CheckConstraint(
                condition=Q(monthly_won__gt=0, per_person_won__gt=0, due_day__gte=1)
                & Q(due_day__lte=31)
                & (Q(per_year_won=None) | Q(per_year_won__gt=0)),
                name="aid_plan_can_be_kept",
            ),
        ]


class AidBenefit(models.Model):
    """What a plan gives for one event of one person, from so many months paid on."""

    plan = models.ForeignKey(AidPlan, on_delete=models.PROTECT, related_name="benefits")
    event = models.CharField(max_length=20, choices=EVENTS)
    relation = models.CharField(max_length=20, choices=RELATIONS)
    paid_months = models.PositiveIntegerField(default=0)  # at least
    won = models.BigIntegerField()
    most_times = models.PositiveIntegerField(null=True, blank=True)  # in a member's life
    evidence = models.CharField(max_length=200, blank=True)  # what is asked to show it

    class Meta:
        ordering = ("plan", "event", "relation", "paid_months")
        constraints = [
            models.UniqueConstraint(
                fields=("plan", "event", "relation", "paid_months"), name="aid_benefit_once"
            ),
            models.CheckConstraint(condition=Q(won__gt=0), name="aid_benefit_above_nothing"),
        ]

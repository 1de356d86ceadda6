"""Plans: areas, tasks and projects over several years, as each resolution left them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding

from ..rules.plans import PARTS
from .votes import Resolution


class Plan(models.Model):
    """What a network sets out to do in some years."""

    title = models.CharField(max_length=120)
    from_year = models.PositiveSmallIntegerField()
    until_year = models.PositiveSmallIntegerField()  # the last one

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-from_year", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_year__gte=F("from_year")), name="plan_lasts_a_year"
            )
        ]


class PlanVersion(models.Model):
    """The plan as one resolution adopted it, or as it is drafted. Adopted, it stays as it is."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ADOPTED = "adopted", _("adopted")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    reason = models.CharField(max_length=300, blank=True)  # of a change
    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    adopted_date = models.DateField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("plan", "number")
        constraints = [
            models.UniqueConstraint(fields=("plan", "number"), name="plan_version_number_once"),
            models.UniqueConstraint(
                fields=("plan",), condition=Q(state="draft"), name="plan_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", adopted_date=None)
                | Q(state="adopted", adopted_date__isnull=False),
                name="plan_version_adopted_on_a_day",
            ),
        ]


class PlanPart(models.Model):
    """An area, a task or a project: the same one through all versions of its plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=8, choices=PARTS)

    class Meta:
        ordering = ("plan", "pk")


class PlanLine(models.Model):
    """What one version says about a part."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="lines")
    part = models.ForeignKey(PlanPart, on_delete=models.PROTECT, related_name="lines")
    parent = models.ForeignKey(
        PlanPart, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveSmallIntegerField()  # among those of its parent
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    owner = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("version", "number", "pk")
        constraints = [models.UniqueConstraint(fields=("version", "part"), name="plan_line_once")]


class PlanBudget(models.Model):
    """The plan's money for a project in one year."""

    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField()
    amount_won = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("line", "year")
        constraints = [
            models.UniqueConstraint(fields=("line", "year"), name="plan_budget_once_a_year")
        ]


class PlanIndicator(models.Model):
    """By what a project is measured. Values are whole thousandths, so that 12.5 stays 12.5."""

    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="indicators")
    name = models.CharField(max_length=80)
    unit = models.CharField(max_length=20, blank=True)
    base_milli = models.BigIntegerField(null=True, blank=True)
    target_milli = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("line", "pk")
        constraints = [models.UniqueConstraint(fields=("line", "name"), name="plan_indicator_once")]


class PlanMeasure(models.Model):
    """What an indicator of a project came to on a day; never changed, the latest counts."""

    part = models.ForeignKey(PlanPart, on_delete=models.PROTECT, related_name="measures")
    name = models.CharField(max_length=80)
    on_date = models.DateField()
    value_milli = models.BigIntegerField()
    noted_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("part", "name", "on_date", "pk")


class PlanReport(models.Model):
    """How far a project has come, in hundredths of the whole; never changed, the latest counts."""

    part = models.ForeignKey(PlanPart, on_delete=models.PROTECT, related_name="reports")
    on_date = models.DateField()
    done_of_100 = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500, blank=True)
    noted_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("part", "on_date", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(done_of_100__lte=100), name="plan_report_at_most_whole"
            )
        ]

"""Dues plans, billing runs, and what each member owes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding

from .members import MemberClass, Membership


class DuesPlan(models.Model):
    """What members of a class owe for each period. Plans end; they are not edited."""

    class Period(models.TextChoices):
        MONTH = "month", _("monthly")
        QUARTER = "quarter", _("quarterly")
        YEAR = "year", _("yearly")
        ONCE = "once", _("once")

    class Kind(models.TextChoices):
        REGULAR = "regular", _("dues")
        DEVELOPMENT = "development", _("development dues")
        JOINING = "joining", _("joining fee")
        LEVY = "levy", _("branch levy")
        SPECIAL = "special", _("special dues")

    class Proration(models.TextChoices):
        MONTHS = "months", _("by months that count")
        DAYS = "days", _("by days of belonging")
        HALF = "half", _("half when less than half of the period counts")
        FULL = "full", _("always the whole")

    member_class = models.ForeignKey(MemberClass, on_delete=models.PROTECT, related_name="plans")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.REGULAR)
    period = models.CharField(max_length=10, choices=Period, default=Period.MONTH)
    starts_in_month = models.PositiveSmallIntegerField(default=1)  # of the year or quarters
    amount_won = models.BigIntegerField()
    is_minimum = models.BooleanField(default=False)  # members may agree to pay more
    proration = models.CharField(max_length=8, choices=Proration, default=Proration.MONTHS)
    joining_month_counts = models.BooleanField(default=True)
    leaving_month_counts = models.BooleanField(default=True)
    fund = models.CharField(max_length=40, default="general")
    due_day = models.PositiveSmallIntegerField(default=25)
    from_date = models.DateField()  # always the first of a month
    until_date = models.DateField(null=True, blank=True)
    article = models.CharField(max_length=120, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("member_class__position", "name", "from_date", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("member_class", "name"),
                condition=Q(until_date=None),
                name="dues_plan_one_open_per_name",
            ),
            models.CheckConstraint(condition=Q(amount_won__gt=0), name="dues_plan_amount"),
            models.CheckConstraint(
                condition=Q(due_day__gte=1, due_day__lte=31), name="dues_plan_due_day"
            ),
            models.CheckConstraint(
                condition=Q(starts_in_month__gte=1, starts_in_month__lte=12),
                name="dues_plan_starts_in",
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
                name="dues_plan_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgreedDues(models.Model):
    """A member agreed to another amount than the plan's: 월 3만원 *이상*."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="agreed")
    plan = models.ForeignKey(DuesPlan, on_delete=models.PROTECT, related_name="+")
    amount_won = models.BigIntegerField()
    from_date = models.DateField()

    class Meta:
        ordering = ("membership", "plan", "from_date")
        constraints = [
            models.UniqueConstraint(
                fields=("membership", "plan", "from_date"), name="agreed_dues_one_per_month"
            ),
            models.CheckConstraint(condition=Q(amount_won__gte=0), name="agreed_dues_amount"),
        ]


class Exemption(models.Model):
    """Months in which a member owes no dues (of one kind, or none at all), and why."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="exemptions")
    kind = models.CharField(max_length=12, choices=DuesPlan.Kind, blank=True)  # "": every kind
    from_date = models.DateField()  # always the first of a month
    until_date = models.DateField()  # the same; exclusive
    reason = models.CharField(max_length=300)
    decided_by = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()

    objects = Holding.as_manager()

    class Meta:
        ordering = ("membership", "from_date", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gt=F("from_date")), name="exemption_lasts_a_month"
            ),
        ]


class DuesRun(models.Model):
    """One billing of a month: how many charges it made and what they sum to."""

    month_date = models.DateField()
    plan = models.ForeignKey(
        DuesPlan, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    run_at = models.DateTimeField()
    billed_date = models.DateField()
    count = models.PositiveIntegerField(default=0)
    sum_won = models.BigIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)  # were charged by an earlier run
    paid_won = models.BigIntegerField(default=0)  # of its charges, kept as they are paid
    waived_won = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("-month_date", "-pk")


class Charge(models.Model):
    """What one member owes under one plan for one period. `paid` and `waived` are kept sums."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="charges")
    plan = models.ForeignKey(DuesPlan, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(DuesRun, on_delete=models.PROTECT, related_name="charges")
    period_date = models.DateField()  # the first day of the period charged
    from_date = models.DateField()  # the months owed: first day …
    until_date = models.DateField()  # … to this day, exclusive
    amount_won = models.BigIntegerField()
    paid_won = models.BigIntegerField(default=0)
    waived_won = models.BigIntegerField(default=0)
    billed_date = models.DateField()
    due_date = models.DateField()
    entry = models.ForeignKey("ledger.Entry", null=True, on_delete=models.PROTECT, related_name="+")

    objects = Holding.as_manager()

    class Meta:
        ordering = ("due_date", "pk")
        indexes = [
            models.Index(fields=("billed_date",), name="charge_by_billing"),
            models.Index(
                fields=("due_date", "membership", "amount_won", "paid_won", "waived_won"),
                name="charge_open",
                condition=Q(amount_won__gt=F("paid_won") + F("waived_won")),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("membership", "plan", "period_date"), name="charge_once_per_period"
            ),
            models.CheckConstraint(
                condition=Q(
                    amount_won__gt=0,
                    paid_won__gte=0,
                    waived_won__gte=0,
                    amount_won__gte=F("paid_won") + F("waived_won"),
                ),
                name="charge_not_overpaid",
            ),
            models.CheckConstraint(
                condition=Q(until_date__gt=F("from_date"), from_date__gte=F("period_date")),
                name="charge_covers_months",
            ),
        ]

    @property
    def open_won(self) -> int:
        return self.amount_won - self.paid_won - self.waived_won


class Waiver(models.Model):
    """A part of a charge that the network gave up, and why."""

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="waivers")
    amount_won = models.BigIntegerField()
    waived_date = models.DateField()
    reason = models.CharField(max_length=300)
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("waived_date", "pk")
        constraints = [models.CheckConstraint(condition=Q(amount_won__gt=0), name="waiver_amount")]

"""What members put into the cooperative fund, by which rule, and what the fund does."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.db import models
from django.db.models import F, Q

from dure.kernel.holding import Holding

from ..rules.contributions import BASES, BEARERS, EVERY

MEMBERSHIP = "memberships.Membership"


class ContributionRule(models.Model):
    """What a regulation asks of members, from a day until a day. Laid down and ended, never changed."""

    name = models.CharField(max_length=60)
    article = models.CharField(max_length=120)
    decided_by = models.CharField(max_length=200)
    basis = models.CharField(max_length=8, choices=BASES)
    bearer = models.CharField(max_length=8, choices=BEARERS, blank=True)
    numerator = models.BigIntegerField(default=0)
    denominator = models.BigIntegerField(default=1)
    fixed_won = models.BigIntegerField(default=0)
    every = models.CharField(max_length=8, choices=EVERY)
    member_class = models.CharField(max_length=40, blank=True)  # code; "": of all classes
    due_day = models.PositiveSmallIntegerField()
    fund = models.CharField(max_length=40)
    from_date = models.DateField()  # the first of a month
    until_date = models.DateField(null=True, blank=True)
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-from_date", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(basis="fixed", fixed_won__gt=0, numerator=0)
                | (~Q(basis="fixed") & Q(fixed_won=0, numerator__gt=0)),
                name="contribution_of_one_kind",
            ),
            models.CheckConstraint(
                condition=Q(denominator__gt=0, numerator__lte=F("denominator")),
                name="contribution_ratio",
            ),
            models.CheckConstraint(
                condition=Q(basis="sale") & ~Q(bearer="") | ~Q(basis="sale") & Q(bearer=""),
                name="contribution_borne_by",
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")),
                name="contribution_lasts",
            ),
        ]

    @property
    def ratio(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


class ProfitStatement(models.Model):
    """The net profit of a year as a member states it; the newest of a year counts."""

    membership = models.ForeignKey(MEMBERSHIP, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    net_profit_won = models.BigIntegerField()
    stated_at = models.DateTimeField()

    class Meta:
        ordering = ("membership", "-year", "-pk")

    @property
    def matter(self) -> str:
        """Under which its paper is kept."""
        return f"trade.ProfitStatement:{self.pk}"


class ContributionBill(models.Model):
    """What a rule asks of a member with the end of a period."""

    rule = models.ForeignKey(ContributionRule, on_delete=models.PROTECT, related_name="bills")
    membership = models.ForeignKey(MEMBERSHIP, on_delete=models.PROTECT, related_name="+")
    month_date = models.DateField()  # the first of the month that ends the period
    due_date = models.DateField()
    asked_won = models.BigIntegerField()  # by the rule since it began, this bill included
    won = models.BigIntegerField()
    paid_won = models.BigIntegerField(default=0)
    reminded_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("membership", "month_date", "pk")
        indexes = [
            models.Index(
                fields=("due_date", "membership"),
                condition=Q(paid_won__lt=F("won")),
                name="contribution_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("rule", "membership", "month_date"), name="contribution_billed_once"
            ),
            models.CheckConstraint(
                condition=Q(won__gt=0, paid_won__gte=0, paid_won__lte=F("won")),
                name="contribution_not_overpaid",
            ),
        ]

    @property
    def open_won(self) -> int:
        return self.won - self.paid_won


class ContributionReceipt(models.Model):
    """Money that came in from a member, and which bills it paid."""

    membership = models.ForeignKey(MEMBERSHIP, on_delete=models.PROTECT, related_name="+")
    fund = models.CharField(max_length=40)
    paid_date = models.DateField()
    won = models.BigIntegerField()
    parts: models.JSONField[Any, Any] = models.JSONField()  # [[bill, won], …]
    entry = models.OneToOneField("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    bank = models.ForeignKey(
        "memberships.Receipt", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("membership", "paid_date", "pk")
        constraints = [models.CheckConstraint(condition=Q(won__gt=0), name="contribution_of_money")]


class ContributionReceiptUndone(models.Model):
    """A receipt that was entered wrongly: the entry that reverses it."""

    receipt = models.OneToOneField(
        ContributionReceipt, on_delete=models.PROTECT, related_name="undone"
    )
    entry = models.OneToOneField("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)


class FundUse(models.Model):
    """What the cooperative fund does, by whose decision: decided, paid out once, told of."""

    fund = models.CharField(max_length=40)
    decided_date = models.DateField()
    paid_date = models.DateField(null=True, blank=True)  # empty: on the day it was decided
    won = models.BigIntegerField()
    what = models.CharField(max_length=200)
    party = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.CharField(max_length=200)
    resolution = models.BigIntegerField(null=True, unique=True)  # whose effect it is
    entry = models.OneToOneField(
        "ledger.Entry", on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_up_reason = models.CharField(max_length=300, blank=True)
    report = models.CharField(max_length=1000, blank=True)  # what it has done
    reported_date = models.DateField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-decided_date", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(won__gt=0), name="fund_used_for_money"),
            models.CheckConstraint(
                condition=Q(entry=None) | Q(given_up_reason=""), name="fund_used_or_given_up"
            ),
        ]

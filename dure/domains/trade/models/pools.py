"""The liquidity pool of the cooperative fund: laid down by resolution, what it lent and paid in a
round, and the money that moved for it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from dure.kernel.holding import Holding

from .deals import PARTY
from .rounds import ClearingRound


class LiquidityPool(models.Model):
    """How much the fund may lend to rounds of clearing, until when. Laid down, never changed."""

    fund = models.CharField(max_length=40)
    won = models.BigIntegerField()  # lent at the same time, to all
    member_won = models.BigIntegerField()  # lent at the same time, to each
    repay_days = models.PositiveSmallIntegerField()  # after a round is settled
    from_date = models.DateField()
    until_date = models.DateField()
    decided_by = models.CharField(max_length=200)
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-from_date", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(member_won__gt=0, member_won__lte=F("won"), repay_days__gt=0),
                name="pool_limits",
            ),
            models.CheckConstraint(
                condition=Q(until_date__gt=F("from_date")) & ~Q(decided_by=""), name="pool_decided"
            ),
        ]


class PoolPart(models.Model):
    """What the pool lent a member in a round, or owes it in place of a debtor."""

    class How(models.TextChoices):
        LENT = "lent", pgettext_lazy("pool", "lent to the member")
        PAID = "paid", pgettext_lazy("pool", "to be paid to the member")

    round = models.ForeignKey(ClearingRound, on_delete=models.PROTECT, related_name="pool_parts")
    party = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=4, choices=How)
    won = models.BigIntegerField()
    done_won = models.BigIntegerField(default=0)  # repaid, or paid out
    due_date = models.DateField()
    is_void = models.BooleanField(default=False)  # its round was undone

    objects = Holding.as_manager()

    class Meta:
        ordering = ("round", "how", "pk")
        indexes = [
            models.Index(
                fields=("party",),
                condition=Q(is_void=False, done_won__lt=F("won")),
                name="pool_part_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=("round", "party"), name="pool_part_once"),
            models.CheckConstraint(
                condition=Q(won__gt=0, done_won__gte=0, done_won__lte=F("won"))
                & (Q(is_void=False) | Q(done_won=0)),
                name="pool_part_not_overdone",
            ),
        ]

    @property
    def open_won(self) -> int:
        return 0 if self.is_void else self.won - self.done_won


class PoolMove(models.Model):
    """Money that moved for a part: repaid by the member, or paid to it. Never changed."""

    part = models.ForeignKey(PoolPart, on_delete=models.PROTECT, related_name="moves")
    won = models.BigIntegerField()
    moved_date = models.DateField()
    entry = models.OneToOneField("ledger.Entry", on_delete=models.PROTECT, related_name="+")

    objects = Holding.as_manager()

    class Meta:
        ordering = ("part", "moved_date", "pk")
        constraints = [models.CheckConstraint(condition=Q(won__gt=0), name="pool_moved_money")]


class PoolMoveUndone(models.Model):
    """A move that was entered wrongly: the entry that reverses it."""

    move = models.OneToOneField(PoolMove, on_delete=models.PROTECT, related_name="undone")
    entry = models.OneToOneField("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)

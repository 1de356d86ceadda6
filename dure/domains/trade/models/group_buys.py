"""Group buying: what is bought together, who wishes what, who owes and paid what."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from dure.kernel.holding import Holding

PARTY, MEMBERSHIP, ENTRY = "parties.Party", "memberships.Membership", "ledger.Entry"


class GroupBuy(models.Model):
    """Terms that stay as they were opened; what was ordered, and what came of it."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("group buy", "open for wishes")
        ORDERED = "ordered", pgettext_lazy("group buy", "ordered")
        DELIVERED = "delivered", pgettext_lazy("group buy", "delivered")
        SETTLED = "settled", pgettext_lazy("group buy", "billed")
        RELEASED = "released", pgettext_lazy("group buy", "not reached, all released")
        GIVEN_UP = "given_up", pgettext_lazy("group buy", "given up")

    organiser = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    terms: models.JSONField[Any, Any] = models.JSONField()  # rules.group_buying.Terms
    drops: models.JSONField[Any, Any] = models.JSONField()  # where and when it is fetched
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    missing_cases = models.PositiveIntegerField(default=0)  # of one that was released
    bought: models.JSONField[Any, Any] = models.JSONField(default=list)  # as ordered
    came: models.JSONField[Any, Any] = models.JSONField(default=list)  # as delivered
    delivered_date = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    fund = models.CharField(max_length=40)
    entry = models.OneToOneField(
        ENTRY, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-closes_at", "-pk")
        indexes = [
            models.Index(fields=("closes_at",), condition=Q(state="open"), name="group_buy_open")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")), name="group_buy_lasts"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "given_up")) | Q(closed_at__isnull=False),
                name="group_buy_closed_once",
            ),
        ]


class GroupBuyWish(models.Model):
    """What a member asks of an article; frozen when it is closed, with what it gets."""

    buy = models.ForeignKey(GroupBuy, on_delete=models.PROTECT, related_name="wishes")
    membership = models.ForeignKey(MEMBERSHIP, on_delete=models.PROTECT, related_name="+")
    article = models.CharField(max_length=120)
    quantity = models.PositiveIntegerField()
    tolerance = models.PositiveIntegerField()
    drop = models.CharField(max_length=120, blank=True)
    wished_at = models.DateTimeField()  # of the last raise: the order of time
    pieces = models.PositiveIntegerField(null=True, blank=True)  # as ordered
    came_pieces = models.PositiveIntegerField(null=True, blank=True)
    why = models.CharField(max_length=10, blank=True)
    collected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("buy", "wished_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("buy", "membership", "article"), name="group_buy_wish_once"
            ),
            models.CheckConstraint(
                condition=Q(pieces=None) | Q(pieces__lte=F("quantity") + F("tolerance")),
                name="group_buy_not_above_wish",
            ),
            models.CheckConstraint(
                condition=Q(came_pieces=None) | Q(came_pieces__lte=F("pieces")),
                name="group_buy_not_above_order",
            ),
        ]


class GroupBuyBill(models.Model):
    """What a member owes for its part: goods and its share of the transport."""

    buy = models.ForeignKey(GroupBuy, on_delete=models.PROTECT, related_name="bills")
    membership = models.ForeignKey(MEMBERSHIP, on_delete=models.PROTECT, related_name="+")
    goods_won = models.BigIntegerField()
    transport_won = models.BigIntegerField()
    paid_won = models.BigIntegerField(default=0)
    due_date = models.DateField()

    objects = Holding.as_manager()

    class Meta:
        ordering = ("buy", "membership")
        constraints = [
            models.UniqueConstraint(fields=("buy", "membership"), name="group_buy_billed_once"),
            models.CheckConstraint(
                condition=Q(goods_won__gte=0, transport_won__gte=0, paid_won__gte=0)
                & Q(paid_won__lte=F("goods_won") + F("transport_won")),
                name="group_buy_not_overpaid",
            ),
        ]

    @property
    def won(self) -> int:
        return self.goods_won + self.transport_won

    @property
    def open_won(self) -> int:
        return self.won - self.paid_won


class GroupBuyReceipt(models.Model):
    """Money that came in for a bill. Never changed; undone by a row of its own."""

    bill = models.ForeignKey(GroupBuyBill, on_delete=models.PROTECT, related_name="receipts")
    won = models.BigIntegerField()
    paid_date = models.DateField()
    entry = models.OneToOneField(ENTRY, on_delete=models.PROTECT, related_name="+")
    bank = models.ForeignKey(
        "memberships.Receipt", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("bill", "paid_date", "pk")
        constraints = [models.CheckConstraint(condition=Q(won__gt=0), name="group_buy_of_money")]


class GroupBuyReceiptUndone(models.Model):
    """A receipt that was entered wrongly: the entry that reverses it."""

    receipt = models.OneToOneField(GroupBuyReceipt, on_delete=models.PROTECT, related_name="undone")
    entry = models.OneToOneField(ENTRY, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)


class GroupBuyPayment(models.Model):
    """A supplier was paid its part, goods and transport, once."""

    buy = models.ForeignKey(GroupBuy, on_delete=models.PROTECT, related_name="payments")
    supplier = models.CharField(max_length=120)
    party = models.ForeignKey(
        PARTY, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    won = models.BigIntegerField()
    paid_date = models.DateField()
    entry = models.OneToOneField(ENTRY, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("buy", "pk")
        constraints = [
            models.UniqueConstraint(fields=("buy", "supplier"), name="group_buy_supplier_once"),
            models.CheckConstraint(condition=Q(won__gt=0), name="group_buy_paid_money"),
        ]

"""Orders: terms that go to and fro until both agree; what is delivered of them becomes deals."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dure.kernel.holding import Holding

from ..rules.orders import STAGES, TAXES, Line, Stage, Tax
from .deals import PARTY, Deal


class Order(models.Model):
    """A quote or an order, and what became of it. `waits_for` is the side whose answer is asked;
    `terms_number` says which of the terms proposed are the last."""

    seller = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    recorder = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=STAGES)
    waits_for = models.ForeignKey(
        PARTY, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    terms_number = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    ordered_at = models.DateTimeField(null=True, blank=True)
    on_paper = models.CharField(max_length=200, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=("seller", "stage"), name="order_by_seller"),
            models.Index(fields=("buyer", "stage"), name="order_by_buyer"),
            models.Index(
                fields=("waits_for",), condition=Q(waits_for__isnull=False), name="order_waiting"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(seller=F("buyer")), name="order_between_two"),
            models.CheckConstraint(
                condition=Q(stage__in=(Stage.QUOTED, Stage.ASKED), waits_for__isnull=False)
                | ~Q(stage__in=(Stage.QUOTED, Stage.ASKED)) & Q(waits_for=None),
                name="order_waits_while_open",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.ORDERED) | Q(ordered_at__isnull=False),
                name="order_ordered_at",
            ),
        ]

    @property
    def sides(self) -> tuple[int, int]:
        return self.seller_id, self.buyer_id

    def other(self, party_id: int) -> int:
        """The side across from one."""
        return self.buyer_id if party_id == self.seller_id else self.seller_id


class OrderTerms(models.Model):
    """What one side proposed. Never changed."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    wanted_date = models.DateField(null=True, blank=True)  # to be delivered until
    valid_date = models.DateField(null=True, blank=True)  # the last day on which it can be accepted
    due_days = models.PositiveIntegerField(null=True, blank=True)  # None: as the rules say
    note = models.CharField(max_length=300, blank=True)
    won = models.BigIntegerField()
    vat_won = models.BigIntegerField()
    proposed_at = models.DateTimeField()

    class Meta:
        ordering = ("order", "number")
        constraints = [
            models.UniqueConstraint(fields=("order", "number"), name="order_terms_once"),
            models.CheckConstraint(
                condition=Q(won__gt=0, vat_won__gte=0, vat_won__lt=F("won")),
                name="order_terms_amounts",
            ),
        ]


class OrderLine(models.Model):
    """One article of terms; its price has the tax inside. Never changed."""

    terms = models.ForeignKey(OrderTerms, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    article = models.CharField(max_length=120)
    quantity = models.PositiveBigIntegerField()
    unit = models.CharField(max_length=12, blank=True)
    unit_won = models.BigIntegerField()
    tax = models.CharField(max_length=6, choices=TAXES)

    class Meta:
        ordering = ("terms", "place")
        constraints = [
            models.UniqueConstraint(fields=("terms", "place"), name="order_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_won__gt=0), name="order_line_amounts"
            ),
        ]

    @property
    def line(self) -> Line:
        return Line(self.article, self.quantity, self.unit, self.unit_won, Tax(self.tax))


class DealLine(models.Model):
    """How much of an article one delivery brought. Never changed."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="delivered")
    quantity = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("deal", "line")
        constraints = [
            models.UniqueConstraint(fields=("deal", "line"), name="deal_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="deal_line_quantity"),
        ]

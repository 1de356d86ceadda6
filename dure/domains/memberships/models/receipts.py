"""Money that came in, what it paid, and share capital."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .dues import Charge
from .holding import Holding
from .members import Membership


class ReceiptImport(models.Model):
    """A bank file looked at but not yet accepted; its rows hold names, so they go when it is done."""

    class State(models.TextChoices):
        STAGED = "staged", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        DISCARDED = "discarded", _("discarded")

    filename = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.STAGED)
    uploaded_at = models.DateTimeField()
    uploaded_by_id = models.BigIntegerField(null=True)
    grid = models.JSONField(default=list)  # the cells as text; emptied when decided
    new_count = models.PositiveIntegerField(default=0)
    same_count = models.PositiveIntegerField(default=0)
    matched_count = models.PositiveIntegerField(default=0)
    rejected = models.JSONField(default=list)  # [{row, cell, reason}]
    fund = models.CharField(max_length=40, default="general")

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-pk",)


class Receipt(models.Model):
    """Money that came in. What is not yet matched waits in suspense (가수금)."""

    receipt_date = models.DateField()
    amount_won = models.BigIntegerField()
    matched_won = models.BigIntegerField(default=0)
    refunded_won = models.BigIntegerField(default=0)
    payer_text = models.CharField(max_length=120)  # as the bank printed it; a person's name, often
    payer_key = models.CharField(max_length=120, db_index=True)  # normalised, to know it again
    memo = models.CharField(max_length=200, blank=True)
    fund = models.CharField(max_length=40, default="general")
    import_key = models.CharField(max_length=64, null=True, unique=True)
    batch = models.ForeignKey(
        ReceiptImport, null=True, blank=True, on_delete=models.PROTECT, related_name="receipts"
    )
    entry = models.ForeignKey("ledger.Entry", null=True, on_delete=models.PROTECT, related_name="+")

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-receipt_date", "-pk")
        indexes = [
            models.Index(
                fields=("receipt_date",),
                name="receipt_open",
                condition=Q(amount_won__gt=F("matched_won") + F("refunded_won")),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    amount_won__gt=0,
                    matched_won__gte=0,
                    refunded_won__gte=0,
                    amount_won__gte=F("matched_won") + F("refunded_won"),
                ),
                name="receipt_not_overspent",
            ),
        ]

    @property
    def open_won(self) -> int:
        return self.amount_won - self.matched_won - self.refunded_won

    @property
    def matter(self) -> str:
        """What personal texts about the receipt are found by."""
        return f"memberships.Receipt:{self.pk}"


class Allocation(models.Model):
    """A part of a receipt that pays a part of a charge; undone by a reversal, never deleted."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="allocations")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="allocations")
    amount_won = models.BigIntegerField()
    allocated_date = models.DateField()
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    undone_date = models.DateField(null=True, blank=True)
    undone_entry = models.ForeignKey(
        "ledger.Entry", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("allocated_date", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(amount_won__gt=0), name="allocation_amount"),
            models.CheckConstraint(
                condition=Q(undone_date=None, undone_entry=None)
                | Q(undone_date__isnull=False, undone_entry__isnull=False),
                name="allocation_undone_with_entry",
            ),
        ]


class ShareMovement(models.Model):
    """Share capital paid in (positive) or paid back (negative) by one member."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="shares")
    moved_date = models.DateField()
    amount_won = models.BigIntegerField()
    fund = models.CharField(max_length=40, default="general")
    decided_by = models.CharField(max_length=200, blank=True)
    receipt = models.ForeignKey(
        Receipt, null=True, blank=True, on_delete=models.PROTECT, related_name="shares"
    )
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("moved_date", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(amount_won=0), name="share_movement_moves"),
            models.CheckConstraint(
                condition=Q(amount_won__gt=0) | ~Q(decided_by=""),
                name="share_refund_has_decision",
            ),
        ]

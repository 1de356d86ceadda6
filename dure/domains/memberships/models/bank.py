"""Bank files on their way in, and what is remembered of how they look."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel.holding import Holding


class ReceiptImport(models.Model):
    """A bank file that was looked at; its rows hold names, so they go when it is done."""

    class State(models.TextChoices):
        UNMAPPED = "unmapped", _("columns unknown")
        STAGED = "staged", pgettext_lazy("state of a file", "waiting")
        ACCEPTED = "accepted", _("accepted")
        DISCARDED = "discarded", _("discarded")

    filename = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.STAGED)
    uploaded_at = models.DateTimeField()
    uploaded_by_id = models.BigIntegerField(null=True)
    grid = models.JSONField(default=list)  # [row number, [cells]] while its columns are unknown
    new_count = models.PositiveIntegerField(default=0)
    new_won = models.BigIntegerField(default=0)
    same_count = models.PositiveIntegerField(default=0)
    entered_count = models.PositiveIntegerField(default=0)
    matched_count = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0)
    cancelled_count = models.PositiveIntegerField(default=0)
    rejected = models.JSONField(default=list)  # [{row, cell, reason}]
    asides = models.JSONField(default=list)  # the same, of money the bank took back
    gaps = models.JSONField(default=list)  # [{row, expected_won, found_won}]
    gap_count = models.PositiveIntegerField(default=0)
    from_date = models.DateField(null=True, blank=True)
    last_date = models.DateField(null=True, blank=True)
    fund = models.CharField(max_length=40, default="general")

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-pk",)


class BankLine(models.Model):
    """A payment of a file that was looked at and is not entered yet."""

    batch = models.ForeignKey(ReceiptImport, on_delete=models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField()
    receipt_date = models.DateField()
    amount_won = models.BigIntegerField()
    payer = models.CharField(max_length=120)
    memo = models.CharField(max_length=200, blank=True)
    account = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=64)

    class Meta:
        ordering = ("batch", "row")
        indexes = [models.Index(fields=("batch", "row"), name="bank_line_by_row")]


class BankLayout(models.Model):
    """Where the columns of a bank's list are, as somebody said; by the words of its head."""

    fund = models.CharField(max_length=40)
    signature = models.CharField(max_length=500)
    columns = models.JSONField()  # {date: 0, …}
    signed = models.BooleanField(default=False)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("fund", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("fund", "signature"), name="bank_layout_once_per_signature"
            )
        ]

"""What is paid every month, and what came in."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from dure.kernel.holding import Holding

from .enrolments import AidEnrolment


class AidBill(models.Model):
    """The contribution of one month. Nobody owes it: what stays unpaid lets the contract rest."""

    enrolment = models.ForeignKey(AidEnrolment, on_delete=models.PROTECT, related_name="bills")
    month_date = models.DateField()  # the first of the month
    due_date = models.DateField()
    won = models.BigIntegerField()
    paid_won = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("enrolment", "month_date")
        indexes = [
            models.Index(
                fields=("due_date", "enrolment"),
                condition=Q(paid_won__lt=F("won")),
                name="aid_bill_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=("enrolment", "month_date"), name="aid_bill_once"),
            models.CheckConstraint(
                condition=Q(won__gt=0, paid_won__gte=0, paid_won__lte=F("won")),
                name="aid_bill_not_overpaid",
            ),
        ]

    @property
    def open_won(self) -> int:
        return self.won - self.paid_won


class AidReceipt(models.Model):
    """Money that came in for a contract, and which months it paid."""

    enrolment = models.ForeignKey(AidEnrolment, on_delete=models.PROTECT, related_name="receipts")
    paid_date = models.DateField()
    won = models.BigIntegerField()
    parts: models.JSONField[Any, Any] = models.JSONField()  # [[bill, won], …]
    entry = models.OneToOneField("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    bank = models.ForeignKey(
        "memberships.Receipt", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # the line of the bank that paid it, where one did

    objects = Holding.as_manager()

    class Meta:
        ordering = ("enrolment", "paid_date", "pk")
        constraints = [models.CheckConstraint(condition=Q(won__gt=0), name="aid_receipt_of_money")]


class AidReceiptUndone(models.Model):
    """A receipt that was entered wrongly: the entry that reverses it."""

    receipt = models.OneToOneField(AidReceipt, on_delete=models.PROTECT, related_name="undone")
    entry = models.OneToOneField("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)

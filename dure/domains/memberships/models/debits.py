"""Direct debit: what members consented to, and what was asked of the bank and answered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding

from .members import Membership
from .receipts import Receipt


class Mandate(models.Model):
    """A member's consent that dues are taken from an account (자동이체 출금 동의)."""

    class Evidence(models.TextChoices):
        WRITTEN = "written", _("on paper, signed")
        E_SIGNED = "e_signed", _("signed electronically")
        RECORDED_CALL = "recorded_call", _("recorded by telephone")
        PHONE_MENU = "phone_menu", _("by an automatic call (ARS)")

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="mandates")
    bank = models.CharField(max_length=40)
    account_secret = models.TextField(blank=True)  # kernel.secrets; emptied when destroyed
    account_tail = models.CharField(max_length=4, blank=True)
    holder = models.CharField(max_length=60, blank=True)
    consent_text = models.TextField()
    evidence = models.CharField(max_length=14, choices=Evidence)
    evidence_note = models.CharField(
        max_length=200, blank=True
    )  # where the paper or recording lies
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("membership", "from_date", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("membership",), condition=Q(until_date=None), name="mandate_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
                name="mandate_ends_after_it_starts",
            ),
        ]


class DebitRun(models.Model):
    """One request to the bank to collect open dues, and its answer."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("waits for the result")
        ANSWERED = "answered", _("result booked")

    layout = models.CharField(max_length=40)
    collect_date = models.DateField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    fund = models.CharField(max_length=40, default="general")
    count = models.PositiveIntegerField(default=0)
    sum_won = models.BigIntegerField(default=0)
    paid_count = models.PositiveIntegerField(default=0)
    failed_count = models.PositiveIntegerField(default=0)
    paid_won = models.BigIntegerField(default=0)
    settled_won = models.BigIntegerField(default=0)  # came to the bank account in one sum
    result_digest = models.CharField(max_length=64, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-collect_date", "-pk")


class DebitLine(models.Model):
    """What one member was asked for, and what came of it."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("asked for")
        PAID = "paid", _("paid")
        PARTLY = "partly", _("paid in part")
        FAILED = "failed", _("not paid")

    run = models.ForeignKey(DebitRun, on_delete=models.PROTECT, related_name="lines")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="lines")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    payable = models.CharField(
        max_length=60, blank=True
    )  # what else than dues, as its room keeps it
    amount_won = models.BigIntegerField()
    paid_won = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    reason_code = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=120, blank=True)
    receipt = models.OneToOneField(
        Receipt, null=True, blank=True, on_delete=models.PROTECT, related_name="debit_line"
    )

    class Meta:
        ordering = ("run", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("run", "membership", "payable"), name="debit_line_once_per_run"
            ),
            models.CheckConstraint(
                condition=Q(amount_won__gt=0, paid_won__gte=0, amount_won__gte=F("paid_won")),
                name="debit_line_not_overpaid",
            ),
        ]

"""Money that came in, and what it paid."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding

from .bank import ReceiptImport
from .dues import Charge
from .members import Membership


class Receipt(models.Model):
    """Money that came in. What is not yet matched waits in suspense (가수금)."""

    receipt_date = models.DateField()
    amount_won = models.BigIntegerField()
    matched_won = models.BigIntegerField(default=0)
    refunded_won = models.BigIntegerField(default=0)
    payer_text = models.CharField(max_length=120)  # as the bank printed it; a person's name, often
    payer_key = models.CharField(max_length=120, db_index=True)  # normalised, to know it again
    memo = models.CharField(max_length=200, blank=True)
    virtual_account = models.CharField(max_length=40, blank=True)  # it was paid into, digits only
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


class Credit(models.Model):
    """A part of a receipt kept for a member's dues to come (선수금); used as they are billed."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="credits")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="credits")
    amount_won = models.BigIntegerField()
    used_won = models.BigIntegerField(default=0)
    kept_date = models.DateField()
    fund = models.CharField(max_length=40, default="general")
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    undone_date = models.DateField(null=True, blank=True)
    undone_entry = models.ForeignKey(
        "ledger.Entry", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("kept_date", "pk")
        indexes = [
            models.Index(
                fields=("membership",),
                name="credit_open",
                condition=Q(undone_date=None, amount_won__gt=F("used_won")),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_won__gt=0, used_won__gte=0, amount_won__gte=F("used_won")),
                name="credit_not_overspent",
            )
        ]

    @property
    def open_won(self) -> int:
        return 0 if self.undone_date else self.amount_won - self.used_won


class ReceiptUse(models.Model):
    """A part of a receipt that was nobody's dues: a donation, other income, a debit run's money, what
    another room took in."""

    class Purpose(models.TextChoices):
        DONATION = "donation", _("donation")
        SPONSORSHIP = "sponsorship", _("sponsorship")
        OTHER_INCOME = "other_income", _("other income")
        DEBIT_RUN = "debit_run", _("direct debits paid out")
        PAYABLE = "payable", _("taken in for")

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="uses")
    purpose = models.CharField(max_length=20, choices=Purpose)
    amount_won = models.BigIntegerField()
    used_date = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    fund = models.CharField(max_length=40, blank=True)  # it was given to, if not that of the money
    donor = models.ForeignKey(  # who gave it, where it is known
        "parties.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    run = models.ForeignKey(  # the debit run whose money it is
        "memberships.DebitRun", null=True, blank=True, on_delete=models.PROTECT, related_name="uses"
    )
    payable = models.CharField(max_length=60, blank=True)  # "loans:17", as the other room keeps it
    taken_as = models.BigIntegerField(null=True, blank=True)  # the payment there
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    handed_out = models.ForeignKey(  # to a fund run for others: out of where it waited …
        "ledger.Entry", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_in = models.ForeignKey(  # … and into that fund
        "ledger.Entry", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_date = models.DateField(null=True, blank=True)
    undone_entry = models.ForeignKey(
        "ledger.Entry", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("used_date", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(amount_won__gt=0), name="receipt_use_amount"),
            models.CheckConstraint(
                condition=Q(handed_out=None, handed_in=None)
                | Q(handed_out__isnull=False, handed_in__isnull=False),
                name="receipt_handed_over_by_two",
            ),
        ]


class PayerAlias(models.Model):
    """What a member is known by at the bank: a payer text seen before, or its virtual account."""

    class Kind(models.TextChoices):
        NAME = "name", _("payer text")
        ACCOUNT = "account", _("virtual account")

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="aliases")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.NAME)
    key = models.CharField(max_length=120)  # normalised text, or digits
    shown = models.CharField(max_length=120, blank=True)
    is_learned = models.BooleanField(default=False)  # from a matching; else typed by a person
    noted_date = models.DateField()

    objects = Holding.as_manager()

    class Meta:
        ordering = ("membership", "kind", "key")
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "key", "membership"), name="payer_alias_once_per_member"
            ),
            models.UniqueConstraint(
                fields=("key",), condition=Q(kind="account"), name="virtual_account_of_one_member"
            ),
        ]


class Allocation(models.Model):
    """A part of a receipt that pays a part of a charge; undone by a reversal, never deleted."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="allocations")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="allocations")
    amount_won = models.BigIntegerField()
    credit = models.ForeignKey(  # the money had waited for the charge
        Credit, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations"
    )
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

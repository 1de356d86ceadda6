"""Share capital: subscribed, paid in, moved, and claimed back by those who leave.

A movement is written once and never changed: a wrong one is undone by its mirror image. Money and
shares of any past day are sums of movements.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding

from .members import Membership
from .receipts import Receipt


class ShareSubscription(models.Model):
    """A promise of a member to pay in shares (청약)."""

    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="subscriptions"
    )
    shares = models.BigIntegerField()
    unit_won = models.BigIntegerField()  # of the day of subscribing
    paid_won = models.BigIntegerField(default=0)
    subscribed_date = models.DateField()
    due_date = models.DateField()
    ended_date = models.DateField(null=True, blank=True)  # what was not paid by then is given up
    findings = models.JSONField(default=list)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("subscribed_date", "pk")
        indexes = [
            models.Index(
                fields=("due_date",),
                name="subscription_open",
                condition=Q(ended_date=None, paid_won__lt=F("shares") * F("unit_won")),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(shares__gt=0, unit_won__gt=0, paid_won__gte=0)
                & Q(paid_won__lte=F("shares") * F("unit_won")),
                name="subscription_not_overpaid",
            ),
        ]

    @property
    def party_id(self) -> int:
        return self.membership.party_id

    @property
    def won(self) -> int:
        return self.shares * self.unit_won

    @property
    def open_won(self) -> int:
        return 0 if self.ended_date is not None else self.won - self.paid_won


class ShareClaim(models.Model):
    """Shares asked back: by one who left (all of them), or by a member who reduces them."""

    class Kind(models.TextChoices):
        LEAVING = "leaving", _("after leaving")
        REDUCTION = "reduction", _("fewer shares")

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        APPROVED = "approved", _("approved")
        PAID = "paid", _("paid back")
        LAPSED = "lapsed", _("lapsed")

    WAITING = (State.ASKED, State.APPROVED)  # somebody is still to get money

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    shares = models.BigIntegerField()
    paid_in_won = models.BigIntegerField()  # what these shares were paid with
    asked_date = models.DateField(null=True, blank=True)  # none: lapsed without being asked for
    claimable_date = models.DateField()  # the first day of the next fiscal year
    heir = models.ForeignKey(
        "parties.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_date = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)  # the minutes of the general meeting
    members_total = models.PositiveIntegerField(null=True, blank=True)
    members_present = models.PositiveIntegerField(null=True, blank=True)
    votes_for = models.PositiveIntegerField(null=True, blank=True)
    loss_won = models.BigIntegerField(default=0)
    surplus_won = models.BigIntegerField(default=0)
    amount_won = models.BigIntegerField(default=0)  # to be paid back
    paid_won = models.BigIntegerField(default=0)
    findings = models.JSONField(default=list)
    entry = models.ForeignKey(
        "ledger.Entry", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("claimable_date", "pk")
        indexes = [models.Index(fields=("state", "claimable_date"), name="share_claim_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=("membership",),
                condition=Q(kind="leaving"),
                name="share_claim_once_after_leaving",
            ),
            models.UniqueConstraint(
                fields=("membership",),
                condition=Q(state__in=("asked", "approved")),
                name="share_claim_one_open",
            ),
            models.CheckConstraint(
                condition=Q(
                    shares__gte=0,
                    paid_in_won__gt=0,
                    loss_won__gte=0,
                    surplus_won__gte=0,
                    paid_won__gte=0,
                    paid_won__lte=F("amount_won"),
                    amount_won__lte=F("paid_in_won") - F("loss_won") + F("surplus_won"),
                    loss_won__lte=F("paid_in_won"),
                ),
                name="share_claim_not_overpaid",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "lapsed"), paid_won=0)
                | (Q(state__in=("approved", "paid"), entry__isnull=False) & ~Q(decided_by="")),
                name="share_claim_approved_by_resolution",
            ),
        ]

    @property
    def open_won(self) -> int:
        return self.amount_won - self.paid_won


class ShareMovement(models.Model):
    """Share capital that came to (positive) or left (negative) one holder on a day."""

    class Kind(models.TextChoices):
        PAID = "paid", _("paid in")
        UNDONE = "undone", _("payment undone")
        TRANSFER = "transfer", _("transferred")
        SUCCESSION = "succession", _("succeeded to")
        REFUND = "refund", _("to be paid back")
        LAPSE = "lapse", _("lapsed")

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="shares")
    subscription = models.ForeignKey(
        ShareSubscription, null=True, blank=True, on_delete=models.PROTECT, related_name="movements"
    )
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PAID)
    moved_date = models.DateField()
    shares = models.BigIntegerField(default=0)  # whole shares paid for by this movement
    amount_won = models.BigIntegerField()
    fund = models.CharField(max_length=40, default="general")
    decided_by = models.CharField(max_length=200, blank=True)
    receipt = models.ForeignKey(
        Receipt, null=True, blank=True, on_delete=models.PROTECT, related_name="shares"
    )
    claim = models.ForeignKey(
        ShareClaim, null=True, blank=True, on_delete=models.PROTECT, related_name="movements"
    )
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    findings = models.JSONField(default=list)
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("moved_date", "pk")
        indexes = [
            models.Index(
                fields=("membership", "moved_date", "shares", "amount_won"),
                name="share_movement_of_member",
            ),
            models.Index(fields=("moved_date", "shares", "amount_won"), name="share_movement_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(amount_won=0), name="share_movement_moves"),
            models.CheckConstraint(
                condition=Q(amount_won__gt=0, shares__gte=0) | Q(amount_won__lt=0, shares__lte=0),
                name="share_movement_one_way",
            ),
            models.CheckConstraint(
                condition=Q(amount_won__gt=0) | ~Q(decided_by=""),
                name="share_refund_has_decision",
            ),
            models.CheckConstraint(
                condition=Q(kind="undone", undoes__isnull=False)
                | (~Q(kind="undone") & Q(undoes=None)),
                name="share_movement_undoes_one",
            ),
        ]


class SharePayout(models.Model):
    """Money of an approved claim that was paid out, or kept for what was owed (set off)."""

    claim = models.ForeignKey(ShareClaim, on_delete=models.PROTECT, related_name="payouts")
    paid_date = models.DateField()
    amount_won = models.BigIntegerField()
    fund = models.CharField(max_length=40, default="general")
    receipt = models.ForeignKey(  # what was set off comes in as a receipt, to pay the dues with
        Receipt, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("paid_date", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(amount_won__gt=0), name="share_payout_amount")
        ]


class ShareCertificate(models.Model):
    """The paper that says how many shares a member holds (출자증권); a new one replaces the last."""

    number = models.BigIntegerField(unique=True)
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="certificates"
    )
    shares = models.BigIntegerField()
    won = models.BigIntegerField()
    issued_date = models.DateField()
    ended_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        indexes = [
            models.Index(fields=("membership", "issued_date"), name="share_certificate_of_member")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("membership",),
                condition=Q(ended_date=None),
                name="share_certificate_one_live",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0, shares__gt=0, won__gt=0), name="share_certificate_holds"
            ),
            models.CheckConstraint(
                condition=Q(ended_date=None) | Q(ended_date__gte=F("issued_date")),
                name="share_certificate_ends_after_issue",
            ),
        ]


class ShareReport(models.Model):
    """The yearly report of changes in share capital, as it was sent to the office."""

    year_date = models.DateField(unique=True)  # the first day of the fiscal year
    filed_date = models.DateField()
    reference = models.CharField(max_length=200)
    unit_won = models.BigIntegerField()
    shares = models.BigIntegerField()
    won = models.BigIntegerField()
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ("-year_date",)

"""Deals between two organisations: said by one, confirmed by the other, corrected by both."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from dure.kernel.holding import Holding

PARTY = "parties.Party"


class Deal(models.Model):
    """One sale. Its terms are those in force; the versions say how they came about.

    Only what both confirmed counts. `waits_for` is the side whose answer is asked.
    """

    class State(models.TextChoices):
        RECORDED = "recorded", pgettext_lazy("deal", "recorded by one side")
        CONFIRMED = "confirmed", pgettext_lazy("deal", "confirmed by both")
        REFUSED = "refused", pgettext_lazy("deal", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("deal", "withdrawn")
        SAME = "same", pgettext_lazy("deal", "the same as another")
        CANCELLED = "cancelled", pgettext_lazy("deal", "cancelled by both")

    seller = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    recorder = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    waits_for = models.ForeignKey(
        PARTY, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_mutual = models.BooleanField(default=False)  # both sides were members on its day
    version = models.PositiveIntegerField(default=1)  # whose terms these are
    what = models.CharField(max_length=200)
    won = models.BigIntegerField()  # value-added tax included
    vat_won = models.BigIntegerField(default=0)
    dealt_date = models.DateField()
    due_date = models.DateField()
    tax_number = models.CharField(max_length=24, blank=True)  # of the tax invoice
    recorded_at = models.DateTimeField()
    order = models.ForeignKey(  # what was delivered of which order
        "trade.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="deals"
    )
    recurring = models.ForeignKey(  # the month's deal of which agreement
        "trade.RecurringDeal", on_delete=models.PROTECT, null=True, blank=True, related_name="deals"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    on_paper = models.CharField(max_length=200, blank=True)  # what the office confirmed it by
    end_reason = models.CharField(max_length=300, blank=True)  # refused, withdrawn, cancelled
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="twins"
    )
    settled_won = models.BigIntegerField(default=0)  # paid or set off
    disputed_at = models.DateTimeField(null=True, blank=True)
    disputed_by = models.ForeignKey(
        PARTY, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dispute = models.CharField(max_length=300, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-dealt_date", "-pk")
        indexes = [
            models.Index(fields=("seller", "dealt_date"), name="deal_by_seller"),
            models.Index(fields=("buyer", "dealt_date"), name="deal_by_buyer"),
            models.Index(
                fields=("waits_for",), condition=Q(waits_for__isnull=False), name="deal_waiting"
            ),
            models.Index(
                fields=("due_date", "id"),
                condition=Q(state="confirmed", settled_won__lt=F("won")),
                name="deal_open",
            ),
            models.Index(fields=("state", "dealt_date"), name="deal_by_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(seller=F("buyer")), name="deal_between_two"),
            models.CheckConstraint(
                condition=Q(recorder=F("seller")) | Q(recorder=F("buyer")),
                name="deal_recorded_by_a_side",
            ),
            models.CheckConstraint(
                condition=Q(won__gt=0, vat_won__gte=0, vat_won__lt=F("won")), name="deal_amounts"
            ),
            models.CheckConstraint(
                condition=Q(settled_won__gte=0, settled_won__lte=F("won")),
                name="deal_not_settled_twice",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(settled_won=0, disputed_at=None)),
                name="deal_settled_when_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(disputed_at=None, disputed_by=None, dispute="")
                | (Q(disputed_at__isnull=False, disputed_by__isnull=False) & ~Q(dispute="")),
                name="deal_disputed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="same", same_as__isnull=False)
                | (~Q(state="same") & Q(same_as=None)),
                name="deal_same_as_another",
            ),
            models.UniqueConstraint(
                fields=("recurring", "dealt_date"),
                name="deal_once_a_month",
                condition=Q(recurring__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("tax_number",),
                condition=~Q(tax_number="")
                & ~Q(state__in=("refused", "withdrawn", "same", "cancelled")),
                name="deal_one_per_tax_invoice",
            ),
        ]

    @property
    def open_won(self) -> int:
        return self.won - self.settled_won

    @property
    def sides(self) -> tuple[int, int]:
        return self.seller_id, self.buyer_id

    def other(self, party_id: int) -> int:
        """The side across from one."""
        return self.buyer_id if party_id == self.seller_id else self.seller_id

    def matter_of(self, kind: str) -> str:
        """Under which its papers of a kind are kept."""
        return f"trade.Deal:{self.pk}/{kind}"


class DealVersion(models.Model):
    """Terms as one side proposed them; 0 won: that the deal is cancelled. Never changed."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    won = models.BigIntegerField()
    vat_won = models.BigIntegerField(default=0)
    dealt_date = models.DateField()
    due_date = models.DateField()
    tax_number = models.CharField(max_length=24, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField()

    class Meta:
        ordering = ("deal", "number")
        constraints = [
            models.UniqueConstraint(fields=("deal", "number"), name="deal_version_once"),
            models.CheckConstraint(
                condition=Q(won=0, vat_won=0) | Q(vat_won__gte=0, vat_won__lt=F("won")),
                name="deal_version_amounts",
            ),
        ]

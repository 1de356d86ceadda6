"""What organisations offer each other and look for, found by words."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from dure.kernel.holding import Holding
from dure.kernel.ordinal import OrdinalField

from ..rules.listings import CATEGORIES, KINDS, SIDES, TAXES, About
from .deals import PARTY


class Listing(models.Model):
    """Goods or a service that an organisation offers, or looks for, until a day."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("listing", "open")
        CLOSED = "closed", pgettext_lazy("listing", "closed")
        EXPIRED = "expired", pgettext_lazy("listing", "expired")

    party = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, choices=SIDES)
    kind = models.CharField(max_length=7, choices=KINDS)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=1000, blank=True)
    category = models.CharField(max_length=12, choices=CATEGORIES)
    unit = models.CharField(max_length=20, blank=True)
    price_won = models.BigIntegerField(null=True, blank=True)  # of a unit; None: ask
    member_price_won = models.BigIntegerField(null=True, blank=True)
    tax = models.CharField(max_length=6, choices=TAXES, blank=True)
    region_code = models.CharField(max_length=5, blank=True)  # "": anywhere
    delivery = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=100, blank=True)
    certificates = models.CharField(max_length=200, blank=True)
    quantity = models.CharField(max_length=60, blank=True)  # how much of it is looked for
    budget_won = models.BigIntegerField(null=True, blank=True)
    is_public = models.BooleanField(default=False)  # may be read by everybody, if the network's is
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    listed_at = models.DateTimeField()
    until_date = models.DateField()  # its last day
    reminded_date = models.DateField(null=True, blank=True)
    ended_date = models.DateField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(
                fields=("side", "category", "id"), condition=Q(state="open"), name="listing_open"
            ),
            models.Index(fields=("party", "side"), name="listing_by_party"),
            models.Index(fields=("until_date",), condition=Q(state="open"), name="listing_until"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_date=None)
                | (~Q(state="open") & Q(ended_date__isnull=False)),
                name="listing_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(price_won=None) | Q(price_won__gt=0))
                & (Q(budget_won=None) | Q(budget_won__gt=0))
                & (
                    Q(member_price_won=None)
                    | Q(member_price_won__gt=0, member_price_won__lte=F("price_won"))
                ),
                name="listing_amounts",
            ),
            models.CheckConstraint(
                condition=(Q(side="offer", budget_won=None, quantity="") & ~Q(tax=""))
                | Q(side="want", price_won=None, member_price_won=None, tax=""),
                name="listing_of_one_side",
            ),
        ]  # fmt: skip

    @property
    def about(self) -> About:
        """What it says."""
        return About(**{name: getattr(self, name) for name in About.__slots__})

    @property
    def matter(self) -> str:
        """Under which its pictures are kept."""
        return f"trade.Listing:{self.pk}"


class ListingTerm(models.Model):
    """The index of what is open: a term of a listing, and how much it says."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="terms")
    side = models.CharField(max_length=5)  # the listing's own: one side is searched at a time
    term = OrdinalField(max_length=24)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=("side", "term", "listing", "weight"), name="listing_term_found")
        ]


class ListingImport(models.Model):
    """A file of offers or wants, looked at before it is taken in. Its rows go when it is over."""

    class State(models.TextChoices):
        STAGED = "staged", pgettext_lazy("import of listings", "to be looked at")
        ACCEPTED = "accepted", pgettext_lazy("import of listings", "taken in")
        DISCARDED = "discarded", pgettext_lazy("import of listings", "discarded")

    party = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, choices=SIDES)
    file_name = models.CharField(max_length=120)
    rows: models.JSONField[Any, Any] = models.JSONField(default=list)  # [[number, [cell, …]], …]
    head: models.JSONField[Any, Any] = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State, default=State.STAGED)
    staged_at = models.DateTimeField()

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-pk",)


class SynonymList(models.Model):
    """Which words mean the same in this network, one group a line; the newest counts."""

    text = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

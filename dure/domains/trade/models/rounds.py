"""Rounds of clearing: who was asked, who agreed, what was set off, and the proof that was kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from dure.kernel.holding import Holding

from .deals import PARTY


class ClearingRound(models.Model):
    """What members owe each other until a day, set off among those who agree.

    The sums are those of the last reckoning: of all who may still take part, and of those who agreed.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("clearing", "open")
        SETTLED = "settled", pgettext_lazy("clearing", "settled")
        GIVEN_UP = "given_up", pgettext_lazy("clearing", "given up")
        UNDONE = "undone", pgettext_lazy("clearing", "undone")

    cut_off_date = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    reckoned_at = models.DateTimeField()
    owed_won = models.BigIntegerField()
    most_won = models.BigIntegerField()  # if all who are asked agree
    agreed_won = models.BigIntegerField(default=0)  # among those who agreed
    ceiling_won = models.BigIntegerField()  # with one counterparty for all, for comparison
    pool = models.ForeignKey(
        "trade.LiquidityPool",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rounds",
    )
    alone_won = models.BigIntegerField(default=0)  # if all agree, without the pool
    most_lent_won = models.BigIntegerField(default=0)  # by the pool, if all agree
    agreed_lent_won = models.BigIntegerField(default=0)
    settled_date = models.DateField(null=True, blank=True)
    undone_date = models.DateField(null=True, blank=True)
    entry = models.OneToOneField(
        "ledger.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # of what the pool did
    end_reason = models.CharField(max_length=300, blank=True)
    certificate = models.TextField(blank=True)  # JSON, as `verify-clearing` reads it
    set_off = models.TextField(blank=True)  # CSV of the invoices

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("state",), condition=Q(state="open"), name="clearing_one_open_round"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("settled", "undone"), settled_date__isnull=False)
                & ~Q(certificate="")
                | ~Q(state__in=("settled", "undone")) & Q(settled_date=None, certificate=""),
                name="clearing_settled_with_proof",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_date__gte=models.F("settled_date"))
                | ~Q(state="undone") & Q(undone_date=None),
                name="clearing_undone_after",
            ),
        ]

    @property
    def reference(self) -> str:
        """Under which the deals keep what was set off."""
        return f"trade.ClearingRound:{self.pk}"


class ClearingParty(models.Model):
    """A member in a round: what it owes and is owed, what would vanish of both, its answer."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("clearing", "asked")
        AGREED = "agreed", pgettext_lazy("clearing", "agreed")
        WITHDRAWN = "withdrawn", pgettext_lazy("clearing", "does not take part")
        EXCLUDED = "excluded", pgettext_lazy("clearing", "excluded")

    class Ground(models.TextChoices):
        SEIZURE = "seizure", pgettext_lazy("clearing", "claims seized")
        INSOLVENCY = "insolvency", pgettext_lazy("clearing", "insolvency")
        OTHER = "other", pgettext_lazy("clearing", "another ground")

    round = models.ForeignKey(ClearingRound, on_delete=models.PROTECT, related_name="parties")
    party = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)
    on_paper = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=12, choices=Ground, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    owes_won = models.BigIntegerField(default=0)
    owed_won = models.BigIntegerField(default=0)
    most_won = models.BigIntegerField(default=0)  # vanishes of what it owes if all agree
    agreed_won = models.BigIntegerField(default=0)  # among those who agreed
    borrows_won = models.BigIntegerField(default=0)  # up to this it agreed to owe the pool
    most_lent_won = models.BigIntegerField(default=0)  # by the pool, if all agree
    most_paid_won = models.BigIntegerField(default=0)
    agreed_lent_won = models.BigIntegerField(default=0)
    agreed_paid_won = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("round", "party")
        constraints = [
            models.UniqueConstraint(fields=("round", "party"), name="clearing_party_once"),
            models.CheckConstraint(
                condition=Q(agreed_won=0) | Q(state="agreed"), name="clearing_only_who_agreed"
            ),
            models.CheckConstraint(
                condition=Q(agreed_lent_won__lte=models.F("borrows_won")),
                name="clearing_borrows_as_agreed",
            ),
            models.CheckConstraint(
                condition=Q(most_won__lte=models.F("owes_won"))
                & Q(most_won__lte=models.F("owed_won") + models.F("most_lent_won"))
                & Q(agreed_won__gte=0, most_won__gte=0),
                name="clearing_no_more_than_owed",
            ),
        ]

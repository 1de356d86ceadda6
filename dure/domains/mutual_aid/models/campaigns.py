"""Campaigns in a crisis: who decides, what was given, who asked and what came of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from dure.kernel.holding import Holding

from ..rules.campaigns import NEEDS


class AidCampaign(models.Model):
    """A campaign with its purpose, its time and a fund of its own."""

    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=400)
    article = models.CharField(max_length=120)
    decided_by = models.CharField(max_length=200)
    from_date = models.DateField()
    until_date = models.DateField()  # the last day to ask
    fund = models.CharField(max_length=40, unique=True)
    rest_to = models.CharField(max_length=40)  # the fund that what is left goes to
    per_person_won = models.BigIntegerField()
    needed = models.PositiveSmallIntegerField()  # how many deciders agree
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)
    closed_date = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    rest_won = models.BigIntegerField(default=0)
    rest_entry = models.OneToOneField(
        "ledger.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-from_date", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date"), per_person_won__gt=0, needed__gt=0),
                name="aid_campaign_can_be_kept",
            ),
            models.CheckConstraint(
                condition=Q(closed_date=None, closed_by="", rest_won=0, rest_entry=None)
                | Q(closed_date__isnull=False) & ~Q(closed_by=""),
                name="aid_campaign_closed_by_somebody",
            ),
        ]


class AidDecider(models.Model):
    """Who decides on applications of a campaign."""

    campaign = models.ForeignKey(AidCampaign, on_delete=models.PROTECT, related_name="deciders")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("campaign", "pk")
        constraints = [
            models.UniqueConstraint(fields=("campaign", "party"), name="aid_decider_once")
        ]


class AidGift(models.Model):
    """What somebody gave: a party of the register, or a name that is written sealed."""

    campaign = models.ForeignKey(AidCampaign, on_delete=models.PROTECT, related_name="gifts")
    party = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name_secret = models.TextField(blank=True)  # of who is not in the register
    is_anonymous = models.BooleanField(default=False)  # named on the receipt only
    won = models.BigIntegerField()
    given_date = models.DateField()
    entry = models.OneToOneField("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    undone_entry = models.OneToOneField(
        "ledger.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-given_date", "-pk")
        constraints = [models.CheckConstraint(condition=Q(won__gt=0), name="aid_gift_of_money")]


class AidGrant(models.Model):
    """What a member asked a campaign for, and what came of it. Why is written sealed."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("mutual aid", "asked for")
        GRANTED = "granted", pgettext_lazy("mutual aid", "granted")
        PAID = "paid", pgettext_lazy("mutual aid", "paid")
        REFUSED = "refused", pgettext_lazy("mutual aid", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("mutual aid", "withdrawn")

    campaign = models.ForeignKey(AidCampaign, on_delete=models.PROTECT, related_name="grants")
    membership = models.ForeignKey(
        "memberships.Membership", on_delete=models.PROTECT, related_name="+"
    )
    need = models.CharField(max_length=20, choices=NEEDS)
    about_secret = models.TextField(blank=True)  # kernel.secrets; emptied when erased
    asked_won = models.BigIntegerField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.ASKED)
    won = models.BigIntegerField(default=0)  # granted
    decided_date = models.DateField(null=True, blank=True)
    decided_by = models.CharField(
        max_length=200, blank=True
    )  # a resolution, in the deciders' place
    paid_date = models.DateField(null=True, blank=True)
    entry = models.OneToOneField(
        "ledger.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("campaign", "membership"), condition=Q(state="asked"),
                name="aid_grant_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", entry__isnull=False, paid_date__isnull=False)
                | (~Q(state="paid") & Q(entry=None, paid_date=None)),
                name="aid_grant_paid_by_an_entry",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("granted", "paid"), won__gt=0)
                | (~Q(state__in=("granted", "paid")) & Q(won=0)),
                name="aid_grant_of_money",
            ),
        ]  # fmt: skip

    @property
    def party_id(self) -> int:
        return int(self.membership.party_id)

    @property
    def matter(self) -> str:
        """What its evidence is kept under."""
        return f"mutual_aid.AidGrant:{self.pk}"

    @property
    def decider_ids(self) -> frozenset[int]:
        """Who decides in its campaign."""
        rows = AidDecider.objects.filter(campaign=self.campaign_id)
        return frozenset(rows.values_list("party", flat=True))


class AidGrantVote(models.Model):
    """What a decider said: so much, or nothing; with a word why."""

    grant = models.ForeignKey(AidGrant, on_delete=models.PROTECT, related_name="votes")
    decider = models.ForeignKey(AidDecider, on_delete=models.PROTECT, related_name="votes")
    won = models.BigIntegerField()  # 0: against
    reason = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("grant", "pk")
        constraints = [
            models.UniqueConstraint(fields=("grant", "decider"), name="aid_grant_decided_once"),
            models.CheckConstraint(condition=Q(won__gte=0), name="aid_grant_vote_of_money"),
        ]

"""Self-help funds of associations that the network runs on commission: the contract, who takes part,
what they paid in, the fee that was taken. The code is that of the fund in the books and of its rules."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from dure.kernel.holding import Holding

from .rules import FEES, PERIODS, FeeOf


class SelfHelpFund(models.Model):
    """The fund of one association: its money is nobody else's."""

    code = models.SlugField(max_length=40, unique=True)
    aid_code = models.SlugField(
        max_length=40, null=True, blank=True, unique=True
    )  # mutual aid's books
    name = models.CharField(max_length=80)
    association = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    taken_on_date = models.DateField()

    objects = Holding.as_manager()

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """The contract the fund is run under, from a day on; the next one ends it."""

    fund = models.ForeignKey(SelfHelpFund, on_delete=models.PROTECT, related_name="mandates")
    contract = models.CharField(max_length=200)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)  # exclusive
    fee_of = models.CharField(max_length=12, choices=FEES, default=FeeOf.NOTHING)
    fee_won = models.BigIntegerField(default=0)
    fee_numerator = models.BigIntegerField(default=0)
    fee_denominator = models.BigIntegerField(default=1)
    fee_months = models.PositiveSmallIntegerField(choices=PERIODS, default=1)

    class Meta:
        ordering = ("fund", "from_date")
        constraints = [
            models.UniqueConstraint(fields=("fund", "from_date"), name="mandate_version"),
            models.CheckConstraint(
                condition=(Q(until_date=None) | Q(until_date__gt=F("from_date")))
                & Q(fee_won__gte=0, fee_numerator__gte=0, fee_denominator__gt=0)
                & Q(fee_numerator__lte=F("fee_denominator")),
                name="mandate_can_be",
            ),
        ]

    @property
    def share(self) -> Fraction:
        return Fraction(self.fee_numerator, self.fee_denominator)


class Participant(models.Model):
    """Who takes part in a fund: a member of that association, of the network or not."""

    fund = models.ForeignKey(SelfHelpFund, on_delete=models.PROTECT, related_name="participants")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    joined_date = models.DateField()
    left_date = models.DateField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("fund", "joined_date", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("fund", "party"), condition=Q(left_date=None), name="participant_once"
            ),
            models.CheckConstraint(
                condition=Q(left_date=None) | Q(left_date__gte=F("joined_date")),
                name="participant_lasts",
            ),
        ]


class Contribution(models.Model):
    """What a participant paid into the fund; below zero it was paid back."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="contributions"
    )
    paid_date = models.DateField()
    won = models.BigIntegerField()
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("participant", "paid_date", "pk")
        constraints = [models.CheckConstraint(condition=~Q(won=0), name="contribution_moves_money")]


class FeeCharge(models.Model):
    """The fee of a period, taken once."""

    fund = models.ForeignKey(SelfHelpFund, on_delete=models.PROTECT, related_name="charges")
    from_date = models.DateField()
    until_date = models.DateField()  # exclusive
    lent_won = models.BigIntegerField()  # at the end of the period
    income_won = models.BigIntegerField()  # in it
    won = models.BigIntegerField()
    charged_date = models.DateField()
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    received_entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("fund", "from_date")
        constraints = [
            models.UniqueConstraint(fields=("fund", "from_date"), name="fee_once_a_period"),
            models.CheckConstraint(condition=Q(won__gt=0), name="fee_above_zero"),
        ]

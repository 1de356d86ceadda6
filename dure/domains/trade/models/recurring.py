"""Deals that come every month: agreed once, recorded by the calendar."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from dure.kernel.holding import Holding

from .deals import PARTY


class RecurringDeal(models.Model):
    """One sale a month between two sides, until a day. `confirms_itself`: both agreed beforehand that
    each month's deal counts unless one of them objects; else each is confirmed by the other side."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("recurring deal", "asked")
        RUNNING = "running", pgettext_lazy("recurring deal", "running")
        ENDED = "ended", pgettext_lazy("recurring deal", "ended")

    seller = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    recorder = models.ForeignKey(PARTY, on_delete=models.PROTECT, related_name="+")
    waits_for = models.ForeignKey(
        PARTY, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    what = models.CharField(max_length=200)
    won = models.BigIntegerField()  # value-added tax included
    vat_won = models.BigIntegerField(default=0)
    month_day = models.PositiveSmallIntegerField()  # at the end of a month that is shorter
    next_date = models.DateField()  # of the deal that comes next
    until_date = models.DateField(null=True, blank=True)  # from this day on there is none
    confirms_itself = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    on_paper = models.CharField(max_length=200, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(
                fields=("next_date",), condition=Q(state="running"), name="recurring_deal_due"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(seller=F("buyer")), name="recurring_between_two"),
            models.CheckConstraint(
                condition=Q(won__gt=0, vat_won__gte=0, vat_won__lt=F("won")),
                name="recurring_amounts",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", waits_for__isnull=False)
                | ~Q(state="asked") & Q(waits_for=None),
                name="recurring_waits_while_asked",
            ),
            models.CheckConstraint(
                condition=Q(month_day__gte=1, month_day__lte=31), name="recurring_day_of_month"
            ),
        ]

    @property
    def sides(self) -> tuple[int, int]:
        return self.seller_id, self.buyer_id

    def other(self, party_id: int) -> int:
        """The side across from one."""
        return self.buyer_id if party_id == self.seller_id else self.seller_id

"""The cycle in which a body meets, who hosts in turn, and the secret of a person's calendar."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dure.kernel.holding import Holding

from ..rules.cycles import EVERY, MOVED, NTH
from .bodies import Body


class Cycle(models.Model):
    """How often a body meets, from which day on; another one ends it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="cycles")
    every = models.CharField(max_length=10, choices=EVERY)
    first_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    nth = models.PositiveSmallIntegerField(choices=NTH)
    weekday = models.PositiveSmallIntegerField()
    at = models.TimeField()
    place = models.CharField(max_length=200, blank=True)
    moved = models.CharField(max_length=10, choices=MOVED)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("body", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("body",), condition=Q(until_date=None), name="cycle_one_at_a_time"
            )
        ]


class CycleHost(models.Model):
    """An organisation that hosts the meetings of a cycle when it is its turn."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="hosts")
    organisation = models.ForeignKey(
        "parties.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    place = models.PositiveSmallIntegerField()  # in the order

    class Meta:
        ordering = ("cycle", "place")
        constraints = [models.UniqueConstraint(fields=("cycle", "place"), name="host_one_a_place")]


class CalendarKey(models.Model):
    """Which of its calendar addresses is a person's own today; a higher number ends the one before."""

    person = models.OneToOneField("parties.Person", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    objects = Holding.as_manager()

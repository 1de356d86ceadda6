"""What was voted in writing before a meeting."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dure.kernel.holding import Holding

from ..rules.voting import CHOICES
from .meetings import Item


class WrittenVote(models.Model):
    """A voter says in writing how it votes on an item; the paper is named. Only the end is added."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="written_votes")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=CHOICES)
    paper = models.CharField(max_length=120)  # what shows it, and where it lies
    noted_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("item", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("item", "party"),
                condition=Q(withdrawn_at=None),
                name="written_vote_one_of_a_voter",
            )
        ]

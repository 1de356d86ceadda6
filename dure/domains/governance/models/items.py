"""What belongs to an item of an agenda: its papers, and what somebody has to do after it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding

from .bodies import Body
from .meetings import Item, Meeting
from .votes import Resolution


class ItemPaper(models.Model):
    """A paper that was handed out with an item; kept as it came."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="papers")
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField()
    added_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("item", "pk")
        constraints = [models.UniqueConstraint(fields=("item", "digest"), name="item_paper_once")]


class ActionItem(models.Model):
    """What somebody has to do until a day, from a meeting, an item or a resolution."""

    class State(models.TextChoices):
        OPEN = "open", _("to do")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    text = models.CharField(max_length=300)
    owner = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    note = models.CharField(max_length=500, blank=True)  # what came of it, or why it was dropped
    made_date = models.DateField()
    settled_date = models.DateField(null=True, blank=True)
    reminded_date = models.DateField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("due_date", "pk")
        indexes = [models.Index(fields=("state", "due_date"), name="action_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_date=None)
                | ~Q(state="open") & Q(settled_date__isnull=False),
                name="action_settled_on_a_day",
            )
        ]

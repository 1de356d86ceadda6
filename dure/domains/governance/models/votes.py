"""Votes: who could vote (frozen and hashed), what was cast, what it came to, what it did."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding

from ..rules.voting import CHOICES, METHODS
from .meetings import Item, Meeting


class Roll(models.Model):
    """The voters of a body at one moment, for good. Votes with the same voters share one."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="rolls")
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ("meeting", "pk")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "digest"), name="roll_once_in_a_meeting")
        ]


class Voter(models.Model):
    """One line of a roll."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="voters")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("roll", "party")
        constraints = [models.UniqueConstraint(fields=("roll", "party"), name="voter_once")]


class Vote(models.Model):
    """One question put to one roll. What it came to is computed, never typed."""

    class State(models.TextChoices):
        OPEN = "open", _("under way")
        CLOSED = "closed", _("counted")
        LAPSED = "lapsed", _("broken off")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="votes")
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="votes")
    question = models.CharField(max_length=300)
    method = models.CharField(max_length=8, choices=METHODS)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by_id = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True)  # who may vote, at the close
    barred = models.PositiveIntegerField(default=0)  # there, and may not vote on this
    yes = models.PositiveIntegerField(null=True)
    no = models.PositiveIntegerField(null=True)
    abstain = models.PositiveIntegerField(null=True)
    spoilt = models.PositiveIntegerField(null=True)
    passed = models.BooleanField(null=True)
    is_withheld = models.BooleanField(default=False)  # the count would tell who voted how
    box_secret = models.TextField(blank=True)  # of a secret ballot, encrypted, until it is counted
    receipts = models.JSONField(default=list)  # hashes in their own order, once it is counted
    findings = models.JSONField(default=list)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("item", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("item",), condition=Q(state="open"), name="vote_one_open_of_an_item"
            ),
            models.UniqueConstraint(
                fields=("item",), condition=Q(state="closed"), name="vote_one_result_of_an_item"
            ),
        ]


class BarredVoter(models.Model):
    """Who may not vote on this question, and which article says so."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="barred_voters")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    article = models.CharField(max_length=120)

    class Meta:
        ordering = ("vote", "party")
        constraints = [models.UniqueConstraint(fields=("vote", "party"), name="barred_once")]


class CastVote(models.Model):
    """What one voter said in a named vote; never changed."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="cast")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=CHOICES)
    cast_at = models.DateTimeField()
    cast_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("vote", "pk")
        constraints = [models.UniqueConstraint(fields=("vote", "party"), name="cast_vote_once")]


class BallotTaken(models.Model):
    """That a voter took part in a secret ballot; not when, not how. Never changed."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="taken")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("vote", "party")
        constraints = [models.UniqueConstraint(fields=("vote", "party"), name="ballot_taken_once")]


class Ballot(models.Model):
    """A locked ballot in the box of its vote, until it is counted: no voter, no time, no order."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ballots")
    locked = models.TextField()

    class Meta:
        ordering = ("vote", "id")


class HandCount(models.Model):
    """What one counter counted of raised hands; never changed. The last of each counter holds."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="hand_counts")
    counted_by_id = models.BigIntegerField()
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    abstain = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ("vote", "pk")


class Resolution(models.Model):
    """A valid decision on an item, for or against. What it does, it does once."""

    class Done(models.TextChoices):
        NOTHING = "nothing", _("nothing to carry out")
        WAITING = "waiting", _("still to be carried out")
        CARRIED_OUT = "carried_out", _("carried out")

    vote = models.OneToOneField(Vote, on_delete=models.PROTECT, related_name="resolution")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="resolutions")
    number = models.CharField(max_length=40, unique=True)
    adopted = models.BooleanField()
    decided_date = models.DateField()
    done = models.CharField(max_length=12, choices=Done, default=Done.NOTHING)
    done_at = models.DateTimeField(null=True, blank=True)
    done_text = models.CharField(max_length=300, blank=True)
    voided_date = models.DateField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-decided_date", "-pk")

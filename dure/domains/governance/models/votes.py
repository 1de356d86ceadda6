"""Votes: who could vote (frozen and hashed), what was cast, what it came to, what it did."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.holding import Holding

from ..rules.elections import FORMS, Form, Paper
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


class Option(models.Model):
    """Who stands, or what is to be chosen from, under its number on the ballot."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="options")
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(
        "parties.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.CharField(max_length=200, blank=True)  # what is chosen, where nobody stands
    statement = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("item", "number")
        constraints = [
            models.UniqueConstraint(fields=("item", "number"), name="option_number_once"),
            models.UniqueConstraint(
                fields=("item", "person"), condition=Q(withdrawn_at=None), name="option_person_once"
            ),
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(text=""), name="option_of_a_person_or_a_text"
            ),
        ]


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
    form = models.CharField(max_length=8, choices=FORMS, default=Form.MOTION)
    places = models.PositiveSmallIntegerField(default=1)  # how many are chosen
    options = models.JSONField(default=list)  # the numbers on the ballot
    run_off_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="run_offs"
    )
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
    casting = models.CharField(max_length=8, choices=CHOICES, blank=True)  # the chair's, for a tie
    result = models.JSONField(default=dict)  # of an election: who is chosen, with every round
    is_withheld = models.BooleanField(default=False)  # the count would tell who voted how
    tellers = models.JSONField(default=list)  # people who count hands; without any, who is there
    box = models.CharField(max_length=32, blank=True)  # of a secret ballot, until it is counted
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
                fields=("item",),
                condition=Q(state="closed", run_off_of=None),
                name="vote_one_result_of_an_item",
            ),
            models.UniqueConstraint(
                fields=("run_off_of",),
                condition=Q(state__in=("open", "closed")),
                name="vote_one_run_off",
            ),
        ]

    @property
    def paper(self) -> Paper:
        """What lies before a voter of an election."""
        return Paper(self.form, tuple(self.options), self.places)


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
    choice = models.CharField(max_length=200, choices=CHOICES)  # or the marks of an election
    reason = models.CharField(max_length=300, blank=True)  # of an objection
    cast_at = models.DateTimeField()
    cast_by_id = models.BigIntegerField(null=True)
    paper = models.CharField(max_length=120, blank=True)  # of a vote in writing

    class Meta:
        ordering = ("vote", "pk")
        constraints = [models.UniqueConstraint(fields=("vote", "party"), name="cast_vote_once")]


class BallotTaken(models.Model):
    """That a voter took part in a secret ballot; not when, not how. Noted of all at once, when it is
    counted; until then, and for how, there is only the box (kernel.boxes). Never changed."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="taken")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("vote", "party")
        constraints = [models.UniqueConstraint(fields=("vote", "party"), name="ballot_taken_once")]


class HandCount(models.Model):
    """What one counter counted of raised hands; never changed. The last of each counter holds."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="hand_counts")
    counted_by_id = models.BigIntegerField()
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    abstain = models.PositiveIntegerField()
    tally = models.JSONField(default=dict)  # of an election: option → hands
    counted_at = models.DateTimeField()
    present = models.PositiveIntegerField(default=0)  # who may vote, when it was counted
    barred = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("vote", "pk")


class Resolution(models.Model):
    """A valid decision on an item, for or against. What it does, it does once."""

    class Done(models.TextChoices):
        NOTHING = "nothing", _("nothing to carry out")
        WAITING = "waiting", _("still to be carried out")
        APPROVAL = "approval", _("waits for the approval of the authority")
        CARRIED_OUT = "carried_out", _("carried out")
        UNDONE = "undone", _("undone")
        TO_UNDO = "to_undo", _("void, and still to be undone by hand")

    vote = models.OneToOneField(Vote, on_delete=models.PROTECT, related_name="resolution")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="resolutions")
    number = models.CharField(max_length=40, unique=True)
    adopted = models.BooleanField()
    decided_date = models.DateField()
    done = models.CharField(max_length=12, choices=Done, default=Done.NOTHING)
    done_at = models.DateTimeField(null=True, blank=True)
    done_text = models.CharField(max_length=300, blank=True)
    approval_date = models.DateField(null=True, blank=True)  # by the authority, where one is needed
    approval_paper = models.CharField(max_length=200, blank=True)
    voided_date = models.DateField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)
    void_paper = models.CharField(max_length=200, blank=True)  # the ruling, or the later resolution
    undone_text = models.CharField(max_length=300, blank=True)

    objects = Holding.as_manager()

    @property
    def said(self) -> str:
        """What it did; and that it is void, if so."""
        if self.voided_date is None:
            return self.done_text
        void = _now("Void since %(date)s: %(reason)s (%(paper)s).") % {
            "date": self.voided_date.isoformat(),
            "reason": self.void_reason,
            "paper": self.void_paper,
        }
        return f"{void} {self.undone_text}".strip()

    class Meta:
        ordering = ("-decided_date", "-pk")

"""Cases about a member's conduct: what was noted step by step, and what came of it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding

from ..rules.conduct import BODIES, GROUNDS, KINDS, NOTICE_WAYS
from .members import Membership


class ConductCase(models.Model):
    """One case about one member. `roll` holds the memberships of the day it was opened, for good."""

    class State(models.TextChoices):
        OPEN = "open", _("under way")
        UPHELD = "upheld", _("decided, with effect")
        DISMISSED = "dismissed", _("dismissed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REVERSED = "reversed", _("undone on appeal")

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=12, choices=KINDS)
    ground = models.CharField(max_length=20, choices=GROUNDS)
    article = models.CharField(max_length=120)  # the article of the bylaws it rests on
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    follows = models.ForeignKey(  # the review that found something to decide on
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    opened_date = models.DateField()
    opened_by_id = models.BigIntegerField(null=True)
    roll = models.JSONField(default=list)
    notice_date = models.DateField(null=True, blank=True)
    notice_way = models.CharField(max_length=10, choices=NOTICE_WAYS, blank=True)
    meeting_date = models.DateField(null=True, blank=True)  # of which the member was told
    hearing_date = models.DateField(null=True, blank=True)
    was_heard = models.BooleanField(null=True)  # False: had the chance and did not take it
    decided_date = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=24, choices=BODIES, blank=True)
    minutes = models.CharField(max_length=200, blank=True)
    findings = models.JSONField(default=list)
    from_date = models.DateField(null=True, blank=True)  # of its effect
    until_date = models.DateField(null=True, blank=True)  # a suspension ends, a warning lapses
    appeal_until_date = models.DateField(null=True, blank=True)  # the last day to appeal
    appealed_date = models.DateField(null=True, blank=True)
    appeal_decided_date = models.DateField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-opened_date", "-pk")
        indexes = [models.Index(fields=("state", "opened_date"), name="conduct_case_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=("membership",), condition=Q(state="open"), name="conduct_case_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "withdrawn")) | ~Q(minutes=""),
                name="conduct_case_decided_with_minutes",
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")),
                name="conduct_case_lasts_a_day",
            ),
        ]

    def is_in_force(self, on: date) -> bool:
        """Whether it is a warning or suspension that has effect on a day."""
        from_date, until_date = self.from_date, self.until_date
        if self.state != self.State.UPHELD or from_date is None or until_date is None:
            return False
        return from_date <= on < until_date

    @property
    def party_id(self) -> int:
        """Whom the case is about."""
        return self.membership.party_id

    @property
    def kind_code(self) -> str:
        return self.kind


class ConductNote(models.Model):
    """What was noted in a case: the telling, the hearing, a recommendation, a decision, an appeal."""

    class Step(models.TextChoices):
        NOTICE = "notice", _("told the reason")
        HEARING = "hearing", _("heard")
        RECOMMENDATION = "recommendation", _("recommended")
        DECISION = "decision", _("decided")
        APPEAL = "appeal", _("appealed")
        APPEAL_DECISION = "appeal_decision", _("appeal decided")
        VOIDED = "voided", _("resolution declared void")

    case = models.ForeignKey(ConductCase, on_delete=models.PROTECT, related_name="notes")
    step = models.CharField(max_length=16, choices=Step)
    on_date = models.DateField()
    body = models.CharField(max_length=24, choices=BODIES, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    whole = models.PositiveIntegerField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)
    in_favour = models.PositiveIntegerField(null=True, blank=True)
    minutes = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("case", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(present=None) | Q(present__lte=F("whole"), in_favour__lte=F("present")),
                name="conduct_note_counts_fit",
            )
        ]

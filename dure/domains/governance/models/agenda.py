"""Issues: what a network works on for longer than one meeting, and every step of their way."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding

from ..rules.agenda import SOURCES, STEPS
from .bodies import Body


class Issue(models.Model):
    """It stands before one body at a time, until it is closed or has become something else."""

    class State(models.TextChoices):
        WAITING = "waiting", _("before a body")
        MERGED = "merged", _("part of another issue")
        SPLIT = "split", _("split up")
        PROMOTED = "promoted", _("became a project")
        CLOSED = "closed", _("concluded")

    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    source = models.CharField(max_length=8, choices=SOURCES)
    source_text = models.CharField(max_length=200, blank=True)  # which survey, which question
    party = models.ForeignKey(  # the member that raised it
        "parties.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_body = models.ForeignKey(  # the body that raised it
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="issues")  # the last one
    raised_date = models.DateField()
    since_date = models.DateField()  # before this body
    into = models.ForeignKey(  # what it was merged into
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    part_of = models.ForeignKey(  # what it was split off from
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    project = models.ForeignKey(  # of a plan, what it became
        "governance.PlanPart",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="issues",
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("since_date", "pk")
        indexes = [models.Index(fields=("state", "body", "since_date"), name="issue_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="merged", into__isnull=False) | ~Q(state="merged") & Q(into=None),
                name="issue_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(into=None) | ~Q(into=F("id")), name="issue_not_into_itself"
            ),
        ]


class IssueStep(models.Model):
    """One step on the way of an issue; never changed. What was decided is in the resolutions."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=STEPS)
    on_date = models.DateField()
    noted_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)
    from_body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    to_body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    meeting = models.ForeignKey(
        "governance.Meeting", on_delete=models.PROTECT, null=True, related_name="+"
    )
    other = models.ForeignKey(Issue, on_delete=models.PROTECT, null=True, related_name="+")
    project = models.ForeignKey(
        "governance.PlanPart", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("issue", "pk")

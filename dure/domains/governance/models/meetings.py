"""Meetings: called, told of, attended. What happened there is in `votes`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding

from ..rules.bodies import MATTERS
from ..rules.rooms import CHAIR_REASONS, WAYS, Way
from .agenda import Issue
from .bodies import Body


class Meeting(models.Model):
    """One meeting of a body."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CONVENED = "convened", _("called")
        OPEN = "open", _("in session")
        CLOSED = "closed", _("over")
        FAILED = "failed", _("no quorum")
        CANCELLED = "cancelled", _("called off")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    convened_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    chair = models.ForeignKey(
        "parties.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    chair_reason = models.CharField(max_length=10, choices=CHAIR_REASONS, blank=True)
    again_for = models.ForeignKey(  # the meeting that failed, called once more
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="again"
    )
    host = models.ForeignKey(  # whose turn it is
        "parties.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    turn_date = models.DateField(null=True, blank=True)  # the day of the cycle that it is held for
    is_public = models.BooleanField(
        default=False
    )  # whether it stands in the calendar for everybody
    findings = models.JSONField(default=list)  # of the notice, when it was opened
    voters_count = models.PositiveIntegerField(null=True)  # on its day, and who came: when it ended
    came_count = models.PositiveIntegerField(null=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-starts_at", "-pk")
        indexes = [models.Index(fields=("state", "starts_at"), name="meeting_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("open", "closed")) | Q(opened_at__isnull=False),
                name="meeting_open_since",
            )
        ]


class Item(models.Model):
    """One item of the agenda. With an `effect`, a resolution on it does something."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    matter = models.CharField(max_length=24, choices=MATTERS)
    effect = models.CharField(max_length=60, blank=True)  # as the wiring table names it
    effect_data = models.JSONField(default=dict)
    was_told = models.BooleanField(default=False)  # it stood in the notice
    minutes = models.TextField(blank=True)  # what was said, besides what happened
    issue = models.ForeignKey(  # what it carries on
        Issue, on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    owner = models.ForeignKey(  # who presents it
        "parties.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    planned_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    carried_from = models.ForeignKey(  # what an earlier meeting did not decide
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried"
    )
    settled_at = models.DateTimeField(null=True, blank=True)  # dealt with, without a vote
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("meeting", "number")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "number"), name="item_number_once")
        ]


class Notice(models.Model):
    """How and when one voter was told of a meeting. Without a day the letter is on its way; only its
    arrival, and that it came back, are added."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="notices")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10)
    told_date = models.DateField(null=True)
    noted_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_why = models.CharField(max_length=120, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("meeting", "pk")
        indexes = [models.Index(fields=("meeting", "party"), name="notice_by_party")]


class Attendance(models.Model):
    """From when until when a voter was there, and who sat for it. Only the leaving is added."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("parties.Person", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=6, choices=WAYS, default=Way.LIST)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    noted_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("meeting", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "party"),
                condition=Q(until_at=None),
                name="attendance_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
                name="attendance_forwards",
            ),
        ]


class Proxy(models.Model):
    """A voter lets somebody else vote in one meeting; the paper is named. Only the end is added."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="proxies")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("parties.Person", on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=120)  # the written proof, and where it lies
    file = models.ForeignKey(
        "kernel.KeptFile", on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_family = models.BooleanField(default=False)  # the paper says: family living together
    given_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("meeting", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "party"),
                condition=Q(withdrawn_at=None),
                name="proxy_one_of_a_voter",
            )
        ]

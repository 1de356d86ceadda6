"""Breaches and what was done about them; looks at the log of reads; runs of destruction."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Breach(models.Model):
    """Personal data got out, or may have. What is told and noted names people: it is personal."""

    what = models.TextField()  # what happened, when and how
    found_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    people_count = models.PositiveIntegerField()
    kinds = models.JSONField(default=list)  # codes of rules.breaches.KINDS
    from_outside = models.BooleanField(default=False)
    advice = models.TextField(blank=True)  # what those concerned can do themselves
    told_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    report_reference = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    findings = models.JSONField(default=list)  # the rules it was closed by

    class Meta:
        ordering = ("-found_at", "-pk")

    @property
    def matter(self) -> str:
        """What personal texts about the breach are found by."""
        return f"privacy.Breach:{self.pk}"


class BreachStep(models.Model):
    """Something done about a breach."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)
    text = models.TextField()

    class Meta:
        ordering = ("at", "pk")


class BreachedPerson(models.Model):
    """Someone whose data it concerns, and when a letter went out or they were told otherwise."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    by_letter = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("breach", "person"), name="breached_person_once")
        ]


class ReadReason(models.Model):
    """Why personal data was taken along as a file."""

    read = models.OneToOneField("kernel.Read", on_delete=models.PROTECT, related_name="reason")
    reason = models.CharField(max_length=300)
    said_at = models.DateTimeField()
    said_by_id = models.BigIntegerField(null=True)


class ReadCheck(models.Model):
    """A person looked through a month's log of reads and put their name to it."""

    month_date = models.DateField(unique=True)  # its first day
    confirmed_at = models.DateTimeField()
    confirmed_by_id = models.BigIntegerField(null=True)
    note = models.TextField(blank=True)
    reads = models.PositiveIntegerField()
    downloads = models.PositiveIntegerField()
    unusual = models.PositiveIntegerField()  # people who read more than is usual for them
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ("-month_date",)


class DestructionRun(models.Model):
    """What was destroyed as no longer needed: planned on a day, done in chunks, certified."""

    class State(models.TextChoices):
        RUNNING = "running", _("under way")
        DONE = "done", _("done")

    on_date = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField()
    started_by_id = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    planned = models.JSONField(default=list)  # [{kind, count, rule, asks, citation, before}]
    done = models.JSONField(default=dict)  # {kind: count}
    kept = models.JSONField(default=list)  # [{title, count, citation}] at the end
    paper = models.OneToOneField(
        "memberships.IssuedPaper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("state",), condition=Q(state="running"), name="destruction_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, state="running")
                | Q(finished_at__gte=F("started_at"), state="done"),
                name="destruction_done_is_finished",
            ),
        ]


class Handover(models.Model):
    """Data of those who agreed to it was given to a recipient (제3자 제공)."""

    text = models.ForeignKey("parties.ConsentText", on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    handed_by_id = models.BigIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-pk",)


class HandedOver(models.Model):
    """Whose data was given along."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("handover", "person"), name="handed_over_once")
        ]


class Withdrawal(models.Model):
    """What somebody has to do by hand because a consent was withdrawn."""

    person = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    text = models.ForeignKey("parties.ConsentText", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_id = models.BigIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("opened_at", "pk")

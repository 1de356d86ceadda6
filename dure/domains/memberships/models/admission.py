"""How one becomes a member: procedures, what was noted for their steps, appeals."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding

from ..rules import procedures
from .members import Application, MemberClass


class Procedure(models.Model):
    """The procedure of a class from a day on; never edited. Of two for a day the later one holds.

    `file` is the canonical text, see `rules.procedures`. Without steps the class is joined by a
    simple decision again.
    """

    member_class = models.ForeignKey(
        MemberClass, on_delete=models.PROTECT, related_name="procedures"
    )
    from_date = models.DateField()
    file = models.TextField()
    decided_by = models.CharField(max_length=200, blank=True)
    laid_down_at = models.DateTimeField()

    class Meta:
        ordering = ("member_class", "-from_date", "-pk")
        indexes = [models.Index(fields=("member_class", "from_date"), name="procedure_by_day")]

    def __str__(self) -> str:
        return self.read().title

    def read(self) -> procedures.Procedure:
        """The procedure with its steps."""
        return procedures.read_procedure(self.file)


class StepNote(models.Model):
    """What was noted for a step of an application; a later note of the same item replaces it."""

    class Outcome(models.TextChoices):
        DONE = procedures.DONE, _("done")
        WAIVED = procedures.WAIVED, _("waived")

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="step_notes"
    )
    step = models.CharField(max_length=30)  # the key of the step
    item = models.CharField(max_length=200, blank=True)  # which paper, which sponsor
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.DONE)
    said = models.JSONField(default=dict)  # by the kind of the step, see `rules.procedures.said`
    text = models.TextField(blank=True)  # reason, evidence, opinion
    on_paper = models.BooleanField(default=False)
    noted_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("application", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="waived") | ~Q(text=""), name="step_waived_with_reason"
            )
        ]


class Appeal(models.Model):
    """An applicant who was refused asks another body; at most one a refusal."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="appeal")
    body = models.CharField(max_length=120)
    appealed_date = models.DateField()
    text = models.TextField()
    decided_date = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    granted = models.BooleanField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = Holding.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=None, decided_date=None)
                | Q(granted__isnull=False, decided_date__isnull=False),
                name="appeal_decided_on_a_day",
            )
        ]

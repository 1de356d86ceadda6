"""The ethics code: how it is made, its versions, and who signed which."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dure.kernel.holding import Holding

from ..rules.ethics import STAGES
from .members import Membership


class CodeDrafting(models.Model):
    """The making of a version of the code, from the first talk to its adoption."""

    title = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    started_date = models.DateField()
    ended_date = models.DateField(null=True, blank=True)  # adopted, or given up

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-started_date", "-pk")

    @property
    def is_open(self) -> bool:
        return self.ended_date is None


class DraftingStage(models.Model):
    """One thing done on the way: a workshop on a topic, a survey, a hearing of groups outside."""

    drafting = models.ForeignKey(CodeDrafting, on_delete=models.PROTECT, related_name="stages")
    kind = models.CharField(max_length=10, choices=STAGES)
    on_date = models.DateField()
    topic = models.CharField(max_length=200)
    people = models.PositiveIntegerField(default=0)  # who came, or answered
    asked = models.PositiveIntegerField(null=True, blank=True)  # of a survey
    in_favour = models.PositiveIntegerField(null=True, blank=True)
    groups = models.CharField(max_length=300, blank=True)  # who was heard
    notes = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("drafting", "on_date", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(asked=None) | Q(asked__gte=F("people"), people__gte=F("in_favour")),
                name="drafting_stage_counts_fit",
            )
        ]


class EthicsCode(models.Model):
    """A version of the code, in force from a day until the next one; never changed."""

    version = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    from_date = models.DateField(unique=True)
    adopted_date = models.DateField()
    adopted_by = models.CharField(max_length=120)  # the body
    minutes = models.CharField(max_length=200)
    findings = models.JSONField(default=list)
    drafting = models.OneToOneField(
        CodeDrafting, null=True, blank=True, on_delete=models.PROTECT, related_name="code"
    )

    class Meta:
        ordering = ("-from_date",)

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"


class CodeSignature(models.Model):
    """A member signed a version of the code, itself or on paper."""

    code = models.ForeignKey(EthicsCode, on_delete=models.PROTECT, related_name="signatures")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="signatures")
    name = models.CharField(max_length=60)
    signed_date = models.DateField()
    on_paper = models.BooleanField(default=False)
    signed_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("code", "signed_date", "pk")
        constraints = [
            models.UniqueConstraint(fields=("code", "membership"), name="code_signed_once")
        ]

"""What was decided about a loan that runs: a new schedule, all of it due, given up, come back after all."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from .loans import Loan


class LoanChange(models.Model):
    """One change, with what it was decided by and how the open instalments stood before."""

    class Kind(models.TextChoices):
        RESCHEDULED = "rescheduled", pgettext_lazy("loan", "new schedule")
        CALLED_DUE = "called_due", pgettext_lazy("loan", "all of it due")
        WAIVED = "waived", pgettext_lazy("loan", "late interest waived")
        OWED_AGAIN = "owed_again", pgettext_lazy("loan", "waiver taken back")
        SPARED = "spared", pgettext_lazy("loan", "payment waits after a death")
        WRITTEN_OFF = "written_off", pgettext_lazy("loan", "written off")
        RECOVERED = "recovered", pgettext_lazy("loan", "come back after being written off")

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind)
    changed_date = models.DateField()
    won = models.BigIntegerField()  # what was open, given up, or came back
    principal_won = models.BigIntegerField(default=0)  # of it
    decided_by = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    before: models.JSONField[Any, Any] = models.JSONField(default=list)  # the open instalments
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone"
    )
    entry = models.ForeignKey(
        "ledger.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("loan", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(won__gte=0, principal_won__gte=0), name="loan_change_amounts"
            ),
            models.CheckConstraint(
                condition=Q(kind="owed_again", undoes__isnull=False)
                | (~Q(kind="owed_again") & Q(undoes=None)),
                name="loan_change_undoes_one",
            ),
            models.UniqueConstraint(
                fields=("loan",), condition=Q(kind="written_off"), name="loan_written_off_once"
            ),
        ]

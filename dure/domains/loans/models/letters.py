"""Letters that went out about what is late."""

from __future__ import annotations

from django.db import models

from ..rules.ladder import STEPS
from .loans import Loan


class LoanLetter(models.Model):
    """One step of the ladder for one loan, with what was late when it was sent."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="letters")
    step = models.CharField(max_length=10, choices=STEPS)
    sent_date = models.DateField()
    oldest_date = models.DateField()  # when the oldest of what is late fell due
    won = models.BigIntegerField()  # late on that day, late interest with it
    until_date = models.DateField(null=True, blank=True)  # else all of it is called due
    guarantors_hear = models.BooleanField(default=False)

    class Meta:
        ordering = ("loan", "sent_date", "pk")
        constraints = [
            models.UniqueConstraint(fields=("loan", "step", "oldest_date"), name="loan_letter_once")
        ]

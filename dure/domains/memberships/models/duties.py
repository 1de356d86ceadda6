"""What members of a class owe the network and may ask of it, besides dues and shares."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from dure.kernel.holding import Holding

from ..rules.duties import TERM_KINDS, USES
from .members import MemberClass


class ClassTerm(models.Model):
    """A duty or a benefit of a class, from a day until a day: its text, and the article it rests on."""

    member_class = models.ForeignKey(MemberClass, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=8, choices=TERM_KINDS)
    use = models.CharField(max_length=12, choices=USES, blank=True)  # by which other rooms ask
    text = models.CharField(max_length=300)
    article = models.CharField(max_length=120)
    rests = models.BooleanField(default=True)  # while the membership is suspended
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("member_class", "-kind", "from_date", "pk")  # duties first
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
                name="class_term_ends_after_begin",
            ),
            models.CheckConstraint(
                condition=Q(kind="benefit") | Q(use=""), name="class_term_use_of_benefit"
            ),
        ]

    def holds_on(self, day: date) -> bool:
        return self.from_date <= day and (self.until_date is None or self.until_date > day)

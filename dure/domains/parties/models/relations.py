"""Who is close to whom, as it was declared: so that nobody decides on the matters of their own."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ..rules.codes import RELATIONS
from .party import Person


class Relation(models.Model):
    """`person` is close to `other`, both ways, from a day until a day (exclusive)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations_to")
    kind = models.CharField(max_length=20, choices=RELATIONS)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="relation_of_two"),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")),
                name="relation_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "other"], condition=Q(until_date=None), name="relation_open_once"
            ),
        ]

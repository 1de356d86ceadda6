"""Minutes: written, signed, locked."""

from __future__ import annotations

from django.db import models

from dure.kernel.holding import Holding

from .meetings import Meeting


class Minutes(models.Model):
    """What was said in a meeting, beside what its records tell by themselves."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64)  # of the text and of every result, as signed

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        verbose_name_plural = "minutes"


class MinutesSignature(models.Model):
    """Who signed which words; never changed."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey("parties.Person", on_delete=models.PROTECT, related_name="+")
    is_chair = models.BooleanField()
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("minutes", "pk")
        constraints = [
            models.UniqueConstraint(fields=("minutes", "person"), name="minutes_signed_once")
        ]

"""Minutes: written in versions, shown to those who were absent, signed, locked."""

from __future__ import annotations

from django.db import models

from dure.kernel.holding import Holding

from .meetings import Meeting


class Minutes(models.Model):
    """What was said in a meeting, beside what its records tell by themselves; as it reads now."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField(blank=True)
    number = models.PositiveIntegerField(default=1)  # of the version
    written_at = models.DateTimeField()
    comments_until = models.DateField(null=True, blank=True)  # inclusive; None: shown to nobody yet
    locked_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64)  # of the text and of every result, as signed

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        verbose_name_plural = "minutes"


class MinutesVersion(models.Model):
    """The words of minutes as they were once; never changed."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    written_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("minutes", "number")
        constraints = [
            models.UniqueConstraint(fields=("minutes", "number"), name="minutes_version_once")
        ]


class MinutesComment(models.Model):
    """What a voter says about a version of the minutes; never changed, kept with them."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()  # of the version it is about
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    said_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("minutes", "pk")


class MinutesSignature(models.Model):
    """Who signed which words; never changed. Under other words it holds no more."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey("parties.Person", on_delete=models.PROTECT, related_name="+")
    is_chair = models.BooleanField()
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("minutes", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("minutes", "person", "digest"), name="minutes_words_signed_once"
            )
        ]

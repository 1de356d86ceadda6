"""The network itself, and who works for it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ..rules.codes import LEGAL_FORMS, OFFICES
from .party import Person


class NetworkProfile(models.Model):
    """The one network of this installation. The database allows exactly this one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=120)
    legal_form = models.CharField(max_length=24, choices=LEGAL_FORMS, blank=True)
    fiscal_year_start_month = models.PositiveSmallIntegerField(default=1)
    region_code = models.CharField(max_length=5, blank=True)
    founded_date = models.DateField(null=True, blank=True)
    authorised_date = models.DateField(null=True, blank=True)  # 설립인가, where its form needs one
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=120, blank=True)
    website = models.CharField(max_length=200, blank=True)
    business_number = models.CharField(max_length=10, blank=True)
    privacy_officer = models.CharField(max_length=60, blank=True)  # 개인정보 보호책임자
    founded_at = models.DateTimeField()  # when its books were opened in Dure

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="network_is_one"),
            models.CheckConstraint(
                condition=Q(fiscal_year_start_month__gte=1, fiscal_year_start_month__lte=12),
                name="network_fiscal_month_real",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A person holds a staff office, from a day to a day (exclusive), by a decision."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    office = models.CharField(max_length=20, choices=OFFICES)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")),
                name="appointment_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "office"],
                condition=Q(until_date=None),
                name="appointment_open_once",
            ),
        ]
        indexes = [models.Index(fields=["until_date"], name="appointment_by_end")]


class ConsentText(models.Model):
    """A version of what people are asked to agree to, for one purpose. Never edited."""

    purpose = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    is_required = models.BooleanField(default=False)
    from_date = models.DateField()
    # for giving data to others: to whom, what, for how long (개인정보보호법 제17조제2항)
    recipient = models.CharField(max_length=120, blank=True)
    items = models.JSONField(default=list)  # codes of rules.purposes.ITEMS
    kept_text = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"


class Consent(models.Model):
    """A person agreed to a text, by a door, at a moment; and perhaps withdrew."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    via = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text"],
                condition=Q(withdrawn_at=None),
                name="consent_given_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

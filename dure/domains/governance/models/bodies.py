"""Bodies, what they may decide, their seats and who has held them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dure.kernel.holding import Holding

from ..rules.bodies import END_REASONS, KINDS, MATTERS, SEAT_KINDS


class Body(models.Model):
    """A general meeting, a board, a committee: whoever decides together."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=24, choices=KINDS)
    purpose = models.TextField(blank=True)
    convenor = models.ForeignKey(  # the organisation that calls and hosts (간사단체)
        "parties.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    ends_when = models.CharField(max_length=200, blank=True)  # of a body made for a time
    decided_by = models.CharField(max_length=200, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")),
                name="body_lasts_a_day",
            ),
            models.UniqueConstraint(
                fields=("kind",),
                condition=Q(kind="general_meeting", until_date=None),
                name="body_one_general_meeting",
            ),
        ]


class Competence(models.Model):
    """What a body may decide, since when, by which article."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="competences")
    matter = models.CharField(max_length=24, choices=MATTERS)
    article = models.CharField(max_length=120, blank=True)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("body", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("body", "matter"),
                condition=Q(until_date=None),
                name="competence_once_at_a_time",
            )
        ]


class Seat(models.Model):
    """One chair of a body. A seat by organisation is that organisation's, one in turn goes round among
    several; one by office follows whoever holds the office; the others are held for terms."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    kind = models.CharField(max_length=16, choices=SEAT_KINDS)
    title = models.CharField(max_length=60, blank=True)
    is_chair = models.BooleanField(default=False)
    may_vote = models.BooleanField(default=True)
    organisation = models.ForeignKey(
        "parties.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    office = models.CharField(max_length=24, blank=True)  # a staff office, for a seat by office
    follows = models.ForeignKey(  # or the chair of another body
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    turn_months = models.PositiveSmallIntegerField(null=True, blank=True)  # of a seat in turn
    groups = models.JSONField(default=list)  # of the quotas that it counts for: 민간, 북부
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=12, choices=END_REASONS, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("body", "-is_chair", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="by_organisation", organisation__isnull=False)
                | (~Q(kind="by_organisation") & Q(organisation=None)),
                name="seat_of_an_organisation_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(kind="ex_officio") | ~Q(office="") | Q(follows__isnull=False),
                name="seat_by_office_names_it",
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")),
                name="seat_lasts_a_day",
            ),
            models.CheckConstraint(
                condition=Q(kind="in_turn", turn_months__gt=0)
                | (~Q(kind="in_turn") & Q(turn_months=None)),
                name="seat_in_turn_says_how_long",
            ),
        ]


class Turn(models.Model):
    """One organisation in the order in which a seat goes round."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="turns")
    number = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(
        "parties.Organisation", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("seat", "number")
        constraints = [
            models.UniqueConstraint(fields=("seat", "number"), name="turn_number_once"),
        ]


class Term(models.Model):
    """Who holds an elected or appointed seat, from when until when, by which decision."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey("parties.Person", on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    groups = models.JSONField(default=list)  # of the quotas that the person counts for: 여성, 청년
    ended_because = models.CharField(max_length=12, choices=END_REASONS, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)  # the letter or resolution
    findings = models.JSONField(default=list)  # of the rules, when the seat was filled

    objects = Holding.as_manager()

    class Meta:
        ordering = ("seat", "-from_date", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")),
                name="term_lasts_a_day",
            ),
            models.UniqueConstraint(
                fields=("seat",), condition=Q(until_date=None), name="term_one_without_end"
            ),
        ]


class Quota(models.Model):
    """So many, or such a part, of the voting seats of a body are of a group."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="quotas")
    group = models.CharField(max_length=40)
    comparison = models.CharField(max_length=10)  # at_least, at_most
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    numerator = models.PositiveSmallIntegerField(null=True, blank=True)
    denominator = models.PositiveSmallIntegerField(null=True, blank=True)
    article = models.CharField(max_length=120)
    is_binding = models.BooleanField(default=True)  # or only told
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("body", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(count__isnull=False, numerator=None, denominator=None)
                | Q(count=None, numerator__isnull=False, denominator__gt=0),
                name="quota_is_a_count_or_a_part",
            ),
        ]

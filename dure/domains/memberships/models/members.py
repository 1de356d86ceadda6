"""Classes of member, memberships, and the applications that lead to them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.holding import Holding


class MemberClass(models.Model):
    """A kind of member, freely named by the network: 단체회원, 개인회원, 후원회원, 준회원 …"""

    class Who(models.TextChoices):
        ORGANISATION = "organisation", _("organisations")
        PERSON = "person", _("people")
        ANY = "any", _("organisations and people")

    code = models.SlugField(max_length=30, unique=True, allow_unicode=True)
    name = models.CharField(max_length=60, unique=True)
    who = models.CharField(max_length=12, choices=Who, default=Who.ANY)
    may_vote = models.BooleanField(default=True)
    interview_required = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)  # people may apply for it on the public form
    holds_shares = models.BooleanField(default=True)  # supporters, for one, hold none
    share_minimum_won = models.BigIntegerField(default=0)
    share_article = models.CharField(max_length=120, blank=True)  # where the minimum is laid down
    description = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(share_minimum_won__gte=0), name="member_class_share_minimum"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """The last number given in a gapless series; locked while the next one is taken."""

    name = models.CharField(max_length=30, unique=True)
    last = models.BigIntegerField(default=0)


class Membership(models.Model):
    """One spell of belonging. Whoever leaves and returns gets a new one, with a new number."""

    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    number = models.BigIntegerField(unique=True)
    joined_date = models.DateField()
    left_date = models.DateField(null=True, blank=True)  # the first day without membership
    left_reason = models.CharField(max_length=20, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("number",)
        indexes = [
            models.Index(fields=("joined_date", "left_date"), name="membership_by_dates"),
            models.Index(fields=("left_date",), name="membership_by_leaving"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("party",), condition=Q(left_date=None), name="membership_one_open_per_party"
            ),
            models.CheckConstraint(
                condition=Q(left_date=None) | Q(left_date__gt=F("joined_date")),
                name="membership_lasts_a_day",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="membership_number_positive"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"


class ClassSpell(models.Model):
    """From when until when a membership was of a class: the list on any date is a filter."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="spells")
    member_class = models.ForeignKey(MemberClass, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("membership", "from_date")
        indexes = [
            models.Index(
                fields=("member_class", "membership", "from_date", "until_date"),
                name="class_spell_by_class",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("membership",), condition=Q(until_date=None), name="class_spell_one_open"
            ),
            models.UniqueConstraint(
                fields=("membership", "from_date"), name="class_spell_one_per_day"
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")),
                name="class_spell_lasts_a_day",
            ),
        ]


class Application(models.Model):
    """A wish to belong, from the public form or typed in at the office, until it is decided."""

    class State(models.TextChoices):
        APPLIED = "applied", _("received")
        INTERVIEWED = "interviewed", _("interviewed")
        APPROVED = "approved", _("approved, waiting for payment")
        ADMITTED = "admitted", _("admitted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LAPSED = "lapsed", _("lapsed, not paid in time")

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("organisation")
        PERSON = "person", _("person")

    reference = models.CharField(max_length=12, unique=True)
    member_class = models.ForeignKey(MemberClass, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(
        "parties.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)
    contact_name = models.CharField(max_length=60, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    contact = models.ForeignKey(  # whom an organisation's contact person became on admission
        "parties.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    registration_number = models.CharField(max_length=20, blank=True)
    motivation = models.TextField(blank=True)
    answers = models.JSONField(default=dict)  # {question: answer}
    consents = models.JSONField(default=list)  # [{purpose, version, given}]
    state = models.CharField(max_length=12, choices=State, default=State.APPLIED)
    applied_at = models.DateTimeField()
    decided_date = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decision_reason = models.TextField(blank=True)
    procedure = models.ForeignKey(  # the one it was made under; none: a simple decision
        "memberships.Procedure", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ballot = models.JSONField(default=dict)  # seats, present, in favour, against, abstaining
    findings = models.JSONField(default=list)  # what the decision rested on
    pay_until_date = models.DateField(null=True, blank=True)  # the last day; then it lapses
    membership = models.OneToOneField(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="application"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("applied_at", "pk")
        indexes = [models.Index(fields=("state", "applied_at"), name="application_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="admitted", membership__isnull=False, party__isnull=False)
                | (~Q(state="admitted") & Q(membership=None)),
                name="application_admitted_iff_member",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decision_reason=""),
                name="application_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(pay_until_date__isnull=False),
                name="application_approved_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def matter(self) -> str:
        """What personal texts about the application are found by."""
        return f"memberships.Application:{self.pk}"


class InterviewNote(models.Model):
    """What the visit before an admission found."""

    class Form(models.TextChoices):
        VISIT = "visit", _("visit on site")
        MEETING = "meeting", _("meeting")
        PHONE = "phone", _("by telephone")
        ONLINE = "online", _("online")

    class Opinion(models.TextChoices):
        FAVOURABLE = "favourable", _("in favour")
        NEUTRAL = "neutral", _("no opinion")
        AGAINST = "against", _("against")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    visit_date = models.DateField()
    form = models.CharField(max_length=10, choices=Form, default=Form.VISIT)
    answers = models.JSONField(default=list)  # [[question, answer], …] where the procedure asks
    interviewers = models.CharField(max_length=200)
    opinion = models.CharField(max_length=12, choices=Opinion)
    text = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("application", "visit_date", "pk")

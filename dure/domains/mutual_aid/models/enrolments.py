"""Taking part in mutual aid: asked for, approved, signed; resting when unpaid; ended."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from dure.kernel.holding import Holding

from .plans import AidPlan


class AidEnrolment(models.Model):
    """One member's contract of one plan. What was agreed is never edited."""

    class State(models.TextChoices):
        APPLIED = "applied", pgettext_lazy("mutual aid", "applied for")
        APPROVED = "approved", pgettext_lazy("mutual aid", "approved")
        RUNNING = "running", pgettext_lazy("mutual aid", "running")
        LAPSED = "lapsed", pgettext_lazy("mutual aid", "lapsed")
        ENDED = "ended", pgettext_lazy("mutual aid", "ended")
        REFUSED = "refused", pgettext_lazy("mutual aid", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("mutual aid", "withdrawn")

    class EndReason(models.TextChoices):
        WISH = "wish", pgettext_lazy("mutual aid", "own wish")
        LEFT = "left", pgettext_lazy("mutual aid", "left the network")
        EXPELLED = "expelled", pgettext_lazy("mutual aid", "expelled")
        DIED = "died", pgettext_lazy("mutual aid", "died")
        NEVER_REVIVED = "never_revived", pgettext_lazy("mutual aid", "lapsed and not revived")

    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(  # in the network's own mutual aid
        "memberships.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    participant = models.ForeignKey(  # in that of an association's fund
        "self_help.Participant", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    plan = models.ForeignKey(AidPlan, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=12, choices=State, default=State.APPLIED)
    by_debit = models.BooleanField(default=False)  # whose it is agreed to direct debit
    channel = models.CharField(max_length=20, default="direct")  # who brought it: nobody between
    applied_at = models.DateTimeField()
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)  # when applied
    decided_date = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decision: models.JSONField[Any, Any] = models.JSONField(default=list)  # what it rested on
    signed_date = models.DateField(null=True, blank=True)
    contract: models.JSONField[Any, Any] = models.JSONField(default=dict)  # frozen when signed
    counts_from = models.DateField(null=True, blank=True)  # from when the waiting period runs
    noticed_date = models.DateField(null=True, blank=True)  # told that it will lapse
    lapsed_date = models.DateField(null=True, blank=True)
    ended_date = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True)
    refund_won = models.BigIntegerField(default=0)  # due when it ended
    refunded_date = models.DateField(null=True, blank=True)
    refund_entry = models.OneToOneField(
        "ledger.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-applied_at", "-pk")
        indexes = [
            models.Index(fields=("state", "applied_at"), name="aid_by_state"),
            models.Index(fields=("membership", "state"), name="aid_by_member"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("membership",),
                condition=Q(state__in=("applied", "approved", "running", "lapsed")),
                name="aid_one_contract_at_a_time",
            ),
            models.UniqueConstraint(
                fields=("participant",),
                condition=Q(state__in=("applied", "approved", "running", "lapsed")),
                name="aid_one_contract_in_a_fund",
            ),
            models.CheckConstraint(
                condition=Q(membership=None) ^ Q(participant=None), name="aid_of_one_network"
            ),
            models.CheckConstraint(condition=Q(channel="direct"), name="aid_without_a_seller"),
            models.CheckConstraint(
                condition=~Q(state__in=("running", "lapsed"))
                | Q(signed_date__isnull=False, counts_from__isnull=False),
                name="aid_runs_by_contract",
            ),
            models.CheckConstraint(
                condition=Q(refund_won=0) | Q(state="ended", refund_won__gt=0),
                name="aid_refund_after_the_end",
            ),
            models.CheckConstraint(
                condition=Q(refunded_date=None, refund_entry=None)
                | Q(refunded_date__isnull=False, refund_entry__isnull=False, refund_won__gt=0),
                name="aid_refund_by_an_entry",
            ),
        ]

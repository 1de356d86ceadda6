"""Claims of aid: brought with evidence, decided, paid once; refused with reasons, appealed once."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from dure.kernel.holding import Holding

from ..rules.events import EVENTS, RELATIONS
from .enrolments import AidEnrolment


class AidClaim(models.Model):
    """One event of one member. What happened is written sealed; evidence lies with the kept files."""

    class State(models.TextChoices):
        FILED = "filed", pgettext_lazy("mutual aid", "filed")
        APPROVED = "approved", pgettext_lazy("mutual aid", "approved")
        PAID = "paid", pgettext_lazy("mutual aid", "paid")
        REFUSED = "refused", pgettext_lazy("mutual aid", "refused")
        APPEALED = "appealed", pgettext_lazy("mutual aid", "appealed")
        UPHELD = "upheld", pgettext_lazy("mutual aid", "refusal upheld")
        WITHDRAWN = "withdrawn", pgettext_lazy("mutual aid", "withdrawn")

    enrolment = models.ForeignKey(AidEnrolment, on_delete=models.PROTECT, related_name="claims")
    event = models.CharField(max_length=20, choices=EVENTS)
    relation = models.CharField(max_length=20, choices=RELATIONS)
    event_date = models.DateField()
    about_secret = models.TextField(blank=True)  # kernel.secrets; emptied when erased
    consented = models.BooleanField(default=False)  # to its being read by those who review it
    evidence_asked = models.CharField(max_length=200, blank=True)
    won = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.FILED)
    committed_won = models.BigIntegerField(default=0)  # promised and not paid yet
    filed_at = models.DateTimeField()
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)  # when filed
    decided_date = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    body = models.ForeignKey(
        "governance.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # where a body decided
    reason = models.CharField(max_length=300, blank=True)
    waived = models.CharField(max_length=300, blank=True)  # why it was approved without evidence
    decision: models.JSONField[Any, Any] = models.JSONField(default=list)
    appeal_until = models.DateField(null=True, blank=True)  # the last day
    appealed_date = models.DateField(null=True, blank=True)
    appeal_secret = models.TextField(blank=True)
    second_date = models.DateField(null=True, blank=True)
    second_by = models.CharField(max_length=200, blank=True)
    second_reason = models.CharField(max_length=300, blank=True)
    paid_date = models.DateField(null=True, blank=True)
    entry = models.OneToOneField(
        "ledger.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-filed_at", "-pk")
        indexes = [
            models.Index(fields=("state", "filed_at"), name="aid_claim_by_state"),
            models.Index(fields=("enrolment", "state"), name="aid_claim_by_contract"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(won__gt=0)
                & (
                    Q(state="approved", committed_won=F("won"))
                    | (~Q(state="approved") & Q(committed_won=0))
                ),
                name="aid_claim_promised_while_approved",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", entry__isnull=False, paid_date__isnull=False)
                | (~Q(state="paid") & Q(entry=None, paid_date=None)),
                name="aid_claim_paid_by_an_entry",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("refused", "appealed", "upheld"))
                | (~Q(reason="") & Q(appeal_until__isnull=False)),
                name="aid_claim_refused_with_reason",
            ),
        ]

    @property
    def party_id(self) -> int:
        return self.enrolment.party_id

    @property
    def participant_id(self) -> int | None:
        return self.enrolment.participant_id

    @property
    def matter(self) -> str:
        """Under which its files are kept."""
        return f"mutual_aid.AidClaim:{self.pk}"

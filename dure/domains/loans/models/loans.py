"""Loans: asked for, decided, signed, paid out, paid back. What was agreed is never edited."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel.holding import Holding

from ..rules.overdue import Open
from .products import LoanProduct


class Loan(models.Model):
    """One loan of one member, from the wish to the last won."""

    class State(models.TextChoices):
        APPLIED = "applied", pgettext_lazy("loan", "applied for")
        APPROVED = "approved", pgettext_lazy("loan", "approved")
        SIGNED = "signed", pgettext_lazy("loan", "contract signed")
        RUNNING = "running", pgettext_lazy("loan", "running")
        REPAID = "repaid", pgettext_lazy("loan", "paid back")
        WRITTEN_OFF = "written_off", pgettext_lazy("loan", "written off")
        REFUSED = "refused", pgettext_lazy("loan", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("loan", "withdrawn")
        LAPSED = "lapsed", pgettext_lazy("loan", "lapsed")

    class Purpose(models.TextChoices):
        LIVING = "living", _("living costs")
        HOUSING = "housing", _("housing")
        FAMILY = "family", _("family events")
        LEARNING = "learning", _("education")
        DEBT = "debt", _("paying back dearer debts")
        BUSINESS = "business", _("work and business")
        OTHER = "other", pgettext_lazy("loan", "other")

    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(  # out of the network's own money
        "memberships.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    participant = models.ForeignKey(  # out of an association's fund
        "self_help.Participant", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    product = models.ForeignKey(LoanProduct, on_delete=models.PROTECT, related_name="loans")
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.LIVING)
    asked_won = models.BigIntegerField()
    won = models.BigIntegerField()  # as approved; as asked before
    months = models.PositiveIntegerField()
    grace_months = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State, default=State.APPLIED)
    committed_won = models.BigIntegerField(default=0)  # promised, or lent and not paid back
    applied_at = models.DateTimeField()
    findings: models.JSONField[Any, Any] = models.JSONField(
        default=list
    )  # as answered when applied
    decided_date = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decision: models.JSONField[Any, Any] = models.JSONField(default=list)  # what it rested on
    signed_date = models.DateField(null=True, blank=True)
    on_paper = models.BooleanField(default=False)  # the contract; else accepted on the own page
    wish_on_paper = models.BooleanField(default=False)  # the office typed in a signed wish
    paper = models.ForeignKey(
        "memberships.IssuedPaper", on_delete=models.PROTECT, null=True, related_name="+"
    )  # the contract as it was issued
    contract: models.JSONField[Any, Any] = models.JSONField(default=dict)  # frozen when signed
    by_debit = models.BooleanField(default=False)  # the borrower agreed to direct debit
    paid_out_date = models.DateField(null=True, blank=True)
    repaid_date = models.DateField(null=True, blank=True)
    entry = models.ForeignKey(
        "ledger.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Holding.as_manager()

    class Meta:
        ordering = ("-applied_at", "-pk")
        indexes = [
            models.Index(fields=("state", "applied_at"), name="loan_by_state"),
            models.Index(fields=("membership", "state"), name="loan_by_member"),
            models.Index(fields=("participant", "state"), name="loan_by_participant"),
            models.Index(
                fields=("committed_won",),
                condition=Q(committed_won__gt=0),
                name="loan_committed",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(membership=None) ^ Q(participant=None), name="loan_of_one_lender"
            ),
            models.CheckConstraint(
                condition=Q(asked_won__gt=0)
                & Q(won__gt=0)
                & Q(committed_won__gte=0)
                & Q(committed_won__lte=F("won"))
                & Q(grace_months__lt=F("months")),
                name="loan_amounts",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("approved", "signed"), committed_won=F("won"))
                | Q(state="running", entry__isnull=False)
                | Q(
                    state__in=(
                        "applied",
                        "repaid",
                        "written_off",
                        "refused",
                        "withdrawn",
                        "lapsed",
                    ),
                    committed_won=0,
                ),
                name="loan_committed_as_its_state",
            ),
        ]


class LoanInstalment(models.Model):
    """What is to be paid on a day, and what was."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="instalments")
    n = models.PositiveIntegerField()
    from_date = models.DateField()  # its interest is that of the days after it
    due_date = models.DateField()
    principal_won = models.BigIntegerField()
    interest_won = models.BigIntegerField()
    paid_principal_won = models.BigIntegerField(default=0)
    paid_interest_won = models.BigIntegerField(default=0)
    late_won = models.BigIntegerField(default=0)  # late interest counted so far
    is_carried = models.BooleanField(
        default=False
    )  # interest of the schedule before, kept as late_won
    paid_late_won = models.BigIntegerField(default=0)
    counted_date = models.DateField(null=True, blank=True)  # up to when it was counted
    closed_date = models.DateField(null=True, blank=True)  # since when nothing of it is open

    class Meta:
        ordering = ("loan", "n")
        constraints = [
            models.UniqueConstraint(fields=("loan", "n"), name="loan_instalment_once"),
            models.CheckConstraint(
                condition=Q(principal_won__gte=0)
                & Q(interest_won__gte=0)
                & Q(paid_principal_won__gte=0, paid_principal_won__lte=F("principal_won"))
                & Q(paid_interest_won__gte=0, paid_interest_won__lte=F("interest_won"))
                & Q(paid_late_won__gte=0, paid_late_won__lte=F("late_won")),
                name="loan_instalment_not_overpaid",
            ),
            models.CheckConstraint(
                condition=Q(
                    closed_date__isnull=False,
                    paid_principal_won=F("principal_won"),
                    paid_interest_won=F("interest_won"),
                    paid_late_won=F("late_won"),
                )
                | (
                    Q(closed_date=None)
                    & (
                        Q(paid_principal_won__lt=F("principal_won"))
                        | Q(paid_interest_won__lt=F("interest_won"))
                        | Q(paid_late_won__lt=F("late_won"))
                    )
                ),
                name="loan_instalment_closed_when_paid",
            ),
        ]

    def as_open(self) -> Open:
        """What the rules need to know of it."""
        return Open(
            self.n, self.due_date, self.principal_won - self.paid_principal_won,
            self.interest_won - self.paid_interest_won, self.late_won - self.paid_late_won,
            self.counted_date,
        )  # fmt: skip


class LoanPayment(models.Model):
    """Money that came back: how much of it was what."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="payments")
    paid_date = models.DateField()
    won = models.BigIntegerField()
    principal_won = models.BigIntegerField()
    interest_won = models.BigIntegerField()
    late_won = models.BigIntegerField()
    income_won = models.BigIntegerField(default=0)  # what the loan earned more by it
    parts: models.JSONField[Any, Any] = models.JSONField(default=list)  # what each instalment got
    receipt = models.ForeignKey(  # the money in suspense that it came from; none: typed in by hand
        "memberships.Receipt", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("loan", "paid_date", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(won=F("principal_won") + F("interest_won") + F("late_won"))
                & Q(won__gt=0, principal_won__gte=0, interest_won__gte=0, late_won__gte=0),
                name="loan_payment_adds_up",
            )
        ]


class LoanPaymentUndone(models.Model):
    """A payment that was taken back by a reversal: wrongly entered, or the bank took it back."""

    payment = models.OneToOneField(LoanPayment, on_delete=models.PROTECT, related_name="undone")
    undone_date = models.DateField()
    reason = models.CharField(max_length=200)
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")

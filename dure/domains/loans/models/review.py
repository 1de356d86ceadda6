"""What a loan is judged by and hangs on: papers handed in, notes of the reviewers, conditions, guarantors."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel.holding import Holding

from .loans import Loan, LoanPayment


class LoanPaper(models.Model):
    """A paper the product asks for, handed in by the borrower."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=60)  # as the product calls it
    file = models.OneToOneField("kernel.KeptFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("loan", "pk")


class LoanNote(models.Model):
    """What a reviewer noted: an interview, an opinion. The text is about a person, and sealed."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", pgettext_lazy("loan", "interview")
        OPINION = "opinion", pgettext_lazy("loan", "opinion")

    class Advice(models.TextChoices):
        NONE = "", _("no advice")
        LEND = "lend", _("lend")
        LESS = "less", _("lend less, or on conditions")
        NOT = "not", _("do not lend")

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind)
    on_date = models.DateField()
    people = models.CharField(max_length=200)  # who spoke with whom, or whose opinion
    advice = models.CharField(max_length=4, choices=Advice, blank=True)
    text_sealed = models.TextField()
    noted_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("loan", "on_date", "pk")


class LoanCondition(models.Model):
    """What has to be met before the loan is paid out."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="conditions")
    text = models.CharField(max_length=200)
    met_date = models.DateField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    met_by_id = models.BigIntegerField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("loan", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(met_date=None, met_at=None)
                | Q(met_date__isnull=False, met_at__isnull=False),
                name="loan_condition_met_whole",
            )
        ]


class LoanGuarantee(models.Model):
    """Somebody stands for a loan up to a sum: named, agreed in person, signed on paper."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("guarantee", "asked")
        AGREED = "agreed", pgettext_lazy("guarantee", "agreed")
        SIGNED = "signed", pgettext_lazy("guarantee", "signed on paper")
        DECLINED = "declined", pgettext_lazy("guarantee", "declined")

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="guarantees")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    most_won = models.BigIntegerField()  # 보증채무 최고액
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    signed_date = models.DateField(null=True, blank=True)
    called_date = models.DateField(null=True, blank=True)

    objects = Holding.as_manager()

    class Meta:
        ordering = ("loan", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("loan", "party"), condition=~Q(state="declined"), name="loan_guarantee_once"
            ),
            models.CheckConstraint(condition=Q(most_won__gt=0), name="loan_guarantee_sum"),
            models.CheckConstraint(
                condition=Q(state="signed", signed_date__isnull=False)
                | ~Q(state="signed") & Q(signed_date=None),
                name="loan_guarantee_signed_on_a_day",
            ),
        ]


class GuaranteePayment(models.Model):
    """What a guarantor paid for a borrower, who owes it to the guarantor now (구상권)."""

    guarantee = models.ForeignKey(LoanGuarantee, on_delete=models.PROTECT, related_name="payments")
    payment = models.OneToOneField(LoanPayment, on_delete=models.PROTECT, related_name="+")
    won = models.BigIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.CheckConstraint(condition=Q(won__gt=0), name="guarantee_payment_sum")]

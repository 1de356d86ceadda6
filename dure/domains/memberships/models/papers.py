"""Papers that were handed out: numbered, never changed; taking one back is a row of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.models import AppendOnly

from ..rules import papers
from .members import Membership
from .receipts import Allocation, ReceiptUse


class IssuedPaper(models.Model):
    """One paper: its number, for whom, and the digest of what it says.

    What it says names people; it lies with the kernel's personal texts under `digest`, and is
    erased with the person. Digest and number stay, so that the paper in somebody's drawer can still
    be told from a forged one.
    """

    class Language(models.TextChoices):
        KOREAN = "ko", _("Korean")
        ENGLISH = "en", _("English")

    kind = models.CharField(max_length=20, choices=list(papers.KINDS.items()))
    language = models.CharField(max_length=2, choices=Language)
    year = models.PositiveSmallIntegerField()  # of the series: in which it was issued
    number = models.PositiveIntegerField()  # gapless within kind and year
    code = models.CharField(max_length=12, unique=True)
    party = models.ForeignKey(
        "parties.Party", null=True, on_delete=models.PROTECT, related_name="+"
    )  # none: the register, a destruction
    membership = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="papers"
    )
    from_date = models.DateField()  # what it tells of: from this day …
    until_date = models.DateField()  # … to this one, exclusive
    amount_won = models.BigIntegerField(null=True)  # given, in a donation receipt; of shares
    findings = models.JSONField(default=list)  # the rules it was issued by
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by_id = models.BigIntegerField(null=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ("-issued_at", "-pk")
        indexes = [
            models.Index(fields=("kind", "from_date", "membership"), name="paper_of_period"),
            models.Index(fields=("party", "-issued_at"), name="paper_of_party"),
        ]
        constraints = [
            models.UniqueConstraint(fields=("kind", "year", "number"), name="paper_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="paper_number_positive"),
            models.CheckConstraint(
                condition=Q(until_date__gt=F("from_date")), name="paper_tells_of_days"
            ),
            models.CheckConstraint(
                condition=~Q(kind="donation_receipt") | Q(amount_won__gt=0),
                name="paper_receipts_an_amount",
            ),
        ]

    def __str__(self) -> str:
        return papers.paper_number(self.kind, self.year, self.number)


class PaperRevocation(models.Model):
    """A paper no longer holds; why lies with the personal texts."""

    paper = models.OneToOneField(IssuedPaper, on_delete=models.PROTECT, related_name="revocation")
    revoked_at = models.DateTimeField()
    revoked_by_id = models.BigIntegerField(null=True)
    reason_digest = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ("pk",)


class ReceiptedDonation(models.Model):
    """What a donation receipt covers: money given, or dues where the network's rules count them."""

    paper = models.ForeignKey(IssuedPaper, on_delete=models.PROTECT, related_name="donations")
    use = models.ForeignKey(ReceiptUse, null=True, on_delete=models.PROTECT, related_name="+")
    allocation = models.ForeignKey(
        Allocation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    amount_won = models.BigIntegerField()

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("paper", "use"), name="receipted_use_once"),
            models.UniqueConstraint(
                fields=("paper", "allocation"), name="receipted_allocation_once"
            ),
            models.CheckConstraint(
                condition=Q(use=None, allocation__isnull=False)
                | Q(use__isnull=False, allocation=None),
                name="receipted_use_or_allocation",
            ),
            models.CheckConstraint(condition=Q(amount_won__gt=0), name="receipted_amount"),
        ]

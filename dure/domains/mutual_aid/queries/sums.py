"""What was paid in, and what was given: the figures that rules and ceilings ask for."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from django.db.models import F, QuerySet, Sum

from dure.domains.ledger import queries as ledger

from ..models import AidBill, AidClaim, AidEnrolment, AidGrant, AidReceipt
from ..rules.booking import Chart
from .takers import enrolments_of

__all__ = [
    "aid_granted", "aid_paid_in", "aid_promised", "chart", "late_won_of", "has_claimed",
    "months_paid", "open_bills", "takes_part", "takes_part_at_all",
]  # fmt: skip

GRANTED = (AidClaim.State.APPROVED, AidClaim.State.PAID)


def chart() -> Chart:
    """The accounts this room moves, by role. Raises what the ledger refuses when one is missing."""
    return Chart(*(ledger.account_for(field.name) for field in fields(Chart)))


def aid_promised(owner: str = "", without: int | None = None) -> int:
    """Approved and not paid yet, by the network or a fund run for others; without one claim."""
    rows = AidClaim.objects.filter(
        enrolments_of(owner, "enrolment__"), state=AidClaim.State.APPROVED
    )
    rows = rows if without is None else rows.exclude(pk=without)
    return int(rows.aggregate(won=Sum("committed_won"))["won"] or 0)


def aid_granted(
    party_id: int, *, owner: str = "", without: int | None = None, year: int | None = None
) -> int:
    """Approved or paid to one person, by the network or a fund run for others; of events of one year.
    Contracts before count too."""
    rows = _granted(party_id, owner)
    rows = rows if without is None else rows.exclude(pk=without)
    if year is not None:
        rows = rows.filter(event_date__year=year)
    return int(rows.aggregate(won=Sum("won"))["won"] or 0)


def times_granted(party_id: int, owner: str, event: str, relation: str, without: int | None) -> int:
    """How often a person was given for the same event of the same relation."""
    rows = _granted(party_id, owner).filter(event=event, relation=relation)
    return (rows if without is None else rows.exclude(pk=without)).count()


def _granted(party_id: int, owner: str) -> QuerySet[AidClaim]:
    rows = AidClaim.objects.filter(enrolment__party=party_id, state__in=GRANTED)
    return rows.filter(enrolments_of(owner, "enrolment__"))


def months_paid(enrolment_id: int) -> int:
    """The months of a contract that are paid in full."""
    return AidBill.objects.filter(enrolment=enrolment_id, paid_won=F("won")).count()


def open_bills(enrolment_id: int) -> list[AidBill]:
    """What is billed and not paid, the oldest first."""
    rows = AidBill.objects.filter(enrolment=enrolment_id, paid_won__lt=F("won"))
    return list(rows.order_by("month_date"))


def late_won_of(enrolment_id: int, on: date) -> int:
    """What was due before a day and is not paid."""
    rows = AidBill.objects.filter(enrolment=enrolment_id, due_date__lt=on)
    return int(rows.aggregate(won=Sum(F("won") - F("paid_won")))["won"] or 0)


def aid_paid_in(enrolment: AidEnrolment) -> int:
    """All contributions that came in for a contract and were not taken back."""
    rows = AidReceipt.objects.filter(enrolment=enrolment, undone=None)
    return int(rows.aggregate(won=Sum("won"))["won"] or 0)


def takes_part(*, membership_id: int | None = None, participant_id: int | None = None) -> bool:
    """Whether there is a contract or a wish that ends with the membership, or with the participation."""
    open_ = ("applied", "approved", "running", "lapsed")
    return AidEnrolment.objects.filter(
        membership=membership_id, participant=participant_id, state__in=open_
    ).exists()


def takes_part_at_all(party_id: int) -> bool:
    """Whether a party ever had a contract."""
    return AidEnrolment.objects.filter(party=party_id).exists()


def has_claimed(party_id: int) -> bool:
    """Whether a party ever claimed, or asked a campaign."""
    claimed = AidClaim.objects.filter(enrolment__party=party_id).exists()
    return claimed or AidGrant.objects.filter(membership__party=party_id).exists()

"""What letters about mutual aid say, and to whom. What happened is never in a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dure.domains.parties import queries as parties

from ..models import AidClaim, AidEnrolment
from ..rules.taking_part import lapses_on
from .enrolments import period_of
from .sums import late_won_of

__all__ = ["AidLetter", "claim_letter", "lapse_letter"]


@dataclass(frozen=True, slots=True)
class AidLetter:
    """To whom, about which contract; of a notice until when it is to be paid, of a refusal until when
    to appeal."""

    email: str
    name: str
    plan: str
    won: int
    until: date | None


def lapse_letter(enrolment_id: int, on: date) -> AidLetter | None:
    """The notice that a contract will lapse; None where nothing is late any more, or nobody is reached."""
    rows = AidEnrolment.objects.select_related("party", "plan")
    row = rows.filter(pk=enrolment_id, state="running", noticed_date__isnull=False).first()
    if row is None or row.noticed_date is None:
        return None
    until = lapses_on(row.noticed_date, period_of(row, "lapse_notice_days"))
    return _letter(row, late_won_of(row.pk, on), until, on)


def claim_letter(claim_id: int, on: date) -> AidLetter | None:
    """That a claim was decided; None where nobody is reached."""
    rows = AidClaim.objects.select_related("enrolment__party", "enrolment__plan")
    row = rows.filter(pk=claim_id).first()
    if row is None:
        return None
    until = row.appeal_until if row.state == AidClaim.State.REFUSED else None
    return _letter(row.enrolment, row.won, until, on)


def _letter(row: AidEnrolment, won: int, until: date | None, on: date) -> AidLetter | None:
    email = parties.emails_of([row.party_id], on).get(row.party_id, "")
    if not email:
        return None
    return AidLetter(email, row.party.name, row.plan.name, won, until)

"""What of the members' data is needed no longer, and whom something still binds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from dure.domains.bylaws.rules import Rulebook
from dure.kernel.dates import after_months

from ..models import (
    Application,
    Charge,
    Credit,
    IssuedPaper,
    Mandate,
    Membership,
    ShareClaim,
    ShareMovement,
)
from ..rules.papers import PaperKind
from .debits import KEPT_MONTHS as DEBIT_MONTHS
from .papers.donations import KEPT_MONTHS as DONATION_MONTHS

__all__ = [
    "applications_to_erase", "donors_kept", "mandates_kept_from", "mandates_to_destroy", "members_gone", "members_since",
    "parties_bound",
]  # fmt: skip

Ids = QuerySet[Any, Any]  # of one column: ids of parties
State = Application.State
ENDED = (State.REFUSED, State.WITHDRAWN, State.LAPSED)


def applications_to_erase(before: date) -> QuerySet[Application]:
    """Applications that led to nothing and were decided before a day."""
    undated = Q(decided_date=None, applied_at__date__lt=before)
    found = Application.objects.filter(state__in=ENDED, erased_at=None)
    return found.filter(Q(decided_date__lt=before) | undated).order_by("pk")


def members_gone(before: date) -> Ids:
    """Who left before a day."""
    return Membership.objects.filter(left_date__lt=before).order_by().values("party")


def members_since(day: date) -> Ids:
    """Who belonged on a day or later."""
    still = Q(left_date=None) | Q(left_date__gte=day)
    return Membership.objects.filter(still).order_by().values("party")


def parties_bound() -> tuple[Ids, Ids, Ids]:
    """Who is a member, owes dues, has shares, waits for their money or has paid ahead; the heirs of
    shares that wait; and who waits for an answer."""
    charges = Charge.objects.filter(
        membership=OuterRef("pk"), amount_won__gt=F("paid_won") + F("waived_won")
    )
    ahead = Credit.objects.filter(
        membership=OuterRef("pk"), undone_date=None, amount_won__gt=F("used_won")
    )
    sums = ShareMovement.objects.order_by().values("membership").annotate(won=Sum("amount_won"))
    holders = sums.exclude(won=0).values("membership")
    claims = ShareClaim.objects.filter(state__in=ShareClaim.WAITING)
    claimed = Exists(claims.filter(membership=OuterRef("pk")))
    bound = Membership.objects.filter(
        Q(left_date=None) | Exists(charges) | Exists(ahead) | claimed | Q(pk__in=holders)
    )
    waiting = Application.objects.exclude(state__in=(*ENDED, State.ADMITTED))
    return (
        bound.order_by().values("party"),
        claims.exclude(heir=None).order_by().values("heir"),
        waiting.exclude(party=None).order_by().values("party"),
    )


def donors_kept(book: Rulebook, on: date) -> Ids:
    """Whom the list of donation receipts still has to name (소득세법 제160조의3)."""
    papers = IssuedPaper.objects.filter(kind=PaperKind.DONATION_RECEIPT).exclude(party=None)
    if DONATION_MONTHS not in book:
        return papers.none().values("party")
    since = after_months(on, -book.number(DONATION_MONTHS))
    return papers.filter(issued_at__date__gte=since).order_by().values("party")


def mandates_to_destroy(book: Rulebook, on: date) -> QuerySet[Mandate]:
    """Consents to direct debit that ended so long ago that their account is kept no longer."""
    return Mandate.objects.filter(
        until_date__lt=mandates_kept_from(book, on), destroyed_at=None
    ).order_by("pk")


def mandates_kept_from(book: Rulebook, on: date) -> date:
    """The first end of a consent to direct debit whose account is still kept."""
    return after_months(on.replace(day=1), -book.number(DEBIT_MONTHS))

"""What was given to a fund: donations and sponsorships, of members and of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..models import ReceiptUse

__all__ = ["GiftToFund", "gifts_to_fund"]

Purpose = ReceiptUse.Purpose


@dataclass(frozen=True, slots=True)
class GiftToFund:
    """A gift; `name` of an organisation, people are not named."""

    given_date: date
    purpose: str
    name: str
    won: int


def gifts_to_fund(fund: str) -> list[GiftToFund]:
    """What a fund was given and kept, the newest first."""
    rows = ReceiptUse.objects.filter(
        fund=fund, purpose__in=(Purpose.DONATION, Purpose.SPONSORSHIP), undone_date=None
    ).select_related("donor", "receipt")
    return [
        GiftToFund(
            one.receipt.receipt_date, str(one.get_purpose_display()),
            one.donor.name if one.donor and one.donor.kind == "organisation" else "",
            one.amount_won,
        )
        for one in rows.order_by("-receipt__receipt_date", "-pk")
    ]  # fmt: skip

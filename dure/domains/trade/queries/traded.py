"""What members traded with each other, read once: each pair by month, from the first deal on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from dure.domains.bylaws import queries as bylaws
from dure.kernel.dates import after_months

from ..models import Deal


@dataclass(frozen=True, slots=True)
class Traded:
    """What one sold to another in a month. `before_won`, `after_won`: what of it is in the two halves of
    the time that is looked at for visits; None where there was no deal in it."""

    seller_id: int
    buyer_id: int
    year: int
    month: int
    won: int
    count: int
    last_date: date
    before_won: int | None
    after_won: int | None


def traded(today: date) -> list[Traded]:
    """Deals of members with members that both confirmed."""
    months = bylaws.rules_on(today).number("trade.visit_months")
    first, middle = after_months(today, -months), after_months(today, -months // 2)
    rows = Deal.objects.filter(state=Deal.State.CONFIRMED, is_mutual=True).order_by()
    found = rows.values_list(
        "seller", "buyer", ExtractYear("dealt_date"), ExtractMonth("dealt_date")
    ).annotate(
        sum=Sum("won"), count=Count("pk"), last=Max("dealt_date"),
        before=Sum("won", filter=Q(dealt_date__gt=first, dealt_date__lte=middle)),
        after=Sum("won", filter=Q(dealt_date__gt=middle, dealt_date__lte=today)),
    )  # fmt: skip
    return [
        Traded(seller, buyer, year, month, int(won), count, last, _won(before), _won(after))
        for seller, buyer, year, month, won, count, last, before, after in found
    ]


def _won(found: int | None) -> int | None:
    return None if found is None else int(found)

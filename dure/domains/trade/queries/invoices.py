"""What is owed between members and could be set off: confirmed by both, open, not in dispute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from ..models import Deal

__all__ = ["OpenInvoice", "open_invoices"]


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """A confirmed deal that is not wholly settled, as the clearing sees it."""

    id: int
    debtor_id: int
    creditor_id: int
    won: int
    open_won: int
    dealt_date: date
    due_date: date
    tax_number: str
    is_disputed: bool


def open_invoices(until: date, *, disputed: bool = False) -> list[OpenInvoice]:
    """What is due until a day and open, the oldest due first; disputed ones only when asked."""
    rows = Deal.objects.filter(
        state=Deal.State.CONFIRMED, settled_won__lt=F("won"), due_date__lte=until
    )
    if not disputed:
        rows = rows.filter(disputed_at=None)
    return [
        OpenInvoice(
            one.pk, one.buyer_id, one.seller_id, one.won, one.open_won, one.dealt_date,
            one.due_date, one.tax_number, one.disputed_at is not None,
        )
        for one in rows.order_by("due_date", "pk")
    ]  # fmt: skip

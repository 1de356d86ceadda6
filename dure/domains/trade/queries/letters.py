"""What letters about deals say, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dure.domains.parties import queries as parties

from ..models import Deal, Order

__all__ = ["DealLetter", "OrderLetter", "deal_letter", "order_letter"]


@dataclass(frozen=True, slots=True)
class DealLetter:
    """Who is asked to answer about which deal."""

    email: str
    deal_id: int
    name: str
    partner: str
    is_correction: bool


def deal_letter(deal_id: int, on: date) -> DealLetter | None:
    """To the side that is asked; None where it answered already, or nobody is reached."""
    found = Deal.objects.filter(pk=deal_id, waits_for__isnull=False).first()
    if found is None or found.waits_for_id is None:
        return None
    side = found.waits_for_id
    email = parties.emails_of([side], on).get(side, "")
    if not email:
        return None
    names = parties.names_of(found.sides)
    return DealLetter(
        email, found.pk, names[side], names[found.other(side)],
        found.state == Deal.State.CONFIRMED,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OrderLetter:
    """Who is asked to answer a quote or an order."""

    email: str
    order_id: int
    name: str
    partner: str


def order_letter(order_id: int, on: date) -> OrderLetter | None:
    """To the side that is asked; None where it answered already, or nobody is reached."""
    found = Order.objects.filter(pk=order_id, waits_for__isnull=False).first()
    if found is None or found.waits_for_id is None:
        return None
    side = found.waits_for_id
    email = parties.emails_of([side], on).get(side, "")
    if not email:
        return None
    names = parties.names_of(found.sides)
    return OrderLetter(email, found.pk, names[side], names[found.other(side)])

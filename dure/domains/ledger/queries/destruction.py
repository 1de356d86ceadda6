"""Whom the books still have to name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from ..models import Line, PartyBalance


def parties_booked_since(day: date) -> QuerySet[Any, Any]:
    """The ids of whoever stands in the books on a day or later, for `party__in`."""
    lines = Line.objects.filter(party__isnull=False, entry__booked_date__gte=day)
    return lines.order_by().values("party")


def parties_with_balances() -> QuerySet[Any, Any]:
    """The ids of whoever owes the network or is owed by it, for `party__in`."""
    return PartyBalance.objects.exclude(balance_won=0).order_by().values("party")

"""Whom the records of bodies and meetings still have to name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ..models import Attendance, Meeting, Proxy, Term, WrittenVote

Ids = QuerySet[Any, Any]  # of one column: ids of people


def seated_since(day: date) -> Ids:
    """Who held a seat on a day or later."""
    held = Term.objects.filter(Q(until_date=None) | Q(until_date__gt=day))
    return held.order_by().values("person")


def named_since(day: date) -> tuple[Ids, ...]:
    """Who held a seat, chaired, was there or voted for somebody on a day or later."""
    chaired = Meeting.objects.filter(chair__isnull=False, starts_at__date__gte=day)
    there = Attendance.objects.filter(meeting__starts_at__date__gte=day)
    let = Proxy.objects.filter(meeting__starts_at__date__gte=day)
    wrote = WrittenVote.objects.filter(item__meeting__starts_at__date__gte=day)
    return (
        seated_since(day),
        wrote.order_by().values("party"),
        chaired.order_by().values("chair"),
        there.order_by().values("person"),
        there.order_by().values("party"),
        let.order_by().values("person"),
        let.order_by().values("party"),
    )

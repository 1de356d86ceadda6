"""What the public form offers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ..models import DuesPlan, MemberClass
from .procedures import procedures_on, why_closed

__all__ = ["ClassOffer", "DuesOffer", "class_offers"]


@dataclass(frozen=True, slots=True)
class DuesOffer:
    name: str
    period: str
    amount_won: int
    is_minimum: bool


@dataclass(frozen=True, slots=True)
class ClassOffer:
    """A kind of membership as an applicant sees it."""

    code: str
    name: str
    who: str
    description: str
    may_vote: bool
    share_minimum_won: int
    interview_required: bool
    dues: tuple[DuesOffer, ...]
    steps: tuple[str, ...]  # how one joins; empty: by a simple decision
    closed: str  # why one cannot apply now


def class_offers(on: date) -> list[ClassOffer]:
    """The open classes with the dues they ask for on a day."""
    plans: dict[int, list[DuesOffer]] = defaultdict(list)
    rows = DuesPlan.objects.filter(
        Q(until_date=None) | Q(until_date__gt=on), from_date__lte=on, kind=DuesPlan.Kind.REGULAR
    )
    for plan in rows.order_by("pk"):
        plans[plan.member_class_id].append(
            DuesOffer(plan.name, plan.get_period_display(), plan.amount_won, plan.is_minimum)
        )
    joined_by = procedures_on(on)
    return [
        ClassOffer(
            c.code,
            c.name,
            c.get_who_display(),
            c.description,
            c.may_vote,
            c.share_minimum_won,
            c.interview_required,
            tuple(plans[c.pk]),
            tuple(step.title for step in joined_by[c.pk].joining) if c.pk in joined_by else (),
            why_closed(joined_by[c.pk], on) if c.pk in joined_by else "",
        )
        for c in MemberClass.objects.filter(is_open=True).order_by("position", "pk")
    ]

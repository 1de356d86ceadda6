"""What a desk shows: few numbers, each read by an index, however large the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Min, Q, Sum

from dure.kernel.acts import Act

from .. import policies
from ..models import Application, Charge
from ..rules.dues import AGE_BUCKETS, bucket_of
from .receipts import waiting_before

__all__ = ["ArrearsBand", "Summary", "applications_summary", "arrears_by_age", "unmatched_summary"]

WAITING = (Application.State.APPLIED, Application.State.INTERVIEWED)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many things wait, how much they come to, since when."""

    count: int
    sum_won: int
    oldest_date: date | None


@dataclass(frozen=True, slots=True)
class ArrearsBand:
    """Dues late by `from_days` to `until_days` (None: and more)."""

    from_days: int
    until_days: int | None
    members: int
    won: int


def applications_summary(act: Act) -> tuple[int, datetime | None]:
    """How many applications wait, and since when the oldest does."""
    policies.can_see_applications(act).enforce()
    found = Application.objects.filter(state__in=WAITING).aggregate(
        n=Count("pk"), oldest=Min("applied_at")
    )
    return found["n"], found["oldest"]


def unmatched_summary(act: Act, before: date | None = None) -> Summary:
    """Receipts in suspense; `before`: only what came before that day."""
    policies.can_see_receipts(act).enforce()
    found = waiting_before(before).aggregate(
        n=Count("pk"),
        won=Sum(F("amount_won") - F("matched_won") - F("refunded_won")),
        oldest=Min("receipt_date"),
    )
    return Summary(found["n"], found["won"] or 0, found["oldest"])


def arrears_by_age(on: date) -> tuple[ArrearsBand, ...]:
    """Dues late on a day (now), by how late they are; a member counts once, by its oldest debt."""
    late = Charge.objects.filter(due_date__lt=on, amount_won__gt=F("paid_won") + F("waived_won"))
    rest = F("amount_won") - F("paid_won") - F("waived_won")
    won = [0] * len(AGE_BUCKETS)
    for due, sum_won in late.order_by("due_date").values_list("due_date").annotate(won=Sum(rest)):
        won[bucket_of(due, on)] += sum_won
    by_member = late.order_by().values("membership").annotate(oldest=Min("due_date"))
    members = by_member.aggregate(
        **{
            f"n{i}": Count("membership", filter=_between(on, low, high))
            for i, (low, high) in enumerate(AGE_BUCKETS)
        }
    )
    return tuple(
        ArrearsBand(low, high, members[f"n{i}"], won[i])
        for i, (low, high) in enumerate(AGE_BUCKETS)
    )


def _between(on: date, low: int, high: int | None) -> Q:
    aged = Q(oldest__lte=on - timedelta(days=max(low, 1)))
    return aged if high is None else aged & Q(oldest__gte=on - timedelta(days=high))

"""What a month's end asks of the memberships: what came in, what is matched, who is reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Sum

from dure.kernel.acts import Act
from dure.kernel.dates import Month

from .. import policies
from ..models import DebitRun, DuesRun, Receipt
from ..rules.sharing import in_turn
from .matching import items_of, open_charges, proposals_for, sure_members
from .receipts import money_of_receipt, waiting_before

__all__ = [
    "Billed", "DebitsAsked", "Received", "billed_for", "debits_in", "received_in", "sure_ones",
]  # fmt: skip

WAITING_MAX = 100
LOOK_MAX = 5_000


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came in within a month."""

    count: int
    sum_won: int
    last_date: date | None


@dataclass(frozen=True, slots=True)
class Billed:
    """The dues runs of a month."""

    runs: int
    count: int
    sum_won: int


@dataclass(frozen=True, slots=True)
class DebitsAsked:
    """The direct debits to be collected within a month, and the requests whose result is missing."""

    requests: int
    count: int
    sum_won: int
    paid_won: int
    under_way_won: int  # collected, and not come to the account yet
    waiting: tuple[tuple[int, date], ...]  # (request, day of collection), of earlier months too


def received_in(act: Act, month: Month) -> Received:
    """The receipts dated in a month."""
    policies.can_see_receipts(act).enforce()
    found = Receipt.objects.filter(
        receipt_date__gte=month.first_date, receipt_date__lt=month.end_date
    ).aggregate(n=Count("pk"), won=Sum("amount_won"), last=Max("receipt_date"))
    return Received(found["n"], found["won"] or 0, found["last"])


def sure_ones(act: Act, before: date, *, most: int = LOOK_MAX) -> tuple[int, int]:
    """What `match_sure_receipts` would match of the first `most` that wait: how many, won."""
    policies.can_see_receipts(act).enforce()
    rows = list(waiting_before(before)[:most])
    money = {row.pk: money_of_receipt(row) for row in rows}
    sure = sure_members(rows, proposals_for(list(money.values()), act.today))
    open_items = items_of(open_charges().filter(membership__in={pk for _row, pk in sure}))
    paying = in_turn(((row.pk, pk, money[row.pk]) for row, pk in sure), open_items)
    return len(paying), sum(money[pk].won for pk in paying)


def billed_for(act: Act, month: Month) -> Billed:
    """What was billed for a month."""
    policies.can_see_dues(act).enforce()
    found = DuesRun.objects.filter(month_date=month.first_date).aggregate(
        runs=Count("pk"), n=Sum("count"), won=Sum("sum_won")
    )
    return Billed(found["runs"], found["n"] or 0, found["won"] or 0)


def debits_in(act: Act, month: Month) -> DebitsAsked:
    """What the bank was asked to collect in a month."""
    policies.can_see_dues(act).enforce()
    runs = DebitRun.objects.filter(collect_date__lt=month.end_date).order_by()
    found = runs.filter(collect_date__gte=month.first_date).aggregate(
        runs=Count("pk"),
        n=Sum("count"),
        won=Sum("sum_won"),
        paid=Sum("paid_won"),
        left=Sum(F("paid_won") - F("settled_won")),
    )
    waiting = (
        runs.filter(state=DebitRun.State.REQUESTED)
        .order_by("collect_date", "pk")
        .values_list("pk", "collect_date")[:WAITING_MAX]
    )
    return DebitsAsked(
        found["runs"],
        found["n"] or 0,
        found["won"] or 0,
        found["paid"] or 0,
        found["left"] or 0,
        tuple(waiting),
    )

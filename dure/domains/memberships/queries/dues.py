"""What is owed, paid and late; plans and runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Allocation, Charge, DuesPlan, DuesRun, Membership, ShareMovement, Waiver
from ..rules.dues import AGE_BUCKETS
from .members import MemberCard

__all__ = [
    "ArrearsRow", "MemberStatement", "MonthDues", "ShareLine", "StatementLine", "arrears",
    "arrears_on", "arrears_total", "billed_months", "charge_card", "charges_of", "charges_of_run",
    "dues_plan", "dues_plans", "dues_run", "dues_runs", "open_on", "payment_rate", "payment_rates",
    "plan_choices", "share_lines", "statement_for_member",
]  # fmt: skip

LINES_MAX = 5000
ROWS_MAX = 10_000


@dataclass(frozen=True, slots=True)
class MonthDues:
    """Of the dues billed for a month: charged, given up and paid so far, in won."""

    month: Month
    charged_won: int
    waived_won: int
    paid_won: int

    @property
    def billed_won(self) -> int:
        return self.charged_won - self.waived_won

    @property
    def open_won(self) -> int:
        return self.billed_won - self.paid_won

    @property
    def rate(self) -> tuple[int, int]:
        """Paid and due, in won: the exact ratio."""
        return self.paid_won, self.billed_won


@dataclass(frozen=True, slots=True)
class ArrearsRow:
    """What one member owed late on a day, in all and by age of the debt (1-30, 31-90, …)."""

    membership_id: int
    number: int
    name: str
    won: int
    oldest_date: date
    ages_won: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of a member's account: + what was charged, − what was paid or waived."""

    date: date
    kind: str  # charge | payment | undone | waiver
    text: str
    amount_won: int
    balance_won: int
    entry_id: int | None


@dataclass(frozen=True, slots=True)
class MemberStatement:
    membership_id: int
    name: str
    number: int
    from_date: date
    until_date: date  # exclusive
    opening_won: int
    charged_won: int
    paid_won: int
    waived_won: int
    closing_won: int
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True, slots=True)
class ShareLine:
    date: date
    amount_won: int
    decided_by: str
    entry_id: int


def dues_plans(act: Act, *, on: date | None = None, all_times: bool = False) -> QuerySet[DuesPlan]:
    """Plans in force on a day or later (today by default), or all there ever were."""
    policies.can_see_dues(act).enforce()
    rows = DuesPlan.objects.select_related("member_class")
    if not all_times:
        day = on or act.today
        rows = rows.filter(Q(until_date=None) | Q(until_date__gt=day))
    return rows.order_by("member_class__position", "name", "from_date", "pk")


def plan_choices() -> dict[str, list[tuple[str, str]]]:
    """The periods, sorts and prorations there are, for pickers."""
    return {
        "period": [(value, str(label)) for value, label in DuesPlan.Period.choices],
        "kind": [(value, str(label)) for value, label in DuesPlan.Kind.choices],
        "proration": [(value, str(label)) for value, label in DuesPlan.Proration.choices],
    }


def dues_plan(act: Act, plan_id: int) -> DuesPlan:
    """A plan by its id. Raises NotFound."""
    found = DuesPlan.objects.select_related("member_class").filter(pk=plan_id).first()
    if found is None:
        raise NotFound
    return found


def dues_runs(act: Act) -> QuerySet[DuesRun]:
    """Billing runs, the latest first."""
    policies.can_see_dues(act).enforce()
    return DuesRun.objects.select_related("plan").order_by("-month_date", "-pk")


def dues_run(act: Act, run_id: int) -> DuesRun:
    """One run. Raises NotFound."""
    policies.can_see_dues(act).enforce()
    found = DuesRun.objects.filter(pk=run_id).first()
    if found is None:
        raise NotFound
    return found


def charges_of_run(act: Act, run_id: int, *, search: str = "") -> QuerySet[Charge]:
    """The charges a run made, by member number."""
    policies.can_see_dues(act).enforce()
    rows = Charge.objects.select_related("membership__party", "plan").filter(run=run_id)
    if search.strip():
        rows = rows.filter(membership__party__name__icontains=search.strip())
    return rows.order_by("membership__number", "pk")


def billed_months() -> set[Month]:
    """The months for which dues were billed."""
    return {
        Month.of(day)
        for day in DuesRun.objects.filter(count__gt=0)
        .order_by()
        .values_list("month_date", flat=True)
        .distinct()
    }


def charge_card(act: Act, charge_id: int) -> Charge:
    """A charge with its member and plan. Raises NotFound, Denied."""
    found = Charge.objects.select_related("membership__party", "plan").filter(pk=charge_id).first()
    if found is None:
        raise NotFound
    policies.can_see_membership(act, found.membership).enforce()
    return found


def charges_of(act: Act, membership_id: int, *, only_open: bool = False) -> QuerySet[Charge]:
    """A member's charges, the oldest due first."""
    membership = _visible(act, membership_id)
    rows = Charge.objects.select_related("plan").filter(membership=membership)
    if only_open:
        rows = rows.filter(amount_won__gt=F("paid_won") + F("waived_won"))
    return rows.order_by("due_date", "pk")


def arrears(act: Act, *, search: str = "") -> QuerySet[Membership]:
    """Members with dues that are late now, the largest debt first.

    Each with `won`, `oldest_date`, `count` and `age0` … `age3`: 1-30, 31-90, 91-180 and over 180
    days late, in won.
    """
    policies.can_see_dues(act).enforce()
    late = Q(
        charges__due_date__lt=act.today,
        charges__amount_won__gt=F("charges__paid_won") + F("charges__waived_won"),
    )
    rest = F("charges__amount_won") - F("charges__paid_won") - F("charges__waived_won")
    ages = {
        f"age{i}": Coalesce(Sum(rest, filter=_aged(act.today, low, high, "charges__")), Value(0))
        for i, (low, high) in enumerate(AGE_BUCKETS)
    }
    # parties apart: PostgreSQL would sort the whole rows of both to group them
    rows = Membership.objects.prefetch_related("party").filter(late)
    if search.strip():
        rows = rows.filter(party__in=parties.named_like(search))
    return rows.annotate(
        won=Sum(rest), oldest_date=Min("charges__due_date"), count=Count("charges"), **ages
    ).order_by("-won", "number")


def arrears_on(act: Act, on: date) -> list[ArrearsRow]:
    """Who owed how much late on a day in the past, the largest debt first."""
    policies.can_see_dues(act).enforce()
    charges = open_on(on, act.today).filter(due_date__lt=on)
    ages = {
        f"age{i}": Coalesce(Sum("open_on", filter=_aged(on, low, high)), Value(0))
        for i, (low, high) in enumerate(AGE_BUCKETS)
    }
    rows = (
        charges.order_by()
        .values_list("membership_id", "membership__number", "membership__party__name")
        .annotate(won=Sum("open_on"), oldest=Min("due_date"), **ages)
        .order_by("-won", "membership__number")
    )
    return [
        ArrearsRow(pk, number, name, won, oldest, tuple(late))
        for pk, number, name, won, oldest, *late in rows[:ROWS_MAX]
    ]


def arrears_total(on: date) -> tuple[int, int]:
    """Members with dues that are late now, and how much, in won."""
    found = Charge.objects.filter(
        due_date__lt=on, amount_won__gt=F("paid_won") + F("waived_won")
    ).aggregate(
        members=Count("membership", distinct=True),
        won=Sum(F("amount_won") - F("paid_won") - F("waived_won")),
    )
    return found["members"] or 0, found["won"] or 0


def open_on(day: date, today: date) -> QuerySet[Charge]:
    """Charges booked by the day and not settled on it, each with `open_on` in won."""
    rows = Charge.objects.filter(billed_date__lte=day)
    if day >= today:
        return rows.filter(amount_won__gt=F("paid_won") + F("waived_won")).annotate(
            open_on=F("amount_won") - F("paid_won") - F("waived_won")
        )
    paid = Allocation.objects.filter(charge=OuterRef("pk"), allocated_date__lte=day).filter(
        Q(undone_date=None) | Q(undone_date__gt=day)
    )
    waived = Waiver.objects.filter(charge=OuterRef("pk"), waived_date__lte=day)
    return rows.annotate(
        open_on=F("amount_won") - Coalesce(_sum(paid), Value(0)) - Coalesce(_sum(waived), Value(0))
    ).filter(open_on__gt=0)


def payment_rate(first: Month, last: Month | None = None) -> MonthDues:
    """How much of the dues billed for a month, or for months up to `last`, is paid now."""
    found = DuesRun.objects.filter(
        month_date__gte=first.first_date, month_date__lt=(last or first).end_date
    ).aggregate(charged=Sum("sum_won"), waived=Sum("waived_won"), paid=Sum("paid_won"))
    return MonthDues(first, found["charged"] or 0, found["waived"] or 0, found["paid"] or 0)


def payment_rates(until: Month, months: int = 12) -> list[MonthDues]:
    """The same for each of the last months up to `until`, which is included."""
    first = until.plus(1 - months)
    rows = (
        DuesRun.objects.filter(month_date__gte=first.first_date, month_date__lt=until.end_date)
        .order_by()
        .values_list("month_date")
        .annotate(charged=Sum("sum_won"), waived=Sum("waived_won"), paid=Sum("paid_won"))
    )
    found = {Month.of(day): (charged, waived, paid) for day, charged, waived, paid in rows}
    return [
        MonthDues(month, *found.get(month, (0, 0, 0)))
        for month in (first.plus(i) for i in range(months))
    ]


def statement_for_member(
    act: Act, membership_id: int, from_date: date, until_date: date
) -> MemberStatement:
    """A member's dues account from a day to a day (exclusive), with running balance (+ owed)."""
    membership = _visible(act, membership_id)
    moves = sorted(_moves(membership, until_date), key=lambda m: (m[0], m[1]))[:LINES_MAX]
    opening = balance = sum(m[4] for m in moves if m[0] < from_date)
    lines = []
    for day, _order, kind, text, won, entry_id in moves:
        if day >= from_date:
            balance += won
            lines.append(StatementLine(day, kind, text, won, balance, entry_id))
    sums = {kind: 0 for kind in ("charge", "payment", "undone", "waiver")}
    for line in lines:
        sums[line.kind] += line.amount_won
    return MemberStatement(
        membership.pk,
        membership.party.name,
        membership.number,
        from_date,
        until_date,
        opening,
        sums["charge"],
        -sums["payment"] - sums["undone"],
        -sums["waiver"],
        balance,
        tuple(lines),
    )


def share_lines(act: Act, card: MemberCard) -> list[ShareLine]:
    """Shares paid in and paid back by one member, oldest first."""
    policies.can_see_membership(act, card).enforce()
    rows = ShareMovement.objects.filter(membership=card.id).order_by("moved_date", "pk")
    return [
        ShareLine(m.moved_date, m.amount_won, m.decided_by, m.entry_id) for m in rows[:LINES_MAX]
    ]


def _visible(act: Act, membership_id: int) -> Membership:
    membership = Membership.objects.select_related("party").filter(pk=membership_id).first()
    if membership is None:
        raise NotFound
    policies.can_see_membership(act, membership).enforce()
    return membership


type_move = tuple[date, int, str, str, int, int | None]


def _moves(membership: Membership, until: date) -> list[type_move]:
    moves: list[type_move] = []
    charges = Charge.objects.select_related("plan").filter(
        membership=membership, billed_date__lt=until
    )
    for c in charges.order_by("billed_date", "pk")[:LINES_MAX]:
        text = f"{c.plan.name} {Month.of(c.from_date)}"
        if c.until_date > Month.of(c.from_date).end_date:
            text += f"–{Month.of(c.until_date).plus(-1)}"
        moves.append((c.billed_date, 0, "charge", text, c.amount_won, c.entry_id))
    paid = Allocation.objects.select_related("receipt").filter(
        charge__membership=membership, allocated_date__lt=until
    )
    for a in paid.order_by("allocated_date", "pk")[:LINES_MAX]:
        moves.append((a.allocated_date, 1, "payment", "", -a.amount_won, a.entry_id))
        if a.undone_date is not None and a.undone_date < until:
            moves.append((a.undone_date, 2, "undone", "", a.amount_won, a.undone_entry_id))
    waived = Waiver.objects.filter(charge__membership=membership, waived_date__lt=until)
    for w in waived.order_by("waived_date", "pk")[:LINES_MAX]:
        moves.append((w.waived_date, 1, "waiver", w.reason, -w.amount_won, w.entry_id))
    return moves


def _sum(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values("charge").annotate(won=Sum("amount_won")).values("won"))


def _aged(day: date, low: int, high: int | None, path: str = "") -> Q:
    aged = Q(**{f"{path}due_date__lte": day - timedelta(days=low)})
    if high is not None:
        aged &= Q(**{f"{path}due_date__gte": day - timedelta(days=high)})
    return aged

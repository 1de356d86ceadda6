"""Who is to be charged for a month: read in chunks, each with a bounded number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Min, Q, QuerySet, Sum

from dure.kernel.acts import Act
from dure.kernel.dates import Month

from .. import policies
from ..models import AgreedDues, Charge, ClassSpell, DuesPlan, Exemption, Membership
from ..rules.dues import MONTHS_OF, Owed, Plan, Spell, owed, period_of

__all__ = [
    "BillingPreview", "DueChunk", "DueRow", "PlanPreview", "already_charged", "bill_preview",
    "candidates_count", "due_chunks", "oldest_due", "overdue_sums", "plans_in_force", "terms_of",
]  # fmt: skip

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class DueRow:
    membership_id: int
    party_id: int
    owed: Owed


@dataclass(frozen=True, slots=True)
class DueChunk:
    looked_at: int
    rows: tuple[DueRow, ...]


@dataclass(frozen=True, slots=True)
class PlanPreview:
    plan_id: int
    name: str
    member_class: str
    fund: str
    count: int
    sum_won: int
    prorated: int  # how many of them owe less than the whole
    already: int


@dataclass(frozen=True, slots=True)
class BillingPreview:
    """What billing the month would do now."""

    month: Month
    plans: tuple[PlanPreview, ...]

    @property
    def count(self) -> int:
        return sum(p.count for p in self.plans)

    @property
    def sum_won(self) -> int:
        return sum(p.sum_won for p in self.plans)

    @property
    def already(self) -> int:
        return sum(p.already for p in self.plans)


def bill_preview(act: Act, month: Month, plan_id: int | None = None) -> BillingPreview:
    """How many would be charged how much, by plan; nothing is written."""
    policies.can_bill_dues(act).enforce()
    previews = []
    taken: dict[tuple[str, int], set[Month]] = defaultdict(set)  # by plans earlier in this preview
    plans = list(plans_in_force(month, plan_id))
    kinds = [plan.kind for plan in plans]
    for plan in plans:
        count = won = prorated = 0
        plain: dict[int, int] = {}
        if kinds.count(plan.kind) == 1:
            plain, same = plain_members(plan, month)
            count, won = len(plain), len(plain) * same.amount_won if same else 0
        for chunk in due_chunks(plan, month, taken, plain):
            for row in chunk.rows:
                count += 1
                won += row.owed.amount_won
                prorated += row.owed.months < MONTHS_OF[plan.period]
                if plan.period != DuesPlan.Period.ONCE:
                    taken[plan.kind, row.membership_id].update(
                        _months(row.owed.from_month, row.owed.until_month)
                    )
        previews.append(
            PlanPreview(
                plan.pk,
                plan.name,
                plan.member_class.name,
                plan.fund,
                count,
                won,
                prorated,
                already_charged(plan, month),
            )
        )
    return BillingPreview(month, tuple(previews))


def plans_in_force(month: Month, plan_id: int | None = None) -> QuerySet[DuesPlan]:
    """The plans by which a month is billed, in a fixed order."""
    day = month.first_date
    rows = DuesPlan.objects.select_related("member_class").filter(from_date__lte=day)
    rows = rows.filter(Q(until_date=None) | Q(until_date__gt=day))
    if plan_id is not None:
        rows = rows.filter(pk=plan_id)
    return rows.order_by("pk")


def terms_of(plan: DuesPlan) -> Plan:
    """The plan as the rules know it."""
    return Plan(
        class_id=plan.member_class_id,
        period=plan.period,
        amount_won=plan.amount_won,
        from_month=Month.of(plan.from_date),
        until_month=Month.of(plan.until_date) if plan.until_date else None,
        starts_in_month=plan.starts_in_month,
        proration=plan.proration,
        joining_month_counts=plan.joining_month_counts,
        leaving_month_counts=plan.leaving_month_counts,
        due_day=plan.due_day,
        kind=plan.kind,
    )


def already_charged(plan: DuesPlan, month: Month) -> int:
    """How many memberships were charged under the plan for the period of the month."""
    first = period_of(terms_of(plan), month).first_date
    return Charge.objects.filter(plan=plan, period_date=first).count()


def candidates_count(month: Month, plan: DuesPlan) -> int:
    """How many memberships billing by the plan has to look at."""
    return _candidates(plan, month).count()


def due_chunks(
    plan: DuesPlan,
    month: Month,
    taken: dict[tuple[str, int], set[Month]] | None = None,
    but: Container[int] = (),
) -> Iterator[DueChunk]:
    """What each member owes under the plan for the period of the month, CHUNK members at a time.

    `taken`: months that other plans charge in a preview, besides those charged already; `but`: all
    memberships except these.
    """
    terms = terms_of(plan)
    first = period_of(terms, month)
    end = first.plus(MONTHS_OF[plan.period])
    every = _candidates(plan, month).order_by("pk").values_list("pk", flat=True)
    wanted = [pk for pk in every if pk not in but]
    for start in range(0, len(wanted), CHUNK):
        ids = wanted[start : start + CHUNK]
        members = (
            Membership.objects.filter(pk__in=ids)
            .order_by("pk")
            .values_list("pk", "party_id", "joined_date", "left_date")
        )
        spells = _spells(ids, first, end)
        covered = _covered(plan, ids, first, end)
        agreed = _agreed(plan, ids, end)
        exempt = _exempt(plan, ids, first, end)
        rows = []
        for pk, party_id, joined, left in members:
            months = covered.get(pk, set())
            if taken is not None and plan.period != DuesPlan.Period.ONCE:
                months = months | taken.get((plan.kind, pk), set())
            found = owed(
                terms,
                month,
                joined,
                left,
                tuple(spells.get(pk, ())),
                frozenset(months),
                agreed.get(pk),
                frozenset(exempt.get(pk, ())),
            )
            if found is not None:
                rows.append(DueRow(pk, party_id, found))
        yield DueChunk(len(ids), tuple(rows))


def plain_members(plan: DuesPlan, month: Month) -> tuple[dict[int, int], Owed | None]:
    """Members who belong, in the plan's class, for the whole period, with nothing special about them:
    not charged yet, no amount of their own, no exemption, no other plan. (membership: party), and
    what each of them owes.
    """
    terms = terms_of(plan)
    first = period_of(terms, month)
    start, end = first.first_date, first.plus(MONTHS_OF[plan.period]).first_date
    same = owed(terms, month, start, None, (Spell(plan.member_class_id, start),))
    if same is None or plan.kind == DuesPlan.Kind.JOINING:
        return {}, None
    of_class = ClassSpell.objects.filter(
        Q(until_date=None) | Q(until_date__gte=end),
        member_class=plan.member_class_id,
        from_date__lte=start,
    )
    within = {"from_date__lt": end, "until_date__gt": start}
    special = [
        Exemption.objects.filter(**within, kind__in=("", plan.kind)),
        AgreedDues.objects.filter(plan=plan),
    ]
    if plan.period != DuesPlan.Period.ONCE:
        others = Charge.objects.filter(**within, plan__kind=plan.kind).exclude(plan=plan)
        special.append(others.exclude(plan__period=DuesPlan.Period.ONCE))
    rows = _candidates(plan, month).filter(
        Q(left_date=None) | Q(left_date__gte=end), joined_date__lte=start, pk__in=_whose(of_class)
    )
    for some in special:
        rows = rows.exclude(pk__in=_whose(some))
    return dict(rows.order_by("pk").values_list("pk", "party_id")), same


def _whose(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The memberships of rows: read once as a set, however little is known of a table just filled."""
    return rows.order_by().values("membership")


def overdue_sums(membership_ids: Iterable[int], on: date) -> dict[int, int]:
    """What of the dues of these memberships is due before the day and open, in won."""
    rows = (
        Charge.objects.filter(membership_id__in=list(membership_ids), due_date__lt=on)
        .filter(amount_won__gt=F("paid_won") + F("waived_won"))
        .values("membership_id")
        .annotate(won=Sum(F("amount_won") - F("paid_won") - F("waived_won")))
        .order_by("membership_id")
    )
    return {row["membership_id"]: row["won"] for row in rows}


def oldest_due(membership_ids: Iterable[int], on: date) -> dict[int, date]:
    """Since when each of these memberships is late with something."""
    rows = Charge.objects.filter(
        membership_id__in=list(membership_ids),
        due_date__lt=on,
        amount_won__gt=F("paid_won") + F("waived_won"),
    )
    return dict(
        rows.order_by("membership_id").values_list("membership_id").annotate(Min("due_date"))
    )


def _candidates(plan: DuesPlan, month: Month) -> QuerySet[Membership]:
    """Members of the plan's class at some time in the period, not charged for it yet."""
    first = period_of(terms_of(plan), month)
    start, end = first.first_date, first.plus(MONTHS_OF[plan.period]).first_date
    joined = {"joined_date__gte": start} if plan.kind == DuesPlan.Kind.JOINING else {}
    charged = Charge.objects.filter(plan=plan, period_date=start)
    of_class = ClassSpell.objects.filter(
        Q(until_date=None) | Q(until_date__gt=start),
        member_class=plan.member_class_id,
        from_date__lt=end,
    )
    return Membership.objects.filter(
        Q(left_date=None) | Q(left_date__gt=start),
        joined_date__lt=end,
        pk__in=_whose(of_class),
        **joined,
    ).exclude(pk__in=_whose(charged))


def _spells(ids: list[int], first: Month, end: Month) -> dict[int, list[Spell]]:
    found: dict[int, list[Spell]] = defaultdict(list)
    rows = ClassSpell.objects.filter(
        Q(until_date=None) | Q(until_date__gt=first.first_date),
        membership__in=ids,
        from_date__lt=end.first_date,
    )
    for pk, class_id, start, until in rows.order_by("membership", "from_date").values_list(
        "membership_id", "member_class_id", "from_date", "until_date"
    ):
        found[pk].append(Spell(class_id, start, until))
    return found


def _covered(plan: DuesPlan, ids: list[int], first: Month, end: Month) -> dict[int, set[Month]]:
    found: dict[int, set[Month]] = defaultdict(set)
    if plan.period == DuesPlan.Period.ONCE:
        return found
    rows = (
        Charge.objects.filter(
            membership__in=ids,
            plan__kind=plan.kind,
            from_date__lt=end.first_date,
            until_date__gt=first.first_date,
        )
        .exclude(plan=plan)
        .exclude(plan__period=DuesPlan.Period.ONCE)
    )
    for pk, start, until in rows.order_by("pk").values_list(
        "membership_id", "from_date", "until_date"
    ):
        found[pk].update(_months(Month.of(start), Month.of(until)))
    return found


def _exempt(plan: DuesPlan, ids: list[int], first: Month, end: Month) -> dict[int, set[Month]]:
    found: dict[int, set[Month]] = defaultdict(set)
    rows = Exemption.objects.filter(
        membership__in=ids,
        kind__in=("", plan.kind),
        from_date__lt=end.first_date,
        until_date__gt=first.first_date,
    )
    for pk, start, until in rows.order_by("pk").values_list(
        "membership_id", "from_date", "until_date"
    ):
        found[pk].update(_months(Month.of(start), Month.of(until)))
    return found


def _agreed(plan: DuesPlan, ids: list[int], end: Month) -> dict[int, int]:
    rows = AgreedDues.objects.filter(plan=plan, membership__in=ids, from_date__lt=end.first_date)
    return dict(rows.order_by("membership", "from_date").values_list("membership_id", "amount_won"))


def _months(start: Month, until: Month) -> list[Month]:
    return [start.plus(i) for i in range(start.until(until))]

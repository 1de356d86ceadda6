"""The ladder of what is done about late dues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.utils import translation
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import (
    Allocation,
    ArrearsStep,
    DuesPlan,
    Exemption,
    InstalmentPlan,
    Membership,
)
from ..rules.arrears import LADDER as LADDER, Instalments, next_step
from .dues import arrears

__all__ = [
    "LADDER", "LadderRow", "MemberShown", "arrears_ladder", "exemptions_of", "instalments_of",
    "ladder_days", "member_shown", "open_instalments", "review_article", "review_reason", "step_label", "steps_due", "steps_of",
]  # fmt: skip

ROWS_MAX = 500


@dataclass(frozen=True, slots=True)
class LadderRow:
    """A member with late dues: what was done last, and what is due next ("" nothing)."""

    membership_id: int
    number: int
    name: str
    won: int
    oldest_date: date
    days: int
    last_step: str
    last_date: date | None
    next_step: str
    next_label: str
    keeps_instalments: bool
    agreed: Instalments | None = None


def ladder_days(on: date) -> dict[str, int]:
    """After how many days each step comes due, by the rules of the network."""
    book = bylaws.rules_on(on)
    keys = {"reminder": "reminder", "talk": "talk", "relief": "relief", "review": "review"}
    named = {step: f"dues.{word}_after_days" for step, word in keys.items()}
    return {step: int(book.number(key)) for step, key in named.items() if key in book}


def review_article(on: date) -> str:
    """The article a review of late dues rests on."""
    book, key = bylaws.rules_on(on), "dues.review_after_days"
    return str(book.provision(key).citation)[:120] if key in book else str(_("dues"))


def review_reason(membership_id: int, won: int, oldest: date, on: date, note: str) -> str:
    """What the body is told: what is late since when, and what was done about it, in the network's
    language."""
    with translation.override(settings.LANGUAGE_CODE):
        said = _now("%(won)s of dues are late, the oldest since %(date)s (%(days)d days).") % {
            "won": format_won(won),
            "date": oldest.isoformat(),
            "days": (on - oldest).days,
        }
        taken = _taken([membership_id]).get(membership_id, [])
        steps = [
            f"- {one.taken_date.isoformat()} {one.get_kind_display()} ({format_won(one.owed_won)})"
            for one in taken
            if one.taken_date >= oldest and one.kind != ArrearsStep.Kind.REVIEW
        ]
    return "\n".join((said, *steps, note))[:4000]


def step_label(step: str) -> str:
    return str(ArrearsStep.Kind(step).label) if step else ""


def arrears_ladder(
    act: Act, *, search: str = "", step: str = "", membership_id: int | None = None
) -> list[LadderRow]:
    """Members with late dues, the largest debt first; `step`: only where this one is due."""
    policies.can_see_dues(act).enforce()
    owing = arrears(act, search=search)
    if membership_id is not None:
        owing = owing.filter(pk=membership_id)
    late: list[Any] = list(owing[:ROWS_MAX])
    taken = _taken([m.pk for m in late])
    kept = instalments_of([m.pk for m in late])
    days = ladder_days(act.today)
    found = []
    for m in late:
        steps = [one for one in taken.get(m.pk, ()) if one.taken_date >= m.oldest_date]
        agreed = kept.get(m.pk)
        due = next_step(m.oldest_date, act.today, {one.kind for one in steps}, days, agreed) or ""
        last = steps[-1] if steps else None
        found.append(
            LadderRow(
                m.pk,
                m.number,
                m.party.name,
                m.won,
                m.oldest_date,
                (act.today - m.oldest_date).days,
                last.get_kind_display() if last else "",
                last.taken_date if last else None,
                due,
                step_label(due),
                agreed is not None and agreed.is_kept(act.today),
                agreed,
            )
        )
    return [row for row in found if not step or row.next_step == step]


def steps_due(rows: Iterable[LadderRow]) -> dict[str, int]:
    """For how many members each step is due, in the order of the ladder."""
    counts = {step: 0 for step in LADDER}
    for row in rows:
        if row.next_step:
            counts[row.next_step] += 1
    return counts


def steps_since(membership_id: int, oldest_date: date) -> set[str]:
    """The steps taken with a member since a day."""
    rows = ArrearsStep.objects.filter(membership=membership_id, taken_date__gte=oldest_date)
    return set(rows.order_by().values_list("kind", flat=True))


@dataclass(frozen=True, slots=True)
class MemberShown:
    """Whom a page is about."""

    id: int
    name: str
    party_id: int


def member_shown(act: Act, membership_id: int) -> MemberShown:
    """Raises NotFound."""
    policies.can_see_dues(act).enforce()
    rows = Membership.objects.filter(pk=membership_id)
    found = rows.values_list("pk", "party__name", "party_id").first()
    if found is None:
        raise NotFound
    return MemberShown(*found)


def steps_of(act: Act, membership_id: int) -> QuerySet[ArrearsStep]:
    """What was done about a member's late dues, the latest first."""
    policies.can_see_dues(act).enforce()
    return ArrearsStep.objects.filter(membership=membership_id).order_by("-taken_date", "-pk")


def exemptions_of(act: Act, membership_id: int) -> QuerySet[Exemption]:
    """The months in which a member owes nothing, the latest first."""
    policies.can_see_dues(act).enforce()
    return Exemption.objects.filter(membership=membership_id).order_by("-from_date", "-pk")


def open_instalments(membership_id: int) -> InstalmentPlan | None:
    """The agreement on instalments in force."""
    return InstalmentPlan.objects.filter(membership=membership_id, ended_date=None).first()


def instalments_of(membership_ids: Sequence[int]) -> dict[int, Instalments]:
    """Agreements in force, with what was paid since."""
    plans = {
        plan.membership_id: plan
        for plan in InstalmentPlan.objects.filter(
            membership__in=membership_ids, ended_date=None
        ).order_by("pk")
    }
    paid = _paid_since(plans.values())
    return {
        pk: Instalments(plan.total_won, plan.monthly_won, plan.first_date, paid.get(pk, 0))
        for pk, plan in plans.items()
    }


def _paid_since(plans: Iterable[InstalmentPlan]) -> dict[int, int]:
    since = Q()
    for plan in plans:
        since |= Q(charge__membership=plan.membership_id, allocated_date__gte=plan.agreed_date)
    if not since:
        return {}
    rows = Allocation.objects.filter(since, undone_date=None).order_by()
    return dict(rows.values_list("charge__membership").annotate(won=Sum("amount_won")))


def _taken(membership_ids: Sequence[int]) -> dict[int, list[ArrearsStep]]:
    found: dict[int, list[ArrearsStep]] = defaultdict(list)
    rows = ArrearsStep.objects.filter(membership__in=membership_ids)
    for step in rows.order_by("taken_date", "pk"):
        found[step.membership_id].append(step)
    return found


def kind_label(kind: str) -> str:
    """How a sort of dues is called; "" is every one."""
    return str(DuesPlan.Kind(kind).label) if kind else ""

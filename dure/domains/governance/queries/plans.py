"""Plans, read: one tree with its money and how far it has come, and what each resolution changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import (
    Issue,
    Plan,
    PlanBudget,
    PlanIndicator,
    PlanLine,
    PlanMeasure,
    PlanPart,
    PlanReport,
    PlanVersion,
)
from ..rules.plans import PartKind, average_done, changes, said_value
from .meetings import LIST_MAX


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """By what a project is measured, and what it came to."""

    name: str
    unit: str
    base: str
    target: str
    base_milli: int | None
    target_milli: int | None
    measures: tuple[tuple[date, str], ...]

    @property
    def latest(self) -> tuple[date, str] | None:
        return self.measures[-1] if self.measures else None


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the plan: its place (1.2.3), its own or its parts' money, how far it has come."""

    part_id: int
    kind: str
    label: str
    title: str
    text: str
    owner_id: int | None
    owner: str
    budgets: tuple[tuple[int, int], ...]
    budget_won: int
    done_of_100: int
    reported: tuple[date, str] | None
    indicators: tuple[IndicatorLine, ...]
    projects: int

    @property
    def is_project(self) -> bool:
        return self.kind == PartKind.PROJECT


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a plan: which resolution made it."""

    id: int
    number: int
    is_draft: bool
    adopted_date: date | None
    reason: str
    resolution_id: int | None
    resolution: str


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A version of a plan as one tree."""

    id: int
    title: str
    from_year: int
    until_year: int
    version: VersionLine
    versions: tuple[VersionLine, ...]
    lines: tuple[PartLine, ...]
    budgets: tuple[tuple[int, int], ...]
    budget_won: int
    done_of_100: int
    counts: tuple[int, int, int]  # areas, tasks, projects

    @property
    def years(self) -> range:
        return range(self.from_year, self.until_year + 1)

    @property
    def draft(self) -> VersionLine | None:
        return next((one for one in self.versions if one.is_draft), None)


@dataclass(frozen=True, slots=True)
class PartChange:
    """What a version did to a part, by which resolution."""

    kind: str  # made | changed | dropped
    version: VersionLine
    title: str


@dataclass(frozen=True, slots=True)
class PartCard:
    """One project, task or area with its history."""

    plan: PlanCard
    line: PartLine
    changes: tuple[PartChange, ...]
    reports: tuple[tuple[date, int, str], ...]
    issues: tuple[tuple[int, str], ...]  # what it came from


def plans(act: Act) -> QuerySet[Plan]:
    """The plans of the network, the latest first."""
    policies.can_see_bodies(act).enforce()
    return Plan.objects.order_by("-from_year", "-pk")


def plan_card(act: Act, plan_id: int, number: int | None = None) -> PlanCard:
    """A plan as it was adopted last (without that: its draft), or one version. Raises NotFound."""
    plan = plans(act).filter(pk=plan_id).first()
    if plan is None:
        raise NotFound
    rows = list(plan.versions.select_related("resolution").order_by("number"))
    adopted = [one for one in rows if one.state == PlanVersion.State.ADOPTED]
    shown = adopted[-1] if adopted else rows[-1]
    if number is not None:
        shown = next((one for one in rows if one.number == number), None)  # type: ignore[assignment]
        if shown is None:
            raise NotFound
    lines = _tree(shown)
    projects = [one for one in lines if one.is_project]
    kinds = [one.kind for one in lines]
    budgets = _summed(one.budgets for one in projects)
    return PlanCard(
        plan.pk, plan.title, plan.from_year, plan.until_year, _version(shown),
        tuple(map(_version, rows)), lines, budgets, sum(won for _year, won in budgets),
        average_done([one.done_of_100 for one in projects]),
        (kinds.count(PartKind.AREA), kinds.count(PartKind.TASK), kinds.count(PartKind.PROJECT)),
    )  # fmt: skip


def part_card(act: Act, part_id: int, number: int | None = None) -> PartCard:
    """One part of a plan as it stands, and which resolution made or changed it. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    part = PlanPart.objects.filter(pk=part_id).first()
    if part is None:
        raise NotFound
    plan = plan_card(act, part.plan_id, number)
    line = next((one for one in plan.lines if one.part_id == part_id), None)
    if line is None and number is None:  # a project of the draft, or one that was dropped
        held = PlanLine.objects.filter(part=part).order_by("-version__number")
        held_number = held.values_list("version__number", flat=True).first()
        if held_number is None:
            raise NotFound
        return part_card(act, part_id, held_number)
    if line is None:
        raise NotFound
    reports = PlanReport.objects.filter(part=part).order_by("-on_date", "-pk")
    return PartCard(
        plan,
        line,
        _changes_of(part, plan.versions),
        tuple(reports.values_list("on_date", "done_of_100", "text")[:LIST_MAX]),
        tuple(Issue.objects.filter(project=part).order_by("pk").values_list("pk", "title")),
    )


def version_row(act: Act, version_id: int) -> PlanVersion:
    """One version, for those who belong. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    found = PlanVersion.objects.select_related("plan").filter(pk=version_id).first()
    if found is None:
        raise NotFound
    return found


def draft_choices() -> list[tuple[int, str]]:
    """Drafts that a resolution may adopt."""
    rows = PlanVersion.objects.filter(state=PlanVersion.State.DRAFT).select_related("plan")
    return [(one.pk, f"{one.plan.title} v{one.number}") for one in rows.order_by("pk")[:LIST_MAX]]


def place_choices() -> list[tuple[int, str]]:
    """The tasks and projects of every plan, in their order: what an issue may become."""
    found = []
    for plan in Plan.objects.order_by("-from_year", "-pk")[:10]:
        version = plan.versions.order_by("-number").first()
        lines = _tree(version) if version else ()
        found += [
            (one.part_id, f"{'　' if one.is_project else ''}{one.label} {one.title}")
            for one in lines
            if one.kind != PartKind.AREA
        ]
    return found


def project_title(part_id: int) -> str:
    """What the last version calls a part."""
    rows = PlanLine.objects.filter(part=part_id).order_by("-version__number")
    return rows.values_list("title", flat=True).first() or ""


def budget_of_year(plan_id: int, year: int) -> int:
    """The plan's money in a year, as adopted last."""
    version = PlanVersion.objects.filter(plan=plan_id, state=PlanVersion.State.ADOPTED)
    last = version.order_by("-number").first()
    rows = PlanBudget.objects.filter(line__version=last, year=year)
    return rows.aggregate(total=Sum("amount_won"))["total"] or 0


def _version(row: PlanVersion) -> VersionLine:
    resolution = row.resolution
    return VersionLine(
        row.pk, row.number, row.state == PlanVersion.State.DRAFT, row.adopted_date, row.reason,
        resolution.pk if resolution else None, resolution.number if resolution else "",
    )  # fmt: skip


def _tree(version: PlanVersion) -> tuple[PartLine, ...]:
    """The parts in reading order; those above have the sums and averages of those below."""
    rows = list(
        PlanLine.objects.filter(version=version)
        .select_related("part", "owner")
        .order_by("number", "pk")
    )
    below: dict[int | None, list[PlanLine]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)
    money: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for budget in PlanBudget.objects.filter(line__version=version).order_by("line", "year"):
        money[budget.line_id].append((budget.year, budget.amount_won))
    reported = _latest_reports(version.plan_id)
    measured = _indicators(version)
    found: list[PartLine] = []

    def walk(parent_id: int | None, label: str) -> list[PartLine]:
        own = []
        for place, row in enumerate(below[parent_id], 1):
            at = len(found)
            found.append(None)  # type: ignore[arg-type]  # its parts come first, its place is kept
            here = f"{label}{place}"
            parts = walk(row.part_id, f"{here}.")
            report = reported.get(row.part_id)
            is_project = row.part.kind == PartKind.PROJECT
            projects = sum(one.projects for one in parts) if not is_project else 1
            budgets = tuple(money[row.pk]) if is_project else _summed(one.budgets for one in parts)
            done = (
                report[1]
                if is_project and report
                else average_done([one.done_of_100 for one in found[at + 1 :] if one.is_project])
            )
            found[at] = PartLine(
                row.part_id, row.part.kind, here, row.title, row.text, row.owner_id,
                row.owner.name if row.owner else "", budgets, sum(won for _year, won in budgets),
                done, (report[0], report[2]) if report else None,
                tuple(measured.get(row.pk, ())), projects,
            )  # fmt: skip
            own.append(found[at])
        return own

    walk(None, "")
    return tuple(found)


def _latest_reports(plan_id: int) -> dict[int, tuple[date, int, str]]:
    rows = PlanReport.objects.filter(part__plan=plan_id).order_by("on_date", "pk")
    return {
        part_id: (day, done, text)
        for part_id, day, done, text in rows.values_list(
            "part_id", "on_date", "done_of_100", "text"
        )
    }


def _indicators(version: PlanVersion) -> dict[int, list[IndicatorLine]]:
    values: dict[tuple[int, str], list[tuple[date, str]]] = defaultdict(list)
    measures = PlanMeasure.objects.filter(part__plan=version.plan_id).order_by("on_date", "pk")
    for one in measures:
        values[one.part_id, one.name].append((one.on_date, said_value(one.value_milli)))
    found: dict[int, list[IndicatorLine]] = defaultdict(list)
    rows = PlanIndicator.objects.filter(line__version=version).select_related("line")
    for row in rows.order_by("line", "pk"):
        found[row.line_id].append(
            IndicatorLine(
                row.name, row.unit, said_value(row.base_milli), said_value(row.target_milli),
                row.base_milli, row.target_milli, tuple(values[row.line.part_id, row.name]),
            )
        )  # fmt: skip
    return found


def _summed(budgets: Iterable[tuple[tuple[int, int], ...]]) -> tuple[tuple[int, int], ...]:
    total: dict[int, int] = defaultdict(int)
    for one in budgets:
        for year, won in one:
            total[year] += won
    return tuple(sorted(total.items()))


def _changes_of(part: PlanPart, versions: tuple[VersionLine, ...]) -> tuple[PartChange, ...]:
    adopted = [one for one in versions if not one.is_draft]
    said: list[dict[int, object]] = []
    titles: list[str] = []
    for one in adopted:
        line = PlanLine.objects.filter(version=one.id, part=part).first()
        titles.append(line.title if line else "")
        said.append({part.pk: _said(line)} if line else {})
    return tuple(
        PartChange(kind, adopted[at], titles[at] or titles[at - 1])
        for at, kind in changes(said).get(part.pk, [])
    )


def _said(line: PlanLine) -> object:
    budgets = line.budgets.order_by("year").values_list("year", "amount_won")
    measured = line.indicators.order_by("name").values_list(
        "name", "unit", "base_milli", "target_milli"
    )
    return (line.title, line.text, line.parent_id, line.owner_id, [*budgets], [*measured])

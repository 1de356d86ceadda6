"""Plans: drafted, adopted by a resolution, changed by later ones; reported on by who answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_paragraphs, clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events.plans import (
    PlanAdded,
    PlanAdopted,
    PlanImported,
    PlanLineDropped,
    PlanLineWritten,
    PlanRevised,
)
from ..models import (
    Item,
    Meeting,
    Plan,
    PlanBudget,
    PlanIndicator,
    PlanLine,
    PlanPart,
    PlanVersion,
    Resolution,
)
from ..rules.plans import ABOVE, PARTS, PartKind

ADOPTS = "governance.adopt_plan"
TITLE_MAX, TEXT_MAX = 200, 4000
SPAN_MAX = 30
State = PlanVersion.State


class PlanTitleMissing(InvalidInput):
    """A plan and each of its parts has a name."""

    text = _("Give it a name.")


class PlanYearsUnclear(InvalidInput):
    """A plan lasts from a year to a year."""

    text = _("A plan lasts from one year to the same or a later one, at most %(most)d years.")


class PlanPartMisplaced(InvalidInput):
    """An area has tasks, a task has projects."""

    text = _("A task belongs to an area, a project to a task of the same plan.")


class BudgetOutsidePlan(InvalidInput):
    """Money of a year that the plan does not have."""

    text = _("The plan lasts from %(from)d to %(until)d; %(year)d is no year of it.")


class PlanNotADraft(Refusal):
    """What was adopted is changed by a resolution."""

    text = _("This version of “%(title)s” was adopted; it is not changed by hand.")
    remedy = _("Begin a change of the plan, and put it to the vote.")


class PlanHasDraft(Refusal):
    """One draft at a time."""

    text = _("“%(title)s” has a draft already.")
    remedy = _("Finish that one first.")


class PlanBeforeMeeting(Refusal):
    """People were called to decide on this text and no other."""

    text = _("The draft of “%(title)s” was sent out for “%(meeting)s”; it is not changed any more.")
    remedy = _("Wait for the vote, or withdraw the item.")


class PlanEmpty(Refusal):
    """Something is adopted, or nothing."""

    text = _("The draft of “%(title)s” has no project yet.")


class PartHasParts(Refusal):
    """From the single to the whole."""

    text = _("“%(title)s” has parts of its own.")
    remedy = _("Take those out first.")


@dataclass(frozen=True, slots=True)
class Indicator:
    """By what a project is measured, as it is typed; values in whole thousandths."""

    name: str
    unit: str = ""
    base_milli: int | None = None
    target_milli: int | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One project of a file, with where it belongs."""

    area: str
    task: str
    title: str
    text: str = ""
    owner_id: int | None = None
    budgets: tuple[tuple[int, int], ...] = ()
    indicators: tuple[Indicator, ...] = ()


@command
def add_plan(act: Act, *, title: str, from_year: int, until_year: int) -> PlanVersion:
    """Begin a plan of several years, as a draft. Raises PlanTitleMissing, PlanYearsUnclear."""
    policies.can_add_plan(act).enforce()
    title = clean_text(title, 120, _("Title"))
    if not title:
        raise PlanTitleMissing
    if not from_year <= until_year < from_year + SPAN_MAX:
        raise PlanYearsUnclear(most=SPAN_MAX)
    # ---
    plan = Plan.objects.create(title=title, from_year=from_year, until_year=until_year)
    version = PlanVersion.objects.create(plan=plan, number=1)
    record(act, PlanAdded(plan.pk, title, from_year, until_year))
    return version


@command
def revise_plan(act: Act, *, plan_id: int, reason: str = "") -> PlanVersion:
    """Begin a change of a plan: a draft that says what the last version says. Raises PlanHasDraft."""
    plan: Plan = Plan.objects.hold(plan_id)
    policies.can_revise_plan(act).enforce()
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    assert last is not None, "a plan begins with a draft"
    if last.state == State.DRAFT:
        raise PlanHasDraft(title=plan.title)
    reason = clean_text(reason, 300, _("Reason"))
    # ---
    draft = PlanVersion.objects.create(plan=plan, number=last.number + 1, reason=reason)
    for line in PlanLine.objects.filter(version=last).order_by("pk"):
        budgets = dict(line.budgets.order_by("year").values_list("year", "amount_won"))
        measured = [
            Indicator(one.name, one.unit, one.base_milli, one.target_milli)
            for one in line.indicators.order_by("pk")
        ]
        copy = PlanLine.objects.create(
            version=draft, part_id=line.part_id, parent_id=line.parent_id, number=line.number,
            title=line.title, text=line.text, owner_id=line.owner_id,
        )  # fmt: skip
        _write_beside(copy, budgets, measured)
    record(act, PlanRevised(plan.pk, plan.title, draft.number, reason))
    return draft


@command
def write_plan_line(
    act: Act,
    *,
    version_id: int,
    title: str,
    kind: str = PartKind.PROJECT,
    part_id: int | None = None,
    parent_id: int | None = None,
    text: str = "",
    owner_id: int | None = None,
    budgets: Mapping[int, int] | None = None,
    indicators: Sequence[Indicator] = (),
) -> PlanLine:
    """Write an area, a task or a project into a draft: a new one, or what `part_id` says from now on.

    Raises PlanNotADraft, PlanBeforeMeeting, PlanTitleMissing, PlanPartMisplaced, BudgetOutsidePlan.
    """
    version: PlanVersion = PlanVersion.objects.select_related("plan").hold(version_id)
    policies.can_write_plan_line(act).enforce()
    _unsettled(version)
    plan = version.plan
    line = None
    if part_id is not None:
        line = PlanLine.objects.filter(version=version, part=part_id).first()
        if line is None:
            raise NotFound
        kind, parent_id = line.part.kind, line.parent_id
    title = clean_text(title, TITLE_MAX, _("Title"))
    if not title:
        raise PlanTitleMissing
    _placed(version, kind, parent_id)
    if owner_id is not None and not parties.party_exists(owner_id):
        raise NotFound
    money = dict(budgets or {}) if kind == PartKind.PROJECT else {}
    _within(plan, money)
    # ---
    if line is None:
        part = PlanPart.objects.create(plan=plan, kind=kind)
        beside = PlanLine.objects.filter(version=version, parent=parent_id, part__kind=kind)
        line = PlanLine(version=version, part=part, parent_id=parent_id, number=beside.count() + 1)
    line.title, line.owner_id = title, owner_id
    line.text = clean_paragraphs(text, TEXT_MAX, _("Text"))
    line.save()
    PlanBudget.objects.filter(line=line).delete()
    PlanIndicator.objects.filter(line=line).delete()
    _write_beside(line, money, indicators if kind == PartKind.PROJECT else ())
    record(act, PlanLineWritten(plan.pk, version.number, line.part_id, kind, title))
    return line


@command
def drop_plan_line(act: Act, *, version_id: int, part_id: int) -> PlanVersion:
    """Take a part out of a draft; what earlier versions say stays. Raises PartHasParts, PlanNotADraft."""
    version: PlanVersion = PlanVersion.objects.select_related("plan").hold(version_id)
    policies.can_drop_plan_line(act).enforce()
    _unsettled(version)
    line = PlanLine.objects.filter(version=version, part=part_id).first()
    if line is None:
        raise NotFound
    if PlanLine.objects.filter(version=version, parent=part_id).exists():
        raise PartHasParts(title=line.title)
    # ---
    PlanBudget.objects.filter(line=line).delete()
    PlanIndicator.objects.filter(line=line).delete()
    title = line.title
    line.delete()
    record(act, PlanLineDropped(version.plan_id, version.number, part_id, title))
    return version


@command
def import_plan(act: Act, *, version_id: int, rows: Sequence[PlanRow]) -> int:
    """Write the projects of a file into a draft, with the areas and tasks that they name; how many.

    Raises what write_plan_line raises.
    """
    version: PlanVersion = PlanVersion.objects.select_related("plan").hold(version_id)
    policies.can_import_plan(act).enforce()
    _unsettled(version)
    for row in rows:
        _within(version.plan, dict(row.budgets))
        if not (row.area and row.task and row.title):
            raise PlanTitleMissing
    # ---
    known = {
        (line.part.kind, line.parent_id, line.title): line.part_id
        for line in PlanLine.objects.filter(version=version).select_related("part").order_by("pk")
    }

    def part_of(kind: str, parent_id: int | None, title: str) -> int:
        if (kind, parent_id, title) not in known:
            made = write_plan_line(
                act, version_id=version_id, title=title, kind=kind, parent_id=parent_id
            )
            known[kind, parent_id, title] = made.part_id
        return known[kind, parent_id, title]

    for row in rows:
        task_id = part_of(PartKind.TASK, part_of(PartKind.AREA, None, row.area), row.task)
        write_plan_line(
            act, version_id=version_id, title=row.title, kind=PartKind.PROJECT,
            parent_id=None if (old := known.get((PartKind.PROJECT, task_id, row.title))) else task_id,
            part_id=old, text=row.text, owner_id=row.owner_id, budgets=dict(row.budgets),
            indicators=row.indicators,
        )  # fmt: skip
    record(act, PlanImported(version.plan_id, version.plan.title, version.number, len(rows)))
    return len(rows)


@command
def adopt_plan(act: Act, *, version_id: int, adopted_date: date) -> PlanVersion:
    """A resolution adopts a draft: from now on this is the plan. Raises PlanNotADraft, PlanEmpty."""
    version: PlanVersion = PlanVersion.objects.select_related("plan").hold(version_id)
    policies.can_adopt_plan(act).enforce()
    projects = check_adoptable(version)
    # ---
    resolution_id = next(iter(act.things("resolution")), None)
    version.state, version.adopted_date = State.ADOPTED, adopted_date
    version.resolution = Resolution.objects.filter(pk=resolution_id or 0).first()
    version.save(update_fields=["state", "adopted_date", "resolution"])
    record(act, PlanAdopted(version.plan_id, version.plan.title, version.number, projects))
    return version


def check_adoptable(version: PlanVersion) -> int:
    """How many projects a draft has. Raises PlanNotADraft, PlanEmpty."""
    if version.state != State.DRAFT:
        raise PlanNotADraft(title=version.plan.title)
    projects = PlanLine.objects.filter(version=version, part__kind=PartKind.PROJECT).count()
    if not projects:
        raise PlanEmpty(title=version.plan.title)
    return projects


def project_under(act: Act, part: PlanPart, title: str, text: str) -> PlanPart:
    """The project itself; or a new one under a task, in the plan's draft, begun if there is none."""
    if part.kind == PartKind.PROJECT:
        return part
    draft = PlanVersion.objects.filter(plan=part.plan_id, state=State.DRAFT).first()
    if draft is None:
        draft = revise_plan(act, plan_id=part.plan_id, reason=title)
    made = write_plan_line(
        act, version_id=draft.pk, title=title, kind=PartKind.PROJECT, parent_id=part.pk, text=text
    )
    return made.part


def _unsettled(version: PlanVersion) -> None:
    """Raises PlanNotADraft, PlanBeforeMeeting."""
    if version.state != State.DRAFT:
        raise PlanNotADraft(title=version.plan.title)
    sent = Item.objects.filter(
        effect=ADOPTS, withdrawn_at=None, meeting__convened_at__isnull=False,
        meeting__state__in=(Meeting.State.CONVENED, Meeting.State.OPEN),
    )  # fmt: skip
    for item in sent.select_related("meeting").order_by("pk"):
        if str(item.effect_data.get("version_id")) == str(version.pk):
            raise PlanBeforeMeeting(title=version.plan.title, meeting=item.meeting.title)


def _placed(version: PlanVersion, kind: str, parent_id: int | None) -> None:
    if kind not in dict(PARTS):
        raise NotFound
    above = PlanLine.objects.filter(version=version, part=parent_id or 0).select_related("part")
    parent = above.first()
    if (parent.part.kind if parent else None) != ABOVE.get(kind):
        raise PlanPartMisplaced


def _within(plan: Plan, budgets: Mapping[int, int]) -> None:
    for year in budgets:
        if not plan.from_year <= year <= plan.until_year:
            raise BudgetOutsidePlan(
                **{"from": plan.from_year, "until": plan.until_year, "year": year}
            )


def _write_beside(
    line: PlanLine, budgets: Mapping[int, int], indicators: Sequence[Indicator]
) -> None:
    PlanBudget.objects.bulk_create(
        PlanBudget(line=line, year=year, amount_won=won) for year, won in budgets.items() if won
    )
    PlanIndicator.objects.bulk_create(
        PlanIndicator(
            line=line, name=clean_text(one.name, 80, _("Indicator")),
            unit=clean_text(one.unit, 20, _("Unit")), base_milli=one.base_milli,
            target_milli=one.target_milli,
        )
        for one in {one.name: one for one in indicators if one.name.strip()}.values()
    )  # fmt: skip

"""Plans: one tree with its money and how far it has come; drafted, imported, reported on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, ngettext

from dure.domains.parties import queries as parties
from dure.kernel.refusals import Denied, NotFound, Refusal
from dure.ui import pdf
from dure.ui.doors import act_of, action, form_about, form_page, page, refused
from dure.ui.files import open_table
from dure.ui.tables import Column, Table, ask, show, taken_along

from .. import policies
from ..commands import plans as commands, progress
from ..commands.plans import Indicator, PlanRow
from ..documents.plans import plan_pdf
from ..forms import plans as forms
from ..queries import plans as queries
from ..rules.plan_files import Fault, FileRow, read_rows
from ..rules.plans import ABOVE, PARTS, PartKind

FILE_BYTES = 5 << 20
ROWS_MAX = 2_000
PLANS = Table(
    id="plans",
    title=_("Plans"),
    columns=(
        Column(
            "title", _("Plan"), sort="title", link=lambda p: reverse("governance:plan", args=[p.pk])
        ),
        Column("from_year", _("From year"), kind="id", sort="from_year"),
        Column("until_year", _("Until year"), kind="id"),
    ),
    empty_title=_("No plan yet"),
    empty_text=_("A plan of several years has areas, tasks and projects; a resolution adopts it."),
)


def plans(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request, PLANS)
    act = act_of(request)
    may = {"may_add": bool(policies.can_add_plan(act))}
    return show(request, PLANS, asked, queries.plans(act), "governance/plans.html", may)


def _year_column(year: int) -> Column:
    return Column(f"won_{year}", str(year), lambda line: dict(line.budgets).get(year), kind="won")


def _plan_table(card: queries.PlanCard) -> Table:
    """The tree as a list, as it is read in again: one project a row."""
    years = tuple(_year_column(year) for year in card.years)
    return Table(
        id="plan",
        title=card.title,
        columns=(
            Column("label", _("No."), kind="id"),
            Column("kind", _("Kind"), lambda line: dict(PARTS)[line.kind]),
            Column("title", _("Title")),
            Column("owner", _("Who answers for it")),
            *years,
            Column("budget_won", _("Sum (won)"), kind="won"),
            Column("done_of_100", _("Done of 100"), kind="number"),
            Column(
                "indicators", _("Indicators"),
                lambda line: "; ".join(
                    f"{one.name} {one.latest[1] if one.latest else one.base}/{one.target} {one.unit}"
                    for one in line.indicators
                ),
            ),
        ),
    )  # fmt: skip


def plan(request: HttpRequest, plan_id: int) -> HttpResponseBase:
    """A plan as it was adopted last, or the version asked for; also as Excel, CSV or PDF."""
    act = act_of(request)
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else None
    card = queries.plan_card(act, plan_id, number)
    if request.GET.get("as") == "pdf":
        network = parties.network_profile()
        made = plan_pdf(card, network.name if network else "", act.at)
        return pdf.answer(made, f"{card.title}.pdf")
    taken = taken_along(request, _plan_table(card), card.lines)
    if taken is not None:
        return taken
    office = bool(policies.can_write_plan_line(act))
    return page(
        request,
        "governance/plan.html",
        {"card": card, "office": office, "writes": office and card.version.is_draft},
    )


def plan_part(request: HttpRequest, part_id: int) -> HttpResponse:
    """One project, task or area: its money, indicators, reports, and the resolutions behind it."""
    act = act_of(request)
    card = queries.part_card(act, part_id)
    return page(
        request,
        "governance/plan_part.html",
        {
            "card": card,
            "may_report": card.line.is_project
            and bool(policies.can_report_progress(act, card.line.owner_id)),
        },
    )


def add_plan(request: HttpRequest) -> HttpResponse:
    return form_about(
        request,
        "governance:plans",
        title=_now("Begin a plan"),
        form=forms.AddPlan,
        may=policies.can_add_plan,
        call=lambda act, given: commands.add_plan(act, **given),
        done=lambda made: ("governance:plan", made.plan_id),
        said=_("The draft is there. Write its areas, tasks and projects, or bring a file."),
    )


def revise_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    card = queries.plan_card(act_of(request), plan_id)
    return form_about(
        request,
        ("governance:plan", plan_id),
        title=_now("Change the plan"),
        name=card.title,
        form=forms.RevisePlan,
        may=policies.can_revise_plan,
        call=lambda act, given: commands.revise_plan(act, plan_id=plan_id, **given),
        done=lambda made: _version_address(plan_id, made.number),
        said=_("The draft is there. Change it, then put it on the agenda of a meeting."),
    )


def _version_address(plan_id: int, number: int) -> str:
    return f"{reverse('governance:plan', args=[plan_id])}?version={number}"


def write_plan_line(request: HttpRequest, version_id: int) -> HttpResponse:
    """A new area, or a task or project below the part that the address names; or a part anew."""
    act = act_of(request)
    version = queries.version_row(act, version_id)
    card = queries.plan_card(act, version.plan_id, version.number)
    lines = {one.part_id: one for one in card.lines}
    line = lines.get(_asked(request, "part"))
    above = lines.get(_asked(request, "under"))
    kind = line.kind if line else _below(above.kind if above else "")
    form = forms.WriteProject if kind == PartKind.PROJECT else forms.WritePart
    about = {"part_id": line.part_id} if line else {"parent_id": above.part_id if above else None}
    word = str(dict(PARTS)[kind])
    return form_about(
        request,
        _version_address(version.plan_id, version.number),
        title=(_now("Change: %(kind)s") if line else _now("Add: %(kind)s")) % {"kind": word},
        name=line.title if line else above.title if above else card.title,
        form=partial(form, plan=card, line=line),
        may=policies.can_write_plan_line,
        call=lambda act, given: commands.write_plan_line(
            act, version_id=version_id, kind=kind, **about, **given
        ),
        said=_("It stands in the draft."),
    )


def _asked(request: HttpRequest, name: str) -> int:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 16 else 0


def _below(kind: str) -> str:
    found = next((one for one, above in ABOVE.items() if above == kind), None)
    if kind and found is None:
        raise NotFound
    return found or PartKind.AREA


def drop_plan_line(request: HttpRequest, version_id: int, part_id: int) -> HttpResponse:
    version = queries.version_row(act_of(request), version_id)
    back = _version_address(version.plan_id, version.number)
    return action(
        request,
        call=lambda act: commands.drop_plan_line(act, version_id=version_id, part_id=part_id),
        said=_("It is out of the draft."),
        back=back,
    )


def import_plan(request: HttpRequest, version_id: int) -> HttpResponse:
    """A file is read and shown first, with what is wrong row by row; then it is written."""
    act = act_of(request)
    version = queries.version_row(act, version_id)
    back = _version_address(version.plan_id, version.number)
    about: dict[str, Any] = {
        "title": _now("Bring a file"), "name": version.plan.title, "back": back,
    }  # fmt: skip
    if "rows" in request.POST:
        return form_page(
            request,
            form=forms.ConfirmImport,
            template="governance/import_plan.html",
            may=policies.can_import_plan,
            call=lambda act, given: commands.import_plan(
                act, version_id=version_id, rows=_kept(given["rows"])
            ),
            done=lambda count: back,
            said=lambda count: (
                ngettext("%(count)d row was taken.", "%(count)d rows were taken.", count)
                % {"count": count}
            ),
            context=about,
        )
    verdict = policies.can_import_plan(act)
    if not verdict:
        return refused(request, Denied(verdict.reason), context=about)
    bound = forms.ImportPlan(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return page(request, "governance/import_plan.html", {**about, "form": forms.ImportPlan()})
    if not bound.is_valid():
        return page(request, "governance/import_plan.html", {**about, "form": bound}, status=422)
    try:
        sheet = open_table(bound.cleaned_data["file"].name, bound.cleaned_data["file"].read(FILE_BYTES), rows_max=ROWS_MAX)  # fmt: skip
        rows, faults = read_rows(sheet.head, ((row.number, row.cells) for row in sheet.rows))
        made, more = _owned(rows)
    except Refusal as refusal:
        return refused(
            request, refusal, "governance/import_plan.html", {**about, "form": forms.ImportPlan()}
        )
    about |= {"read": rows, "faults": sorted((*faults, *more), key=lambda one: one.row)}
    if about["faults"] or not rows:
        about |= {"form": forms.ImportPlan()}
        return page(request, "governance/import_plan.html", about, status=422)
    kept = json.dumps([asdict(one) for one in made], ensure_ascii=False)
    about |= {"form": forms.ConfirmImport(initial={"rows": kept})}
    return page(request, "governance/import_plan.html", about)


def _owned(rows: Sequence[FileRow]) -> tuple[list[PlanRow], list[Fault]]:
    """Rows with whoever answers for them, found by name; rows of one project put together."""
    made: dict[tuple[str, str, str], PlanRow] = {}
    faults = []
    for row in rows:
        owner_id = None
        if row.owner:
            found = [one for one in parties.search_parties(row.owner) if one.name == row.owner]
            if len(found) == 1:
                owner_id = found[0].id
            else:
                said = _now("“%(name)s” is not the name of one member.") % {"name": row.owner}
                faults.append(Fault(row.row, said))
        own = (
            (Indicator(row.indicator, row.unit, row.base_milli, row.target_milli),)
            if row.indicator
            else ()
        )
        place = (row.area, row.task, row.title)
        before = made.get(place)
        made[place] = PlanRow(
            *place, row.text or (before.text if before else ""),
            owner_id or (before.owner_id if before else None),
            row.budgets or (before.budgets if before else ()),
            (*(before.indicators if before else ()), *own),
        )  # fmt: skip
    return list(made.values()), faults


def _kept(text: str) -> list[PlanRow]:
    """The rows as they were shown. What somebody tampered with is refused like a form not filled."""
    try:
        return [
            PlanRow(
                str(one["area"]), str(one["task"]), str(one["title"]), str(one["text"]),
                one["owner_id"] if one["owner_id"] is None else int(one["owner_id"]),
                tuple((int(year), max(int(won), 0)) for year, won in one["budgets"]),
                tuple(_indicator(each) for each in one["indicators"]),
            )
            for one in json.loads(text)
        ]  # fmt: skip
    except (ValueError, TypeError, KeyError) as error:
        raise NotFound from error


def _indicator(given: dict[str, Any]) -> Indicator:
    base, target = (
        None if given[name] is None else int(given[name]) for name in ("base_milli", "target_milli")
    )
    return Indicator(str(given["name"]), str(given["unit"]), base, target)


def report_progress(request: HttpRequest, part_id: int) -> HttpResponse:
    line = queries.part_card(act_of(request), part_id).line
    return form_about(
        request,
        ("governance:plan_part", part_id),
        title=_now("Report progress"),
        name=line.title,
        form=forms.ReportProgress,
        may=lambda act: policies.can_report_progress(act, line.owner_id),
        call=lambda act, given: progress.report_progress(act, part_id=part_id, **given),
        said=_("It is noted."),
    )


def measure_indicator(request: HttpRequest, part_id: int) -> HttpResponse:
    line = queries.part_card(act_of(request), part_id).line
    return form_about(
        request,
        ("governance:plan_part", part_id),
        title=_now("Note a value"),
        name=line.title,
        form=partial(forms.MeasureIndicator, line=line),
        may=lambda act: policies.can_measure_indicator(act, line.owner_id),
        call=lambda act, given: progress.measure_indicator(act, part_id=part_id, **given),
        said=_("It is noted."),
    )


urlpatterns = [
    path("plans/", plans, name="plans"),
    path("plans/add/", add_plan, name="add_plan"),
    path("plans/<int:plan_id>/", plan, name="plan"),
    path("plans/<int:plan_id>/change/", revise_plan, name="revise_plan"),
    path("plans/drafts/<int:version_id>/write/", write_plan_line, name="write_plan_line"),
    path("plans/drafts/<int:version_id>/import/", import_plan, name="import_plan"),
    path(
        "plans/drafts/<int:version_id>/drop/<int:part_id>/", drop_plan_line, name="drop_plan_line"
    ),
    path("plans/parts/<int:part_id>/", plan_part, name="plan_part"),
    path("plans/parts/<int:part_id>/report/", report_progress, name="report_progress"),
    path("plans/parts/<int:part_id>/measure/", measure_indicator, name="measure_indicator"),
]

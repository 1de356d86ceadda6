"""The figures of a year of meetings, beside those of the country."""

from __future__ import annotations

from fractions import Fraction

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.ui import charts
from dure.ui.charts import Picture, Series
from dure.ui.doors import act_of
from dure.ui.tables import Column, Table, ask, show

from .. import policies, queries
from ..queries.statistics import BodyFigures
from ..rules.bodies import ASSEMBLIES, BodyKind
from ..rules.figures import together

YEARS_SHOWN = 6

FIGURES = Table(
    id="figures",
    title=_("Meetings of the year"),
    columns=(
        Column("name", _("Body"), link=lambda b: reverse("governance:body", args=[b.body_id])),
        Column("kind_label", pgettext_lazy("governance", "Kind")),
        Column("held", _("Held"), "figures.held", kind="number"),
        Column("failed", _("Without quorum"), "figures.failed", kind="number"),
        Column("attendance", pgettext_lazy("governance", "Attendance rate"), "figures.attendance", kind="ratio"),
        Column("adopted", _("Adopted"), "figures.adopted", kind="number"),
        Column("rejected", pgettext_lazy("governance", "Rejected"), "figures.rejected", kind="number"),
        Column("days", _("Called ahead (days)"), "figures.days_ahead", kind="number"),
        Column("turnout", _("Turnout of elections"), "figures.turnout", kind="ratio"),
    ),
    searchable=False,
    empty_title=_("No meetings in this year"),
    empty_text=_("What is shown here follows from the meetings that were held."),
)  # fmt: skip


def statistics(request: HttpRequest) -> HttpResponseBase:
    """A year body by body, the years side by side, and the survey of the country."""
    act, asked = act_of(request), ask(request, FIGURES)
    given = request.GET.get("year", "")
    found = queries.statistics(act, int(given) if given.isdecimal() and len(given) == 4 else None)
    about = {
        "found": found,
        "compared": [
            (
                one.label,
                "–" if one.ours is None else _shown(one.ours, one.unit),
                _shown(one.wide, one.unit),
                one.wide_count,
                _shown(one.local, one.unit),
                one.local_count,
            )
            for one in found.compared
        ],
        "picture": _attendance(queries.figures_by_year(act)),
        "may_check": bool(policies.can_see_checks(act)),
    }
    return show(request, FIGURES, asked, list(found.bodies), "governance/statistics.html", about)


def _shown(value: Fraction, unit: str) -> str:
    """69.0% · 4.8: to the tenth, the half up."""
    tenths = (value.numerator * 20 + value.denominator) // (value.denominator * 2)
    return f"{tenths // 10:,}.{tenths % 10}{'%' if unit == 'percent' else ''}"


def _attendance(by_year: dict[int, list[BodyFigures]]) -> Picture | None:
    """Who came of a hundred, year by year: to the assemblies and to the board."""
    years = sorted(by_year)[-YEARS_SHOWN:]
    if not years:
        return None

    def of(year: int, *kinds: str) -> int | None:
        came, voters = together(
            one.figures for one in by_year[year] if one.kind in kinds
        ).attendance
        return (200 * came + voters) // (2 * voters) if voters else None

    named = ((_now("General meetings"), ASSEMBLIES), (_now("Board"), (BodyKind.BOARD,)))
    series = [Series(name, tuple(of(year, *kinds) for year in years)) for name, kinds in named]
    drawn = [one for one in series if any(value is not None for value in one.values)]
    if not drawn:
        return None
    return charts.bars(
        _now("Attendance by year"), [str(year) for year in years], drawn, won=False, unit="%",
        axis=_now("Year"),
    )  # fmt: skip


urlpatterns = [path("statistics/", statistics, name="statistics")]

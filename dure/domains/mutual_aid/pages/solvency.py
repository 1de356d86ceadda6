"""How long mutual aid lasts: figures, pictures, PDF and Excel."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _now

from dure.ui import charts
from dure.ui.doors import act_of, page

from .. import documents, queries
from .papers import paper_answer, paper_of


def aid_solvency(request: HttpRequest) -> HttpResponseBase:
    """Contributions, aid, reserve and what is to be expected, as of today."""
    act = act_of(request)
    fund = request.GET.get("fund", "")[:40]
    view = queries.solvency(act, fund)
    if request.GET.get("as"):
        return paper_answer(request, documents.solvency_statement, view, fund)
    paper = paper_of(request, documents.solvency_statement, view, fund)
    return page(
        request,
        "mutual_aid/aid_solvency.html",
        {
            "view": view,
            "fund": fund,
            "paper": paper,
            "tables": paper.tables[:-1],  # the picture has the last one
            "lead": _lead(view),
            "cover": documents.cover_said(view.is_so),
            "pictures": _pictures(view),
        },
    )


def _lead(view: queries.SolvencyView) -> str:
    is_so = view.is_so
    if is_so.used_up_in is None:
        return _now("Contributions carry the claims that are expected; the reserve lasts.")
    if is_so.used_up_in == 0:
        return _now("More is promised than there is.")
    return _now(
        "More claims are expected than contributions come in; as it is, the reserve is used up in year %(number)d."
    ) % {"number": is_so.used_up_in}


def _pictures(view: queries.SolvencyView) -> list[charts.Picture]:
    """The reserve in the years ahead, in each case."""
    if not view.standing.members:
        return []
    lines = [charts.Series(documents.case_label(one), one.ahead()) for one in view.cases]
    labels = [documents.year_label(year) for year in range(len(lines[0].values))]
    title = _now("The reserve in the years ahead")
    return [charts.line(title, labels, lines, axis=_now("At the end of year"))]


urlpatterns = [path("reserve/solvency/", aid_solvency, name="aid_solvency")]

"""The disclosure of a year's meetings (별지 10): read, on paper, as HWPX; its template replaced."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.kernel.acts import Act
from dure.ui import pdf
from dure.ui.doors import act_of, form_page
from dure.ui.sheets import Sheet, hwpx, read_template, sheet_pdf
from dure.ui.tables import Column, Table, ask, show

from .. import commands, policies, queries
from ..forms import papers as forms

ACTIVITY = Table(
    id="activity",
    title=_("Activity of general meetings and the board"),
    columns=(
        Column("day", _("Day"), kind="day"),
        Column("kind_label", pgettext_lazy("governance", "Kind")),
        Column("title", _("Meeting"), link=lambda m: reverse("governance:meeting", args=[m.id])),
        Column("called", _("Had a vote"), kind="number"),
        Column("attended", _("Came"), kind="number"),
        Column("attendance", pgettext_lazy("governance", "Attendance rate"), kind="ratio"),
        Column("results", _("Agenda and results")),
    ),
    searchable=False,
    empty_title=_("No meetings in this year"),
)


def activity(request: HttpRequest, year: int) -> HttpResponseBase:
    """The meetings of a year that are disclosed; to be taken along on paper, as HWPX or a table."""
    act, asked = act_of(request), ask(request, ACTIVITY)
    about = {
        "year": year,
        "is_own": queries.has_own_template(),
        "may_replace": bool(policies.can_replace_paper_template(act)),
    }
    rows = list(queries.activity(act, year))
    return show(request, ACTIVITY, asked, rows, "governance/activity.html", about)


def _sheet(act: Act, year: int) -> Sheet:
    data = queries.activity_data(act, year)
    fields = queries.activity_fields()
    return read_template(queries.paper_template(), fields, data, data["network"])


def activity_pdf(request: HttpRequest, year: int) -> HttpResponse:
    act = act_of(request)
    return pdf.answer(sheet_pdf(_sheet(act, year), made_at=act.at), f"{_name(year)}.pdf")


def activity_hwpx(request: HttpRequest, year: int) -> HttpResponse:
    act = act_of(request)
    return hwpx.answer(hwpx.document(_sheet(act, year), made_at=act.at), f"{_name(year)}.hwpx")


def _name(year: int) -> str:
    return f"{_now('Disclosure form 10')}_{year}"


def replace_paper_template(request: HttpRequest, paper: str) -> HttpResponse:
    """The template of a paper and its fields; what is broken comes back with its line."""
    act = act_of(request)
    found = queries.paper_named(paper)
    if found is None:
        raise Http404
    fields = found.fields()
    return form_page(
        request,
        form=forms.ReplaceTemplate,
        template="governance/replace_paper_template.html",
        may=policies.can_replace_paper_template,
        initial={"text": queries.paper_template(paper)},
        call=lambda act, given: commands.replace_paper_template(act, name=paper, **given),
        done=lambda made: (found.page, act.today.year),
        said=_("The template is laid down. Look at the PDF."),
        context={
            "paper": found.title,
            "fields": fields.fields.items(),
            "loops": fields.loops.items(),
            "back": reverse(found.page, args=[act.today.year]),
        },
    )


urlpatterns = [
    path("activity/<int:year>/", activity, name="activity"),
    path("activity/<int:year>/pdf/", activity_pdf, name="activity_pdf"),
    path("activity/<int:year>/hwpx/", activity_hwpx, name="activity_hwpx"),
    path("templates/<slug:paper>/", replace_paper_template, name="replace_paper_template"),
]

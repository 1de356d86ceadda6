"""The yearly report of changes in share capital: on screen, as Excel, as PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.ui import files, pdf
from dure.ui.doors import act_of, form_page, page

from ... import commands, documents, policies
from ...forms import shares as forms
from ...queries import shares as queries


def share_report(request: HttpRequest) -> HttpResponseBase:
    """The yearly report of changes: on screen, as Excel, as PDF."""
    act = act_of(request)
    given = request.GET.get("year", "")
    good = given.isascii() and given.isdigit() and 1900 < int(given) < 2200
    found = queries.share_report(act, queries.year_of(int(given) if good else None, act.today))
    wanted = request.GET.get("as", "")
    name = f"{_now('Report of share capital')} {found.year_date.year}"
    if wanted == "pdf":
        return pdf.answer(documents.share_report_pdf(found, act.at), f"{name}.pdf")
    if wanted == "xlsx":
        heads, rows, preface = documents.share_report_sheet(found)
        stream = files.xlsx_stream(heads, rows, title=name, preface=preface, made_at=act.at)
        return files.download(stream, f"{name}.xlsx")
    return page(
        request,
        "memberships/share_report.html",
        {"report": found, "office": bool(policies.can_file_share_report(act)), "today": act.today},
    )


def file_share_report(request: HttpRequest) -> HttpResponse:
    act = act_of(request)
    given = request.GET.get("year", "")
    good = given.isascii() and given.isdigit() and 1900 < int(given) < 2200
    year_date = queries.year_of(int(given) if good else None, act.today)
    return form_page(
        request,
        form=forms.FileShareReport,
        template="memberships/file_share_report.html",
        call=lambda act, given: commands.file_share_report(act, year_date=year_date, **given),
        done=lambda made: "memberships:share_report",
        said=_("The report was noted as sent."),
        may=policies.can_file_share_report,
        initial={"filed_date": act.today},
        context={"year_date": year_date},
    )


urlpatterns = [
    path("shares/report/", share_report, name="share_report"),
    path("shares/report/file/", file_share_report, name="file_share_report"),
]

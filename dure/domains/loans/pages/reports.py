"""The loans in figures on any day: tables, pictures, PDF and Excel."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _now, pgettext

from dure.domains.governance import queries as governance
from dure.domains.parties import queries as parties
from dure.ui import charts, files, pdf
from dure.ui.doors import act_of, page
from dure.ui.sheets import Grid, hwpx, sheet_book, sheet_pdf

from .. import documents, forms, queries


def portfolio(request: HttpRequest) -> HttpResponseBase:
    """The portfolio on a day; what cannot be read in the address is today's."""
    act = act_of(request)
    funds = queries.loan_funds()
    form = forms.ReportAsked(request.GET or None, funds=funds)
    given = form.cleaned_data if form.is_valid() else {}
    report = queries.portfolio_report(
        act, on=given.get("on"), since=given.get("since"), fund=given.get("fund", "")
    )
    wanted = request.GET.get("as", "")
    if wanted in ("pdf", "xlsx"):
        network = parties.network_profile()
        about = (report, network.name if network else "", act.at)
        name = f"{_now('Report on small loans')}_{report.on}.{wanted}".replace(" ", "_")
        if wanted == "pdf":
            return pdf.answer(documents.portfolio_pdf(*about), name)
        return files.download(documents.portfolio_book(*about), name)
    if not form.is_bound:
        form = forms.ReportAsked(initial={"on": report.on, "since": report.since}, funds=funds)
    moved, *splits = documents.portfolio_blocks(report)
    asked = {"on": report.on, "since": report.since, "fund": report.fund}
    return page(
        request,
        "loans/portfolio.html",
        {
            "report": report,
            "form": form,
            "moved": moved,
            "splits": splits,
            "year": report.since.year,
            "pictures": pictures(report),
            "definitions": documents.definitions(),
            "query": urlencode({name: value for name, value in asked.items() if value}),
            "funds": funds,
            "months": urlencode({"start": f"{report.since:%Y-%m}", "end": f"{report.on:%Y-%m}"}),
        },
    )


def pictures(report: queries.PortfolioReport) -> list[charts.Picture]:
    """What was left month by month; what is left by how late it is."""
    if not any(won for _month, won in report.months):
        return []
    labels = [f"{month.year % 100:02}.{month.month}" for month, _won in report.months]
    left = charts.Series(pgettext("loan", "Left"), tuple(won for _month, won in report.months))
    return [
        charts.bars(_now("What was left at the end of each month"), labels, [left]),
        charts.rows(
            _now("What is left, by how late it is"),
            [
                charts.Part(documents.age_label(since, [first for first, _sums in report.ages]), one.left_won)
                for since, one in report.ages
            ],
        ),
    ]  # fmt: skip


def disclosure(request: HttpRequest, year: int) -> HttpResponseBase:
    """Disclosure form 25 of a fiscal year: to read, as PDF, HWPX and Excel."""
    act = act_of(request)
    sheet = documents.lending_sheet(act, year)
    wanted = request.GET.get("as", "")
    name = f"{_now('Disclosure form 25')}_{year}.{wanted}".replace(" ", "_")
    match wanted:
        case "pdf":
            return pdf.answer(sheet_pdf(sheet, made_at=act.at), name)
        case "hwpx":
            return hwpx.answer(hwpx.document(sheet, made_at=act.at), name)
        case "xlsx":
            return files.download(sheet_book(sheet, act.at), name)
    about = {
        "year": year,
        "earlier": year - 1,
        "sheet": sheet,
        "lines": [(isinstance(block, Grid), block) for block in sheet.blocks[1:]],
        "may_replace": governance.may_replace_template(act),
    }
    return page(request, "loans/disclosure.html", about)


urlpatterns = [
    path("portfolio/", portfolio, name="portfolio"),
    path("disclosure/<int:year>/", disclosure, name="disclosure"),
]

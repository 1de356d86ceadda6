"""A year of mutual trade: of all, and of one member."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.domains.parties import queries as parties
from dure.ui import pdf
from dure.ui.doors import act_of
from dure.ui.tables import Column, Table, ask, show

from .. import documents, queries
from .deals import DEALS

MEMBERS = Table(
    id="traders",
    title=_("Mutual trade by member"),
    columns=(
        Column("name", _("Member")),
        Column("section", _("Section")),
        Column("sold_won", _("Sold (won)"), kind="won"),
        Column("bought_won", _("Bought (won)"), kind="won"),
        Column("count", pgettext_lazy("deal", "Deals"), kind="number"),
        Column("partners", _("Partners"), kind="number"),
        Column("often", _("Steady partners"), kind="number"),
    ),
    empty_title=_("No deals yet"),
    empty_text=_("Only what both sides confirmed is counted."),
)


def _year(request: HttpRequest) -> int:
    given = request.GET.get("year", "")
    today = act_of(request).today
    known = {str(one): one for one in queries.years_of_trade(today)}
    return known.get(given, today.year)


def trade_totals(request: HttpRequest) -> HttpResponseBase:
    """Who trades how much with how many; who trades with nobody."""
    act = act_of(request)
    year = _year(request)
    totals = queries.trade_totals(act, year)
    return show(
        request, MEMBERS, ask(request, MEMBERS), list(totals.members), "trade/trade_totals.html",
        {"totals": totals, "years": queries.years_of_trade(act.today)},
    )  # fmt: skip


def trade_statement(request: HttpRequest, party_id: int, year: int) -> HttpResponseBase:
    """A member's year; as Excel by the list."""
    told = queries.trade_statement(act_of(request), party_id, year)
    return show(
        request, DEALS, ask(request, DEALS), list(told.deals), "trade/trade_statement.html",
        {"told": told},
    )  # fmt: skip


def trade_statement_pdf(request: HttpRequest, party_id: int, year: int) -> HttpResponse:
    """The same on paper."""
    act = act_of(request)
    told = queries.trade_statement(act, party_id, year)
    network = parties.network_profile()
    made = documents.year_pdf(told, network.name if network else "", act.today, act.at)
    return pdf.answer(made, f"{_now('Statement of mutual trade')}_{told.name}_{year}.pdf")


urlpatterns = [
    path("totals/", trade_totals, name="trade_totals"),
    path("statements/<int:party_id>/<int:year>/", trade_statement, name="trade_statement"),
    path(
        "statements/<int:party_id>/<int:year>/statement.pdf",
        trade_statement_pdf,
        name="trade_statement_pdf",
    ),
]

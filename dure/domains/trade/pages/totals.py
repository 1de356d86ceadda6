"""Mutual trade as it is read: who trades with whom, what it did, who stands alone; a member's year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext, pgettext_lazy

from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.ui import charts, pdf
from dure.ui.doors import act_of
from dure.ui.tables import Column, Table, ask, show

from .. import documents, policies, queries
from ..forms import ReadTradeForm
from .deals import DEALS

PAIRS = Table(
    id="pairs",
    title=_("From whom to whom"),
    searchable=False,
    per_page=20,
    columns=(
        Column("seller", _("Seller"), sort="seller"),
        Column("seller_section", _("Section of the seller"), sort="seller_section"),
        Column("buyer", _("Buyer"), sort="buyer"),
        Column("buyer_section", _("Section of the buyer"), sort="buyer_section"),
        Column("won", _("Sum (won)"), kind="won", sort="won"),
        Column("count", _("Times"), kind="number", sort="count"),
    ),
    empty_title=_("No deals yet"),
    empty_text=_("Only what both sides confirmed is counted."),
)


class Asked:
    """The year, and of it the section and the member that the address asks for."""

    def __init__(self, request: HttpRequest) -> None:
        act = act_of(request)
        self.rows = queries.traded(act.today)
        years = queries.years_of_trade(self.rows, act.today)
        given = {name: request.GET.get(name, "") for name in ("year", "section", "member")}
        year = int(given["year"]) if given["year"] in map(str, years) else act.today.year
        self.whole = queries.trade_totals(act, year, rows=self.rows)
        self.reads_all = bool(policies.can_see_visits(act))
        self.here = (
            memberships.member_organisations(act.today)
            if self.whole.shows_all or self.reads_all
            else {}
        )
        here = self.here if self.whole.shows_all else {}
        self.names = dict(
            sorted(
                (here | {one.party_id: one.name for one in self.whole.members}).items(),
                key=lambda one: one[1],
            )
        )
        sections = sorted({one.section for one in self.whole.members if one.section})
        self.form = ReadTradeForm(
            {**given, "year": str(year)}, years=years, sections=sections, members=self.names
        )
        self.sections = parties.sections_of({*self.names, *self.here}, act.today)
        self.form.is_valid()  # what is not offered is passed over
        self.year = year
        self.section: str = self.form.cleaned_data.get("section", "")
        self.member: int | None = self.form.cleaned_data.get("member")
        self.pairs = [
            one
            for one in self.whole.pairs
            if (not self.section or self.section in (one.seller_section, one.buyer_section))
            and (not self.member or self.member in (one.seller_id, one.buyer_id))
        ]

    def visits(self, act: Act) -> list[queries.Visit]:
        """For whom they are for."""
        if not self.reads_all:
            return []
        return queries.members_to_visit(act, self.rows, self.here, self.sections)

    def picture(self, act: Act) -> charts.Picture | None:
        """Everybody where one always stands, what is asked for in colour."""
        looked_at = {(one.seller_id, one.buyer_id) for one in self.pairs}
        near = {side for pair in looked_at for side in pair}
        known = {one.party_id: one for one in self.whole.members}
        if not known:
            return None
        return charts.network(
            _now("Who trades with whom"),
            [
                charts.Node(
                    party, name, self.sections.get(party, ""), known[party].won if party in known else 0,
                    self._address(party), bool(self.section or self.member) and party not in near,
                )
                for party, name in self.names.items()
            ],
            [
                charts.Tie(
                    one.seller_id, one.buyer_id, one.won, one.count,
                    (one.seller_id, one.buyer_id) not in looked_at,
                )
                for one in self.whole.pairs
            ],
            head=(_("Seller"), _("Buyer"), _("Sum (won)"), _("Times")),
            other=_("without a section"),
        )  # fmt: skip

    def _address(self, party_id: int) -> str:
        """A press shows whose lines these are, a second one all."""
        if party_id == self.member:
            return f"{reverse('trade:trade_totals')}?year={self.year}"
        return f"{reverse('trade:trade_totals')}?year={self.year}&member={party_id}"


def trade_totals(request: HttpRequest) -> HttpResponseBase:
    """Who trades with whom, cash saved, the fund's growth, and whom to visit."""
    act = act_of(request)
    asked = Asked(request)
    figures = queries.trade_figures(act)
    chosen = next((one for one in asked.whole.members if one.party_id == asked.member), None)
    return show(
        request, PAIRS, ask(request, PAIRS), asked.pairs, "trade/trade_totals.html",
        {
            "totals": asked.whole, "form": asked.form, "picture": asked.picture(act),
            "chosen": chosen, "reads_chosen": asked.reads_all or asked.member in act.own,
            "sections": _by_section(asked.whole), "months": _by_month(asked.whole),
            "figures": figures, "saved": _saved(figures), "fund": _fund(figures),
            "reads_all": asked.reads_all, "visits": asked.visits(act),
            "registers": bool(act.holds(*policies.OFFICE)),
        },
    )  # fmt: skip


def _by_section(totals: queries.TradeTotals) -> charts.Picture | None:
    if not totals.sections:
        return None
    names = [one.name or pgettext("section", "the rest") for one in totals.sections]
    return charts.bars(
        _now("By section"), names,
        (
            charts.Series(pgettext_lazy("deal", "Sold"), tuple(one.sold_won for one in totals.sections)),
            charts.Series(pgettext_lazy("deal", "Bought"), tuple(one.bought_won for one in totals.sections)),
        ),
        axis=_("Section"),
    )  # fmt: skip


def _by_month(totals: queries.TradeTotals) -> charts.Picture | None:
    if not totals.months:
        return None
    labels = [pgettext("month", "%(month)d") % {"month": one.month} for one in totals.months]
    return charts.bars(
        _now("By month"), labels,
        [charts.Series(_("Sum"), tuple(one.won for one in totals.months))],
        axis=_("Month"),
    )  # fmt: skip


def _saved(figures: queries.TradeFigures) -> charts.Picture | None:
    if not figures.rounds:
        return None
    return charts.bars(
        _now("Cash saved by clearing"),
        [f"{one.settled_date:%y.%m.%d}" for one in figures.rounds],
        [
            charts.Series(
                _("Set off"),
                tuple(one.agreed_won for one in figures.rounds),
                tuple(reverse("trade:clearing", args=[one.id]) for one in figures.rounds),
            )
        ],
        axis=_("Settled on"),
    )


def _fund(figures: queries.TradeFigures) -> charts.Picture | None:
    if not any(one.won for one in figures.fund):
        return None
    return charts.line(
        _now("Growth of the cooperative fund"),
        [f"{one.month.year % 100:02}.{one.month.month}" for one in figures.fund],
        [charts.Series(_("Cooperative fund"), tuple(one.won for one in figures.fund))],
        axis=_("Month"),
    )


def trade_totals_pdf(request: HttpRequest) -> HttpResponse:
    """The same on paper: sums, pairs as far as one may see them, rounds, the fund, visits."""
    act = act_of(request)
    asked = Asked(request)
    made = documents.totals_pdf(
        asked.whole, asked.pairs, queries.trade_figures(act), asked.visits(act), _network(),
        act.today, act.at,
    )  # fmt: skip
    return pdf.answer(made, f"{_now('Mutual trade')}_{asked.year}.pdf")


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
    made = documents.year_pdf(told, _network(), act.today, act.at)
    return pdf.answer(made, f"{_now('Statement of mutual trade')}_{told.name}_{year}.pdf")


def _network() -> str:
    network = parties.network_profile()
    return network.name if network else ""


urlpatterns = [
    path("totals/", trade_totals, name="trade_totals"),
    path("totals/totals.pdf", trade_totals_pdf, name="trade_totals_pdf"),
    path("statements/<int:party_id>/<int:year>/", trade_statement, name="trade_statement"),
    path(
        "statements/<int:party_id>/<int:year>/statement.pdf",
        trade_statement_pdf,
        name="trade_statement_pdf",
    ),
]

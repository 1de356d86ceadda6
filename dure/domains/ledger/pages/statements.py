"""Statements: choose a fund and a span, read, click down, take along as PDF or Excel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date, datetime, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act, day_of
from dure.kernel.dates import Month, format_date
from dure.ui import files, pdf
from dure.ui.doors import act_of, page

from .. import documents, forms, policies, queries, rules
from ..documents import Sheet
from ..queries import Chart, KeptStatement

KINDS = (
    ("balance-sheet", _("Balance sheet")),
    ("activities", _("Statement of activities")),
    ("fund", _("Fund statement")),
    ("money", _("Money in and out")),
    ("trial-balance", _("Trial balance")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of a statement."""

    kind: str
    fund: str
    start: Month
    end: Month


def statements(request: HttpRequest) -> HttpResponse:
    """All kinds of statement, for the running fiscal year."""
    act = act_of(request)
    policies.can_read_books(act).enforce()
    books = queries.chart()
    return page(
        request,
        "ledger/statements.html",
        {
            "kinds": [
                {
                    "url": reverse("ledger:statement", args=[kind]),
                    "label": label,
                    "about": _ABOUT[kind],
                }
                for kind, label in KINDS
            ],
            "funds": [one for one in books.funds.values() if policies.can_read_books(act, one)],
            "year_start": _year_start(books, act),
            "today": act.today,
            "periods": [p for p in queries.periods() if p.state != rules.OPEN][:24],
        },
    )


_ABOUT = {
    "balance-sheet": _("What the network has and owes on a day."),
    "activities": _("What came in and what it was spent on, over a span of months."),
    "fund": _("What a fund had, received, gave and has."),
    "money": _("What money came into a fund, what went out for what, and what stands."),
    "trial-balance": _("All accounts with their debits, credits and balances."),
}


def statement(request: HttpRequest, kind: str) -> HttpResponseBase:
    """One statement of one fund (or all), for a span of months."""
    act = act_of(request)
    policies.can_read_books(act).enforce()
    if kind not in dict(KINDS):
        raise Http404
    books = queries.chart()
    form, asked = _asked(request, act, kind, books)
    kept = _kept(asked)
    sheet = sheet_for(books, asked, kept, act.today)
    wanted = request.GET.get("as", "")
    if wanted in ("pdf", "xlsx"):
        made_at = kept.made_at if kept else act.at
        return taken(sheet, wanted, made_at=made_at, kept=kept)
    span = {"fund": asked.fund, "start": str(asked.start), "end": str(asked.end)}
    query = urlencode({name: value for name, value in span.items() if value})
    return page(
        request,
        "ledger/statement.html",
        {
            "kind": kind,
            "sheet": sheet,
            "form": form,
            "kept": kept,
            "tabs": [
                {
                    "url": f"{reverse('ledger:statement', args=[k])}?{query}",
                    "label": label,
                    "here": k == kind,
                }
                for k, label in KINDS
            ],
            "query": query,
            "click_query": clicked_query(sheet),
            "clicks": bool(policies.can_read_entries(act)),
            "asked": asked,
            "shortcuts": _shortcuts(books, act, kind, asked),
        },
    )


def _year_start(books: Chart, act: Act) -> Month:
    return Month.of(rules.fiscal_year_start(act.today, books.fiscal_year_start_month))


def _asked(
    request: HttpRequest, act: Act, kind: str, books: Chart
) -> tuple[forms.StatementAsked, Asked]:
    """The span and fund in the address; what is missing or unreadable is the running year."""
    year, now = _year_start(books, act), Month.of(act.today)
    form = forms.StatementAsked(request.GET or None)
    form.is_valid()
    given = form.cleaned_data if form.is_bound else {}
    end = given.get("end") or now
    start = given.get("start") or (year if year <= end else end)
    if end < start:
        start = end
    asked = Asked(kind, given.get("fund") or "", start, end)
    if asked.fund:
        policies.can_read_books(act, books.fund(asked.fund)).enforce()
    if not form.is_bound:
        form = forms.StatementAsked(initial={"fund": asked.fund, "start": start, "end": end})
    form.offer(lambda fund: bool(policies.can_read_books(act, fund)))
    return form, asked


def _kept(asked: Asked) -> KeptStatement | None:
    """The kept statement of a closed month, when exactly that was asked for."""
    if asked.start != asked.end:
        return None
    month = str(asked.end)
    if not any(p.month == month and p.state != rules.OPEN for p in queries.periods()):
        return None
    kind = asked.kind.replace("-", "_")
    for kept in queries.kept_statements(month):
        if kept.kind == kind and kept.fund == asked.fund:
            return kept
    return None


def sheet_for(books: Chart, asked: Asked, kept: KeptStatement | None, today: Date) -> Sheet:
    """The statement as a sheet: from the kept bytes where a closed month was asked for."""
    name = books.fund(asked.fund).name if asked.fund else _now("All funds together")
    year = rules.fiscal_year_start(asked.end.last_date, books.fiscal_year_start_month)
    if kept is not None:
        return documents.sheet_of_kept(kept)
    span = (asked.fund, asked.start, asked.end)
    match asked.kind:
        case "balance-sheet":
            return documents.balance_sheet_sheet(
                queries.balance_sheet(asked.fund, min(asked.end.last_date, today)), name, year
            )
        case "activities":
            return documents.activities_sheet(queries.activities(*span), name)
        case "fund":
            return documents.fund_sheet(queries.statement(*span), name)
        case "money":
            return documents.money_sheet(queries.money_statement(*span), name)
    return documents.trial_balance_sheet(queries.trial_balance(*span), name)


def clicked_query(sheet: Sheet) -> str:
    """Where a click on an amount leads: the account over the days the amount is made of."""
    span = {
        "fund": sheet.fund,
        "start": str(Month.of(sheet.from_date)),
        "end": str(Month.of(sheet.until_date - timedelta(days=1))),
    }
    return urlencode({name: value for name, value in span.items() if value})


def taken(
    sheet: Sheet, ending: str, *, made_at: datetime, kept: KeptStatement | None
) -> HttpResponseBase:
    """The sheet as a file. Of a closed month always the same bytes."""
    profile = parties.network_profile()
    network = profile.name if profile else ""
    proof = proof_of(kept)
    name = documents.file_name(sheet, ending)
    if ending == "pdf":
        return pdf.answer(documents.paper(sheet, network, made_at, proof), name)
    return files.download(documents.workbook(sheet, network, made_at, proof), name)


def proof_of(kept: KeptStatement | None) -> str:
    """What a statement of a closed month says of itself, so that it can be checked."""
    if kept is None:
        return ""
    return _now("Closed %(date)s, revision %(revision)d, SHA-256 %(sha256)s") % {
        "date": format_date(day_of(kept.made_at)),
        "revision": kept.revision,
        "sha256": kept.sha256,
    }


def _shortcuts(books: Chart, act: Act, kind: str, asked: Asked) -> list[dict[str, object]]:
    """Spans people ask for: this month, last month, this fiscal year, last fiscal year."""
    now, year = Month.of(act.today), _year_start(books, act)
    before = Month.of(now.first_date - timedelta(days=1))
    spans = (
        (_("This month"), now, now),
        (_("Last month"), before, before),
        (_("This fiscal year"), year, now),
        (_("Last fiscal year"), year.plus(-12), year.plus(-1)),
    )
    found = []
    for label, start, end in spans:
        query = {"fund": asked.fund, "start": str(start), "end": str(end)}
        found.append(
            {
                "label": label,
                "url": f"{reverse('ledger:statement', args=[kind])}?{urlencode(query)}",
                "here": (start, end) == (asked.start, asked.end),
            }
        )
    return found

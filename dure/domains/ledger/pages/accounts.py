"""The chart of accounts, and the ledgers of an account or a party, line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Date, timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.refusals import NotFound
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.tables import Asked, Column, Table, ask, show, taken_along

from .. import commands, forms, policies, queries, rules
from ..queries import LedgerRow
from .paged import Paged
from .sources import source_url, source_words

CHART = Table(
    id="chart",
    title=_("Chart of accounts"),
    columns=(
        Column("code", _("Code"), lambda pair: pair[0].code, kind="id"),
        Column("name", _("Name"), lambda pair: pair[0].name),
        Column("kind", _("Kind"), lambda pair: forms.KIND_NAMES[pair[0].kind]),
        Column("balance_won", _("Balance (won)"), lambda pair: pair[0].signed(pair[1]), kind="won"),
        Column("is_active", _("In use"), lambda pair: pair[0].is_active),
    ),
)


def accounts(request: HttpRequest) -> HttpResponseBase:
    """The chart of accounts with what each holds."""
    act = act_of(request)
    policies.can_read_books(act).enforce()
    held = queries.account_balances()
    rows = [(row, held.get(row.code, 0)) for row in queries.accounts()]
    if file := taken_along(request, CHART, rows):
        return file
    groups = [
        (
            forms.KIND_NAMES[kind],
            [pair for pair in rows if pair[0].kind == kind],
        )
        for kind in rules.KINDS
    ]
    return page(
        request,
        "ledger/accounts.html",
        {
            "groups": groups,
            "clicks": bool(policies.can_read_entries(act)),
            "heads": bool(policies.can_add_account(act)),
        },
    )


def add_account(request: HttpRequest) -> HttpResponse:
    """Add an account to the chart."""
    return form_page(
        request,
        form=forms.AddAccount,
        template="ledger/add_account.html",
        call=lambda act, given: commands.add_account(act, **given),
        done=lambda account: "ledger:accounts",
        said=_("The account is added."),
        may=policies.can_add_account,
    )


def retire_account(request: HttpRequest, code: str) -> HttpResponse:
    """No longer use an account."""
    return form_page(
        request,
        form=forms.Retire,
        template="ledger/retire_account.html",
        call=lambda act, given: commands.retire_account(act, account=code),
        done=lambda account: "ledger:accounts",
        said=lambda account: _now("%(name)s is no longer used.") % {"name": account.name},
        may=policies.can_retire_account,
        context=lambda: {"account": queries.chart().account(code)},
    )


def revive_account(request: HttpRequest, code: str) -> HttpResponse:
    """Take a retired account into use again."""
    return action(
        request,
        call=lambda act: commands.revive_account(act, account=code),
        done=lambda account: "ledger:accounts",
        said=lambda account: _now("%(name)s is used again.") % {"name": account.name},
        back=("ledger:accounts",),
    )


def _entry_url(row: LedgerRow) -> str:
    return reverse("ledger:entry", args=[row.entry_id])


DATE = Column("booked_date", _("Date"), kind="id")
NUMBER = Column("number", _("No."), kind="id", link=_entry_url)
TEXT = Column("text", _("What for"), link=_entry_url)
PARTY = Column(
    "party_name",
    _("Whom it concerns"),
    link=lambda row: reverse("ledger:party_ledger", args=[row.party_id]) if row.party_id else "",
)
ACCOUNT = Column("account_name", _("Account"))
FUND = Column("fund_name", _("Fund"))
BALANCE = Column("balance_won", _("Balance"), kind="won")
STANDING_KINDS = (rules.ASSET, rules.LIABILITY, rules.NET_ASSET)  # what stays from year to year
AMOUNTS = (
    Column("debit_won", _("Debit"), lambda row: row.debit_won or None, kind="won"),
    Column("credit_won", _("Credit"), lambda row: row.credit_won or None, kind="won"),
    BALANCE,
    Column(
        "source",
        _("Cause"),
        lambda row: source_words(row.source_kind, row.source_id),
        link=lambda row: source_url(row.source_kind, row.source_id),
    ),
)

ACCOUNT_LEDGER = Table(
    id="account-ledger",
    title=_("Account ledger"),
    columns=(DATE, NUMBER, TEXT, PARTY, FUND, *AMOUNTS),
    filters=forms.StatementAsked,
    searchable=False,
    empty_title=_("Nothing moved in these months."),
)
PARTY_LEDGER = Table(
    id="party-ledger",
    title=_("Party ledger"),
    columns=(DATE, NUMBER, TEXT, ACCOUNT, FUND, *AMOUNTS),
    filters=forms.EntriesAsked,
    searchable=False,
    empty_title=_("Nothing moved in these months."),
)


def _without(table: Table, *needless: Column) -> Table:
    """The table without columns that would say the same in every row."""
    return replace(table, columns=tuple(c for c in table.columns if c not in needless))


def _without_links(table: Table) -> Table:
    """The table for readers who may not open the single entries."""
    return replace(table, columns=tuple(replace(column, link=None) for column in table.columns))


def _span(act: Act, asked: Asked, books: queries.Chart) -> tuple[Date, Date]:
    """The days asked for; without, the running fiscal year up to the end of this month. They are
    shown in the filters too, so that what is seen is what is asked."""
    start, end = asked.given.get("start"), asked.given.get("end") or Month.of(act.today)
    first = (
        start.first_date
        if start
        else rules.fiscal_year_start(end.last_date, books.fiscal_year_start_month)
    )
    until = max(end.end_date, first)
    if asked.filters is not None and not asked.filters.is_bound:
        asked.filters.initial = {"start": Month.of(first), "end": end}
    return first, until


def _books(asked: Asked) -> queries.Chart:
    """The chart that the filters have read already."""
    filters = asked.filters
    assert isinstance(filters, (forms.StatementAsked, forms.EntriesAsked))
    return filters.books


def account_ledger(request: HttpRequest, code: str) -> HttpResponseBase:
    """The lines of an account, each one click from its entry."""
    act = act_of(request)
    asked = ask(request, ACCOUNT_LEDGER)
    books = _books(asked)
    account = books.account(code)
    from_date, until_date = _span(act, asked, books)
    fund = asked.given.get("fund") or ""
    rows = Paged(
        lambda number, size: queries.account_ledger(
            act, account.code, fund, from_date, until_date, number, size, books
        ),
        asked.page,
    )
    needless = [*([] if account.is_control else [PARTY]), *([FUND] if fund else [])]
    return show(
        request,
        _without(ACCOUNT_LEDGER, *needless),
        asked,
        rows,
        "ledger/account_ledger.html",
        {
            "account": account,
            "kind_name": forms.KIND_NAMES[account.kind],
            "ledger": rows.shown,
            "last_date": until_date - timedelta(days=1),
        },
        totals=_totals(rows.shown),
    )


def party_ledger(request: HttpRequest, party_id: int) -> HttpResponseBase:
    """What stands between the network and a party, line by line."""
    act = act_of(request)
    policies.can_read_party_ledger(act, party_id).enforce()
    asked = ask(request, PARTY_LEDGER)
    books = _books(asked)
    assert isinstance(asked.filters, forms.EntriesAsked)
    asked.filters.offer(lambda fund: bool(policies.can_read_books(act, fund)))
    from_date, until_date = _span(act, asked, books)
    given = (asked.given.get("account") or "", asked.given.get("fund") or "")
    rows = Paged(
        lambda number, size: queries.party_ledger(
            act, party_id, *given, from_date, until_date, number, size, books
        ),
        asked.page,
    )
    name = rows.shown.party_name
    if not name:
        raise NotFound
    one_account = rows.shown.account is not None
    standing = queries.party_standing(party_id, books)
    table = PARTY_LEDGER if one_account else _without(PARTY_LEDGER, BALANCE)
    return show(
        request,
        table if policies.can_read_entries(act) else _without_links(table),
        asked,
        rows,
        "ledger/party_ledger.html",
        {
            "party_id": party_id,
            "party_name": name,
            "ledger": rows.shown,
            "standing": [
                {"account": books.accounts[code], "won": won}
                for code, won in standing.items()
                if books.accounts[code].kind in STANDING_KINDS
            ],
            "last_date": until_date - timedelta(days=1),
        },
        totals=_totals(rows.shown) if one_account else None,
    )


PROJECTS = Table(
    id="projects",
    title=_("Projects"),
    columns=(
        Column(
            "project",
            _("Project"),
            sort="project",
            link=lambda row: reverse("ledger:project_ledger", args=[row.project]),
        ),
        Column("income_won", _("Income"), kind="won", sort="income_won"),
        Column("expense_won", _("Expense"), kind="won", sort="expense_won"),
        Column("surplus_won", _("Surplus"), kind="won", sort="surplus_won"),
    ),
    filters=forms.SpanAsked,
    searchable=False,
    empty_title=_("No project in these months."),
    empty_text=_("Name a project when you write an entry, and it is summed up here."),
)
PROJECT_LEDGER = Table(
    id="project-ledger",
    title=_("Project ledger"),
    columns=(DATE, NUMBER, TEXT, ACCOUNT, PARTY, FUND, *(c for c in AMOUNTS if c is not BALANCE)),
    filters=forms.StatementAsked,
    searchable=False,
    empty_title=_("Nothing moved in these months."),
)


def projects(request: HttpRequest) -> HttpResponseBase:
    """What each project brought in and cost."""
    act = act_of(request)
    policies.can_read_books(act).enforce()
    asked = ask(request, PROJECTS)
    from_date, until_date = _span(act, asked, queries.chart())
    rows = queries.projects(from_date, until_date)
    return show(
        request,
        PROJECTS if policies.can_read_entries(act) else _without_links(PROJECTS),
        asked,
        rows,
        "ledger/projects.html",
        totals={
            "income_won": sum(row.income_won for row in rows),
            "expense_won": sum(row.expense_won for row in rows),
            "surplus_won": sum(row.surplus_won for row in rows),
        },
    )


def project_ledger(request: HttpRequest, project: str) -> HttpResponseBase:
    """The lines of a project over all accounts."""
    act = act_of(request)
    asked = ask(request, PROJECT_LEDGER)
    from_date, until_date = _span(act, asked, _books(asked))
    fund = asked.given.get("fund") or ""
    rows = Paged(
        lambda number, size: queries.project_ledger(
            act, project, fund, from_date, until_date, number, size
        ),
        asked.page,
    )
    return show(
        request, PROJECT_LEDGER, asked, rows, "ledger/project_ledger.html", {"project": project}
    )


def _totals(ledger: queries.LedgerPage) -> dict[str, int]:
    return {
        "debit_won": ledger.debit_won,
        "credit_won": ledger.credit_won,
        "balance_won": ledger.closing_won,
    }

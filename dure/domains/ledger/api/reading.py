"""The books over the JSON API: what is read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query

from dure.ui.api import act_of_api

from .. import policies, queries, rules
from .root import router
from .schemas import (
    BalanceOut,
    Day,
    EntriesIn,
    Id,
    KeptStatementOut,
    LedgerIn,
    MonthText,
    Name,
    PartyLedgerIn,
    SpanIn,
)


def _books(request: HttpRequest, fund: str = "") -> queries.Chart:
    return queries.books_for(act_of_api(request), fund)


@router.get("/funds", operation_id="funds", response=list[queries.FundBalance])
def funds(request: HttpRequest) -> Any:
    """All funds with what they hold."""
    act = act_of_api(request)
    policies.can_read_books(act).enforce()
    held = queries.fund_balances().values()
    return [one for one in held if policies.can_read_books(act, one)]


@router.get("/accounts", operation_id="accounts", response=list[queries.AccountRow])
def accounts(request: HttpRequest) -> Any:
    """The chart of accounts."""
    policies.can_read_books(act_of_api(request)).enforce()
    return list(queries.accounts())


@router.get("/fund-rules", operation_id="fund_rules", response=list[queries.FundRuleRow])
def fund_rules(request: HttpRequest, fund: Name = "") -> Any:
    """What the articles ask of the funds."""
    books = _books(request, fund)
    found = queries.fund_rules(fund)
    act = act_of_api(request)
    return [
        one for one in found if not one.fund or policies.can_read_books(act, books.funds[one.fund])
    ]


@router.get("/balance", operation_id="balance", response=BalanceOut)
def balance(request: HttpRequest, account: Name, fund: Name, on: Day | None = None) -> Any:
    """What an account of a fund holds, now or at the end of a day."""
    books = _books(request, fund)
    found, in_fund = books.account(account), books.fund(fund)
    return {
        "account": found.code,
        "account_name": found.name,
        "fund": in_fund.code,
        "fund_name": in_fund.name,
        "on": on,
        "balance_won": queries.balance(found.code, in_fund.code, on),
    }


@router.get("/statement", operation_id="statement", response=rules.FundStatement)
def statement(request: HttpRequest, asked: Query[SpanIn]) -> Any:
    """A fund's statement: opening, in by source, out by use, closing."""
    _books(request, asked.fund)
    return queries.statement(asked.fund, asked.from_month, asked.to_month)


@router.get("/activities", operation_id="activities", response=rules.Activities)
def activities(request: HttpRequest, asked: Query[SpanIn]) -> Any:
    """Income and expense by their nature."""
    _books(request, asked.fund)
    return queries.activities(asked.fund, asked.from_month, asked.to_month)


@router.get("/money-statement", operation_id="money_statement", response=rules.MoneyStatement)
def money_statement(request: HttpRequest, asked: Query[SpanIn]) -> Any:
    """Money in and out of a fund by what it was for, and what stands at the end."""
    _books(request, asked.fund)
    return queries.money_statement(asked.fund, asked.from_month, asked.to_month)


@router.get("/trial-balance", operation_id="trial_balance", response=rules.TrialBalance)
def trial_balance(request: HttpRequest, asked: Query[SpanIn]) -> Any:
    """All accounts with opening, debits, credits and closing."""
    _books(request, asked.fund)
    return queries.trial_balance(asked.fund, asked.from_month, asked.to_month)


@router.get("/balance-sheet", operation_id="balance_sheet", response=rules.BalanceSheet)
def balance_sheet(request: HttpRequest, on: Day, fund: Name = "") -> Any:
    """Assets, liabilities and net assets at the end of a day."""
    _books(request, fund)
    return queries.balance_sheet(fund, on)


@router.get("/accounts/{account}/lines", operation_id="account_ledger", response=queries.LedgerPage)
def account_ledger(request: HttpRequest, account: Name, asked: Query[LedgerIn]) -> Any:
    """The lines of an account, fifty a page."""
    return queries.account_ledger(
        act_of_api(request), account, asked.fund, asked.from_date, asked.until_date, asked.page
    )


@router.get("/parties/{party_id}/lines", operation_id="party_ledger", response=queries.LedgerPage)
def party_ledger(request: HttpRequest, party_id: Id, asked: Query[PartyLedgerIn]) -> Any:
    """What stands between the network and a party, fifty lines a page."""
    return queries.party_ledger(
        act_of_api(request),
        party_id,
        asked.account,
        asked.fund,
        asked.from_date,
        asked.until_date,
        asked.page,
    )


@router.get("/projects", operation_id="projects", response=list[queries.ProjectSum])
def projects(request: HttpRequest, from_date: Day, until_date: Day) -> Any:
    """What each project brought in and cost from a day to before another."""
    policies.can_read_books(act_of_api(request)).enforce()
    return list(queries.projects(from_date, until_date))


@router.get("/projects/lines", operation_id="project_ledger", response=queries.LedgerPage)
def project_ledger(request: HttpRequest, project: Name, asked: Query[LedgerIn]) -> Any:
    """The lines of a project, fifty a page."""
    return queries.project_ledger(
        act_of_api(request), project, asked.fund, asked.from_date, asked.until_date, asked.page
    )


@router.get("/entries", operation_id="entries", response=queries.EntryPage)
def entries(request: HttpRequest, asked: Query[EntriesIn]) -> Any:
    """The entries, newest first, fifty a page."""
    wanted = queries.EntryFilter(**asked.dict(exclude={"page"}))
    return queries.entries(act_of_api(request), wanted, asked.page)


@router.get("/entries/{entry_id}", operation_id="entry_card", response=queries.EntryCard)
def entry_card(request: HttpRequest, entry_id: Id) -> Any:
    """One entry with its lines and what caused it."""
    return queries.entry_card(act_of_api(request), entry_id)


@router.get("/drafts", operation_id="drafts", response=list[queries.EntryRow])
def drafts(request: HttpRequest) -> Any:
    """The drafts that wait for a second person."""
    return list(queries.drafts(act_of_api(request)))


@router.get("/periods", operation_id="periods", response=list[queries.PeriodRow])
def periods(request: HttpRequest) -> Any:
    """The months of the books, newest first."""
    policies.can_read_books(act_of_api(request)).enforce()
    return list(queries.periods())


@router.get(
    "/periods/{month}/statements", operation_id="kept_statements", response=list[KeptStatementOut]
)
def kept_statements(request: HttpRequest, month: MonthText) -> Any:
    """The statements of a closed month, byte for byte as they were kept."""
    books, act = _books(request), act_of_api(request)
    return [
        {
            "id": kept.id,
            "month": kept.month,
            "kind": kept.kind,
            "fund": kept.fund,
            "revision": kept.revision,
            "sha256": kept.sha256,
            "content": kept.content.decode(),
        }
        for kept in queries.kept_statements(month)
        if not kept.fund or policies.can_read_books(act, books.funds[kept.fund])
    ]

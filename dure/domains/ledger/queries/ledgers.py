"""Ledgers of an account or a party, line by line, each line one click from its entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from django.db import connection

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from .chart import AccountRow, Chart, FundRow, chart

ROWS_A_PAGE = 50
FEW_LINES = 5_000  # an account with so few lines is read by its own index, else by days


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line with its entry and the balance after it."""

    entry_id: int
    number: int
    booked_date: Date
    text: str
    account: str
    account_name: str
    fund: str
    fund_name: str
    party_id: int | None
    party_name: str
    project: str
    debit_won: int
    credit_won: int
    balance_won: int
    source_kind: str
    source_id: int | None


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A page of a ledger; opening and closing are those of the whole span, in won."""

    account: AccountRow | None  # None: all accounts (of a party)
    fund: FundRow | None  # None: all funds
    party_id: int | None
    party_name: str
    from_date: Date
    until_date: Date
    opening_won: int
    debit_won: int
    credit_won: int
    closing_won: int
    rows: tuple[LedgerRow, ...]
    count: int
    page: int
    pages: int


def account_ledger(
    act: Act,
    account: str,
    fund: str,
    from_date: Date,
    until_date: Date,
    page: int = 1,
    rows_a_page: int = ROWS_A_PAGE,
    books: Chart | None = None,
) -> LedgerPage:
    """The lines of an account in one fund (empty: all) from a day to before another.

    Balances stand above zero on the account's own side. Raises Denied, UnknownAccount, UnknownFund.
    """
    policies.can_read_entries(act).enforce()
    books = books or chart()
    found = books.account(account)
    in_fund = books.fund(fund) if fund else None
    where, params = "l.account_id = %s", list[Any]((found.id,))
    if in_fund:
        where, params = f"{where} AND l.fund_id = %s", [*params, in_fund.id]
    return _page(
        books,
        where,
        params,
        account=found,
        fund=in_fund,
        party_id=None,
        from_date=from_date,
        until_date=until_date,
        page=page,
        rows_a_page=rows_a_page,
        sums=_sums_of_account(found, in_fund, from_date, until_date),
        lines_first=_has_few_lines(where, params),
    )


def party_ledger(
    act: Act,
    party_id: int,
    account: str,
    fund: str,
    from_date: Date,
    until_date: Date,
    page: int = 1,
    rows_a_page: int = ROWS_A_PAGE,
    books: Chart | None = None,
) -> LedgerPage:
    """What stands between the network and a party, line by line; `account` empty: all accounts.

    Read by staff, the party itself and its representatives; a person's account read by someone else
    is logged. Raises Denied, NotFound, UnknownAccount.
    """
    policies.can_read_party_ledger(act, party_id).enforce()
    party = parties.party_card(party_id)
    if party is None:
        raise NotFound
    if party.kind == "person":
        note_read(act, party_id, "ledger.party")
    books = books or chart()
    found = books.account(account) if account else None
    in_fund = books.fund(fund) if fund else None
    where, params = "l.party_id = %s", list[Any]((party_id,))
    if found:
        where, params = f"{where} AND l.account_id = %s", [*params, found.id]
    if in_fund:
        where, params = f"{where} AND l.fund_id = %s", [*params, in_fund.id]
    return _page(
        books,
        where,
        params,
        account=found,
        fund=in_fund,
        party_id=party_id,
        from_date=from_date,
        until_date=until_date,
        page=page,
        rows_a_page=rows_a_page,
        sums=_sums_of_lines(where, params, from_date, until_date),
        lines_first=True,
    )


def project_ledger(
    act: Act,
    project: str,
    fund: str,
    from_date: Date,
    until_date: Date,
    page: int = 1,
    rows_a_page: int = ROWS_A_PAGE,
) -> LedgerPage:
    """The lines of a project in one fund (empty: all), over all accounts. Raises Denied, UnknownFund."""
    policies.can_read_entries(act).enforce()
    books = chart()
    in_fund = books.fund(fund) if fund else None
    where, params = "l.project = %s", list[Any]((project,))
    if in_fund:
        where, params = f"{where} AND l.fund_id = %s", [*params, in_fund.id]
    return _page(
        books,
        where,
        params,
        account=None,
        fund=in_fund,
        party_id=None,
        from_date=from_date,
        until_date=until_date,
        page=page,
        rows_a_page=rows_a_page,
        sums=_sums_of_lines(where, params, from_date, until_date),
        lines_first=True,
    )


def _has_few_lines(where: str, params: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM (SELECT 1 FROM ledger_line l WHERE {where} LIMIT %s) few",
            (*params, FEW_LINES + 1),
        )
        return bool(cursor.fetchone()[0] <= FEW_LINES)


_SUMS = (
    "SELECT SUM(CASE WHEN {day} < %s THEN {debit} - {credit} ELSE 0 END),"
    " SUM(CASE WHEN {day} >= %s THEN {debit} ELSE 0 END),"
    " SUM(CASE WHEN {day} >= %s THEN {credit} ELSE 0 END)"
)


def _sums_of_account(
    account: AccountRow, fund: FundRow | None, from_date: Date, until_date: Date
) -> tuple[int, int, int]:
    """Opening, debits and credits of the span, from the kept days."""
    select = _SUMS.format(day="booked_date", debit="debit_won", credit="credit_won")
    where, params = "account_id = %s", list[Any]((account.id,))
    if fund:
        where, params = f"{where} AND fund_id = %s", [*params, fund.id]
    return _three(
        f"{select} FROM ledger_daybalance WHERE {where} AND booked_date < %s",
        [from_date, from_date, from_date, *params, until_date],
    )


def _sums_of_lines(
    where: str, params: list[Any], from_date: Date, until_date: Date
) -> tuple[int, int, int]:
    """The same from the lines themselves, for a party."""
    select = _SUMS.format(
        day="e.booked_date",
        debit="(CASE WHEN l.amount_won > 0 THEN l.amount_won ELSE 0 END)",
        credit="(CASE WHEN l.amount_won < 0 THEN -l.amount_won ELSE 0 END)",
    )
    return _three(
        f"{select} FROM ledger_line l CROSS JOIN ledger_entry e WHERE e.id = l.entry_id AND {where}"
        " AND e.posted_at IS NOT NULL AND e.booked_date < %s",
        [from_date, from_date, from_date, *params, until_date],
    )


def _three(sql: str, params: list[Any]) -> tuple[int, int, int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        opening, debits, credits = (int(value or 0) for value in cursor.fetchone())
    return opening, debits, credits


def _page(
    books: Chart,
    where: str,
    params: list[Any],
    *,
    account: AccountRow | None,
    fund: FundRow | None,
    party_id: int | None,
    from_date: Date,
    until_date: Date,
    page: int,
    rows_a_page: int,
    sums: tuple[int, int, int],
    lines_first: bool,
) -> LedgerPage:
    joined = (
        "ledger_line l CROSS JOIN ledger_entry e"
        if lines_first
        else "ledger_entry e CROSS JOIN ledger_line l"
    )
    if not lines_first:  # the sign keeps SQLite from walking the whole account for each entry
        where = where.replace("l.account_id", "+l.account_id").replace("l.fund_id", "+l.fund_id")
    source = (
        f"FROM {joined} WHERE e.id = l.entry_id AND {where}"
        " AND e.posted_at IS NOT NULL AND e.booked_date >= %s AND e.booked_date < %s"
    )
    opening, debits, credits = sums
    bound: list[Any] = [*params, from_date, until_date]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) {source}", bound)
        count = int(cursor.fetchone()[0])
        pages = max(1, -(-count // rows_a_page))
        page = min(max(1, page), pages)
        skipped = (page - 1) * rows_a_page
        order = "ORDER BY e.booked_date, e.number, l.id"
        before = 0
        if skipped:
            cursor.execute(
                f"SELECT SUM(won) FROM (SELECT l.amount_won AS won {source} {order} LIMIT %s) passed",
                (*bound, skipped),
            )
            before = int(cursor.fetchone()[0] or 0)
        cursor.execute(
            "SELECT e.id, e.number, e.booked_date, e.text, l.account_id, l.fund_id, l.party_id,"
            f" l.project, l.amount_won, e.source_kind, e.source_id {source} {order}"
            " LIMIT %s OFFSET %s",
            (*bound, rows_a_page, skipped),
        )
        found = cursor.fetchall()
    names = parties.names_of({row[6] for row in found if row[6]} | ({party_id} - {None}))
    sign = account.signed(1) if account else 1
    running = opening + before
    rows = []
    for entry_id, number, day, text, account_id, fund_id, party, project, won, kind, of in found:
        running += won
        row_account, row_fund = books.accounts_by_id[account_id], books.funds_by_id[fund_id]
        rows.append(
            LedgerRow(
                entry_id,
                number,
                day if isinstance(day, Date) else Date.fromisoformat(day),
                text,
                row_account.code,
                row_account.name,
                row_fund.code,
                row_fund.name,
                party,
                names.get(party, "") if party else "",
                project or "",
                max(won, 0),
                max(-won, 0),
                sign * running,
                kind,
                of,
            )
        )
    return LedgerPage(
        account,
        fund,
        party_id,
        names.get(party_id, "") if party_id else "",
        from_date,
        until_date,
        sign * opening,
        debits,
        credits,
        sign * (opening + debits - credits),
        tuple(rows),
        count,
        page,
        pages,
    )

"""Ledgers of an account, a party or a project, line by line, each line one click from its entry.

An account may have a million lines: its sums, its pages and the balance at the top of each come from
the kept days, so that only the lines of the days on the page are read. A party or a project has few.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import accumulate
from typing import Any

from django.db import connection

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from .chart import AccountRow, Chart, FundRow, chart

ROWS_A_PAGE = 50
FEW_LINES = 20_000  # an account with so few lines is read by its own index, else by days


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
    """The lines of an account in one fund (empty: all own) from a day to before another.

    Balances stand above zero on the account's own side. Raises Denied, UnknownAccount, UnknownFund.
    """
    policies.can_read_entries(act).enforce()
    books = books or chart()
    lines = _Lines.of(books, from_date, until_date, account, fund)
    return _page(books, lines, _kept_days(lines), page, rows_a_page)


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
    lines = _Lines.of(books, from_date, until_date, account, fund, party_id=party_id)
    return _page(books, lines, _summed_lines(lines), page, rows_a_page)


def project_ledger(
    act: Act,
    project: str,
    fund: str,
    from_date: Date,
    until_date: Date,
    page: int = 1,
    rows_a_page: int = ROWS_A_PAGE,
) -> LedgerPage:
    """The lines of a project in one fund (empty: all own), over all accounts. Raises Denied, UnknownFund."""
    policies.can_read_entries(act).enforce()
    books = chart()
    lines = _Lines.of(books, from_date, until_date, "", fund, project=project)
    return _page(books, lines, _summed_lines(lines), page, rows_a_page)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Which lines: those from a day to before another that are of all that is given."""

    from_date: Date
    until_date: Date
    account: AccountRow | None
    fund: FundRow | None
    party_id: int | None
    project: str | None
    held_for_others: tuple[int, ...]  # the funds that are left out

    @classmethod
    def of(
        cls,
        books: Chart,
        from_date: Date,
        until_date: Date,
        account: str,
        fund: str,
        party_id: int | None = None,
        project: str | None = None,
    ) -> _Lines:
        return cls(
            from_date,
            until_date,
            books.account(account) if account else None,
            books.fund(fund) if fund else None,
            party_id,
            project,
            ()
            if fund or party_id
            else tuple(one.id for one in books.funds.values() if not one.is_own),
        )

    def where(self, prefix: str = "") -> tuple[str, list[Any]]:
        """The condition on their columns, without the days, and its values."""
        wanted = {
            "account_id": self.account.id if self.account else None,
            "fund_id": self.fund.id if self.fund else None,
            "party_id": self.party_id,
            "project": self.project,
        }
        given = {name: value for name, value in wanted.items() if value is not None}
        asked = [f"{prefix}{name} = %s" for name in given]
        asked += [f"{prefix}fund_id <> %s"] * len(self.held_for_others)
        return " AND ".join(asked), [*given.values(), *self.held_for_others]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines that follow each other from a day on, up to the day of the next stretch."""

    from_date: Date
    debit_won: int
    credit_won: int
    count: int


@dataclass(frozen=True, slots=True)
class _Span:
    """What the days asked for hold. `by_days`: too much to read all of it for a page."""

    opening_won: int
    stretches: Sequence[_Stretch]
    by_days: bool


def _kept_days(lines: _Lines) -> _Span:
    """Of an account: each day a stretch, as it is kept."""
    where, values = lines.where()
    before = counted = 0
    days = []
    for day, debits, credits, count in _asked(
        "SELECT CASE WHEN booked_date < %s THEN NULL ELSE booked_date END, SUM(debit_won),"
        f" SUM(credit_won), SUM(line_count) FROM ledger_daybalance WHERE {where}"
        " AND booked_date < %s GROUP BY 1 ORDER BY 1",
        [lines.from_date, *values, lines.until_date],
    ):
        counted += int(count)
        if day is None:
            before = int(debits - credits)
        else:
            days.append(_Stretch(_day(day), int(debits), int(credits), int(count)))
    return _Span(before, days, by_days=counted > FEW_LINES)


def _summed_lines(lines: _Lines) -> _Span:
    """Of a party or a project: all of it is one stretch, summed up from the lines themselves."""
    where, values = lines.where("l.")
    ((opening, debits, credits, count),) = _asked(
        "SELECT SUM(CASE WHEN e.booked_date < %s THEN l.amount_won END),"
        " SUM(CASE WHEN e.booked_date >= %s AND l.amount_won > 0 THEN l.amount_won END),"
        " SUM(CASE WHEN e.booked_date >= %s AND l.amount_won < 0 THEN -l.amount_won END),"
        " COUNT(CASE WHEN e.booked_date >= %s THEN 1 END)"
        f" FROM ledger_line l CROSS JOIN ledger_entry e WHERE e.id = l.entry_id AND {where}"
        " AND e.posted_at IS NOT NULL AND e.booked_date < %s",
        [*[lines.from_date] * 4, *values, lines.until_date],
    )
    every = _Stretch(lines.from_date, int(debits or 0), int(credits or 0), count)
    return _Span(int(opening or 0), [every], by_days=False)


def _asked(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _day(value: Date | str) -> Date:
    return value if isinstance(value, Date) else Date.fromisoformat(value)


def _page(books: Chart, lines: _Lines, span: _Span, page: int, rows_a_page: int) -> LedgerPage:
    count = sum(stretch.count for stretch in span.stretches)
    debits = sum(stretch.debit_won for stretch in span.stretches)
    credits = sum(stretch.credit_won for stretch in span.stretches)
    pages = max(1, -(-count // rows_a_page))
    page = min(max(1, page), pages)
    found = _read(lines, span, (page - 1) * rows_a_page, rows_a_page) if count else []
    names = parties.names_of({row[6] for row in found if row[6]} | ({lines.party_id} - {None}))
    sign = lines.account.signed(1) if lines.account else 1
    return LedgerPage(
        lines.account,
        lines.fund,
        lines.party_id,
        names.get(lines.party_id, "") if lines.party_id else "",
        lines.from_date,
        lines.until_date,
        sign * span.opening_won,
        debits,
        credits,
        sign * (span.opening_won + debits - credits),
        tuple(_row(books, names, sign, row) for row in found),
        count,
        page,
        pages,
    )


def _read(lines: _Lines, span: _Span, skipped: int, rows: int) -> list[tuple[Any, ...]]:
    """So many lines of the span behind the skipped ones, each with the balance after it.

    They are sought from that end of the days on the page which is nearer.
    """
    ends = list(accumulate(stretch.count for stretch in span.stretches))
    first, after = bisect_right(ends, skipped), bisect_left(ends, skipped + rows) + 1
    passed, on_page, later = (
        span.stretches[:first], span.stretches[first:after], span.stretches[after:]
    )  # fmt: skip
    balance = span.opening_won + sum(s.debit_won - s.credit_won for s in passed)
    skipped -= sum(s.count for s in passed)
    count = sum(s.count for s in on_page)
    rows = min(rows, count - skipped)
    left = count - skipped - rows
    turned = "DESC" if left < skipped else "ASC"
    # the sign keeps SQLite from walking the whole account for each entry
    held_off = span.by_days and connection.vendor == "sqlite"
    where, values = lines.where("+l." if held_off else "l.")
    tables = ["ledger_line l", "ledger_entry e"]
    in_order = f"ORDER BY e.booked_date {turned}, e.number {turned}, l.id {turned}"
    found = _asked(
        "SELECT e.id, e.number, e.booked_date, e.text, l.account_id, l.fund_id, l.party_id,"
        " l.project, e.source_kind, e.source_id, l.amount_won,"
        f" SUM(l.amount_won) OVER ({in_order} ROWS UNBOUNDED PRECEDING)"
        f" FROM {' CROSS JOIN '.join(reversed(tables) if span.by_days else tables)}"
        f" WHERE e.id = l.entry_id AND {where} AND e.posted_at IS NOT NULL"
        f" AND e.booked_date >= %s AND e.booked_date < %s {in_order} LIMIT %s OFFSET %s",
        [
            *values,
            on_page[0].from_date,
            later[0].from_date if later else lines.until_date,
            rows,
            min(left, skipped),
        ],
    )
    if turned == "ASC":
        return [(*row, balance + int(moved)) for *row, moved in found]
    balance += sum(s.debit_won - s.credit_won for s in on_page)
    return [(*row, won, balance - int(moved) + won) for *row, won, moved in reversed(found)]


def _row(books: Chart, names: dict[int, str], sign: int, found: tuple[Any, ...]) -> LedgerRow:
    entry_id, number, day, text, account_id, fund_id, party, project, kind, of, won, after = found
    account, fund = books.accounts_by_id[account_id], books.funds_by_id[fund_id]
    return LedgerRow(
        entry_id,
        number,
        _day(day),
        text,
        account.code,
        account.name,
        fund.code,
        fund.name,
        party,
        names.get(party, "") if party else "",
        project or "",
        max(won, 0),
        max(-won, 0),
        sign * after,
        kind,
        of,
    )

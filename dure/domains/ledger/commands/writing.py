"""Rows of entries and lines in as few statements as the engine allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from typing import Any

from django.db import connection

from dure.kernel.acts import Act

from .. import rules, triggers
from ..models import Entry
from ..queries.chart import Chart
from . import checking

_ENTRY_COLUMNS = (
    "booked_date, period_id, text, note_digest, source_kind, source_id, key,"
    " written_by_id, written_at, reverses_id"
)
_INSERT_ENTRY = (
    f"INSERT INTO ledger_entry ({_ENTRY_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_INSERT_LINES = (
    "INSERT INTO ledger_line (entry_id, account_id, fund_id, party_id, project, amount_won) VALUES "
)
_NEXT_NUMBER = "(SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry)"
_POST = (
    f"UPDATE ledger_entry SET number = {_NEXT_NUMBER}, posted_at = %s, posted_by_id = %s, key = %s"
    " WHERE id = %s AND posted_at IS NULL AND withdrawn_at IS NULL RETURNING id, number"
)
_NEW_ID = "currval('ledger_entry_id_seq')"
_LINE_POSTGRES = f"({_NEW_ID}, %s, %s, %s, %s, %s)"
_LINE_SQLITE = "(%s, %s, %s, %s, %s, %s)"


def _key(act: Act) -> Any:
    return act.key if connection.vendor == "postgresql" else act.key.hex


def _at(act: Act) -> Any:
    return connection.ops.adapt_datetimefield_value(act.at)


def _day(day: Date) -> Any:
    return day if connection.vendor == "postgresql" else day.isoformat()


def write_entry(
    act: Act,
    chart: Chart,
    *,
    day: Date,
    text: str,
    sides: Sequence[rules.Side],
    note_digest: str = "",
    source: rules.Source | None = None,
    reverses_id: int | None = None,
    posted: bool = True,
) -> Entry:
    """Insert an entry with its lines and, unless it is a draft, post it. Checks nothing itself."""
    accounts, funds = chart.accounts, chart.funds
    at, key = _at(act), _key(act)
    entry_row = (
        _day(day),
        rules.month_number(day),
        text,
        note_digest,
        source.kind if source else "",
        source.id if source else None,
        key,
        act.actor_id,
        at,
        reverses_id,
    )
    number: int | None = None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            params: list[Any] = [*entry_row]
            for s in sides:
                params += (
                    accounts[s.account].id, funds[s.fund].id, s.party_id, s.project, s.amount_won
                )  # fmt: skip
            lines = ", ".join([_LINE_POSTGRES] * len(sides))
            sql = f"{_INSERT_ENTRY}; {_INSERT_LINES}{lines}; "
            if posted:
                post = _POST.replace("WHERE id = %s", f"WHERE id = (SELECT {_NEW_ID})")
                with checking.posting(day):
                    cursor.execute(
                        f"{sql}{triggers.LOCK}; {post}", (*params, at, act.actor_id, key)
                    )
            else:
                cursor.execute(f"{sql}SELECT {_NEW_ID}, NULL::bigint", params)
            while cursor.nextset():
                pass
            entry_id, number = cursor.fetchone()
        else:
            cursor.execute(_INSERT_ENTRY, entry_row)
            entry_id = cursor.lastrowid
            params = []
            for s in sides:
                params += (
                    entry_id, accounts[s.account].id, funds[s.fund].id, s.party_id, s.project,
                    s.amount_won,
                )  # fmt: skip
            cursor.execute(_INSERT_LINES + ", ".join([_LINE_SQLITE] * len(sides)), params)
            if posted:
                cursor.execute(_POST, (at, act.actor_id, key, entry_id))
                number = cursor.fetchone()[1]
    entry = Entry(
        id=entry_id,
        number=number,
        booked_date=day,
        period_id=rules.month_number(day),
        text=text,
        note_digest=note_digest,
        source_kind=source.kind if source else "",
        source_id=source.id if source else None,
        key=act.key,
        written_by_id=act.actor_id,
        written_at=act.at,
        posted_by_id=act.actor_id if posted else None,
        posted_at=act.at if posted else None,
        reverses_id=reverses_id,
    )
    entry._state.adding, entry._state.db = False, connection.alias
    return entry


def post_written(act: Act, entry_id: int) -> int:
    """Post a drafted entry; its number."""
    with connection.cursor() as cursor:
        cursor.execute(_POST, (_at(act), act.actor_id, _key(act), entry_id))
        row = cursor.fetchone()
    assert row is not None, "the draft was locked and unposted"
    return int(row[1])


# -- many at once ----------------------------------------------------------------------------------

ENTRIES_AT_ONCE = 10_000

EntryRow = tuple[Date, str, "rules.Source | None", Sequence[rules.Side]]


def next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_NEXT_NUMBER[1:-1].removeprefix('SELECT ')}")
        return int(cursor.fetchone()[0])


def write_entries(act: Act, chart: Chart, rows: Sequence[EntryRow], number: int) -> None:
    """Insert and post many entries, set by set; the first gets `number`. Checks nothing itself."""
    at, key, actor = _at(act), _key(act), act.actor_id
    places = {
        (account.code, fund.code): (account.id, fund.id)
        for account in chart.accounts.values()
        for fund in chart.funds.values()
    }
    with connection.cursor() as cursor:
        ids = _take_ids(cursor, len(rows))
        entries = [
            (
                entry_id, _day(day), day.year * 100 + day.month, text, "",
                source.kind if source else "", source.id if source else None,
                key, actor, at, None,
            )
            for entry_id, (day, text, source, _sides) in zip(ids, rows, strict=True)
        ]  # fmt: skip
        lines = [
            (
                entry_id, *places[side.account, side.fund], side.party_id, side.project,
                side.amount_won,
            )
            for entry_id, row in zip(ids, rows, strict=True)
            for side in row[3]
        ]  # fmt: skip
        if connection.vendor == "postgresql":
            _copy(cursor, f"ledger_entry (id, {_ENTRY_COLUMNS})", entries)
            _copy(
                cursor,
                "ledger_line (entry_id, account_id, fund_id, party_id, project, amount_won)",
                lines,
            )
        else:
            cursor.executemany(
                f"INSERT INTO ledger_entry (id, {_ENTRY_COLUMNS})"
                f" VALUES ({', '.join(['%s'] * 11)})",
                entries,
            )
            cursor.executemany(_INSERT_LINES + _LINE_SQLITE, lines)
        contiguous = ids[-1] - ids[0] + 1 == len(ids)
        if contiguous:
            cursor.execute(
                "UPDATE ledger_entry SET number = id + %s, posted_at = %s, posted_by_id = %s"
                " WHERE id BETWEEN %s AND %s",
                (number - ids[0], at, actor, ids[0], ids[-1]),
            )
        else:  # only PostgreSQL, when another draft took an id in between
            cursor.execute(
                "UPDATE ledger_entry e SET number = n.number, posted_at = %s, posted_by_id = %s"
                " FROM (SELECT id, row_number() OVER (ORDER BY id) + %s AS number"
                "       FROM unnest(%s::bigint[]) AS id) n WHERE e.id = n.id",
                (at, actor, number - 1, ids),
            )


def _take_ids(cursor: Any, count: int) -> list[int]:
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT nextval('ledger_entry_id_seq') FROM generate_series(1, %s)", (count,)
        )
        return sorted(row[0] for row in cursor.fetchall())
    cursor.execute(
        "SELECT MAX(COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'ledger_entry'), 0),"
        " COALESCE((SELECT MAX(id) FROM ledger_entry), 0))"
    )
    first = int(cursor.fetchone()[0]) + 1
    return list(range(first, first + count))


def _copy(cursor: Any, target: str, rows: Sequence[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)

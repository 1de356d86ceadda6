"""Rows of entries and lines in as few statements as the engine allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from functools import cache
from itertools import chain
from typing import Any

from django.db import connection

from dure.kernel.acts import Act
from dure.kernel.rows import insert_rows
from dure.kernel.statements import Statement, plan_anew

from .. import rules, triggers
from ..models import Entry
from ..queries.chart import Chart
from . import checking

_ENTRY_COLUMNS = (
    "booked_date, period_id, text, note_digest, source_kind, source_id, key,"
    " written_by_id, written_at, reverses_id"
)
_LINE_COLUMNS = "entry_id, account_id, fund_id, party_id, project, amount_won"
_NEXT_NUMBER = "(SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry)"

# PostgreSQL: all of it in one trip
_WRITE = Statement(f"SELECT * FROM dure_{triggers.WRITE.name}({', '.join(['%s'] * 17)})")

# SQLite
_INSERT_ENTRY = Statement(
    f"INSERT INTO ledger_entry ({_ENTRY_COLUMNS}) VALUES ({', '.join(['%s'] * 10)}) RETURNING id"
)
_POST = Statement(
    f"UPDATE ledger_entry SET number = {_NEXT_NUMBER}, posted_at = %s, posted_by_id = %s, key = %s"
    " WHERE id = %s AND posted_at IS NULL AND withdrawn_at IS NULL RETURNING number"
)


LINES_AT_ONCE = 8


@cache
def _insert_lines(count: int) -> Statement:
    rows = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * count)
    return Statement(f"INSERT INTO ledger_line ({_LINE_COLUMNS}) VALUES {rows}")


class ChartMoved(Exception):
    """The chart in mind is no longer that of the books, or the month is not open: read them."""


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
    unread: bool = False,
) -> Entry:
    """Insert an entry with its lines and, unless it is a draft, post it. Checks nothing itself.

    `unread`: the chart was not read anew. Raises ChartMoved when it or the month is another by now.
    """
    month = rules.month_number(day)
    kind, source_id = (source.kind, source.id) if source else ("", None)
    head = (
        day, month, text, note_digest, kind, source_id, act.key, act.actor_id, act.at, reverses_id
    )  # fmt: skip
    accounts = [chart.accounts[side.account].id for side in sides]
    funds = [chart.funds[side.fund].id for side in sides]
    number: int | None = None
    if connection.vendor == "postgresql":
        with checking.posting(day):
            ((entry_id, number),) = _WRITE(
                *head,
                posted,
                accounts,
                funds,
                [side.party_id for side in sides],
                [side.project for side in sides],
                [side.amount_won for side in sides],
                chart.stamp if unread else None,
            )
        if entry_id is None:
            raise ChartMoved
    else:
        ((entry_id,),) = _INSERT_ENTRY(*head)
        lines = [
            (entry_id, account, fund, side.party_id, side.project, side.amount_won)
            for account, fund, side in zip(accounts, funds, sides, strict=True)
        ]
        for start in range(0, len(lines), LINES_AT_ONCE):
            some = lines[start : start + LINES_AT_ONCE]
            _insert_lines(len(some))(*chain.from_iterable(some))
        if posted:
            ((number,),) = _POST(act.at, act.actor_id, act.key, entry_id)
    entry = Entry(
        id=entry_id,
        number=number,
        booked_date=day,
        period_id=month,
        text=text,
        note_digest=note_digest,
        source_kind=kind,
        source_id=source_id,
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
    rows = _POST(act.at, act.actor_id, act.key, entry_id)
    assert rows, "the draft was locked and unposted"
    return int(rows[0][0])


# -- many at once ----------------------------------------------------------------------------------

ENTRIES_AT_ONCE = 10_000


def _key(act: Act) -> Any:
    return act.key if connection.vendor == "postgresql" else act.key.hex


def _at(act: Act) -> Any:
    return connection.ops.adapt_datetimefield_value(act.at)


EntryRow = tuple[Date, str, "rules.Source | None", Sequence[rules.Side]]


def next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_NEXT_NUMBER}")
        return int(cursor.fetchone()[0])


def write_entries(act: Act, chart: Chart, rows: Sequence[EntryRow], number: int) -> None:
    """Insert and post many entries, set by set; the first gets `number`. Checks nothing itself."""
    at, actor = str(_at(act)), act.actor_id
    plan_anew()
    with connection.cursor() as cursor:
        ids = _take_ids(cursor, len(rows))
        if connection.vendor == "postgresql":
            _copy_rows(cursor, act, chart, ids, rows)
        else:
            _insert_rows(act, chart, ids, rows)
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


def _places(chart: Chart) -> dict[tuple[str, str], tuple[int, int]]:
    return {
        (account.code, fund.code): (account.id, fund.id)
        for account in chart.accounts.values()
        for fund in chart.funds.values()
    }


def _insert_rows(act: Act, chart: Chart, ids: list[int], rows: Sequence[EntryRow]) -> None:
    """On SQLite."""
    at, key, actor, places = _at(act), _key(act), act.actor_id, _places(chart)
    days = {day: (day.isoformat(), rules.month_number(day)) for day in {row[0] for row in rows}}
    entries = [
        (
            entry_id, *days[day], text, "",
            source.kind if source else "", source.id if source else None, key, actor, at, None,
        )
        for entry_id, (day, text, source, _sides) in zip(ids, rows, strict=True)
    ]  # fmt: skip
    lines = [
        (entry_id, *places[s.account, s.fund], s.party_id, s.project, s.amount_won)
        for entry_id, row in zip(ids, rows, strict=True)
        for s in row[3]
    ]
    insert_rows("ledger_entry", ["id", *_ENTRY_COLUMNS.split(", ")], entries)
    insert_rows("ledger_line", _LINE_COLUMNS.split(", "), lines)


_NULL = "\\N"
_COPY_SPECIAL = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copy_rows(
    cursor: Any, act: Act, chart: Chart, ids: list[int], rows: Sequence[EntryRow]
) -> None:
    """On PostgreSQL, in COPY's own text: the driver's row by row costs as much as the server."""
    tail = f"{_key(act)}\t{_or_null(act.actor_id)}\t{_at(act)}\t{_NULL}\n"
    places = {place: f"{pair[0]}\t{pair[1]}" for place, pair in _places(chart).items()}
    days = {day: f"{day}\t{rules.month_number(day)}" for day in {row[0] for row in rows}}
    texts = {text: text.translate(_COPY_SPECIAL) for text in {row[1] for row in rows}}
    entries = [
        f"{entry_id}\t{days[day]}\t{texts[text]}\t\t"
        f"{_or_null(source.kind) if source else ''}\t{source.id if source else _NULL}\t{tail}"
        for entry_id, (day, text, source, _sides) in zip(ids, rows, strict=True)
    ]
    lines = [
        f"{entry_id}\t{places[s.account, s.fund]}\t{_or_null(s.party_id)}\t"
        f"{_or_null(s.project)}\t{s.amount_won}\n"
        for entry_id, row in zip(ids, rows, strict=True)
        for s in row[3]
    ]
    with cursor.copy(f"COPY ledger_entry (id, {_ENTRY_COLUMNS}) FROM STDIN") as copy:
        copy.write("".join(entries))
    with cursor.copy(f"COPY ledger_line ({_LINE_COLUMNS}) FROM STDIN") as copy:
        copy.write("".join(lines))


def _or_null(value: int | str | None) -> int | str:
    if value is None:
        return _NULL
    return value.translate(_COPY_SPECIAL) if type(value) is str else value

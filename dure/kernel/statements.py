"""Statements said so often that they are prepared once and sent straight, on both engines.

On the way of a posting the ORM's cursor costs more than the database does. A `Statement` goes past
it: to sqlite3 itself, or to libpq as a prepared statement (PgBouncer: 1.21 or newer, with
max_prepared_statements). It runs on Django's connection and in its transaction, raises Django's
errors, and takes Django's own way whenever somebody listens there (a test counting queries, DEBUG).

To PostgreSQL several travel in one trip: BEGIN with the first one, what may wait (`later`) with the
next one, and the last one (`and_commit`) with COMMIT. Nothing waits inside a savepoint, since only
the whole transaction may take it back, and what waits is in order before anything said later.
"""

from __future__ import annotations

import re
import select
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]

_names = count(1)


class Statement:
    """SQL with `%s` for each value. Calling it with the values answers with its rows.

    Values are str, int, bool, None, day, moment and UUID; on PostgreSQL lists of those too. Columns
    come back as int, bool, str or None.
    """

    def __init__(self, sql: str) -> None:
        self.sql = sql
        numbers = count(1)
        self.sqlite = sql.replace("%s", "?")
        self.postgresql = re.sub("%s", lambda _: f"${next(numbers)}", sql).encode()
        self.name = b"dure_%d" % next(_names)

    def __call__(self, *values: Any) -> list[Row]:
        db = connections[DEFAULT_DB_ALIAS]
        link = _link(db)
        if link is None:
            return self._ask_here(db, values)
        with db.wrap_database_errors:
            return link.ask(db, [(self, values)], also_waiting=not any(db.savepoint_ids))

    def later(self, *values: Any) -> None:
        """Run it before the transaction ends; it may travel with another statement."""
        db = connections[DEFAULT_DB_ALIAS]
        link = None if any(db.savepoint_ids) else _link(db)
        if link is None:
            self(*values)
        else:
            link.waiting.append((self, values))

    def and_commit(self, *values: Any) -> None:
        """Run it last in the transaction; where that is ours to end, it travels with COMMIT."""
        db = connections[DEFAULT_DB_ALIAS]
        ours = len(db.atomic_blocks) == 1 and not db.savepoint_ids and db.commit_on_exit
        link = _link(db) if ours else None
        if link is None:
            self(*values)
            return
        with db.wrap_database_errors:
            link.ask(db, [(self, values), (_COMMIT, ())])

    def _ask_here(self, db: BaseDatabaseWrapper, values: Sequence[Any]) -> list[Row]:
        """Straight to sqlite3, else by Django's cursor."""
        if db.vendor == "sqlite":
            plain = _FOR_SQLITE.get
            values = [make(value) if (make := plain(type(value))) else value for value in values]
            if not _somebody_listens(db):
                with db.wrap_database_errors:
                    rows: list[Row] = db.connection.execute(self.sqlite, values).fetchall()
                return rows
        with db.cursor() as cursor:
            cursor.execute(self.sql, values)
            return cursor.fetchall() if cursor.description else []


Job = tuple[Statement, Sequence[Any]]

_BEGIN, _COMMIT = Statement("BEGIN"), Statement("COMMIT")


def forget_waiting() -> None:
    """After a transaction was taken back: what waited for its end will not be run."""
    connection = connections[DEFAULT_DB_ALIAS].connection
    if connection is not None and connection in _links:
        _links[connection].waiting.clear()


def plan_anew() -> None:
    """Before very many rows are written: PostgreSQL keeps the way it looks up a foreign key for as long
    as the connection lives, and reads a whole table for each row if the table was small at first.
    """
    db = connections[DEFAULT_DB_ALIAS]
    if db.vendor == "postgresql":
        with db.cursor() as cursor:
            cursor.execute("DISCARD PLANS")


def _somebody_listens(db: BaseDatabaseWrapper) -> bool:
    return bool(db.connection is None or db.queries_logged or db.execute_wrappers)


# -- PostgreSQL, by libpq's pipeline ---------------------------------------------------------------

_links: WeakKeyDictionary[Any, _Link] = WeakKeyDictionary()
_IDLE, _TUPLES_OK, _SOUND = 0, 2, (1, 2)  # libpq's PQTRANS_IDLE, PGRES_TUPLES_OK, …COMMAND_OK


def _link(db: BaseDatabaseWrapper) -> _Link | None:
    """The way to PostgreSQL; None on SQLite, and where somebody listens to Django's cursor."""
    db.validate_no_broken_transaction()
    if db.vendor == "sqlite" or _somebody_listens(db):
        return None
    found = _links.get(db.connection)
    if found is None:
        found = _links[db.connection] = _Link(db.connection)
    return found


class _Link:
    """What is known of one connection: which statements it has prepared, and which wait."""

    def __init__(self, connection: Any) -> None:
        self.pgconn = connection.pgconn
        self.prepared: set[bytes] = set()
        self.waiting: list[Job] = []
        self.poll = select.poll()
        self.poll.register(self.pgconn.socket, select.POLLIN)

    def ask(self, db: BaseDatabaseWrapper, jobs: list[Job], also_waiting: bool = True) -> list[Row]:
        """Send the statements in one trip, behind those that wait; the rows of the last that has any."""
        pgconn = self.pgconn
        if also_waiting and self.waiting:
            jobs = [*self.waiting, *jobs]
            self.waiting.clear()
        if db.in_atomic_block and pgconn.transaction_status == _IDLE:
            jobs.insert(0, (_BEGIN, ()))
        for statement, _values in jobs:
            if statement.name not in self.prepared:
                _sound(pgconn.prepare(statement.name, statement.postgresql))
                self.prepared.add(statement.name)
        given = [(job.name, [_bytes(value) for value in values]) for job, values in jobs]
        pgconn.enter_pipeline_mode()
        try:
            for name, values in given:
                pgconn.send_query_prepared(name, values)
            pgconn.pipeline_sync()
            while pgconn.flush():  # more than the socket takes at once
                select.select([pgconn.socket], [pgconn.socket], [])
                pgconn.consume_input()
            results = [self._result() for _ in range(2 * len(given) + 1)][: 2 * len(given) : 2]
        finally:
            pgconn.exit_pipeline_mode()
        for result in results:
            _sound(result)
        return next((_rows(one) for one in reversed(results) if one.status == _TUPLES_OK), [])

    def _result(self) -> Any:
        """The next result; waits outside of Python's lock, since others may have to go on first."""
        pgconn = self.pgconn
        while pgconn.is_busy():
            self.poll.poll()
            pgconn.consume_input()
        return pgconn.get_result()


def _rows(result: Any) -> list[Row]:
    readers = [_READERS.get(result.ftype(i), _text) for i in range(result.nfields)]
    return [
        tuple(
            None if (value := result.get_value(row, i)) is None else read(value)
            for i, read in enumerate(readers)
        )
        for row in range(result.ntuples)
    ]


def _sound(result: Any) -> None:
    if result.status not in _SOUND:
        from psycopg.errors import error_from_result

        raise error_from_result(result)


# -- values ----------------------------------------------------------------------------------------

_FOR_SQLITE: dict[type, Callable[[Any], Any]] = {
    UUID: lambda value: value.hex,
    date: date.isoformat,
    datetime: lambda value: str(value.astimezone(UTC).replace(tzinfo=None)),
}


def _text(value: bytes) -> str:
    return value.decode()


# by PostgreSQL's number of the type: bool, bigint, smallint, integer
_READERS: dict[int, Callable[[bytes], Any]] = {16: b"t".__eq__, 20: int, 21: int, 23: int}


def _bytes(value: Any) -> bytes | None:
    """As PostgreSQL reads it in its text format."""
    if value is None:
        return None
    kind = type(value)
    if kind is int:
        return b"%d" % value
    if kind is str:
        return _whole(value.encode())
    if kind is bool:
        return b"t" if value else b"f"
    if kind is UUID:
        return b"%032x" % value.int
    if kind is datetime or kind is date:
        return str(value.isoformat()).encode()
    assert kind is list, kind
    return b"{%s}" % b",".join(map(_element, value))


def _element(value: Any) -> bytes:
    if value is None:
        return b"NULL"
    if type(value) is str:
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return b'"%s"' % _whole(quoted.encode())
    return _bytes(value) or b"NULL"


def _whole(text: bytes) -> bytes:
    if b"\0" in text:  # libpq would stop reading there
        from psycopg import DataError

        raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return text

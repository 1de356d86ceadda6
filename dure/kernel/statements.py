"""Statements said so often that they are prepared once and sent straight, on both engines.

On the way of a posting the ORM's cursor costs more than the database does. A `Statement` goes past
it: to sqlite3 itself, or to libpq as a prepared statement (PgBouncer: 1.21 or newer, with
max_prepared_statements). It runs on Django's connection and in its transaction, raises Django's
errors, and takes Django's own way whenever somebody listens there (a test counting queries, DEBUG).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.pq.abc import PGresult

Row = tuple[Any, ...]

_names = count(1)
_prepared: WeakKeyDictionary[Any, set[bytes]] = WeakKeyDictionary()  # connection → names it knows


class Statement:
    """SQL with `%s` for each value. Calling it with the values answers with its rows.

    Values are str, int, bool, None, day, moment and UUID; on PostgreSQL lists of those too. Columns
    come back as int, bool, str or None. What is written must be committed by a command.
    """

    def __init__(self, sql: str) -> None:
        self.sql = sql
        numbers = count(1)
        self._sqlite = sql.replace("%s", "?")
        self._postgresql = re.sub("%s", lambda _: f"${next(numbers)}", sql).encode()
        self._name = b"dure_%d" % next(_names)

    def __call__(self, *values: Any) -> list[Row]:
        db = connections[DEFAULT_DB_ALIAS]
        db.validate_no_broken_transaction()
        sqlite = db.vendor == "sqlite"
        if sqlite:
            values = tuple(_FOR_SQLITE.get(type(value), _as_it_is)(value) for value in values)
        if db.connection is None or db.queries_logged or db.execute_wrappers:
            with db.cursor() as cursor:
                cursor.execute(self.sql, values)
                return cursor.fetchall() if cursor.description else []
        with db.wrap_database_errors:
            if sqlite:
                rows: list[Row] = db.connection.execute(self._sqlite, values).fetchall()
                return rows
            return self._ask_libpq(db.connection, values)

    def _ask_libpq(self, connection: Connection[Any], values: Sequence[Any]) -> list[Row]:
        from psycopg.pq import TransactionStatus

        pgconn = connection.pgconn
        if not connection.autocommit and pgconn.transaction_status == TransactionStatus.IDLE:
            _sound(pgconn.exec_(b"BEGIN"))
        known = _prepared.get(connection)
        if known is None:
            known = _prepared[connection] = set()
        if self._name not in known:
            _sound(pgconn.prepare(self._name, self._postgresql))
            known.add(self._name)
        given: Any = [_bytes(value) for value in values]
        result = _sound(pgconn.exec_prepared(self._name, given))
        if not result.nfields:
            return []
        readers = [_READERS.get(result.ftype(i), _text) for i in range(result.nfields)]
        return [
            tuple(
                None if (value := result.get_value(row, i)) is None else read(value)
                for i, read in enumerate(readers)
            )
            for row in range(result.ntuples)
        ]


def _as_it_is(value: Any) -> Any:
    return value


_FOR_SQLITE: dict[type, Callable[[Any], Any]] = {
    UUID: lambda value: value.hex,
    date: date.isoformat,
    datetime: lambda value: str(value.astimezone(UTC).replace(tzinfo=None)),
}


def _text(value: bytes) -> str:
    return value.decode()


# by PostgreSQL's type number: bool, bigint, smallint, integer
_READERS: dict[int, Callable[[bytes], Any]] = {16: b"t".__eq__, 20: int, 21: int, 23: int}


def _bytes(value: Any) -> bytes | None:
    """As PostgreSQL reads it in its text format."""
    kind = type(value)
    if value is None:
        return None
    if kind is str:
        return _whole(value.encode())
    if kind is int:
        return b"%d" % value
    if kind is bool:
        return b"t" if value else b"f"
    if kind is datetime or kind is date:
        return str(value.isoformat()).encode()
    if kind is list:
        return b"{%s}" % b",".join(map(_element, value))
    return str(value).encode()


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


def _sound(result: PGresult) -> PGresult:
    from psycopg.errors import error_from_result
    from psycopg.pq import ExecStatus

    if result.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        raise error_from_result(result)
    return result

"""Every row that was asked for, as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from ..files import csv_stream, download, xlsx_stream
from .asking import Asked, Column, Table, ask
from .rows import chunks_of, type_rows
from .saying import taken


def exported(
    table: Table, asked: Asked, rows: type_rows, dress: Callable[[list[Any]], Iterable[Any]] | None
) -> HttpResponseBase:
    columns = [column for column in table.columns if column.exported]
    heads = [str(column.label) for column in columns]  # now: a stream outlives the language
    name = f"{table.title}.{asked.export}"
    body = _taken_rows(columns, rows, dress)
    if asked.export == "csv":
        return download(csv_stream(heads, body), name)
    return download(xlsx_stream(heads, body, title=str(table.title)), name)


def taken_along(request: HttpRequest, table: Table, rows: type_rows) -> HttpResponseBase | None:
    """The file that the address asks for (`?as=xlsx`), for lists that are drawn by hand; or None."""
    asked = ask(request, table)
    return exported(table, asked, rows, None) if asked.export else None


def _taken_rows(
    columns: Sequence[Column], rows: type_rows, dress: Callable[[list[Any]], Iterable[Any]] | None
) -> Iterator[list[Any]]:
    for chunk in chunks_of(rows):
        for thing in dress(chunk) if dress else chunk:
            yield [taken(column.kind, column.of(thing)) for column in columns]

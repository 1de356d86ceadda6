"""Rows, wherever they come from: a queryset, a list, or a query that pages by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from .asking import PAGE_MAX, Asked, Table

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Paged:
    """Rows of a query that pages by itself: `fetch(page, rows_a_page)` answers with an object that
    has `rows` and `count`. Sorting is then the query's own affair (give it `asked.sort`)."""

    fetch: Callable[[int, int], Any]

    def part(self, page: int, rows_a_page: int) -> tuple[int, Sequence[Any]]:
        found = self.fetch(page, rows_a_page)
        return found.count, found.rows


type_rows = QuerySet[Any] | Sequence[Any] | Paged


def part_of(rows: type_rows, page: int, per_page: int) -> tuple[int, int, list[Any]]:
    """How many rows there are, the page that is there to show, and its rows."""
    if isinstance(rows, Paged):
        count, found = rows.part(page, per_page)
        last = max(1, -(-count // per_page))
        if page > last:
            count, found = rows.part(last, per_page)
        return count, min(page, last), list(found)
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    page = min(page, max(1, -(-count // per_page)))
    first = (page - 1) * per_page
    return count, page, list(rows[first : first + per_page]) if count else []


def ordered(table: Table, asked: Asked, rows: type_rows) -> type_rows:
    column = table.column(asked.sort.removeprefix("-"))
    if column is None or not column.sort or isinstance(rows, Paged):
        return rows
    if isinstance(rows, QuerySet):
        return rows.order_by(*asked.order)
    present = [row for row in rows if column.of(row) is not None]
    absent = [row for row in rows if column.of(row) is None]
    return sorted(present, key=column.of, reverse=asked.sort.startswith("-")) + absent


def chunks_of(rows: type_rows) -> Iterator[list[Any]]:
    if isinstance(rows, Paged):
        for page in range(1, PAGE_MAX):
            count, part = rows.part(page, CHUNK)
            if part:
                yield list(part)
            if page * CHUNK >= count:
                return
        return
    source = iter(rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else rows)
    while chunk := list(islice(source, CHUNK)):
        yield chunk

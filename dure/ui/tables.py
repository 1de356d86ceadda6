"""Lists: what the address asks, which rows answer, and how they are shown or taken along.

1. A module says once what its list is: a `Table` of `Column`s.
2. `ask(request, table)` reads search, filters, sort and page from the address; what is not
   offered there (an unknown sort, a page of letters) is passed over, never an error.
3. The room's query narrows by `asked.search` and `asked.given` and returns a queryset, or a list
   of dataclasses.
4. `show(...)` sorts, counts, slices and renders; with `?as=csv` or `?as=xlsx` it streams every
   row that was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _now
from django.utils.translation import pgettext

from dure.kernel import dates, money
from dure.kernel.acts import SEOUL
from dure.kernel.refusals import type_text

from .doors import page as render_page
from .files import csv_stream, download, xlsx_stream

PAGE_MAX = 100_000  # nobody turns that many pages; a deeper offset is a mistake or an attack
SEARCH_MAX = 100
CHUNK = 2_000
NUMERIC = {"won", "number"}
EXPORTS = {"csv": "CSV", "xlsx": "Excel"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in the address, its head, where its value comes from, how it is said.

    kind: text, won, number, day, month, moment, id (text even when it looks like a number),
    ratio (a pair of ints). `sort` names the ORM field(s), empty means not sortable; for plain
    rows any non-empty text makes it sortable by value.
    """

    key: str
    label: type_text
    value: str | Callable[[Any], Any] = ""
    kind: str = "text"
    sort: str | tuple[str, ...] = ""
    link: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    shown: bool = True  # False: only in exports
    exported: bool = True

    def of(self, row: Any) -> Any:
        if callable(self.value):
            return self.value(row)
        found = row
        for name in (self.value or self.key).split("."):
            found = found[name] if isinstance(found, Mapping) else getattr(found, name, None)
            if found is None:
                return None
        return found


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    title: type_text
    columns: tuple[Column, ...]
    sort: str = ""
    filters: type[forms.Form] | None = None
    searchable: bool = True
    per_page: int = 50
    exports: tuple[str, ...] = ("xlsx", "csv")
    empty_title: type_text = ""
    empty_text: type_text = ""
    empty_url: str = ""
    empty_action: type_text = ""

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of a list."""

    table: Table
    search: str
    given: Mapping[str, Any]
    filters: forms.Form | None
    sort: str  # a column key, "-" before it for descending; "" for the query's own order
    sort_given: str
    page: int
    export: str
    address: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, ...]:
        """The ORM order of this sort, ended by the primary key so that pages never overlap."""
        column = self.table.column(self.sort.removeprefix("-"))
        if column is None or not column.sort:
            return ()
        names = (column.sort,) if isinstance(column.sort, str) else column.sort
        minus = self.sort.startswith("-")
        turned = tuple(_turned(name) if minus else name for name in names)
        return (*turned, "-pk" if minus else "pk")

    @property
    def narrowed(self) -> bool:
        return bool(
            self.search or any(value not in (None, "", [], ()) for value in self.given.values())
        )


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def ask(request: HttpRequest, table: Table) -> Asked:
    """Read search, filters, sort, page and export from the address."""
    asks = request.GET
    form = None
    given: Mapping[str, Any] = {}
    if table.filters is not None:
        form = table.filters(asks or None)
        if form.is_bound:
            form.is_valid()
            given = {name: form.cleaned_data.get(name) for name in form.fields}
    sort_given = asks.get("sort", "")
    column = table.column(sort_given.removeprefix("-"))
    if column is None or not column.sort:
        sort_given = ""
    number = asks.get("page", "1")
    page = int(number) if re.fullmatch(r"[0-9]{1,6}", number) else 1
    export = asks.get("as", "")
    search = (
        " ".join(asks.get("q", "").replace("\x00", "").split())[:SEARCH_MAX]
        if table.searchable
        else ""
    )
    return Asked(
        table,
        search,
        given,
        form,
        sort_given or table.sort,
        sort_given,
        min(max(page, 1), PAGE_MAX),
        export if export in table.exports else "",
        {name: asks.getlist(name) for name in asks},
    )


# -- saying a value --------------------------------------------------------------------------


def said(kind: str, value: Any) -> str:
    """A cell as people read it."""
    match value:
        case None:
            return ""
        case bool():
            return _now("yes") if value else _now("no")
        case datetime():
            local = value.astimezone(SEOUL)
            return f"{local:%Y-%m-%d}" if kind == "day" else f"{local:%Y-%m-%d %H:%M}"
        case date():
            return dates.format_date(value) if kind == "day" else value.isoformat()
        case dates.Month():
            return dates.format_month(value)
        case int() if kind in NUMERIC:
            return money.format_number(value)
        case (int(), int()) if kind == "ratio":
            return _percent(value)
    return str(value)


def _percent(pair: tuple[int, int]) -> str:
    part, whole = pair
    if not whole:
        return "–"
    tenths = (abs(part) * 2000 + abs(whole)) // (abs(whole) * 2)
    sign = "-" if (part < 0) != (whole < 0) and tenths else ""
    return f"{sign}{tenths // 10:,}.{tenths % 10}%"


def taken(kind: str, value: Any) -> Any:
    """A cell as a file takes it along: numbers as numbers, days as ISO text, ids as text."""
    match value:
        case None:
            return ""
        case bool():
            return _now("yes") if value else _now("no")
        case int() if kind in NUMERIC:
            return value
        case datetime():
            return (
                f"{value.astimezone(SEOUL):%Y-%m-%d %H:%M}"
                if kind != "day"
                else f"{value.astimezone(SEOUL):%Y-%m-%d}"
            )
        case date():
            return value.isoformat()
        case (int(), int()) if kind == "ratio":
            return _percent(value)
    return str(value)


# -- showing ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    label: str
    numeric: bool
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    label: str
    numeric: bool = False
    url: str = ""
    tone: str = ""
    names: bool = False  # the cell that names its row


@dataclass(frozen=True, slots=True)
class PageLink:
    text: str
    url: str = ""
    here: bool = False
    rel: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list ready for `{% listing %}`."""

    id: str
    title: type_text
    path: str
    asked: Asked
    count: int
    page: int
    pages: int
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    items: tuple[Any, ...]  # the same rows as things, for templates that draw them otherwise
    links: tuple[PageLink, ...]
    exports: tuple[tuple[str, str, str], ...]
    totals: tuple[Cell, ...] = ()
    searchable: bool = True
    filters: forms.Form | None = None
    empty_title: type_text = ""
    empty_text: type_text = ""
    empty_url: str = ""
    empty_action: type_text = ""


@dataclass(frozen=True, slots=True)
class Paged:
    """Rows of a query that pages by itself: `fetch(page, rows_a_page)` answers with an object that
    has `rows` and `count`. Sorting is then the query's own affair (give it `asked.sort`)."""

    fetch: Callable[[int, int], Any]

    def part(self, page: int, rows_a_page: int) -> tuple[int, Sequence[Any]]:
        found = self.fetch(page, rows_a_page)
        return found.count, found.rows


type_rows = QuerySet[Any] | Sequence[Any] | Paged


def show(
    request: HttpRequest,
    table: Table,
    asked: Asked,
    rows: type_rows,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    totals: Mapping[str, Any] | None = None,
    dress: Callable[[list[Any]], Iterable[Any]] | None = None,
    part: str = "ui/_listing.html",
) -> HttpResponseBase:
    """The list as a page, its part for htmx, or the file that was asked for.

    `dress` turns one page of rows into what the columns read (names fetched in one query);
    in exports it is called chunk by chunk. `totals` maps column keys to sums over all rows.
    """
    if asked.export:
        return _exported(table, asked, _ordered(table, asked, rows), dress)
    shown = listing(request, table, asked, rows, totals=totals, dress=dress)
    return render_page(request, template, {**(context or {}), "listing": shown}, part=part)


def listing(
    request: HttpRequest,
    table: Table,
    asked: Asked,
    rows: type_rows,
    *,
    totals: Mapping[str, Any] | None = None,
    dress: Callable[[list[Any]], Iterable[Any]] | None = None,
) -> Listing:
    """One page of the list. Two queries for a queryset: the count and the slice."""
    ordered = _ordered(table, asked, rows)
    count, page, things = _part(ordered, asked.page, table.per_page)
    pages = max(1, -(-count // table.per_page))
    things = list(dress(things)) if dress else things
    columns = [column for column in table.columns if column.shown]
    naming = next((column for column in columns if column.link), columns[0])
    return Listing(
        id=table.id,
        title=table.title,
        path=request.path,
        asked=asked,
        count=count,
        page=page,
        pages=pages,
        heads=tuple(_head(request, asked, column) for column in columns),
        rows=tuple(
            tuple(_cell(column, thing, column is naming) for column in columns) for thing in things
        ),
        items=tuple(things),
        links=tuple(_links(request, asked, page, pages)),
        exports=tuple(
            (kind, EXPORTS[kind], _address(request, asked, **{"as": kind, "page": None}))
            for kind in table.exports
        )
        if count
        else (),
        totals=_totals(columns, totals),
        searchable=table.searchable,
        filters=asked.filters if asked.filters is not None else None,
        empty_title=table.empty_title,
        empty_text=table.empty_text,
        empty_url=table.empty_url,
        empty_action=table.empty_action,
    )


def _part(rows: type_rows, page: int, per_page: int) -> tuple[int, int, list[Any]]:
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


def _ordered(table: Table, asked: Asked, rows: type_rows) -> type_rows:
    column = table.column(asked.sort.removeprefix("-"))
    if column is None or not column.sort or isinstance(rows, Paged):
        return rows
    if isinstance(rows, QuerySet):
        return rows.order_by(*asked.order)
    present = [row for row in rows if column.of(row) is not None]
    absent = [row for row in rows if column.of(row) is None]
    return sorted(present, key=column.of, reverse=asked.sort.startswith("-")) + absent


def _cell(column: Column, thing: Any, names: bool) -> Cell:
    return Cell(
        text=said(column.kind, column.of(thing)),
        label=str(column.label),
        numeric=column.kind in NUMERIC or column.kind == "ratio",
        url=column.link(thing) if column.link else "",
        tone=column.tone(thing) if column.tone else "",
        names=names,
    )


def _head(request: HttpRequest, asked: Asked, column: Column) -> Head:
    numeric = column.kind in NUMERIC or column.kind == "ratio"
    if not column.sort:
        return Head(str(column.label), numeric)
    state = {column.key: "ascending", f"-{column.key}": "descending"}.get(asked.sort, "")
    turn = f"-{column.key}" if state == "ascending" else column.key
    return Head(str(column.label), numeric, _address(request, asked, sort=turn, page=None), state)


def _totals(columns: Sequence[Column], totals: Mapping[str, Any] | None) -> tuple[Cell, ...]:
    if not totals:
        return ()
    cells = [
        Cell(
            said(c.kind, totals[c.key]) if c.key in totals else "", str(c.label), c.kind in NUMERIC
        )
        for c in columns
    ]
    return (Cell(pgettext("sum of a table", "Total"), ""), *cells[1:])


def _address(request: HttpRequest, asked: Asked, **changes: str | None) -> str:
    query = request.GET.copy()
    query.pop("as", None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    text = query.urlencode()
    return f"{request.path}?{text}" if text else request.path


def _links(request: HttpRequest, asked: Asked, page: int, pages: int) -> Iterator[PageLink]:
    if pages == 1:
        return

    def to(number: int) -> str:
        return _address(request, asked, page=str(number) if number > 1 else None)

    if page > 1:
        yield PageLink("‹", to(page - 1), rel="prev", about=_now("Previous page"))
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    last = 0
    for number in near:
        if number - last > 1:
            yield PageLink("…")
        yield PageLink(f"{number:,}", to(number) if number != page else "", here=number == page)
        last = number
    if page < pages:
        yield PageLink("›", to(page + 1), rel="next", about=_now("Next page"))


# -- taking along ----------------------------------------------------------------------------


def _exported(
    table: Table, asked: Asked, rows: type_rows, dress: Callable[[list[Any]], Iterable[Any]] | None
) -> HttpResponseBase:
    columns = [column for column in table.columns if column.exported]
    heads = [str(column.label) for column in columns]  # now: a stream outlives the language
    name = f"{table.title}.{asked.export}"
    body = _taken_rows(columns, rows, dress)
    if asked.export == "csv":
        return download(csv_stream(heads, body), name)
    return download(xlsx_stream(heads, body, title=str(table.title)), name)


def _taken_rows(
    columns: Sequence[Column], rows: type_rows, dress: Callable[[list[Any]], Iterable[Any]] | None
) -> Iterator[list[Any]]:
    for chunk in _chunks(rows):
        for thing in dress(chunk) if dress else chunk:
            yield [taken(column.kind, column.of(thing)) for column in columns]


def _chunks(rows: type_rows) -> Iterator[list[Any]]:
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

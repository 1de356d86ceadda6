"""One page of a list, ready for `{% listing %}`, its part for htmx, or the file asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _now, pgettext

from dure.kernel.refusals import type_text

from ..doors import page as render_page
from .asking import Asked, Column, Table
from .rows import ordered as in_order, part_of, type_rows
from .saying import NUMERIC, said
from .taking import exported

WHOLE = {"id", "day", "month", "moment"}
WHOLE_MAX = 20
EXPORTS = {"csv": "CSV", "xlsx": "Excel"}


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
    whole: bool = False  # a day, a telephone number: never cut at the end of a line


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

    @property
    def body(self) -> SafeString:
        """The rows as HTML. By hand and not by template: a page of a list is a thousand cells."""
        return mark_safe("".join(f"<tr>{''.join(map(_drawn, row))}</tr>\n" for row in self.rows))


def _drawn(cell: Cell) -> str:
    text = str(escape(cell.text))
    if cell.url:
        text = f'<a href="{escape(cell.url)}">{text}</a>'
    elif cell.tone:
        text = f'<span class="bd {escape(cell.tone)}">{text}</span>'
    tag, scope = ("th", ' scope="row"') if cell.names else ("td", "")
    look = ' class="n"' if cell.numeric else ' class="k"' if cell.whole else ""
    return f'<{tag}{scope}{look} data-label="{escape(cell.label)}">{text}</{tag}>'


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
        return exported(table, asked, in_order(table, asked, rows), dress)
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
    sorted_rows = in_order(table, asked, rows)
    count, page, things = part_of(sorted_rows, asked.page, table.per_page)
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


def _cell(column: Column, thing: Any, names: bool) -> Cell:
    text = said(column.kind, column.of(thing))
    return Cell(
        text=text,
        label=str(column.label),
        numeric=column.kind in NUMERIC or column.kind == "ratio",
        url=column.link(thing) if column.link else "",
        tone=column.tone(thing) if column.tone else "",
        names=names,
        whole=column.kind in WHOLE and len(text) <= WHOLE_MAX,
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

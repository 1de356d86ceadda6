"""What a list is, and what the address asks of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest

from dure.kernel.refusals import type_text

PAGE_MAX = 100_000  # nobody turns that many pages; a deeper offset is a mistake or an attack
SEARCH_MAX = 100


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
        return found() if callable(found) else found  # "get_state_display"


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

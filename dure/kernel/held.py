"""What a room holds about a person, table by table: declared once, shown and handed out complete.

Every room has `queries/held.py` with `HELD`; a test demands that each table leading to a person is
in one of them, or left out with a reason (`dure/site/privacy`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import F, Field, ForeignKey, JSONField, Model, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.timezone import is_naive

from .words import Promise

SPOKEN = ("name", "title", "number", "reference")  # what a row is called, best first


@dataclass(frozen=True, slots=True)
class Held:
    """One table about people: why it is kept, for how long, and how its rows lead to the person."""

    model: str  # "memberships.Charge"
    title: str | Promise
    why: str | Promise
    paths: tuple[str, ...]  # lookups from a row to the id of the person; any of them counts
    rule: str = ""  # the provision that says for how long
    hidden: tuple[str, ...] = ()  # columns that are never handed out: keys, digests, passwords
    also: tuple[str, ...] = ()  # lookups beyond the table's own columns

    @property
    def columns(self) -> dict[str, str]:
        """Column → lookup; a row of another table by what it is called."""
        own = {
            field.name: _lookup(field)
            for field in self._model._meta.concrete_fields
            if field.name not in self.hidden
        }
        return own | {lookup: lookup for lookup in self.also}

    @property
    def _model(self) -> type[Model]:
        return apps.get_model(self.model)

    def about(self, person_id: int, limit: int | None = None) -> QuerySet[Any]:
        """The rows about a person; the first ones only with a limit."""
        mine = Q()
        for path in self.paths:
            mine |= Q(**{path: person_id})
        rows = self._model._default_manager
        if len(self._model._meta.pk_fields) > 1:  # no list of keys to look in; nothing to join
            return rows.filter(mine).order_by()
        first = rows.filter(mine).order_by("pk").values("pk").distinct()[:limit]
        return rows.filter(pk__in=first).order_by()


def rows_of(
    registry: Iterable[Held], person_id: int, limit: int | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Table → its rows about a person as plain values by column, in the order they were made; the
    first ones of each only with a limit. One question to the database, however many tables."""
    known = {held.model: held for held in registry}
    parts = [_packed(held, held.about(person_id, limit)) for held in known.values()]
    found: dict[str, list[tuple[list[Any], dict[str, Any]]]] = {model: [] for model in known}
    for model, packed in parts[0].union(*parts[1:], all=True):
        values = json.loads(packed) if isinstance(packed, str) else packed
        found[model].append(_opened(known[model], values))
    return {
        model: [row for _pk, row in sorted(rows, key=lambda one: one[0])[:limit]]
        for model, rows in found.items()
    }


def _packed(held: Held, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Each row as (table, everything it says as one JSON object), so that tables may be joined."""
    said = {f"c{at}": F(lookup) for at, lookup in enumerate(held.columns.values())}
    keys = {f"k{at}": F(field.name) for at, field in enumerate(rows.model._meta.pk_fields)}
    return rows.values_list(Value(held.model), JSONObject(**keys, **said))


def _opened(held: Held, packed: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """The place of a row among its table's, and its values as Python knows them."""
    row = {
        column: _value(_field(held.model, lookup), packed[f"c{at}"])
        for at, (column, lookup) in enumerate(held.columns.items())
    }
    return [value for name, value in packed.items() if name.startswith("k")], row


def _value(field: Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, JSONField):
        return json.loads(value) if isinstance(value, str) else value
    known = field.to_python(value)
    return known.replace(tzinfo=UTC) if isinstance(known, datetime) and is_naive(known) else known


@lru_cache(maxsize=2000)
def _field(model: str, lookup: str) -> Field[Any, Any]:
    """The column a lookup ends in."""
    table = apps.get_model(model)
    *way, last = lookup.split("__")
    for name in way:
        related = table._meta.get_field(name).related_model
        assert isinstance(related, type)
        table = related
    found = table._meta.get_field(last)
    while isinstance(found, ForeignKey):
        found = found.target_field
    assert isinstance(found, Field)
    return found


def _lookup(field: Field[Any, Any]) -> str:
    if isinstance(field, ForeignKey):
        names = {one.name for one in field.related_model._meta.concrete_fields}
        for name in SPOKEN:
            if name in names:
                return f"{field.name}__{name}"
    return field.name

"""What a room holds about a person, table by table: declared once, shown and handed out complete.

Every room has `queries/held.py` with `HELD`; a test demands that each table leading to a person is
in one of them, or left out with a reason (`dure/site/privacy`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, Q, QuerySet

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

    def about(self, person_id: int) -> QuerySet[Any]:
        """The rows about a person, in the order they were made."""
        mine = Q()
        for path in self.paths:
            mine |= Q(**{path: person_id})
        rows = self._model._default_manager
        return rows.filter(pk__in=rows.filter(mine).values("pk")).order_by("pk")

    def rows(self, person_id: int, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """The rows about a person as plain values by column; the first ones only with a limit."""
        columns = self.columns
        found = self.about(person_id).values_list(*columns.values())[:limit]
        return (dict(zip(columns, row, strict=True)) for row in found.iterator())


def _lookup(field: Field[Any, Any]) -> str:
    if isinstance(field, ForeignKey):
        names = {one.name for one in field.related_model._meta.concrete_fields}
        for name in SPOKEN:
            if name in names:
                return f"{field.name}__{name}"
    return field.name

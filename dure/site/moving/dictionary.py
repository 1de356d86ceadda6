"""The dictionary of an export: what every table and column means, as the code itself says it.

A table's meaning is the docstring of its model; a column's is its help text, else the remark that
stands beside it in the source; its Korean word is the one people read on their own page.
"""

from __future__ import annotations

import ast
import inspect
import io
import textwrap
import tokenize
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.refusals import type_text

from ..archive import form
from ..privacy import REGISTRY
from ..privacy.saying import heading
from . import travels

HEAD = (
    "table",
    "table_word",
    "table_meaning",
    "column",
    "word",
    "meaning",
    "type",
    "unit",
    "may_be_empty",
    "refers_to",
    "values",
    "note",
)
FOREIGN = {  # tables of libraries, whose source says it their way
    "account_emailaddress": "An e-mail address that an account logs in with, and whether it is proven.",
}
UNITS: dict[str, type_text] = {
    "date": _("day, 2026-11-20; an end day is the first that no longer counts"),
    "moment": _("moment in UTC, ISO 8601"),
    "bool": "true | false",
    "bytes": "base64",
    "duration": _("microseconds"),
    "json": "JSON",
    "decimal": _("decimal number as text"),
    "uuid": "UUID",
}
WON = _("won, whole")


def rows() -> Iterator[tuple[str, ...]]:
    """One row per column of every table that leaves; the head is HEAD."""
    words = {one.model: str(one.title) for one in REGISTRY}
    sealed = {(travels.table_of(one), one.column) for one in travels.sealed_columns()}
    for model in travels.travelling():
        table = model._meta.db_table
        kinds = {column: kind for _attribute, column, kind in form.columns(model)}
        for field in model._meta.local_concrete_fields:
            column = str(field.column)
            yield (
                table,
                words.get(model._meta.label, ""),
                meaning_of_table(model),
                column,
                heading(field.name),
                str(field.help_text) or remarks(model).get(field.name, ""),
                kinds[column],
                _unit(field.name, kinds[column]),
                "true" if field.null else "false",
                _reference(field),
                " | ".join(f"{value}={label}" for value, label in field.flatchoices),
                _note(table, column, sealed),
            )


def meaning_of_table(model: type[models.Model]) -> str:
    """The first paragraph of the model's docstring."""
    text = FOREIGN.get(model._meta.db_table) or inspect.cleandoc(model.__doc__ or "")
    return " ".join(text.partition("\n\n")[0].split())


@cache
def remarks(model: type[models.Model]) -> dict[str, str]:
    """Column → what stands beside it in the source, its bases' columns too."""
    found: dict[str, str] = {}
    for made in reversed(model.__mro__):
        if issubclass(made, models.Model) and made.__module__.startswith("dure."):
            found |= _remarks_of(made)
    return found


def _remarks_of(made: type[Any]) -> dict[str, str]:
    source = textwrap.dedent(inspect.getsource(made))
    remarks = {
        token.start[0]: token.string.lstrip("# ").partition("  # ")[0]
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and "noqa" not in token.string
    }
    body = ast.parse(source).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for line in body.body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            beside = range(line.lineno, (line.end_lineno or line.lineno) + 1)
            if said := " ".join(remarks[at] for at in beside if at in remarks):
                found[line.targets[0].id] = said
    return found


def _unit(name: str, kind: str) -> str:
    if name == "won" or name.endswith("_won"):
        return str(WON)
    return str(UNITS.get(kind, ""))


def _reference(field: models.Field[Any, Any]) -> str:
    if not isinstance(field, models.ForeignKey):
        return ""
    return f"{field.related_model._meta.db_table}.{field.target_field.column}"


def _note(table: str, column: str, sealed: set[tuple[str, str]]) -> str:
    if (table, column) in sealed:
        return _now("Closed: opens only with the network's key, which is not in this package.")
    replaced = travels.REPLACED.get((table, column))
    return str(replaced[1]) if replaced else ""

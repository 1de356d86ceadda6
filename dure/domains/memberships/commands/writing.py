"""How this room writes many rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import Cast

from dure.kernel.rows import insert_rows


def set_many(model: type[models.Model], column: str, values: Iterable[tuple[int, int]]) -> None:
    """Give each row, by its id, its value of one column of numbers: (id, value) ...

    SQLite runs one prepared statement many times, PostgreSQL one statement over all of them: both
    several times cheaper than `bulk_update`, which writes a CASE over all rows.
    """
    quote, pairs = connection.ops.quote_name, list(values)
    table, field = quote(model._meta.db_table), quote(column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {table} t SET {field} = v.given"  # noqa: S608 - our own names
                " FROM unnest(%s::bigint[], %s::bigint[]) AS v(id, given) WHERE t.id = v.id",
                [[pk for pk, _value in pairs], [value for _pk, value in pairs]],
            )
        else:
            cursor.executemany(
                f"UPDATE {table} SET {field} = %s WHERE id = %s",  # noqa: S608 - our own names
                [(value, pk) for pk, value in pairs],
            )


def insert_many(
    model: type[models.Model], columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows whose ids nobody asks for."""
    insert_rows(model._meta.db_table, columns, list(rows))


def insert_from(
    model: type[models.Model],
    column: str,
    rows: models.QuerySet[Any],
    values: Mapping[str, date | int],
) -> None:
    """Insert a row for each of `rows`, its id in `column` and the same `values` in the others, in one
    statement within the database."""
    quote = connection.ops.quote_name
    fields = {f.column: f for f in model._meta.concrete_fields}
    same = {
        f"_{name}": Cast(Value(value), output_field=_plain(fields[name]))
        for name, value in values.items()
    }
    select, params = (
        rows.order_by("pk").annotate(**same).values_list("pk", *same).query.sql_with_params()
    )
    columns = ", ".join(map(quote, (column, *values)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) {select}",  # noqa: S608
            params,
        )


def _plain(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    """A field to cast to: a day, or a number."""
    return models.DateField() if isinstance(field, models.DateField) else models.BigIntegerField()

"""How this room writes many rows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, models


def set_many(model: type[models.Model], column: str, values: Iterable[tuple[int, int]]) -> None:
    """Give each row, by its id, its value of one column of numbers: (id, value) ...

    One prepared statement run many times: several times cheaper than `bulk_update`, which writes a
    CASE over all rows.
    """
    quote = connection.ops.quote_name
    table, field = quote(model._meta.db_table), quote(column)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {field} = %s WHERE id = %s",  # noqa: S608 - our own names
            [(value, pk) for pk, value in values],
        )

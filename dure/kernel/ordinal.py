"""A text column that both databases order and compare alike: by code point.

Hangul syllables stand in dictionary order in Unicode, so this is also the Korean order. A range of
such a column is a prefix search that uses its index on SQLite and PostgreSQL alike.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class OrdinalField(models.CharField):  # type: ignore[type-arg]
    """A CharField compared by code point on every engine."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters: dict[str, Any] = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters

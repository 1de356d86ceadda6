"""The form of an archive: which tables, which types of column, what may be wrong with it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from dure.kernel.refusals import Refusal

FORMAT = "dure-archive-v1"
LEFT_OUT = frozenset({"django_session", "usersessions_usersession"})
CHUNK = 2_000
ROW_BYTES_MAX = 64 * 1024 * 1024


class NotAnArchive(Refusal):
    """The file is no backup of Dure, or damaged."""

    text = _("%(file)s is not a backup of Dure, or it is damaged: %(why)s.")


class NetworkNotEmpty(Refusal):
    """Restoring would overwrite a network."""

    text = _("There is already a network here.")
    remedy = _("Restore into an empty folder or database, or add --replace to overwrite it.")


class ArchiveTooNew(Refusal):
    """The archive was made by a newer Dure."""

    text = _("The backup was made by a newer version of Dure (it knows %(migration)s).")
    remedy = _("Install that version first.")


class MadeBeforeRelease(Refusal):
    """The rows were written by a Dure in the making, whose tables nobody makes any more."""

    text = _("What was read was made by a Dure before its first release (at %(migration)s).")
    remedy = _("Update that installation step by step first, and export it again.")


class NotBroughtForward(Refusal):
    """Rows of an older Dure did not survive the migrations to this one."""

    text = _("What was read cannot be brought to this version of Dure: %(why)s.")
    remedy = _(
        "The installation is empty again. Read it with the version it was made by, mend it there."
    )


class FileExists(Refusal):
    """A backup never overwrites a file."""

    text = _("%(file)s exists already. A backup never overwrites a file.")


@dataclass(frozen=True, slots=True)
class Archived:
    """What was written or read."""

    file: str
    tables: int
    rows: int
    files: int
    keys: bool
    engine: str


def _type_of(field: models.Field[Any, Any]) -> str:
    kind = field.get_internal_type()
    if kind in {"ForeignKey", "OneToOneField"}:
        assert isinstance(field, models.ForeignKey)
        return _type_of(field.target_field)
    return _TYPES.get(kind, "text" if "Char" in kind or "Text" in kind else "int")


_TYPES = {
    "BooleanField": "bool",
    "DateField": "date",
    "DateTimeField": "moment",
    "TimeField": "time",
    "DurationField": "duration",
    "DecimalField": "decimal",
    "UUIDField": "uuid",
    "BinaryField": "bytes",
    "JSONField": "json",
    "FloatField": "float",
    "EmailField": "text",
    "URLField": "text",
    "SlugField": "text",
    "FileField": "text",
    "GenericIPAddressField": "text",
    "IPAddressField": "text",
}

OUT: dict[str, Callable[[Any], Any]] = {
    "date": lambda value: value.isoformat(),
    "moment": lambda value: value.isoformat(),
    "time": lambda value: value.isoformat(),
    "duration": lambda value: value // timedelta(microseconds=1),
    "decimal": str,
    "uuid": str,
    "bytes": lambda value: b64encode(bytes(value)).decode(),
}


_HELD_AS: dict[str, type] = {"int": int, "duration": int, "bool": bool, "float": float}


def typed(value: Any, kind: str) -> Any:
    """The value, when it is what its type stands for in an archive. Raises TypeError.

    SQLite keeps any value in any column; a word among the amounts is told here, not years later.
    """
    held = _HELD_AS.get(kind, str)
    if kind == "json" or (kind == "float" and type(value) is int):
        return value
    if type(value) is not held:
        raise TypeError(f"{value!r} is no {kind}")
    return value


def adapter_to_engine(kind: str) -> Callable[[Any], Any]:
    """From the archive to what this engine's driver takes."""
    ops = connection.ops
    adapters: dict[str, Callable[[Any], Any]] = {
        "date": lambda value: ops.adapt_datefield_value(date.fromisoformat(value)),
        "moment": lambda value: ops.adapt_datetimefield_value(datetime.fromisoformat(value)),
        "time": lambda value: ops.adapt_timefield_value(time.fromisoformat(value)),
        "duration": lambda value: (
            timedelta(microseconds=value)
            if connection.features.has_native_duration_field
            else value
        ),
        "decimal": lambda value: ops.adapt_decimalfield_value(Decimal(value)),
        "uuid": lambda value: (
            UUID(value) if connection.features.has_native_uuid_field else UUID(value).hex
        ),
        "bytes": lambda value: connection.Database.Binary(b64decode(value)),  # type: ignore[attr-defined]
        "json": lambda value: ops.adapt_json_value(value, None),
    }
    return adapters.get(kind, lambda value: value)


def tables() -> list[type[models.Model]]:
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def columns(model: type[models.Model]) -> list[tuple[str, str, str]]:
    """(attribute, column, type) of every column, the primary key first."""
    fields = [field for field in model._meta.local_concrete_fields]
    return [(field.attname, str(field.column), _type_of(field)) for field in fields]

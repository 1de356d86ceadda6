"""A whole network in one file: backed up from one engine, restored into either.

1. The archive is a zip: `manifest.json`; per table one `tables/<name>.jsonl` with one JSON array per
   row; the files of `media/`; and, unless left out, the network's keys.
2. Rows are read in one snapshot, streamed, in order of their primary key. Every column is written
   by its type, not by the engine's way of keeping it, so the archive knows no engine.
3. Restoring needs an empty network (or `replace`). It brings the tables to the very migrations the
   archive was made at, loads them without triggers in one transaction, makes the triggers anew,
   migrates forward, and is then verified: foreign keys, counts, digests, seals.
4. Sessions of browsers are left out: after a restore everyone logs in again.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _

from dure.kernel import triggers
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import Refusal

from .home import Home

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


# -- columns, by type ----------------------------------------------------------------------------


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

_OUT: dict[str, Callable[[Any], Any]] = {
    "date": lambda value: value.isoformat(),
    "moment": lambda value: value.isoformat(),
    "time": lambda value: value.isoformat(),
    "duration": lambda value: value // timedelta(microseconds=1),
    "decimal": str,
    "uuid": str,
    "bytes": lambda value: b64encode(bytes(value)).decode(),
}


def _in(kind: str) -> Callable[[Any], Any]:
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


def _tables() -> list[type[models.Model]]:
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def _columns(model: type[models.Model]) -> list[tuple[str, str, str]]:
    """(attribute, column, type) of every column, the primary key first."""
    fields = [field for field in model._meta.local_concrete_fields]
    return [(field.attname, str(field.column), _type_of(field)) for field in fields]


# -- writing -------------------------------------------------------------------------------------


def back_up(
    file: Path, home: Home, at: datetime, *, keys: bool = True, progress: Progress = silent
) -> Archived:
    """Write the whole network to a file. Raises FileExists."""
    if file.exists():
        raise FileExists(file=str(file))
    part = file.with_name(file.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            found = _write(archive, file, home, at, keys, progress)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return found


def _write(
    archive: zipfile.ZipFile, file: Path, home: Home, at: datetime, keys: bool, progress: Progress
) -> Archived:
    tables: list[dict[str, Any]] = []
    with _snapshot():
        models_ = _tables()
        total = sum(model._base_manager.count() for model in models_)
        done = 0
        for model in models_:
            columns, count, seen = _columns(model), 0, hashlib.sha256()
            with archive.open(f"tables/{model._meta.db_table}.jsonl", "w", force_zip64=True) as out:
                for line in _lines(model, columns):
                    out.write(line)
                    seen.update(line)
                    count += 1
                    if count % CHUNK == 0:
                        progress(done + count, total, model._meta.db_table)
            done += count
            progress(done, total, model._meta.db_table)
            tables.append(
                {
                    "table": model._meta.db_table,
                    "columns": [[column, kind] for _attribute, column, kind in columns],
                    "rows": count,
                    "sha256": seen.hexdigest(),
                }
            )
        migrations = sorted(MigrationRecorder(connection).applied_migrations())
    files = _write_files(archive, home)
    if keys:
        for key in (home.secret_key_file, home.encryption_key_file):
            if key.exists():
                archive.write(key, f"keys/{key.name}")
    manifest = {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "engine": connection.vendor,
        "tables": tables,
        "migrations": [list(name) for name in migrations],
        "keys": keys,
        "files": files,
    }
    archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    return Archived(str(file), len(tables), done, files, keys, connection.vendor)


def _lines(model: type[models.Model], columns: list[tuple[str, str, str]]) -> Iterator[bytes]:
    ways = [_OUT.get(kind) for _attribute, _column, kind in columns]
    rows = (
        model._base_manager.order_by("pk")
        .values_list(*(attribute for attribute, _column, _kind in columns))
        .iterator(chunk_size=CHUNK)
    )
    for row in rows:
        plain = [
            way(value) if way is not None and value is not None else value
            for way, value in zip(ways, row, strict=True)
        ]
        yield json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _write_files(archive: zipfile.ZipFile, home: Home) -> int:
    count = 0
    for path in sorted(home.media.rglob("*")) if home.media.exists() else ():
        if path.is_file() and not path.is_symlink():
            archive.write(path, f"media/{path.relative_to(home.media).as_posix()}")
            count += 1
    return count


class _snapshot:
    """All reads see one moment. SQLite reads beside a writer; PostgreSQL repeats its reads."""

    def __enter__(self) -> None:
        self.atomic = None
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            connection.cursor().execute("BEGIN DEFERRED")
        else:
            self.atomic = transaction.atomic(durable=False)
            nested = connection.in_atomic_block
            self.atomic.__enter__()
            if connection.vendor == "postgresql" and not nested:
                connection.cursor().execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
                )

    def __exit__(self, *error: Any) -> None:
        if self.atomic is not None:
            self.atomic.__exit__(*error)
        else:
            connection.cursor().execute("COMMIT")


# -- reading -------------------------------------------------------------------------------------


def restore(
    file: Path,
    home: Home,
    *,
    replace: bool = False,
    keys: bool = True,
    progress: Progress = silent,
) -> Archived:
    """Bring a network back from a file, into this folder and database.

    Raises NotAnArchive, ArchiveTooNew, NetworkNotEmpty. All or nothing: tables, rows and triggers
    are made in one transaction.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive, file)
            _check_sums(archive, manifest, file)
            _known(manifest)
            if not replace and not _is_empty():
                raise NetworkNotEmpty
            found = _load(archive, manifest, progress)
            files = _read_files(archive, home, file)
            if keys:
                _read_keys(archive, home)
    except (zipfile.BadZipFile, OSError, KeyError, EOFError) as error:
        raise NotAnArchive(file=str(file), why=str(error) or type(error).__name__) from error
    call_command("migrate", interactive=False, verbosity=0)
    return Archived(
        str(file), len(manifest["tables"]), found, files, bool(manifest["keys"]), manifest["engine"]
    )


def _manifest(archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read("manifest.json"))
    except (KeyError, ValueError) as error:
        raise NotAnArchive(file=str(file), why="manifest.json") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise NotAnArchive(file=str(file), why="format")
    return manifest


def _check_sums(archive: zipfile.ZipFile, manifest: dict[str, Any], file: Path) -> None:
    for table in manifest["tables"]:
        seen, count = hashlib.sha256(), 0
        with archive.open(f"tables/{table['table']}.jsonl") as rows:
            for line in _read_lines(rows):
                seen.update(line)
                count += 1
        if seen.hexdigest() != table["sha256"] or count != table["rows"]:
            raise NotAnArchive(file=str(file), why=table["table"])


def _read_lines(rows: IO[bytes]) -> Iterator[bytes]:
    reader = io.BufferedReader(rows, 1 << 20)  # type: ignore[type-var]
    while line := reader.readline(ROW_BYTES_MAX):
        yield line


def _known(manifest: dict[str, Any]) -> None:
    known = MigrationExecutor(connection).loader.disk_migrations or {}
    for app, name in manifest["migrations"]:
        if (app, name) not in known:
            raise ArchiveTooNew(migration=f"{app}.{name}")


def _is_empty() -> bool:
    """No deed was ever done here. Without tables nothing was either."""
    if "kernel_deed" not in connection.introspection.table_names():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM kernel_deed LIMIT 1")
        return cursor.fetchone() is None


def _load(archive: zipfile.ZipFile, manifest: dict[str, Any], progress: Progress) -> int:
    if "django_migrations" in connection.introspection.table_names():
        triggers.drop(connection)
    _migrate_to(manifest)
    total = sum(table["rows"] for table in manifest["tables"])
    done = 0
    with triggers.suspended(connection), connection.constraint_checks_disabled():
        with transaction.atomic():
            _empty_all()
            for table in manifest["tables"]:
                done = _load_table(archive, table, done, total, progress)
            connection.check_constraints()
            _reset_sequences()
    return done


def _migrate_to(manifest: dict[str, Any]) -> None:
    """Bring the tables to the migrations of the archive (all of them, when it is as new as we)."""
    wanted = {(app, name) for app, name in manifest["migrations"]}
    call_command("migrate", interactive=False, verbosity=0)
    executor = MigrationExecutor(connection)
    newer = [key for key in executor.loader.applied_migrations if key not in wanted]
    if newer:
        executor.migrate([key for key in executor.loader.graph.nodes if key in wanted])


def _empty_all() -> None:
    present = set(connection.introspection.table_names())
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table in present
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(map(_quoted, tables))} RESTART IDENTITY CASCADE")
        else:
            for table in tables:
                cursor.execute(f"DELETE FROM {_quoted(table)}")


def _load_table(
    archive: zipfile.ZipFile, table: dict[str, Any], done: int, total: int, progress: Progress
) -> int:
    names = [column for column, _kind in table["columns"]]
    ways = [_in(kind) for _column, kind in table["columns"]]
    sql = (
        f"INSERT INTO {_quoted(table['table'])} ({', '.join(map(_quoted, names))})"
        f" VALUES ({', '.join(['%s'] * len(names))})"
    )
    waiting: list[list[Any]] = []

    with connection.cursor() as cursor, archive.open(f"tables/{table['table']}.jsonl") as rows:
        for line in _read_lines(rows):
            row = json.loads(line)
            waiting.append(
                [
                    way(value) if value is not None else None
                    for way, value in zip(ways, row, strict=True)
                ]
            )
            done += 1
            if len(waiting) == CHUNK:
                cursor.executemany(sql, waiting)
                waiting.clear()
                progress(done, total, table["table"])
        if waiting:
            cursor.executemany(sql, waiting)
    progress(done, total, table["table"])
    return done


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), _tables()):
            cursor.execute(sql)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _read_files(archive: zipfile.ZipFile, home: Home, file: Path) -> int:
    count = 0
    root = home.media.resolve()
    for entry in archive.infolist():
        if not entry.filename.startswith("media/") or entry.is_dir():
            continue
        target = (root / entry.filename.removeprefix("media/")).resolve()
        if not target.is_relative_to(root):
            raise NotAnArchive(file=str(file), why=entry.filename)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out)
        count += 1
    return count


def _read_keys(archive: zipfile.ZipFile, home: Home) -> None:
    """The keys of the archive replace those here: account numbers were written with them."""
    names = set(archive.namelist())
    for key in (home.secret_key_file, home.encryption_key_file):
        if f"keys/{key.name}" in names:
            key.write_bytes(archive.read(f"keys/{key.name}"))
            key.chmod(0o600)

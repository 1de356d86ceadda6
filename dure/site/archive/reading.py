"""Reading an archive into either engine: all or nothing."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from dure.kernel import triggers
from dure.kernel.progress import Progress, silent

from ..home import Home
from . import form
from .form import (
    CHUNK,
    FORMAT,
    ROW_BYTES_MAX,
    Archived,
    ArchiveTooNew,
    NetworkNotEmpty,
    NotAnArchive,
)


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
    ways = [form.adapter_to_engine(kind) for _column, kind in table["columns"]]
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
        for sql in connection.ops.sequence_reset_sql(no_style(), form.tables()):
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

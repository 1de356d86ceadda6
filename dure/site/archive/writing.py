"""Writing an archive: every table in one snapshot, row by row."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from dure.kernel.progress import Progress, silent

from ..home import Home
from . import form
from .form import CHUNK, FORMAT, Archived, FileExists


def back_up(
    file: Path, home: Home, at: datetime, *, keys: bool = True, progress: Progress = silent
) -> Archived:
    """Write the whole network to a file. Raises FileExists."""
    if file.exists():
        raise FileExists(file=str(file))
    part = file.with_name(file.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            part.chmod(0o600)
            found = _write(archive, file, home, at, keys, progress)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return found


def _write(
    archive: zipfile.ZipFile, file: Path, home: Home, at: datetime, keys: bool, progress: Progress
) -> Archived:
    tables: list[dict[str, Any]] = []
    with snapshot():
        models_ = form.tables()
        total = sum(model._base_manager.count() for model in models_)
        done = 0
        for model in models_:
            columns, count, seen = form.columns(model), 0, hashlib.sha256()
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
    for row in plain_rows(model, columns):
        yield (
            json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
            + b"\n"
        )


def plain_rows(
    model: type[models.Model], columns: list[tuple[str, str, str]]
) -> Iterator[list[Any]]:
    """The rows of a table in order of their key, each value by its type, not by the engine."""
    ways = [form.OUT.get(kind) for _attribute, _column, kind in columns]
    rows = (
        model._base_manager.order_by("pk")
        .values_list(*(attribute for attribute, _column, _kind in columns))
        .iterator(chunk_size=CHUNK)
    )
    for row in rows:
        yield [
            way(value) if way is not None and value is not None else value
            for way, value in zip(ways, row, strict=True)
        ]


def _write_files(archive: zipfile.ZipFile, home: Home) -> int:
    count = 0
    for path in sorted(home.media.rglob("*")) if home.media.exists() else ():
        if path.is_file() and not path.is_symlink():
            archive.write(path, f"media/{path.relative_to(home.media).as_posix()}")
            count += 1
    return count


class snapshot:
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

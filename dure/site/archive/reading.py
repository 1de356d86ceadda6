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

from dure.kernel.progress import Progress, silent

from ..home import Home
from . import loading
from .form import (
    FORMAT,
    ROW_BYTES_MAX,
    Archived,
    ArchiveTooNew,
    NetworkNotEmpty,
    NotAnArchive,
)
from .loading import RowBroken, Rows, TableUnknown


def restore(
    file: Path,
    home: Home,
    *,
    replace: bool = False,
    keys: bool = True,
    progress: Progress = silent,
) -> Archived:
    """Bring a network back from a file, into this folder and database.

    Raises NotAnArchive, ArchiveTooNew, MadeBeforeRelease, NetworkNotEmpty, NotBroughtForward. All
    or nothing: tables, rows and triggers are made in one transaction; an older backup that cannot
    be brought forward leaves an empty installation.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive, file)
            _check_sums(archive, manifest, file)
            _known(manifest)
            if not replace and not loading.is_empty():
                raise NetworkNotEmpty
            found = _load(archive, manifest, file, progress)
            files = _read_files(archive, home, file)
            if keys:
                _read_keys(archive, home)
    except (zipfile.BadZipFile, OSError, KeyError, EOFError) as error:
        raise NotAnArchive(file=str(file), why=str(error) or type(error).__name__) from error
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
    if strange := loading.unknown_migration(manifest["migrations"]):
        raise ArchiveTooNew(migration=strange)


def _load(
    archive: zipfile.ZipFile, manifest: dict[str, Any], file: Path, progress: Progress
) -> int:
    def rows_of(table: dict[str, Any]) -> Rows:
        def read() -> Iterator[list[Any]]:
            with archive.open(f"tables/{table['table']}.jsonl") as lines:
                yield from map(json.loads, _read_lines(lines))

        columns = tuple((name, kind) for name, kind in table["columns"])
        return Rows(table["table"], columns, table["rows"], read)

    tables = [rows_of(table) for table in manifest["tables"]]
    try:
        return loading.load(tables, manifest["migrations"], progress)
    except (RowBroken, TableUnknown) as error:
        raise NotAnArchive(file=str(file), why=str(error)) from error


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

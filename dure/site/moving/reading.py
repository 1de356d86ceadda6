"""Importing an export: everything is looked at first, then all of it is there, or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.db import connection

from dure.kernel import secrets
from dure.kernel.progress import Progress, silent

from ..archive import loading
from ..archive.loading import RowBroken, Rows, TableUnknown
from ..home import Home
from ..keys import keep
from . import travels
from .cells import FIRST_ROW, FORMS, READERS, RowUnreadable
from .package import (
    BYTES_AT_ONCE,
    FORMAT,
    MANIFEST,
    ExportTooNew,
    FileAltered,
    InstallationNotEmpty,
    KeysUndecided,
    Moved,
    NotAnExport,
    RowRefused,
    Seen,
    Source,
)


def look_into(place: Path, progress: Progress = silent) -> Seen:
    """What is in an export; every file was compared with the manifest.

    Raises NotAnExport, FileMissing, FileAltered, ExportTooNew.
    """
    with Source(place).opened() as source:
        manifest, fingerprint = _manifest(source)
        _compare(source, manifest, progress)
    if strange := loading.unknown_migration(manifest["migrations"]):
        raise ExportTooNew(version=manifest["dure"], migration=strange)
    everything = [*manifest["tables"], *manifest["files"]]
    return Seen(
        network=manifest["network"],
        version=manifest["dure"],
        made_at=manifest["made_at"],
        form=manifest["form"],
        engine=manifest["engine"],
        tables=tuple((one["table"], one["rows"]) for one in manifest["tables"]),
        rows=sum(one["rows"] for one in manifest["tables"]),
        files=len(manifest["files"]),
        bytes=sum(one["bytes"] for one in everything),
        sealed=sum(one["count"] for one in manifest["sealed"]),
        left_out=tuple(manifest["left_out"]),
        fingerprint=fingerprint,
    )


def import_network(
    place: Path,
    home: Home,
    *,
    keys: list[str] | None,
    progress: Progress = silent,
) -> Moved:
    """Bring an exported network into this empty folder and database: all of it, or nothing.

    `keys` open the account numbers in it; an empty list leaves them closed, None is undecided.
    Files and keys come first, the rows in one transaction last: killed anywhere, the installation
    is still empty and the import begins anew. Raises what `look_into` raises, InstallationNotEmpty,
    KeysUndecided, RowRefused, KeyMissing, MadeBeforeRelease, NotBroughtForward.
    """
    if not loading.is_empty():
        raise InstallationNotEmpty
    seen = look_into(place, progress)
    if seen.sealed and keys is None:
        raise KeysUndecided(count=seen.sealed)
    with Source(place).opened() as source:
        manifest, _fingerprint = _manifest(source)
        files = _take_files(source, manifest, home)
        if keys:
            _take_keys(keys)
        rows = _load(source, manifest, progress, _opens if keys else lambda: None)
    return Moved(str(place), len(seen.tables), rows, files, seen.sealed, seen.fingerprint)


def _manifest(source: Source) -> tuple[dict[str, Any], str]:
    with source.file(MANIFEST) as found:
        text = found.read()
    try:
        manifest: dict[str, Any] = json.loads(text)
        assert manifest["format"] == FORMAT and manifest["form"] in FORMS
        for one in (*manifest["tables"], *manifest["files"]):
            assert isinstance(one["file"], str) and isinstance(one["sha256"], str)
            assert isinstance(one["bytes"], int)
        for one in manifest["tables"]:
            assert isinstance(one["rows"], int) and one["table"] not in travels.LEFT_OUT
            one["columns"] = tuple((name, kind) for name, kind in one["columns"])
        manifest["migrations"] = [(app, name) for app, name in manifest["migrations"]]
        assert all(isinstance(one["count"], int) for one in manifest["sealed"])
        assert {"network", "dure", "made_at", "engine", "left_out"} <= manifest.keys()
    except (ValueError, KeyError, TypeError, AssertionError, AttributeError) as error:
        raise NotAnExport(file=str(source.place), why=MANIFEST) from error
    return manifest, hashlib.sha256(text).hexdigest()


def _compare(source: Source, manifest: dict[str, Any], progress: Progress) -> None:
    """Every file is there, and as it was. Raises FileMissing, FileAltered."""
    everything = [*manifest["tables"], *manifest["files"]]
    total, done = sum(one["bytes"] for one in everything), 0
    for one in everything:
        seen, length = hashlib.sha256(), 0
        for piece in source.pieces(one["file"]):
            seen.update(piece)
            length += len(piece)
        if length != one["bytes"] or seen.hexdigest() != one["sha256"]:
            raise FileAltered(file=one["file"])
        done += length
        progress(done, total, one["file"])


def _load(
    source: Source, manifest: dict[str, Any], progress: Progress, last: Callable[[], None]
) -> int:
    files = {one["table"]: one["file"] for one in manifest["tables"]}
    form = manifest["form"]
    tables = [_rows(source, one, form) for one in manifest["tables"]]
    try:
        return loading.load(
            tables, manifest["migrations"], progress, keeping=travels.REMADE, last=last
        )
    except TableUnknown as error:
        raise NotAnExport(file=str(source.place), why=str(error)) from error
    except RowBroken as error:
        row = error.row
        if isinstance(row, int):
            row += FIRST_ROW[form] - 1
        raise RowRefused(file=files.get(error.table, ""), row=row, why=error.why) from error


def _rows(source: Source, one: dict[str, Any], form: str) -> Rows:
    def read() -> Iterator[list[Any]]:
        count = 0
        with source.file(one["file"]) as found:
            try:
                for row in READERS[form](found, one["columns"]):
                    count += 1
                    yield row
            except RowUnreadable as error:
                raise RowRefused(file=one["file"], row=error.row, why=error.why) from error
        if count != one["rows"]:
            raise RowRefused(file=one["file"], row=count, why=f"{count} ≠ {one['rows']}")

    return Rows(one["table"], one["columns"], one["rows"], read)


def _take_files(source: Source, manifest: dict[str, Any], home: Home) -> int:
    """The files of the network; README, dictionary and documents are for people."""
    count = 0
    for one in manifest["files"]:
        path = PurePosixPath(one["file"])
        if path.parts[0] != "files":
            continue
        target = home.media.joinpath(*path.parts[1:])
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.file(one["file"]) as found, target.open("wb") as out:
            shutil.copyfileobj(found, out, BYTES_AT_ONCE)
        count += 1
    return count


def _take_keys(keys: list[str]) -> None:
    """The keys of the old place open what it wrote; the one of this place goes on writing."""
    keep(list(dict.fromkeys([*secrets.keys(), *keys])))


def _opens() -> None:
    """The keys are those of this network: a number of each kind opens. Raises KeyMissing."""
    present = connection.introspection.table_names()
    for one in travels.sealed_columns():
        if travels.table_of(one) not in present:  # older than this column
            continue
        rows = apps.get_model(one.model)._default_manager.exclude(**{one.column: ""})
        token = rows.order_by("pk").values_list(one.column, flat=True).first()
        if token:
            secrets.unseal(token)

"""Writing an export: tables in one snapshot, then what people read, then the files."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.template import Context, Engine
from django.utils import translation

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import documents, queries as memberships
from dure.domains.memberships.rules.papers import PaperKind
from dure.domains.parties import queries as parties
from dure.kernel import secrets
from dure.kernel.acts import Act
from dure.kernel.progress import Progress, silent

from ..archive import form as types
from ..archive.writing import plain_rows, snapshot
from ..home import Home
from . import dictionary, travels
from .cells import WRITERS
from .package import BYTES_AT_ONCE, FORMAT, MANIFEST, Moved, Target, TargetExists
from .passphrase import closed

NO_NAME = re.compile(r'[\x00-\x1f/\\:*?"<>|]')  # letters that no file's name may have
TEXTS = Path(__file__).parent / "texts"


def write_export(
    act: Act,
    place: Path,
    home: Home,
    *,
    form: str = "csv",
    papers: bool = True,
    progress: Progress = silent,
) -> Moved:
    """Write the whole network to a ZIP or a folder; whole or not at all. Raises TargetExists."""
    with Target(place).opened() as target:
        with snapshot():
            tables, sealed = _tables(target, form, progress)
            migrations = sorted(MigrationRecorder(connection).applied_migrations())
        unprinted = _documents(act, target, papers, progress)
        files = _files(target, home)
        network = parties.network_profile()
        manifest = {
            "format": FORMAT,
            "dure": version("dure"),
            "network": network.name if network else "",
            "made_at": act.at.isoformat(),
            "form": form,
            "engine": connection.vendor,
            "migrations": [list(name) for name in migrations],
            "tables": tables,
            "sealed": sealed,
            "left_out": {table: str(why) for table, why in travels.LEFT_OUT.items()},
            "unprinted": unprinted,
        }
        _read_me(target, manifest, act.at)
        named = {one["file"] for one in tables}
        manifest["files"] = [one for one in target.files if one["file"] not in named]
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        fingerprint = target.write(MANIFEST, [text])["sha256"]
    rows = sum(one["rows"] for one in tables)
    count = sum(one["count"] for one in sealed)
    return Moved(str(place), len(tables), rows, files, count, fingerprint)


def write_keys(file: Path, passphrase: str) -> None:
    """The network's keys into a file of their own. Raises TargetExists, PassphraseWeak."""
    content = closed(secrets.keys(), passphrase)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise TargetExists(file=str(file)) from error
    with os.fdopen(handle, "wb") as out:
        out.write(content)


# -- tables ----------------------------------------------------------------------------------------


def _tables(
    target: Target, form: str, progress: Progress
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Every table; what the manifest says of them and of their encrypted columns."""
    models_ = travels.travelling()
    total, done = sum(model._base_manager.count() for model in models_), 0
    sealed = {(travels.table_of(one), one.column): 0 for one in travels.sealed_columns()}
    tables = []
    for model in models_:
        table = model._meta.db_table
        columns = types.columns(model)
        named = [(column, kind) for _attribute, column, kind in columns]
        rows = _Counted(model, columns, sealed, progress, done, total)
        written = target.write(f"tables/{table}.{form}", WRITERS[form](named, rows))
        done += rows.count
        progress(done, total, table)
        tables.append({"table": table, **written, "rows": rows.count, "columns": named})
    counted = [
        {"table": table, "column": column, "count": count}
        for (table, column), count in sealed.items()
    ]
    return tables, counted


class _Counted:
    """The rows of a table as they leave: what stays is replaced, what is closed is counted."""

    def __init__(
        self,
        model: type[models.Model],
        columns: list[tuple[str, str, str]],
        sealed: dict[tuple[str, str], int],
        progress: Progress,
        before: int,
        total: int,
    ) -> None:
        table = model._meta.db_table
        places = {column: place for place, (_name, column, _kind) in enumerate(columns)}
        self._rows = plain_rows(model, columns)
        self._replaced = [
            (places[column], way)
            for (of, column), (way, _why) in travels.REPLACED.items()
            if of == table
        ]
        self._sealed = [(place, (table, c)) for c, place in places.items() if (table, c) in sealed]
        self._counts, self._table = sealed, table
        self._progress, self._before, self._total = progress, before, total
        self.count = 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in self._rows:
            for place, way in self._replaced:
                row[place] = way(row[place])
            for place, column in self._sealed:
                self._counts[column] += bool(row[place])
            self.count += 1
            if self.count % types.CHUNK == 0:
                self._progress(self._before + self.count, self._total, self._table)
            yield row


# -- what people read ------------------------------------------------------------------------------


def _documents(act: Act, target: Target, papers: bool, progress: Progress) -> list[str]:
    """Statements of closed months and papers as they were issued; what could not be printed."""
    for month in ledger.periods():
        for kept in ledger.kept_statements(month.month):
            name = "-".join(filter(None, (kept.kind, kept.fund)))
            target.write(f"documents/statements/{month.month}/{name}.json", [kept.content])
    return _papers(act, target, progress) if papers else []


def _papers(act: Act, target: Target, progress: Progress) -> list[str]:
    unprinted: list[str] = []  # what a register tells of was corrected since
    done = 0
    for kind in PaperKind:
        for paper in memberships.printed_batch(act, kind, refused=unprinted):
            name = NO_NAME.sub("_", documents.file_name(paper))
            target.write(f"documents/papers/{name}", [documents.papers_pdf([paper])])
            done += 1
            progress(done, done, kind)
    return unprinted


def _files(target: Target, home: Home) -> int:
    count = 0
    for path in sorted(home.media.rglob("*")) if home.media.exists() else ():
        if path.is_file() and not path.is_symlink():
            target.write(f"files/{path.relative_to(home.media).as_posix()}", _pieces(path))
            count += 1
    return count


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(BYTES_AT_ONCE):
            yield piece


def _read_me(target: Target, manifest: dict[str, Any], at: datetime) -> None:
    target.write("dictionary.csv", [_csv(dictionary.HEAD, dictionary.rows())])
    about = {
        **manifest,
        "day": at.date().isoformat(),
        "rows": sum(one["rows"] for one in manifest["tables"]),
        "sealed_count": sum(one["count"] for one in manifest["sealed"]),
    }
    for language in ("ko", "en"):
        text = (TEXTS / f"README.{language}.md").read_text("utf-8")
        with translation.override(language):
            made = Engine().from_string(text).render(Context(about, autoescape=False))
        target.write(f"README.{language}.md", [made.encode()])


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode()

"""`dure parties`: bring in, list and hand out the register of people and organisations."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid5

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import InvalidInput
from dure.ui.doors import cli_act
from dure.ui.files import Sheet, csv_stream, open_table, xlsx_stream
from dure.ui.terminal import format_option, progress_option, show

from .. import commands, queries
from ..rules.imports import Chunk, check_mapping, chunks, guess_kind, guess_mapping, guess_publish
from ..rules.numbers import format_business_number
from ..rules.regions import read_region, region_name
from .relations import relations

group = click.Group("parties", help=str(_("People and organisations: the register.")))
group.add_command(relations)


class NoSuchField(InvalidInput):
    """An option names a column or field the file or the register does not have."""

    text = _("“%(given)s” should look like column=field, with a column of the file.")


# -- import ----------------------------------------------------------------------------------


def _mapping(sheet: Sheet, chosen: tuple[str, ...]) -> tuple[str, ...]:
    mapping = list(guess_mapping(sheet.head))
    for given in chosen:
        column, equals, field = given.rpartition("=")
        if not equals or column not in sheet.head:
            raise NoSuchField(given=given)
        mapping = ["" if one == field else one for one in mapping]
        mapping[sheet.head.index(column)] = field
    check_mapping(mapping)
    return tuple(mapping)


def _summary(
    read: int, new: int, changed: int, same: int, rejected: int, cells: list[Any]
) -> dict[str, Any]:
    return {
        "read": read,
        "new": new,
        "changed": changed,
        "same": same,
        "rejected": [{"row": one.row, "cell": one.cell, "reason": one.reason} for one in cells],
        "rejected_count": rejected,
    }


@group.command("import", help=str(_("Bring in organisations from a CSV or Excel file.")))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--preview", "mode", flag_value="preview", default=True, help=str(_("Show what would change; write nothing (the default).")))  # fmt: skip
@click.option("--accept", "mode", flag_value="accept", help=str(_("Write what the preview shows.")))
@click.option("--sheet", default="", help=str(_("The sheet of a workbook.")))
@click.option("--map", "chosen", multiple=True, metavar="COLUMN=FIELD", help=str(_("Read a column as a field, e.g. --map 상호=name.")))  # fmt: skip
@click.option("--publish/--no-publish", default=None, help=str(_("Show new organisations in the public directory.")))  # fmt: skip
@click.option("--kind", default=None, help=str(_("What rows without designation are, e.g. network.")))  # fmt: skip
@progress_option
def import_parties(
    file: Path,
    mode: str,
    sheet: str,
    chosen: tuple[str, ...],
    publish: bool | None,
    kind: str | None,
    progress: Progress,
) -> None:
    with file.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
        table = open_table(file.name, source, sheet=sheet)
        mapping = _mapping(table, chosen)
        shown = guess_publish(mapping) if publish is None else publish
        counted_as = guess_kind(mapping) if kind is None else kind
        total = _rows_in(file) if progress is not silent else 0
        if mode == "preview":
            preview = queries.preview_import(
                cli_act(),
                chunks(table.rows, mapping, kind=counted_as),
                has_region="region_code" in mapping,
                publish=shown,
                progress=progress,
                total=total,
            )
            _print(
                _summary(
                    preview.read, preview.new, preview.changed, preview.same, preview.rejected,
                    preview.rejected_cells,
                )
            )  # fmt: skip
            return
        _print(_accept(file.name, table, digest, mapping, shown, counted_as, progress, total))


def _accept(
    name: str,
    table: Sheet,
    digest: str,
    mapping: tuple[str, ...],
    publish: bool,
    kind: str,
    progress: Progress,
    total: int,
) -> dict[str, Any]:
    """Write the file chunk by chunk; after a crash the next call goes on where it stopped."""
    act = cli_act()
    begun = queries.unfinished_import(act, digest)
    if begun is not None:
        import_id, mapping, kind, skip = begun.id, begun.mapping, begun.kind, begun.done_rows
    else:
        staged = commands.stage_import(
            act, file_name=name, digest=digest, mapping=mapping, publish=publish, kind=kind
        )
        import_id, skip = staged.pk, 0
    for chunk in chunks(table.rows, mapping, kind=kind, skip=skip):
        commands.accept_import(_act_for(import_id, chunk), import_id=import_id, chunk=chunk)
        progress(chunk.until_row, max(total, chunk.until_row), str(_("rows")))
    done = queries.import_card(act, import_id)
    return _summary(
        done.read_count, done.new_count, done.changed_count, done.same_count, done.rejected_count,
        queries.rejected_rows(act, import_id),
    )  # fmt: skip


def _act_for(import_id: int, chunk: Chunk) -> Any:
    """The act of one chunk: its key comes from the import and the place, so it happens once."""
    act = cli_act()
    return replace(act, key=uuid5(act.key, f"parties.import:{import_id}:{chunk.from_row}"))


def _rows_in(file: Path) -> int:
    """About how many rows a text file has, for the progress bar."""
    if file.suffix.lower() in (".xlsx", ".xls", ".ods"):
        return 0
    with file.open("rb") as source:
        lines = sum(block.count(b"\n") for block in iter(lambda: source.read(1 << 20), b""))
    return max(0, lines - 1)


def _print(summary: dict[str, Any]) -> None:
    click.echo(json.dumps(summary, ensure_ascii=False, indent=2))


# -- list and export -------------------------------------------------------------------------


@group.command("list", help=str(_("List the organisations of the register.")))
@click.option("--search", default="", help=str(_("Words to look for.")))
@click.option("--region", default="", help=str(_("A region: 서울, 서울 광진구 or 11215.")))
@click.option("--kind", default="", help=str(_("A designation, e.g. social_enterprise.")))
@click.option("--limit", type=click.IntRange(1, 100_000), default=1_000, show_default=True, help=str(_("At most so many.")))  # fmt: skip
@format_option
def list_parties(search: str, region: str, kind: str, limit: int, form: str) -> None:
    sido, sigungu = read_region(region)
    found = queries.organisations_visible_to(
        cli_act(), search=search, region=sigungu or sido, kind=kind
    )
    rows = [
        {
            "id": one.pk,
            "name": one.party.name,
            "region": region_name(one.sigungu_code or one.sido_code),
            "business_number": format_business_number(one.business_number),
            "section": one.section,
            "category": one.category,
            "openness": one.openness,
            "phone": one.phone,
            "published": one.is_published,
        }
        for one in found[:limit]
    ]
    heads = {
        "id": _("id"),
        "name": _("Name"),
        "region": _("Region"),
        "phone": _("Phone"),
        "openness": _("O/X"),
    }
    show(rows, form, columns=heads if form == "text" else None)


@group.command("export", help=str(_("Write the register as CSV, Excel or SSE-Standard CSV.")))
@click.option("--as", "kind", type=click.Choice(["csv", "xlsx", "sse"]), default="csv", show_default=True, help=str(_("The kind of file.")))  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help=str(_("The file to write; without it, the standard output.")))  # fmt: skip
@progress_option
def export_parties(kind: str, out: Path | None, progress: Progress) -> None:
    act = cli_act()
    body: Iterator[bytes]
    if kind == "sse":
        rows = queries.sse_rows(act, progress=progress)
        body = _without_mark(csv_stream(queries.SSE_COLUMNS, rows))
    elif kind == "xlsx":
        rows = queries.own_rows(act, progress=progress)
        body = xlsx_stream(queries.own_heads(), rows, title=str(_("Organisations")))
    else:
        body = csv_stream(queries.own_heads(), queries.own_rows(act, progress=progress))
    if out is None:
        shown = sys.stdout.buffer
        for piece in body:
            shown.write(piece)
        shown.flush()
        return
    part = out.with_name(out.name + ".part")
    with part.open("wb") as target:
        for piece in body:
            target.write(piece)
    part.replace(out)
    click.echo(str(out), err=True)


def _without_mark(body: Iterator[bytes]) -> Iterator[bytes]:
    """Programs read the exchange file; the mark that spreadsheets like is not part of it."""
    for number, piece in enumerate(body):
        yield piece.removeprefix(b"\xef\xbb\xbf") if number == 0 else piece

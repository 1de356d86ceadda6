"""Reading a table somebody made: what kind of file it is, in which letters, and its rows.

1. The kind is told by the first bytes, never by the name: xlsx, xls, or text.
2. Text is UTF-8, UTF-16 or CP949 (what Korean Excel writes). It is decoded once from end to end
   before the first row is given, so that a wrong guess cannot garble the middle of a file.
3. The delimiter is the one of , ; tab | that cuts the first rows most evenly.
4. The head is the first row with two filled cells or more; a title above it is passed over.
5. Rows come as text with their address ("B12"); blank rows are passed over. A CSV of any length
   needs no more memory than one row.
6. Formulas are never reckoned: of an Excel cell only the value it last showed is read.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from .cells import cell_address, type_found, type_raw
from .excel import open_excel
from .refusals import (
    FileEmpty,
    FileIsWebPage,
    TooManyRows,
)
from .text import open_text
from .webpage import open_web_page

SAMPLE_BYTES = 1 << 18
ROWS_MAX = 2_000_000
HEAD_SEARCH_ROWS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One row as text. `number` is the row's number in a spreadsheet, from 1."""

    number: int
    cells: tuple[str, ...]

    def address(self, column: int) -> str:
        return cell_address(self.number, column)


@dataclass(slots=True)
class Sheet:
    """A table ready to be read once: iterate it for its rows."""

    name: str
    kind: str  # csv | xlsx | xls
    head: tuple[str, ...]
    head_row: int
    rows: Iterator[Row]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = field(default=())

    def __iter__(self) -> Iterator[Row]:
        return self.rows


def open_table(
    name: str, source: bytes | BinaryIO, *, sheet: str = "", rows_max: int = ROWS_MAX
) -> Sheet:
    """Open an uploaded file as a table. `source` is the bytes, or a binary file that can seek.

    Raises FileEmpty, FileTooLarge, FileKindUnknown, FileIsWebPage, FileIsLocked, FileBroken,
    TextUnreadable, SheetMissing; while rows are read TooManyRows, QuotesBroken, CellTooLong.
    """
    shown = name[-60:]
    raw, kind, about = _opened(shown, source, sheet)
    numbered = _counted(raw, rows_max)
    head, rest = _head(numbered)
    if head is None:
        raise FileEmpty
    rows = _padded(rest, len(head.cells))
    return Sheet(name=shown, kind=kind, head=head.cells, head_row=head.number, rows=rows, **about)


def open_rows(name: str, source: bytes | BinaryIO, *, rows_max: int = ROWS_MAX) -> Iterator[Row]:
    """Every row that is not blank, from the first on: for files that say much above their table.

    Tables in web pages are read, too: banks hand them out as Excel files. Raises what `open_table`
    does, except FileIsWebPage.
    """
    raw, _kind, _about = _opened(name[-60:], source, "", web_pages=True)
    return _counted(raw, rows_max)


def _opened(
    name: str, source: bytes | BinaryIO, sheet: str, *, web_pages: bool = False
) -> type_found:
    stream: BinaryIO = (
        io.BytesIO(source) if isinstance(source, (bytes, bytearray, memoryview)) else source
    )
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    sample = stream.read(SAMPLE_BYTES)
    stream.seek(0)
    if not sample.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FileEmpty
    if sample.startswith(b"PK\x03\x04"):
        return open_excel(name, "xlsx", stream, size, sheet)
    if sample.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return open_excel(name, "xls", stream, size, sheet)
    try:
        return open_text(name, stream, size, sample)
    except FileIsWebPage:
        if not web_pages:
            raise
        return open_web_page(name, stream, sample)


def _counted(raw: type_raw, rows_max: int) -> Iterator[Row]:
    given = 0
    for number, cells in raw:
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        given += 1
        if given > rows_max + 1:
            raise TooManyRows(most=f"{rows_max:,}")
        yield Row(number, tuple(cells))


def _head(rows: Iterator[Row]) -> tuple[Row | None, Iterator[Row]]:
    """The first row with two filled cells (in a table of one column its first row), and the rest."""
    held: list[Row] = []
    for row in rows:
        held.append(row)
        if sum(map(bool, row.cells)) >= 2:
            return row, rows
        if len(held) == HEAD_SEARCH_ROWS:
            break
    return (held[0], chain(held[1:], rows)) if held else (None, rows)


def _padded(rows: Iterable[Row], width: int) -> Iterator[Row]:
    for row in rows:
        missing = width - len(row.cells)
        yield Row(row.number, row.cells + ("",) * missing) if missing > 0 else row

"""Writing tables that spreadsheets open as they are: in Korean, with numbers as numbers, and
with nothing in a cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse

EXACT_MAX = 10**15  # spreadsheets keep fifteen digits; a longer number is written as text
FIRST_YEAR = 1901  # spreadsheets count days from 1900 on, and the first of them wrongly
SHEET_ROWS_MAX = 1_048_576
CELL_CHARS_MAX = 32_767
CHUNK_BYTES = 1 << 16
LONG_AGO = datetime(2020, 1, 1)  # noqa: DTZ001  files carry no clock: the same rows, the same bytes
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Strong:
    """A row that sums up: bold in Excel, plain in CSV."""

    cells: Sequence[Any]


type_row = Sequence[Any] | Strong

# what spreadsheets take for the start of a formula, full-width letters of Korean keyboards too
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def tamed(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before what looks like a formula.

    Reading the file back takes the apostrophe off again (`reading._clean`).
    """
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _cells(row: type_row) -> Sequence[Any]:
    return row.cells if isinstance(row, Strong) else row


def csv_stream(heads: Sequence[str], rows: Iterable[type_row]) -> Iterator[bytes]:
    """CSV in UTF-8 with the mark that makes Excel read it as such."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([tamed(str(head)) for head in heads])
    for row in rows:
        writer.writerow([_plain(cell) for cell in _cells(row)])
        if buffer.tell() > CHUNK_BYTES:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _plain(cell: Any) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    return tamed(_worded(cell))


def _worded(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _emptied(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", errors="replace")


def xlsx_stream(
    heads: Sequence[str],
    rows: Iterable[type_row],
    *,
    title: str = "",
    preface: Sequence[str] = (),
    made_at: datetime | None = None,
) -> Iterator[bytes]:
    """An Excel workbook, written row by row to a passing file and then sent in pieces.

    Beyond 1,048,576 rows it goes on in a second sheet. The same rows give the same bytes.
    """
    with tempfile.TemporaryDirectory(prefix="dure-xlsx-") as folder:
        path = Path(folder) / "table.xlsx"
        book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_date_format": "yyyy-mm-dd",
            },
        )
        made = (made_at or LONG_AGO).replace(tzinfo=None)
        book.set_properties({"title": title, "created": made, "comments": ""})
        _write_book(book, heads, rows, title, preface)
        book.close()
        with path.open("rb") as made_file:
            while chunk := made_file.read(CHUNK_BYTES):
                yield chunk


def _write_book(
    book: Any, heads: Sequence[str], rows: Iterable[type_row], title: str, preface: Sequence[str]
) -> None:
    font = {"font_name": "맑은 고딕", "font_size": 10}
    looks = {
        "head": book.add_format(
            {
                **font,
                "bold": True,
                "bg_color": "#F4F5F6",
                "bottom": 1,
                "text_wrap": True,
                "valign": "vcenter",
            }
        ),
        "text": book.add_format({**font, "valign": "top"}),
        "tame": book.add_format({**font, "valign": "top", "quote_prefix": True}),
        "number": book.add_format({**font, "num_format": "#,##0", "valign": "top"}),
        "day": book.add_format({**font, "num_format": "yyyy-mm-dd", "align": "left"}),
        "moment": book.add_format({**font, "num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        "strong": book.add_format({**font, "bold": True, "top": 1}),
        "strong number": book.add_format({**font, "bold": True, "top": 1, "num_format": "#,##0"}),
        "title": book.add_format({**font, "bold": True, "font_size": 14}),
    }
    sheet, at, part = None, 0, 0
    for row in _or_none(rows):
        if sheet is None or at == SHEET_ROWS_MAX:
            part += 1
            sheet = book.add_worksheet(_sheet_name(title, part))
            at = _write_head(sheet, heads, title, preface if part == 1 else (), looks)
        if row is None:
            continue
        strong = isinstance(row, Strong)
        for column, cell in enumerate(_cells(row)):
            _write_cell(sheet, at, column, cell, strong, looks)
        at += 1


def _or_none(rows: Iterable[type_row]) -> Iterator[type_row | None]:
    """The rows, after one None: a workbook without rows still has its head."""
    yield None
    yield from rows


def _write_head(
    sheet: Any, heads: Sequence[str], title: str, preface: Sequence[str], looks: dict[str, Any]
) -> int:
    at = 0
    for line in preface:
        sheet.write_string(at, 0, line, looks["title"] if at == 0 else looks["text"])
        at += 1
    for column, head in enumerate(heads):
        sheet.set_column(column, column, min(40, max(11, 2 * len(str(head)) + 4)))
        sheet.write_string(at, column, str(head), looks["head"])
    sheet.freeze_panes(at + 1, 1 if len(heads) > 3 else 0)
    sheet.set_landscape() if len(heads) > 6 else sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(at)
    return at + 1


def _write_cell(
    sheet: Any, at: int, column: int, cell: Any, strong: bool, looks: dict[str, Any]
) -> None:
    if cell is None or cell == "":
        if strong:
            sheet.write_blank(at, column, None, looks["strong"])
        return
    if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) < EXACT_MAX:
        sheet.write_number(at, column, cell, looks["strong number" if strong else "number"])
        return
    if isinstance(cell, date) and cell.year >= FIRST_YEAR and not strong:
        look = "moment" if isinstance(cell, datetime) else "day"
        sheet.write_datetime(at, column, cell, looks[look])
        return
    text = _worded(cell)
    if len(text) > CELL_CHARS_MAX:
        text = text[: CELL_CHARS_MAX - 1] + "…"
    look = "tame" if text.startswith(DANGEROUS) else "strong" if strong else "text"
    sheet.write_string(at, column, text.encode("utf-8", "replace").decode(), looks[look])


def _sheet_name(title: str, part: int) -> str:
    bare = (
        "".join("·" if letter in "[]:*?/\\" else letter for letter in title).strip("'")[:25]
        or "Sheet"
    )
    return bare if part == 1 else f"{bare} {part}"


def disposition(name: str, how: str = "attachment") -> str:
    """The header that names a file, for browsers that read Korean and those that do not."""
    bare = "".join(letter for letter in name if letter.isprintable() and letter not in '/\\"')
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "_"
        for letter in bare
    )
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(bare, safe='')}"


def download(stream: Iterable[bytes], name: str) -> StreamingHttpResponse:
    """The stream as a file the browser saves under its Korean name."""
    return StreamingHttpResponse(
        stream,
        content_type=KINDS[name.rsplit(".", 1)[-1]],
        headers={"Content-Disposition": disposition(name), "X-Content-Type-Options": "nosniff"},
    )


def as_it_came(content: bytes, name: str) -> HttpResponse:
    """A file that somebody handed in: saved, never shown inside a page of ours."""
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": disposition(name), "X-Content-Type-Options": "nosniff"},
    )

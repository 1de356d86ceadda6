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

import codecs
import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from dure.kernel.refusals import InvalidInput

CHUNK_BYTES = 1 << 20
SAMPLE_BYTES = 1 << 18
TEXT_BYTES_MAX = 1 << 30
EXCEL_BYTES_MAX = 64 << 20
EXCEL_UNPACKED_BYTES_MAX = 512 << 20
EXCEL_AREA_MAX = 16_000_000
ROWS_MAX = 2_000_000
CELL_CHARS_MAX = 32_767  # Excel's own limit
FIELD_BYTES_MAX = 1 << 20  # an open quotation mark is noticed here, not at the end of the file
COLUMNS_MAX = 1_000
HEAD_SEARCH_ROWS = 20


class FileEmpty(InvalidInput):
    """The file has no row with content."""

    text = _("The file is empty. The first row should hold the names of the columns.")


class FileTooLarge(InvalidInput):
    """The file is larger than can be read with care."""

    text = _("The file is too large: at most %(most)s MB.")
    remedy = _("Save it as CSV, or split it into several files.")


class TooManyRows(InvalidInput):
    """The file has more rows than are taken at once."""

    text = _("The file has more than %(most)s rows.")
    remedy = _("Split it into several files.")


class FileKindUnknown(InvalidInput):
    """Neither CSV nor Excel."""

    text = _("This is neither a CSV nor an Excel file: %(name)s.")
    remedy = _("Open it in its own program and save it as Excel (.xlsx) or CSV.")


class FileIsWebPage(InvalidInput):
    """A web page or XML that only calls itself Excel; banks hand out such files."""

    text = _("%(name)s is a web page that only has the name of an Excel file.")
    remedy = _(
        "Open it in Excel, choose “Save as”, take Excel workbook (.xlsx), and send that file."
    )


class FileIsLocked(InvalidInput):
    """The workbook is encrypted with a password."""

    text = _("The file %(name)s is locked with a password.")
    remedy = _("Save it without the password and send it again.")


class FileBroken(InvalidInput):
    """The bytes are not what their beginning promises."""

    text = _("The file %(name)s is damaged and cannot be read.")
    remedy = _("Open it in Excel, save it again, and send that file.")


class TextUnreadable(InvalidInput):
    """The text is neither UTF-8 nor CP949."""

    text = _("Line %(line)s of the file has letters that cannot be read.")
    remedy = _("In Excel choose “Save as” and “CSV UTF-8”.")


class QuotesBroken(InvalidInput):
    """A quotation mark opens and never closes, or closes in the middle."""

    text = _("The quotation marks in row %(row)s do not match.")
    remedy = _("Correct that row, or save the file as Excel (.xlsx).")


class CellTooLong(InvalidInput):
    """One cell holds more text than a spreadsheet would."""

    text = _("Cell %(cell)s is too long: at most %(most)s characters.")


class SheetMissing(InvalidInput):
    """The workbook has no sheet of that name."""

    text = _("The workbook has no sheet “%(sheet)s”. It has: %(sheets)s.")


def cell_address(row: int, column: int) -> str:
    """The address people see in a spreadsheet: row from 1, column from 0. (12, 1) is "B12"."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


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
    stream: BinaryIO = (
        io.BytesIO(source) if isinstance(source, (bytes, bytearray, memoryview)) else source
    )
    shown = name[-60:]
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    sample = stream.read(SAMPLE_BYTES)
    stream.seek(0)
    if not sample.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FileEmpty
    if sample.startswith(b"PK\x03\x04"):
        found = _open_excel(shown, "xlsx", stream, size, sheet)
    elif sample.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        found = _open_excel(shown, "xls", stream, size, sheet)
    else:
        found = _open_text(shown, stream, size, sample)
    raw, kind, about = found
    numbered = _counted(raw, rows_max)
    head, rest = _head(numbered)
    if head is None:
        raise FileEmpty
    rows = _padded(rest, len(head.cells))
    return Sheet(name=shown, kind=kind, head=head.cells, head_row=head.number, rows=rows, **about)


type_raw = Iterator[tuple[int, list[str]]]
type_found = tuple[type_raw, str, dict[str, Any]]

_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFEFF])


def _clean(text: str) -> str:
    """Trim, one kind of letters (NFC), no invisible control characters, no taming apostrophe."""
    if not text.isprintable():
        text = text.translate(_CONTROL).replace("\r\n", "\n")
    text = text.strip()
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@"):
        text = text[1:]
    return text


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


# -- text ------------------------------------------------------------------------------------


def _open_text(name: str, stream: BinaryIO, size: int, sample: bytes) -> type_found:
    if size > TEXT_BYTES_MAX:
        raise FileTooLarge(most=TEXT_BYTES_MAX >> 20)
    encoding = _encoding(name, stream, sample)
    start = codecs.getincrementaldecoder(encoding)().decode(sample).lstrip("\ufeff").lstrip()
    if start[:1] == "<" and re.match(
        r"<(!doctype|html|table|\?xml|head|meta|body|style)", start, re.IGNORECASE
    ):
        raise FileIsWebPage(name=name)
    if start.count("\x00") > 2 + len(start) // 20 or sample[:4] in (
        b"%PDF",
        b"\x89PNG",
        b"GIF8",
        b"\xff\xd8\xff\xe0",
        b"\xff\xd8\xff\xe1",
        b"Rar!",
        b"7z\xbc\xaf",
    ):
        raise FileKindUnknown(name=name)
    delimiter = _delimiter(start)
    about = {"encoding": encoding, "delimiter": delimiter}
    return _text_rows(stream, encoding, delimiter), "csv", about


def _encoding(name: str, stream: BinaryIO, sample: bytes) -> str:
    """UTF-8 (with or without its mark), UTF-16, or CP949; proved on the whole file."""
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _proved(stream, "utf-16")
    zeros_odd, zeros_even = sample[1::2].count(0), sample[::2].count(0)
    if (
        zeros_odd + zeros_even > len(sample) // 10
    ):  # UTF-16 without its mark: Latin letters are half zeros
        if min(zeros_odd, zeros_even) > len(sample) // 20:
            raise FileKindUnknown(name=name)
        return _proved(stream, "utf-16-le" if zeros_odd > zeros_even else "utf-16-be")
    try:
        return _proved(stream, "utf-8-sig")
    except TextUnreadable:
        # Mostly sound UTF-8 with a wrong byte is a damaged file, not CP949.
        read = sample.decode("utf-8", errors="replace")
        beyond = sum(letter > "\x7f" for letter in read)
        if beyond - read.count("\ufffd") > beyond * 9 // 10:
            raise
    return _proved(stream, "cp949")


def _proved(stream: BinaryIO, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    line, chunk = 1, b""
    stream.seek(0)
    try:
        while chunk := stream.read(CHUNK_BYTES):
            decoder.decode(chunk)
            line += chunk.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise TextUnreadable(line=f"{line + error.object[: error.start].count(10):,}") from error
    finally:
        stream.seek(0)
    return encoding


def _delimiter(start: str) -> str:
    """The delimiter that cuts the first rows most evenly, outside of quotation marks."""
    lines = re.sub(r'"[^"]*"', "", start[:65_536]).splitlines()[:30]
    lines = [line for line in (lines[:-1] if len(lines) > 2 else lines) if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        common = (
            max(set(counts), key=lambda n: (n > 0, counts.count(n), n), default=0) if counts else 0
        )
        return (counts.count(common) if common else 0), common

    return max(",\t;|", key=evenness)


def _text_rows(stream: BinaryIO, encoding: str, delimiter: str) -> type_raw:
    text = io.TextIOWrapper(
        io.BufferedReader(_Kept(stream), CHUNK_BYTES), encoding=encoding, newline=""
    )
    reader = csv.reader(_without_zeros(text), delimiter=delimiter, strict=True)
    number = 0
    csv.field_size_limit(FIELD_BYTES_MAX)
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise QuotesBroken(row=f"{number:,}") from error
        yield number, _bounded(number, cells)


def _without_zeros(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line.replace("\x00", "") if "\x00" in line else line


def _bounded(number: int, cells: list[str]) -> list[str]:
    del cells[COLUMNS_MAX:]
    for column, cell in enumerate(cells):
        if len(cell) > CELL_CHARS_MAX:
            raise CellTooLong(cell=cell_address(number, column), most=f"{CELL_CHARS_MAX:,}")
        cells[column] = _clean(cell)
    return cells


class _Kept(io.RawIOBase):
    """The caller's file, read in order and not closed when we are done with it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


# -- Excel -----------------------------------------------------------------------------------


def _open_excel(name: str, kind: str, stream: BinaryIO, size: int, sheet: str) -> type_found:
    if size > EXCEL_BYTES_MAX:
        raise FileTooLarge(most=EXCEL_BYTES_MAX >> 20)
    if kind == "xlsx":
        _weigh(name, stream)
    else:
        _tell_old_kinds(name, stream)
    book = _guarded(name, lambda: CalamineWorkbook.from_filelike(stream))
    visible = [
        about.name
        for about in book.sheets_metadata
        if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible
    ] or list(book.sheet_names)
    if sheet and sheet not in book.sheet_names:
        raise SheetMissing(sheet=sheet[:60], sheets=", ".join(visible)[:300])
    chosen = sheet
    for candidate in [sheet] if sheet else visible:
        page = _guarded(name, partial(book.get_sheet_by_name, candidate))
        chosen = candidate
        if page.height:
            break
    else:
        raise FileEmpty
    about = {"sheet": chosen, "sheets": tuple(visible)}
    return _excel_rows(name, page), kind, about


def _tell_old_kinds(name: str, stream: BinaryIO) -> None:
    """The old container also holds Hangul and Word documents, and locked new workbooks."""
    data = stream.read()
    stream.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FileIsLocked(name=name)
    if not any(part.encode("utf-16-le") in data for part in ("Workbook", "Book")):
        raise FileKindUnknown(name=name)


def _weigh(name: str, stream: BinaryIO) -> None:
    """Refuse what would grow past reason when unpacked, and sheets whose far corner would."""
    try:
        with zipfile.ZipFile(stream) as pack:
            parts = pack.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise FileKindUnknown(name=name)
            if sum(part.file_size for part in parts) > EXCEL_UNPACKED_BYTES_MAX:
                raise FileTooLarge(most=EXCEL_UNPACKED_BYTES_MAX >> 20)
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    with pack.open(part) as sheet:
                        _weigh_sheet(sheet)
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise FileBroken(name=name) from error
    finally:
        stream.seek(0)


_FAR = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')


def _weigh_sheet(sheet: Any) -> None:
    """The reader keeps a sheet as one block up to its last cell; one stray cell in the far corner
    of an empty sheet would ask for more memory than there is."""
    rows, columns, tail, unpacked = 1, 1, b"", 0
    while chunk := sheet.read(CHUNK_BYTES):
        unpacked += len(chunk)
        if unpacked > EXCEL_UNPACKED_BYTES_MAX:  # the archive lied about the size
            raise FileTooLarge(most=EXCEL_UNPACKED_BYTES_MAX >> 20)
        cells = _FAR.findall(tail + chunk)
        tail = chunk[-200:]
        if cells:
            rows = max(rows, max(int(row) for _letters, row in cells))
            columns = max(
                columns,
                max(_column_number(letters) for letters in {letters for letters, _row in cells}),
            )
            if rows * columns > EXCEL_AREA_MAX:
                raise FileTooLarge(most=EXCEL_UNPACKED_BYTES_MAX >> 20)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _guarded(name: str, read: Callable[[], Any]) -> Any:
    """The reader's own errors, and its panics (which are no `Exception`), as refusals."""
    try:
        return read()
    except PasswordError as error:
        raise FileIsLocked(name=name) from error
    except (CalamineError, OSError, ValueError, OverflowError, UnicodeError) as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise FileIsLocked(name=name) from error
        raise FileBroken(name=name) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise FileBroken(name=name) from error
        raise


def _excel_rows(name: str, page: CalamineSheet) -> type_raw:
    """The reader gives rows from the first of the sheet, but columns only from the first used."""
    _top, left = page.start or (0, 0)
    rows = _guarded(name, page.iter_rows)
    number = 0
    while (values := _guarded(name, lambda: next(rows, None))) is not None:
        number += 1
        yield number, _bounded(number, [""] * left + [_as_text(value) for value in values])


def _as_text(value: Any) -> str:
    """A cell as the text a person would type: 12.0 is 12, a day is 2026-11-20."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            if value != value or value in (float("inf"), float("-inf")):
                return ""
            return (
                str(int(value))
                if value.is_integer() and abs(value) < 1e18
                else format(Decimal(repr(value)), "f")
            )
        case datetime():
            return (
                value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
            )
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return "" if value is None else str(value)

"""Tables in workbooks: weighed before they are unpacked, read as what a person would type."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from .cells import bounded, type_found, type_raw
from .refusals import (
    FileBroken,
    FileEmpty,
    FileIsLocked,
    FileKindUnknown,
    FileTooLarge,
    SheetMissing,
)

CHUNK_BYTES = 1 << 20
EXCEL_BYTES_MAX = 64 << 20
EXCEL_UNPACKED_BYTES_MAX = 512 << 20
EXCEL_AREA_MAX = 16_000_000


def open_excel(name: str, kind: str, stream: BinaryIO, size: int, sheet: str) -> type_found:
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
        yield number, bounded(number, [""] * left + [_as_text(value) for value in values])


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

"""Reading the deposit lists that Korean banks export. Pure.

1. CSV in UTF-8 (with or without mark) or CP949, with commas, tabs or semicolons; or XLSX.
2. The table starts at the first row, among the first 40, that names a date and an amount that came
   in; what stands above it (bank, account, period) is not read.
3. A row with nothing in the amount that came in (a withdrawal) is passed over and counted; so are empty
   rows and rows of totals. Any other row is either read whole or reported with the cell.
4. A row's key is made of date and time, amount, payer, memo and balance after it, and of how many
   rows exactly like it stand above it in the file: the same file twice gives the same keys, and two
   equal payments on one day stay two.
5. Text is kept as text: a cell that begins with = is no formula to us.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dure.kernel.dates import parse_date
from dure.kernel.money import parse_won
from dure.kernel.refusals import InvalidInput, Refusal
from dure.kernel.words import gettext_lazy as _

ROWS_MAX = 50_000
BYTES_MAX = 20_000_000
CELL_MAX = 500

_HEADERS: dict[str, tuple[str, ...]] = {
    "date": (
        "거래일자",
        "거래일시",
        "거래일",
        "거래날짜",
        "입금일자",
        "입금일",
        "일자",
        "날짜",
        "일시",
        "date",
    ),
    "time": ("거래시간", "거래시각", "시간", "시각", "time"),
    "amount": (
        "입금액",
        "입금금액",
        "맡기신금액",
        "받은금액",
        "입금(원)",
        "입금액(원)",
        "입금",
        "들어온금액",
        "금액",
        "거래금액",
        "amount",
    ),
    "paid_out": (
        "출금액",
        "출금금액",
        "찾으신금액",
        "보낸금액",
        "지급금액",
        "출금(원)",
        "출금액(원)",
        "출금",
    ),
    "payer": (
        "입금자명",
        "입금자",
        "보낸분",
        "보낸분/받는분",
        "보낸사람",
        "받는분/보낸분",
        "의뢰인/수취인",
        "의뢰인",
        "거래기록사항",
        "기재내용",
        "거래내용",
        "내용",
        "적요",
        "payer",
    ),
    "memo": ("통장메모", "메모", "비고", "적요", "거래구분", "취급점", "memo"),
    "balance": ("거래후잔액", "거래후잔액(원)", "잔액", "잔액(원)", "balance"),
}
_NEEDED = ("date", "amount", "payer")
_TOTALS = re.compile(r"합계|총계|소계|총\s*\d+\s*건")


class UnreadableFile(InvalidInput):
    """The bytes are neither a CSV we can decode nor an XLSX workbook."""

    text = _("“%(filename)s” cannot be read. Save it as CSV or XLSX at the bank and try again.")


class NoTableFound(InvalidInput):
    """No row names both a date and an amount that came in."""

    text = _(
        "No table was found in “%(filename)s”. It needs a row of headings with the date, the amount paid in and the payer, such as 거래일, 입금액, 적요."
    )


class TooManyRows(InvalidInput):
    """More rows than one file may have."""

    text = _(
        "“%(filename)s” has more than %(limit)s rows or is too large. Export a shorter period."
    )


@dataclass(frozen=True, slots=True)
class BankRow:
    """One payment that came in. `row` is the row's number in the file, from 1."""

    row: int
    receipt_date: date
    amount_won: int
    payer: str
    memo: str
    key: str


@dataclass(frozen=True, slots=True)
class RowError:
    row: int
    cell: str  # such as C7
    reason: str


@dataclass(frozen=True, slots=True)
class BankFile:
    rows: tuple[BankRow, ...]
    errors: tuple[RowError, ...]
    passed_over: int
    columns: dict[str, int]


type_grid = tuple[tuple[str, ...], ...]


def read_grid(content: bytes, filename: str) -> type_grid:
    """The cells of the file as text. Raises UnreadableFile, TooManyRows."""
    name = filename[-80:]
    if len(content) > BYTES_MAX:
        raise TooManyRows(filename=name, limit=f"{ROWS_MAX:,}")
    if content[:4] == b"PK\x03\x04" or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _read_workbook(content, name)
    text = _decode(content, name)
    if "\x00" in text:
        raise UnreadableFile(filename=name)
    delimiter = max(",\t;", key=text[:20_000].count)
    rows: list[tuple[str, ...]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(tuple(_clean(cell) for cell in cells[:60]))
            if len(rows) > ROWS_MAX + 100:
                raise TooManyRows(filename=name, limit=f"{ROWS_MAX:,}")
    except csv.Error as error:
        raise UnreadableFile(filename=name) from error
    return tuple(rows)


def read_rows(grid: type_grid, filename: str) -> BankFile:
    """The payments in the table. Raises NoTableFound."""
    top, columns = _find_header(grid, filename)
    rows: list[BankRow] = []
    errors: list[RowError] = []
    seen: dict[tuple[str, ...], int] = {}
    passed_over = 0
    for number, cells in enumerate(grid[top + 1 :], start=top + 2):

        def cell(name: str, cells: tuple[str, ...] = cells) -> str:
            at = columns.get(name)
            return cells[at] if at is not None and at < len(cells) else ""

        amount_text = cell("amount")
        if not any(cells):
            continue
        if _TOTALS.search("".join(cells[:3])) or (
            re.sub(r"[\s,원₩-]", "", amount_text) in ("", "0")
            and (cell("paid_out") or not cell("date"))
        ):
            passed_over += 1
            continue
        try:
            where = "date"
            day = parse_date(cell("date"))
            where = "amount"
            amount = parse_won(amount_text)
            if amount == 0:
                passed_over += 1
                continue
            where = "payer"
            payer = cell("payer") or cell("memo")
        except Refusal as refusal:
            errors.append(RowError(number, cell_name(columns[where], number), str(refusal)))
            continue
        memo = cell("memo") if columns.get("memo") != columns.get("payer") else ""
        same = (
            day.isoformat(),
            cell("date"),
            cell("time"),
            str(amount),
            payer,
            memo,
            cell("balance"),
        )
        seen[same] = seen.get(same, 0) + 1
        key = hashlib.sha256("\x1f".join((*same, str(seen[same]))).encode()).hexdigest()
        rows.append(BankRow(number, day, amount, payer[:120], memo[:200], key))
    return BankFile(tuple(rows), tuple(errors), passed_over, columns)


def cell_name(column: int, row: int) -> str:
    """C7 for column 2, row 7."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _find_header(grid: type_grid, filename: str) -> tuple[int, dict[str, int]]:
    for number, cells in enumerate(grid[:40]):
        bare = [re.sub(r"\s+", "", c).casefold() for c in cells]
        columns: dict[str, int] = {}
        for field, names in _HEADERS.items():
            for name in names:
                if name in bare and (field == "memo" or bare.index(name) not in columns.values()):
                    columns[field] = bare.index(name)
                    break
        if all(field in columns for field in _NEEDED):
            return number, columns
    raise NoTableFound(filename=filename[-80:])


def _decode(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "cp949", "utf-16"):
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(filename=name)


def _read_workbook(content: bytes, name: str) -> type_grid:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height > ROWS_MAX + 100:
            raise TooManyRows(filename=name, limit=f"{ROWS_MAX:,}")
        cells = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as error:
        raise UnreadableFile(filename=name) from error
    return tuple(tuple(_clean(_as_text(c)) for c in row[:60]) for row in cells)


def _as_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return "" if value is None else str(value)


def _clean(cell: str) -> str:
    text = unicodedata.normalize("NFC", cell).replace("\x00", "")
    return re.sub(r"[\s\u200b\ufeff]+", " ", text).strip().strip("'")[:CELL_MAX]

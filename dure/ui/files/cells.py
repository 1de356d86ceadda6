"""One cell: its address, its borders, its letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from .refusals import (
    CellTooLong,
)

CELL_CHARS_MAX = 32_767  # Excel's own limit
COLUMNS_MAX = 1_000

type_raw = Iterator[tuple[int, list[str]]]
type_found = tuple[type_raw, str, dict[str, Any]]

TAMED = set("=+-@\t\r\n＝＋－＠")  # what `writing.tamed` puts an apostrophe before
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFEFF])


def clean(text: str) -> str:
    """Trim, one kind of letters (NFC), no invisible control characters, no taming apostrophe."""
    if not text.isprintable():
        text = text.translate(_CONTROL).replace("\r\n", "\n")
    text = text.strip()
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if text[:1] == "'" and text[1:2] in TAMED:
        text = text[1:].strip()
    return text


def cell_address(row: int, column: int) -> str:
    """The address people see in a spreadsheet: row from 1, column from 0. (12, 1) is "B12"."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def bounded(number: int, cells: list[str]) -> list[str]:
    del cells[COLUMNS_MAX:]
    for column, cell in enumerate(cells):
        if len(cell) > CELL_CHARS_MAX:
            raise CellTooLong(cell=cell_address(number, column), most=f"{CELL_CHARS_MAX:,}")
        cells[column] = clean(cell)
    return cells

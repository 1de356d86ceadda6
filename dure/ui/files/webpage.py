"""Tables in web pages and in XML that call themselves Excel files; banks hand out both."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import BinaryIO

from .cells import COLUMNS_MAX, bounded, type_found, type_raw
from .text import encoding_of

CHUNK_CHARS = 1 << 18
CELL_PIECES_MAX = 4_000
_ROWS, _CELLS = ("tr", "row"), ("td", "th", "cell")


def open_web_page(name: str, stream: BinaryIO, sample: bytes) -> type_found:
    """The rows of every table of the page, one below the other."""
    encoding = encoding_of(name, stream, sample)
    return _rows(stream, encoding), "html", {"encoding": encoding}


def _rows(stream: BinaryIO, encoding: str) -> type_raw:
    number = 0
    for cells in _parsed(stream, encoding):
        number += 1
        yield number, bounded(number, cells)


def _parsed(stream: BinaryIO, encoding: str) -> Iterator[list[str]]:
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    parser = _Table()
    while chunk := text.read(CHUNK_CHARS):
        parser.feed(chunk)
        yield from parser.taken()
    parser.close()
    parser.end_row()
    yield from parser.taken()
    text.detach()


class _Table(HTMLParser):
    """Collects rows. A cell over several columns is followed by empty ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[list[str]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._wide = 1

    def taken(self) -> list[list[str]]:
        done, self._done = self._done, []
        return done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ROWS:
            self.end_row()
            self._row = []
        elif tag in _CELLS and self._row is not None:
            self._end_cell()
            given = dict(attrs)
            self._wide = _count(given.get("colspan"), 1)
            at = _count(given.get("ss:index"), 0)  # XML leaves empty cells out and counts on
            self._row.extend([""] * (at - 1 - len(self._row)))
            self._cell = []
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS:
            self._end_cell()
        elif tag in _ROWS:
            self.end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and len(self._cell) < CELL_PIECES_MAX:
            self._cell.append(data)

    def end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._done.append(self._row)
        self._row = None

    def _end_cell(self) -> None:
        if self._row is not None and self._cell is not None:
            self._row.append(" ".join("".join(self._cell).split()))
            self._row.extend([""] * (self._wide - 1))
        self._cell = None


def _count(given: str | None, otherwise: int) -> int:
    if given and given.isascii() and given.isdigit() and len(given) < 5:
        return min(int(given), COLUMNS_MAX)
    return otherwise

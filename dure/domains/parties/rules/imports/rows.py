"""What the rows of a file say, and what is wrong with them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, Protocol

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from ..fields import read_field
from ..names import name_identity
from .columns import check_mapping, read_designations, read_legal_form

CHUNK_ROWS = 2_000
REASON_MAX = 300


class FormulaInCell(InvalidInput):
    """The cell holds a formula as text."""

    text = _("The cell holds a formula (%(given)s). Only values are taken.")


class SameAsEarlierRow(InvalidInput):
    """Two rows of the file mean the same organisation."""

    text = _("This is the same organisation as in row %(row)d of the file.")


@dataclass(frozen=True, slots=True)
class Line:
    """A row that can be taken: clean column values (only of cells that say something)."""

    row: int
    values: tuple[tuple[str, Any], ...]
    designations: tuple[str, ...] = ()
    cell: str = ""  # the address of its name

    @property
    def given(self) -> dict[str, Any]:
        return dict(self.values)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A cell of a row that is not taken, and why, in words."""

    row: int
    cell: str
    reason: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of the file, in order: [from_row, until_row) counts rows with content from 0."""

    from_row: int
    until_row: int
    lines: tuple[Line, ...]
    rejected: tuple[Rejected, ...]
    is_last: bool

    @property
    def rejected_rows(self) -> int:
        return len({rejected.row for rejected in self.rejected})


class SheetRow(Protocol):
    """A row as the reader of files gives it."""

    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> tuple[str, ...]: ...
    def address(self, column: int) -> str: ...


def _refuse_formula(field: str, cell: str) -> None:
    if cell[0] in "=@" and len(cell) > 1:
        raise FormulaInCell(given=cell[:20])
    if (
        cell[0] in "+-"
        and field not in ("phone", "fax")
        and not re.fullmatch(r"[+\-][\d,. ]*", cell)
    ):
        raise FormulaInCell(given=cell[:20])


def read_line(mapping: Sequence[str], row: SheetRow) -> tuple[Line, tuple[Rejected, ...]]:
    """What a row says, and every cell of it that is wrong."""
    values: dict[str, Any] = {}
    designations: tuple[str, ...] = ()
    wrong: list[Rejected] = []
    for column, field in enumerate(mapping):
        cell = row.cells[column].strip() if column < len(row.cells) else ""
        if not field or (cell in ("", "-") and field != "name"):
            continue
        try:
            if cell:
                _refuse_formula(field, cell)
            if field == "designations":
                designations = read_designations(cell)
            elif field == "legal_form":
                values[field] = read_legal_form(cell)
            else:
                values |= read_field(field, cell)
        except InvalidInput as refusal:
            wrong.append(Rejected(row.number, row.address(column), str(refusal)[:REASON_MAX]))
    cell = row.address(list(mapping).index("name"))
    return Line(row.number, tuple(sorted(values.items())), designations, cell), tuple(wrong)


def _mark(*parts: str) -> int:
    digest = blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") or 1


class Marks:
    """Fingerprint → row, in two flat arrays: twelve bytes a place, a third of the places free."""

    def __init__(self) -> None:
        self._size, self._held = 1 << 10, 0
        self._marks, self._rows = self._empty()

    def _empty(self) -> tuple[array[int], array[int]]:
        return array("Q", bytes(8 * self._size)), array("I", bytes(4 * self._size))

    def _place(self, mark: int) -> int:
        place = mark % self._size
        while self._marks[place] not in (0, mark):
            place = (place + 1) % self._size
        return place

    def get(self, mark: int) -> int | None:
        place = self._place(mark)
        return self._rows[place] if self._marks[place] else None

    def put(self, mark: int, row: int) -> None:
        if self._held * 3 >= self._size * 2:
            self._grow()
        place = self._place(mark)
        self._held += self._marks[place] == 0
        self._marks[place], self._rows[place] = mark, row

    def _grow(self) -> None:
        marks, rows = self._marks, self._rows
        self._size *= 2
        self._marks, self._rows = self._empty()
        for mark, row in zip(marks, rows, strict=True):
            if mark:
                place = self._place(mark)
                self._marks[place], self._rows[place] = mark, row


class Seen:
    """Which organisations the rows so far meant, as fingerprints with the row they came from."""

    def __init__(self) -> None:
        self._rows = Marks()

    def earlier(self, line: Line) -> int | None:
        """The row that meant the same organisation; None (and remembered) when it is new."""
        given = line.given
        number = str(given.get("business_number", ""))
        identity = name_identity(str(given["name"]))
        sido, sigungu = str(given.get("sido_code", "")), str(given.get("sigungu_code", ""))
        here = _mark("at", identity, sido, sigungu)
        numbered_here = _mark("at#", identity, sido, sigungu)
        vague, exact = _mark("vague", identity, sido), _mark("exact", identity, sido)
        asks = [here, vague if sigungu else exact] if sido else [here]
        if number:
            asks.append(_mark("number", number))
        else:
            asks.append(numbered_here)
        for mark in asks:
            if (row := self._rows.get(mark)) is not None:
                return row
        if number:
            self._rows.put(_mark("number", number), line.row)
            self._rows.put(numbered_here, line.row)
        else:
            self._rows.put(here, line.row)
            if sido:
                self._rows.put(exact if sigungu else vague, line.row)
        return None


def chunks(
    rows: Iterable[SheetRow],
    mapping: Sequence[str],
    *,
    kind: str = "",
    skip: int = 0,
    size: int = CHUNK_ROWS,
) -> Iterator[Chunk]:
    """The file in chunks of rows, the first `skip` rows read but left out (they were accepted).

    `kind` is what every row that names no designation is counted as. A file without rows gives one
    empty chunk.
    """
    check_mapping(mapping)
    seen, at, name_column = Seen(), 0, list(mapping).index("name")
    lines: list[Line] = []
    rejected: list[Rejected] = []
    start = skip
    held: Chunk | None = None
    for row in rows:
        line, wrong = read_line(mapping, row)
        if not wrong and (other := seen.earlier(line)) is not None:
            reason = str(SameAsEarlierRow(row=other))
            wrong = (Rejected(row.number, row.address(name_column), reason),)
        at += 1
        if at <= skip:
            continue
        if held is not None:
            yield held
            held = None
        if wrong:
            rejected.extend(wrong)
        else:
            lines.append(
                line if line.designations or not kind else replace(line, designations=(kind,))
            )
        if at - start == size:
            held = Chunk(start, at, tuple(lines), tuple(rejected), is_last=False)
            lines, rejected, start = [], [], at
    if held is not None:
        yield Chunk(held.from_row, held.until_row, held.lines, held.rejected, is_last=True)
    else:
        yield Chunk(start, max(at, start), tuple(lines), tuple(rejected), is_last=True)

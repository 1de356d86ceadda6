"""How a value stands in a file: a cell of CSV, or a value of a JSON line; there and back, exactly.

1. CSV is UTF-8 with the mark that makes Excel read it as such, columns as named in the first row.
2. An empty cell is no value, but in a text: there it is an empty text, and no value is `\\N`.
3. A text that a spreadsheet would take for a formula, or that begins with ' or \\, has a ' before it.
4. JSON inside a cell, and objects inside a line, have their names in alphabetical order.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any

from dure.ui.files.writing import DANGEROUS

NO_VALUE = r"\N"
MARKED = (*DANGEROUS, "'", "\\")
CHUNK_CHARS = 1 << 16
CELL_CHARS_MAX = 64 * 1024 * 1024
FORMS = ("csv", "jsonl")

type_columns = Sequence[tuple[str, str]]  # name and type


class RowUnreadable(Exception):
    """A row that is no row of its table: which, and why."""

    def __init__(self, row: int, why: str) -> None:
        super().__init__(f"{row}: {why}")
        self.row, self.why = row, why


def to_cell(value: Any, kind: str) -> Any:
    """A plain value of the archive as a cell of CSV."""
    if value is None:
        return NO_VALUE if kind == "text" else ""
    if kind == "text":
        return f"'{value}" if value.startswith(MARKED) else value
    if kind == "bool":
        return "true" if value else "false"
    if kind == "json":
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value


def from_cell(cell: str, kind: str) -> Any:
    """A cell of CSV as a plain value. Raises ValueError."""
    if kind == "text":
        return None if cell == NO_VALUE else cell.removeprefix("'")
    if cell == "":
        return None
    if kind in ("int", "duration"):
        return int(cell)
    if kind == "bool":
        return {"true": True, "false": False}[cell]
    if kind == "float":
        return float(cell)
    return json.loads(cell) if kind == "json" else cell


def write_csv(columns: type_columns, rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The file of a table, piece by piece."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([name for name, _kind in columns])
    kinds = [kind for _name, kind in columns]
    for row in rows:
        writer.writerow([to_cell(value, kind) for value, kind in zip(row, kinds, strict=True)])
        if buffer.tell() > CHUNK_CHARS:
            yield _taken(buffer)
    yield _taken(buffer)


def write_jsonl(columns: type_columns, rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The same, a JSON object a line."""
    names = [name for name, _kind in columns]
    buffer = io.StringIO()
    for row in rows:
        line = dict(zip(names, row, strict=True))
        buffer.write(json.dumps(_in_order(line, columns), ensure_ascii=False) + "\n")
        if buffer.tell() > CHUNK_CHARS:
            yield _taken(buffer)
    yield _taken(buffer)


def _in_order(line: dict[str, Any], columns: type_columns) -> dict[str, Any]:
    for name, kind in columns:
        if kind == "json":
            line[name] = json.loads(json.dumps(line[name], sort_keys=True))
    return line


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def read_csv(file: IO[bytes], columns: type_columns) -> Iterator[list[Any]]:
    """The rows as plain values; the head is row 1. Raises RowUnreadable."""
    csv.field_size_limit(CELL_CHARS_MAX)
    number = 0
    try:
        lines = csv.reader(io.TextIOWrapper(file, "utf-8-sig", newline=""), strict=True)
        number = 1
        if next(lines, None) != [name for name, _kind in columns]:
            raise RowUnreadable(1, ", ".join(name for name, _kind in columns))
        for number, row in enumerate(lines, 2):
            yield _read(number, columns, row)
    except (csv.Error, UnicodeError) as error:
        raise RowUnreadable(number + 1, str(error)) from error


def _read(number: int, columns: type_columns, row: list[str]) -> list[Any]:
    if len(row) != len(columns):
        raise RowUnreadable(number, f"{len(row)} ≠ {len(columns)}")
    found = []
    for (name, kind), cell in zip(columns, row, strict=True):
        try:
            found.append(from_cell(cell, kind))
        except (ValueError, KeyError):
            raise RowUnreadable(number, f"{name}: {cell[:60]!r} ≠ {kind}") from None
    return found


def read_jsonl(file: IO[bytes], columns: type_columns) -> Iterator[list[Any]]:
    """The same from JSON lines; the first is row 1. Raises RowUnreadable."""
    names = [name for name, _kind in columns]
    reader = io.BufferedReader(file, 1 << 20)  # type: ignore[type-var]
    number = 0
    while line := reader.readline(CELL_CHARS_MAX):
        number += 1
        try:
            row = json.loads(line)
        except ValueError as error:
            raise RowUnreadable(number, str(error)) from error
        if not isinstance(row, dict) or row.keys() != set(names):
            raise RowUnreadable(number, ", ".join(names))
        yield [row[name] for name in names]


WRITERS: dict[str, Callable[[type_columns, Iterable[Sequence[Any]]], Iterator[bytes]]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
}
READERS: dict[str, Callable[[IO[bytes], type_columns], Iterator[list[Any]]]] = {
    "csv": read_csv,
    "jsonl": read_jsonl,
}
FIRST_ROW = {"csv": 2, "jsonl": 1}  # where the first row of a table stands in its file

"""What a paper is made of: lines of text and grids of cells that may span others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from ..pdf import ROWS_MAX, PaperTooLong, PdfTable, Statement, render

LOOKS = ("plain", "title", "centre", "head", "small", "right", "sign")
RIGHT = ("won", "number", "ratio")
NARROW = 3  # how much of the room a narrow column takes, of ten for a wide one
WIDE = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. look: plain, title, centre, head (of a part), small, right, sign."""

    text: str
    look: str = "plain"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `across` and `down`: how many columns and rows it takes."""

    text: str
    is_head: bool = False
    align: str = "left"  # left, centre, right
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `widths` are shares of the room, one a column; none: all alike."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()

    @property
    def columns(self) -> int:
        return max((at + cell.across for _row, at, cell in self.placed()), default=0)

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Each cell with its row and column; cells flow around those that span downwards."""
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(self.rows):
            at = 0
            for cell in cells:
                while (row, at) in taken:
                    at += 1
                for down in range(cell.down):
                    taken |= {(row + down, at + across) for across in range(cell.across)}
                yield row, at, cell
                at += cell.across

    def shares(self) -> tuple[int, ...]:
        """One width a column."""
        count = self.columns
        return self.widths if len(self.widths) == count else (1,) * count


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper: its lines and grids in order."""

    title: str
    network: str
    blocks: tuple[Line | Grid, ...]
    made: str = ""
    landscape: bool = False
    lang: str = field(default_factory=lambda: get_language() or "ko")


def of_statement(about: Statement) -> Sheet:
    """The same words as a statement has on paper."""
    blocks: list[Line | Grid] = [Line(about.title, "title")]
    if about.subtitle:
        blocks.append(Line(about.subtitle, "centre"))
    blocks.append(Line(about.network, "small"))
    for table in about.tables:
        if table.caption:
            blocks.append(Line(table.caption, "head"))
        blocks.append(_grid(table))
    blocks += [Line(note) for note in about.notes]
    blocks += [Line(f"{one.role}  {one.name}  {one.mark}", "sign") for one in about.signs]
    return Sheet(about.title, about.network, tuple(blocks), about.made, about.landscape, about.lang)


def _grid(table: PdfTable) -> Grid:
    sides = ["right" if one.kind in RIGHT else "left" for one in table.columns]
    heads = tuple(Cell(one.label, True, "centre") for one in table.columns)
    rows = tuple(
        tuple(
            Cell(text, row.style in ("head", "sum"), side)
            for text, side in zip(row.cells, sides, strict=True)
        )
        for row in table.rows
    )
    widths = tuple(WIDE if one.kind == "text" else NARROW for one in table.columns)
    named = any(one.label for one in table.columns)
    return Grid((heads, *rows) if named else rows, widths)


def sheet_pdf(sheet: Sheet, *, made_at: datetime) -> bytes:
    """The sheet as PDF. Raises PaperTooLong."""
    rows = sum(len(block.rows) for block in sheet.blocks if isinstance(block, Grid))
    if rows > ROWS_MAX:
        raise PaperTooLong(rows=f"{rows:,}", most=f"{ROWS_MAX:,}")
    about = {
        "title": sheet.title,
        "network": sheet.network,
        "made": sheet.made,
        "landscape": sheet.landscape,
        "lang": sheet.lang,
        "blocks": [_told(block) for block in sheet.blocks],
    }
    return render("ui/documents/sheet.typ", about, made_at=made_at)


def _told(block: Line | Grid) -> dict[str, Any]:
    if isinstance(block, Line):
        return {"kind": "line", **asdict(block)}
    cells = [{"row": row, "at": at, **asdict(cell)} for row, at, cell in block.placed()]
    return {"kind": "grid", "shares": list(block.shares()), "cells": cells}

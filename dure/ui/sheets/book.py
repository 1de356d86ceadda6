"""A paper in Excel: its lines and grids one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ..files import Strong, xlsx_stream
from ..files.writing import type_row
from .layout import Grid, Sheet


def sheet_book(sheet: Sheet, made_at: datetime) -> Iterator[bytes]:
    """The lines and tables of a paper one below the other; amounts as numbers."""

    def rows() -> Iterator[type_row]:
        for block in sheet.blocks[1:]:
            if not isinstance(block, Grid):
                yield (block.text,)
                continue
            for row in block.rows:
                cells = tuple(_cell(cell.text) for cell in row)
                yield Strong(cells) if all(cell.is_head for cell in row) else cells
            yield ("",)

    return xlsx_stream((sheet.title,), rows(), title=sheet.title, made_at=made_at)


def _cell(text: str) -> str | int:
    bare = text.replace(",", "")
    return int(bare) if bare.lstrip("-").isdecimal() else text

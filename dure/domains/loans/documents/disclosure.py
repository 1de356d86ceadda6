"""Disclosure form 25 by the template in force, and its words in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dure.domains.governance import queries as governance
from dure.kernel.acts import Act
from dure.ui import files
from dure.ui.files.writing import type_row
from dure.ui.sheets import Grid, Sheet, read_template

from .. import queries


def lending_sheet(act: Act, year: int) -> Sheet:
    """The form of a fiscal year. Raises Denied, TemplateBroken, ReportSpanUnfit."""
    data = queries.lending_data(act, year)
    text = governance.paper_template(queries.LENDING)
    return read_template(text, queries.lending_fields(), data, data["network"])


def sheet_book(sheet: Sheet, made_at: datetime) -> Iterator[bytes]:
    """The lines and tables of a paper one below the other; amounts as numbers."""

    def rows() -> Iterator[type_row]:
        for block in sheet.blocks[1:]:
            if not isinstance(block, Grid):
                yield (block.text,)
                continue
            for row in block.rows:
                cells = tuple(_cell(cell.text) for cell in row)
                yield files.Strong(cells) if all(cell.is_head for cell in row) else cells
            yield ("",)

    return files.xlsx_stream((sheet.title,), rows(), title=sheet.title, made_at=made_at)


def _cell(text: str) -> str | int:
    bare = text.replace(",", "")
    return int(bare) if bare.lstrip("-").isdecimal() else text

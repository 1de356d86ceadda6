"""Fixed documents as PDF: the same input gives the same bytes, on every machine.

A document is a typst file and a dictionary of plain text. The text goes in as JSON and is never
read as markup. The clock is the caller's: `made_at` is the only time the file knows. The letters
are the vendored Pretendard, whatever fonts a machine has.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse
from django.utils.translation import get_language, gettext_lazy as _

from dure.kernel.refusals import InvalidInput

from .files.writing import disposition

ROWS_MAX = 3_000  # some eighty pages; ten thousand rows would take seven seconds and 700 MB
PACKAGE = Path(__file__).resolve().parent.parent
LETTERS = PACKAGE / "ui/static/vendor/pretendard-1.3.9/otf"


class PaperTooLong(InvalidInput):
    """The document would have more rows than anybody reads on paper."""

    text = _("This would be %(rows)s rows on paper; a PDF takes at most %(most)s.")
    remedy = _("Choose a shorter period, or take it along as Excel.")


@dataclass(frozen=True, slots=True)
class PdfColumn:
    """kind: text (takes the room), id or day (narrow), won, number, ratio (right-aligned)."""

    label: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class PdfRow:
    """style: plain, deep (indented), head (bold), sum (bold on grey)."""

    cells: tuple[str, ...]
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class PdfTable:
    columns: tuple[PdfColumn, ...]
    rows: tuple[PdfRow, ...]
    caption: str = ""

    @property
    def shown(self) -> list[list[tuple[str, PdfColumn]]]:
        """Each cell with its column, for a page that shows the same table."""
        return [list(zip(row.cells, self.columns, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Sign:
    role: str
    name: str
    mark: str = "(인)"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, list or report: title, what day or period, tables, notes, who signs."""

    title: str
    network: str
    tables: tuple[PdfTable, ...]
    subtitle: str = ""
    unit: str = ""
    made: str = ""
    notes: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    landscape: bool = False
    lang: str = field(default_factory=lambda: get_language() or "ko")


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """One page that certifies: facts, the sentences that certify them, the day, who signs."""

    title: str
    network: str
    facts: tuple[Fact, ...]
    lines: tuple[str, ...]
    dated: str
    number: str = ""
    made: str = ""
    signs: tuple[Sign, ...] = ()
    lang: str = field(default_factory=lambda: get_language() or "ko")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on paper: to whom, what about, its paragraphs, the day, from whom."""

    title: str
    network: str
    to: str
    paragraphs: tuple[str, ...]
    dated: str
    lang: str = field(default_factory=lambda: get_language() or "ko")


def render(template: str, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """The PDF of a typst file in the package ("ui/documents/statement.typ") with this data."""
    source = (PACKAGE / template).resolve()
    assert source.is_relative_to(PACKAGE) and source.suffix == ".typ", template
    made = typst.compile(
        str(source),
        root=str(PACKAGE),
        font_paths=_letters(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        format="pdf",
        timestamp=made_at.astimezone(UTC).replace(microsecond=0),
    )
    assert isinstance(made, bytes)
    return made


@functools.cache
def _letters() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(LETTERS)]
    )


def statement(about: Statement, *, made_at: datetime) -> bytes:
    """A statement as PDF. Cells are text that is already said (`tables.said`). Raises PaperTooLong."""
    rows = sum(len(one.rows) for one in about.tables)
    if rows > ROWS_MAX:
        raise PaperTooLong(rows=f"{rows:,}", most=f"{ROWS_MAX:,}")
    for one in about.tables:
        assert all(len(row.cells) == len(one.columns) for row in one.rows), "a cell for each column"
    return render("ui/documents/statement.typ", asdict(about), made_at=made_at)


def certificate(about: Certificate, *, made_at: datetime) -> bytes:
    """A certificate as PDF, one page."""
    return render("ui/documents/certificate.typ", asdict(about), made_at=made_at)


def letter(about: Letter, *, made_at: datetime) -> bytes:
    """A letter as PDF."""
    return render("ui/documents/letter.typ", asdict(about), made_at=made_at)


def letters(title: str, network: str, about: tuple[Letter, ...], *, made_at: datetime) -> bytes:
    """Letters as one PDF, each on its own page. Raises PaperTooLong."""
    if len(about) > ROWS_MAX:
        raise PaperTooLong(rows=f"{len(about):,}", most=f"{ROWS_MAX:,}")
    data = {
        "title": title,
        "network": network,
        "lang": get_language() or "ko",
        "letters": [asdict(one) for one in about],
    }
    return render("ui/documents/letters.typ", data, made_at=made_at)


def answer(made: bytes, name: str) -> HttpResponse:
    """The PDF shown in the browser, to be saved under its Korean name."""
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": disposition(name, "inline")},
    )

"""A sheet as PDF and as Excel. The same sheet, made at the same moment, gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dure.kernel.acts import day_of
from dure.kernel.dates import format_date
from dure.kernel.money import format_number
from dure.ui import files, pdf
from dure.ui.files.writing import type_row

from .sheets import Row, Sheet

STYLES = {"head": "head", "line": "deep", "sum": "sum", "total": "sum"}
WIDE_FROM = 4  # so many columns of amounts lie across the page


def file_name(sheet: Sheet, ending: str) -> str:
    """재무상태표_일반회계_2026-10-01_2026-10-31.pdf"""
    last = (sheet.until_date - timedelta(days=1)).isoformat()
    parts = (sheet.title, sheet.fund_name, f"{sheet.from_date.isoformat()}_{last}")
    return "_".join("".join(part.split()) for part in parts if part) + f".{ending}"


def paper(sheet: Sheet, network: str, made_at: datetime, proof: str = "") -> bytes:
    """The PDF. `proof`: what a closed period says of its kept statement."""
    about = pdf.Statement(
        title=sheet.title,
        network=network,
        subtitle=sheet.span,
        unit=_("Unit: won"),
        made=_made(made_at),
        tables=(table_of(sheet, sheet.fund_name),),
        notes=(*sheet.notes, *([proof] if proof else [])),
        landscape=len(sheet.heads) >= WIDE_FROM,
    )
    return pdf.statement(about, made_at=made_at)


def report(
    title: str, sheets: Sequence[Sheet], lines: Sequence[str], network: str, made_at: datetime
) -> bytes:
    """Several statements as one PDF, after sentences that say what they mean."""
    words = pdf.PdfTable(
        (pdf.PdfColumn(_("In words")),), tuple(pdf.PdfRow((line,)) for line in lines)
    )
    tables = (table_of(sheet, f"{sheet.title} ({sheet.fund_name})") for sheet in sheets)
    about = pdf.Statement(
        title=title,
        network=network,
        subtitle=sheets[0].span,
        unit=_("Unit: won"),
        made=_made(made_at),
        tables=(words, *tables),
        notes=tuple(dict.fromkeys(note for sheet in sheets for note in sheet.notes)),
    )
    return pdf.statement(about, made_at=made_at)


def table_of(sheet: Sheet, caption: str) -> pdf.PdfTable:
    """The rows of a sheet as they stand on paper."""
    heads = (pdf.PdfColumn(_("Account")), *(pdf.PdfColumn(head, "won") for head in sheet.heads))
    rows = tuple(pdf.PdfRow(_cells(sheet, row), STYLES[row.kind]) for row in sheet.rows)
    return pdf.PdfTable(heads, rows, caption)


def _made(made_at: datetime) -> str:
    return _("Made %(date)s") % {"date": format_date(day_of(made_at))}


def _cells(sheet: Sheet, row: Row) -> tuple[str, ...]:
    amounts = ["" if cell.won is None else format_number(cell.won) for cell in row.cells]
    amounts += [""] * (len(sheet.heads) - len(amounts))
    return (row.label, *amounts)


def workbook(sheet: Sheet, network: str, made_at: datetime, proof: str = "") -> Iterator[bytes]:
    """The Excel workbook, its sums bold, its amounts numbers."""

    def rows() -> Iterator[type_row]:
        for row in sheet.rows:
            cells = (row.label, *(cell.won for cell in row.cells))
            cells += (None,) * (len(sheet.heads) + 1 - len(cells))
            yield cells if row.kind == "line" else files.Strong(cells)
        for note in (*sheet.notes, proof):
            if note:
                yield (note,)

    return files.xlsx_stream(
        (_("Account"), *sheet.heads),
        rows(),
        title=sheet.title,
        preface=(f"{sheet.title} ({sheet.fund_name})", network, sheet.span),
        made_at=made_at,
    )

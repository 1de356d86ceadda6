"""A table of a paper, of cells that are already said."""

from __future__ import annotations

from fractions import Fraction

from dure.kernel.money import Rounding, whole
from dure.ui.pdf import PdfColumn, PdfRow, PdfTable


def table(
    caption: str,
    heads: tuple[tuple[str, str], ...],
    rows: list[tuple[str, ...]],
    has_sum: bool = False,
) -> PdfTable:
    """Heads are (label, kind); with `has_sum` the last row sums up."""
    last = len(rows) - 1 if has_sum else -1
    return PdfTable(
        tuple(PdfColumn(*head) for head in heads),
        tuple(PdfRow(row, "sum" if n == last else "plain") for n, row in enumerate(rows)),
        caption,
    )


def percent(share: Fraction | tuple[int, int]) -> str:
    """3.25%, to the hundredth, the half up."""
    found = share if isinstance(share, Fraction) else Fraction(*share)
    hundredths = whole(found * 10_000, Rounding.HALF_UP)
    return f"{hundredths // 100}.{hundredths % 100:02}%"

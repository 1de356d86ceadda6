"""The order of a group buy to one supplier: cases, prices, and how many pieces go to which drop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _, pgettext

from dure.kernel.acts import day_of
from dure.kernel.dates import format_date
from dure.kernel.money import format_number, format_won
from dure.ui import files, pdf
from dure.ui.pdf import PdfColumn, PdfRow, PdfTable, Statement

from ..queries import BuyCard, BuySupplier


def order_pdf(card: BuyCard, supplier: BuySupplier, network: str, made_at: datetime) -> bytes:
    """The order on paper."""
    lines = PdfTable(
        (
            PdfColumn(pgettext("group buy", "Article")),
            PdfColumn(pgettext("group buy", "Cases"), "number"),
            PdfColumn(pgettext("group buy", "Pieces"), "number"), PdfColumn(_("Sum (won)"), "won"),
        ),
        tuple(
            PdfRow((one.article, format_number(one.cases), format_number(one.pieces),
                    format_number(one.won)))
            for one in supplier.lines
        ),
        _("What is ordered"),
    )  # fmt: skip
    drops = PdfTable(
        (
            PdfColumn(pgettext("group buy", "Fetched at")),
            PdfColumn(pgettext("group buy", "Pieces")),
        ),
        tuple(PdfRow((drop, told)) for drop, told in _by_drop(card)),
        _("To which place"),
    )
    return pdf.statement(
        Statement(
            title=_("Order"), network=network,
            subtitle=f"{supplier.name} · {card.row.name}",
            unit=_("Group buy no. %(number)d") % {"number": card.id},
            made=_("Made %(date)s") % {"date": format_date(day_of(made_at))},
            tables=(lines, drops),
            notes=(
                _("Goods %(goods)s, transport %(transport)s, together %(won)s.")
                % {"goods": format_won(supplier.goods_won),
                   "transport": format_won(supplier.transport_won),
                   "won": format_won(supplier.won)},
                _("Organised by %(name)s.") % {"name": card.row.organiser},
            ),
        ),
        made_at=made_at,
    )  # fmt: skip


def order_sheet(card: BuyCard, supplier: BuySupplier, made_at: datetime) -> Iterator[bytes]:
    """The order as a spreadsheet."""
    heads = [
        str(pgettext("group buy", "Article")), str(pgettext("group buy", "Cases")),
        str(pgettext("group buy", "Pieces")), str(_("Sum (won)")),
    ]  # fmt: skip
    rows = [(one.article, one.cases, one.pieces, one.won) for one in supplier.lines]
    return files.xlsx_stream(
        heads, rows, title=_("Order"), preface=(f"{supplier.name} · {card.row.name}",),
        made_at=made_at,
    )  # fmt: skip


def _by_drop(card: BuyCard) -> list[tuple[str, str]]:
    """What goes to each place, of all suppliers: members fetch there."""
    found = []
    for drop in card.drops:
        pieces: dict[str, int] = {}
        for member in card.members:
            if member.drop == drop:
                for line in member.lines:
                    pieces[line.article] = pieces.get(line.article, 0) + line.pieces
        told = ", ".join(f"{name} {count}" for name, count in pieces.items() if count)
        if told:
            found.append((drop, told))
    return found

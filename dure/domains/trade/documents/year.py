"""A member's year of mutual trade on paper."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _, pgettext

from dure.kernel.money import format_number, format_won
from dure.ui import pdf
from dure.ui.pdf import PdfColumn, PdfRow, PdfTable

from ..queries import TradeStatement


def year_pdf(told: TradeStatement, network: str, on: date, made_at: datetime) -> bytes:
    """With whom, how much, how often; and every deal."""
    partners = PdfTable(
        (
            PdfColumn(_("Partner")), PdfColumn(_("Sold (won)"), "won"),
            PdfColumn(_("Bought (won)"), "won"), PdfColumn(_("Times"), "number"),
        ),
        tuple(
            PdfRow(
                (one.name, format_number(one.sold_won), format_number(one.bought_won),
                 str(one.count))
            )
            for one in told.partners
        ),
        _("With whom"),
    )  # fmt: skip
    deals = PdfTable(
        (
            PdfColumn(_("Day"), "day"), PdfColumn(_("Seller")), PdfColumn(_("Buyer")),
            PdfColumn(pgettext("deal", "What")), PdfColumn(_("Sum (won)"), "won"),
            PdfColumn(_("Open (won)"), "won"),
        ),
        tuple(
            PdfRow(
                (one.dealt_date.isoformat(), one.seller, one.buyer, one.what,
                 format_number(one.won), format_number(one.open_won))
            )
            for one in told.deals
        ),
        _("Deals"),
    )  # fmt: skip
    return pdf.statement(
        pdf.Statement(
            title=_("Statement of mutual trade"), network=network,
            subtitle=f"{told.name} · {told.year}", unit=_("unit: won"), made=on.isoformat(),
            tables=(partners, deals),
            notes=(
                f"{pgettext('deal', 'Sold')}: {format_won(told.sold_won)}",
                f"{pgettext('deal', 'Bought')}: {format_won(told.bought_won)}",
                _("Partners with %(times)d deals or more in the year: %(count)d")
                % {"times": told.often_times, "count": told.often},
                _("Every deal was confirmed by both sides."),
            ),
        ),
        made_at=made_at,
    )  # fmt: skip

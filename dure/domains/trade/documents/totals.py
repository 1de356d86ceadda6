"""A year of mutual trade on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _, pgettext

from dure.kernel.money import format_number, format_won
from dure.ui import pdf
from dure.ui.pdf import PdfColumn, PdfRow, PdfTable

from ..queries import PairTrade, TradeFigures, TradeTotals, Visit


def totals_pdf(
    told: TradeTotals,
    pairs: Sequence[PairTrade],
    figures: TradeFigures,
    visits: Sequence[Visit],
    network: str,
    on: date,
    made_at: datetime,
) -> bytes:
    """Sums by section, who traded with whom, the rounds, the fund by month, whom to visit."""
    tables = [
        PdfTable(
            (
                PdfColumn(_("Section")), PdfColumn(_("Members"), "number"),
                PdfColumn(_("Sold (won)"), "won"), PdfColumn(_("Bought (won)"), "won"),
            ),
            tuple(
                PdfRow(
                    (one.name or pgettext("section", "the rest"), str(one.members),
                     format_number(one.sold_won), format_number(one.bought_won))
                )
                for one in told.sections
            ),
            _("By section"),
        ),
        PdfTable(
            (
                PdfColumn(_("Settled on"), "day"), PdfColumn(_("Owed in all (won)"), "won"),
                PdfColumn(_("Set off (won)"), "won"),
            ),
            tuple(
                PdfRow(
                    (f"{one.settled_date}", format_number(one.owed_won),
                     format_number(one.agreed_won))
                )
                for one in figures.rounds
            ),
            _("Cash saved by clearing"),
        ),
        PdfTable(
            (PdfColumn(_("Month")), PdfColumn(_("Cooperative fund (won)"), "won")),
            tuple(PdfRow((str(one.month), format_number(one.won))) for one in figures.fund),
            _("Growth of the cooperative fund"),
        ),
        PdfTable(
            (
                PdfColumn(_("Member")), PdfColumn(_("Section")), PdfColumn(_("Why")),
                PdfColumn(_("Last deal"), "day"),
            ),
            tuple(
                PdfRow((one.name, one.section, one.reason_label, f"{one.last_date or ''}"))
                for one in visits
            ),
            _("Whom the office should visit"),
        ),
        PdfTable(
            (
                PdfColumn(_("Seller")), PdfColumn(_("Buyer")), PdfColumn(_("Sum (won)"), "won"),
                PdfColumn(_("Times"), "number"),
            ),
            tuple(
                PdfRow((one.seller, one.buyer, format_number(one.won), str(one.count)))
                for one in pairs
            ),
            _("From whom to whom"),
        ),
    ]  # fmt: skip
    return pdf.statement(
        pdf.Statement(
            title=_("Mutual trade"), network=network,
            subtitle=" · ".join(one for one in (str(told.year), told.section) if one),
            unit=_("unit: won"), made=on.isoformat(),
            tables=tuple(one for one in tables if one.rows),
            notes=(
                _("Traded among members: %(won)s, %(count)d deals, %(traders)d members.")
                % {"won": format_won(told.won), "count": told.count, "traders": told.traders},
                _("Set off without cash: %(won)s.") % {"won": format_won(figures.saved_won)},
                _("Every deal was confirmed by both sides."),
            ),
        ),
        made_at=made_at,
    )  # fmt: skip

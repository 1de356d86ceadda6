"""The set-off statement of a member: which debts and claims were set off, by invoice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _, pgettext

from dure.kernel.acts import day_of
from dure.kernel.dates import format_date
from dure.kernel.money import format_number, format_won
from dure.ui import pdf
from dure.ui.pdf import PdfColumn, PdfRow, PdfTable, Statement

from ..queries import SetOffLine, SetOffStatement


def set_off_pdf(given: SetOffStatement, network: str, made_at: datetime) -> bytes:
    """The statement as PDF."""
    return pdf.statement(
        Statement(
            title=_("Set-off statement"),
            network=network,
            subtitle=_("%(name)s · settled on %(date)s")
            % {"name": given.name, "date": format_date(given.settled_date)},
            unit=_("Round no. %(number)d") % {"number": given.round_id},
            made=_("Made %(date)s") % {"date": format_date(day_of(made_at))},
            tables=(
                _table(_("What the member owed"), given.debts),
                _table(_("What the member was owed"), given.claims),
            ),
            notes=(
                _("%(won)s of debts and as much of claims were set off, without money.")
                % {"won": format_won(given.won)},
                _(
                    "Set off by agreement of all who took part (a set-off contract of several, see Article"
                    " 492 of the Civil Act), over what both sides had confirmed and was due until %(date)s."
                )
                % {"date": format_date(given.cut_off_date)},
                _("Tax invoices stay as they were issued: this is a way of paying them."),
            ),
        ),
        made_at=made_at,
    )


def _table(caption: str, lines: Iterable[SetOffLine]) -> PdfTable:
    lines = list(lines)
    rows = [
        PdfRow(
            (
                str(one.deal_id), one.with_name, one.what, one.due_date.isoformat(),
                format_number(one.won), format_number(one.set_off_won),
            )
        )
        for one in lines
    ]  # fmt: skip
    total = format_number(sum(one.set_off_won for one in lines))
    return PdfTable(
        (
            PdfColumn(_("No."), "id"), PdfColumn(_("With whom")),
            PdfColumn(pgettext("deal", "What")), PdfColumn(pgettext("clearing", "Due"), "day"),
            PdfColumn(_("Sum (won)"), "won"), PdfColumn(_("Set off (won)"), "won"),
        ),
        (*rows, PdfRow((pgettext("clearing", "Together"), "", "", "", "", total), "sum")),
        caption,
    )  # fmt: skip

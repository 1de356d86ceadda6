"""Share capital on paper: the yearly report of changes, as PDF and as a sheet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dure.domains.parties import queries as parties
from dure.kernel.money import format_number, format_won
from dure.ui import files, pdf

from ..queries.shares import ShareReportCard


def _span(found: ShareReportCard) -> str:
    last = found.until_date - timedelta(days=1)
    return f"{found.year_date.isoformat()} – {last.isoformat()}"


def _facts(found: ShareReportCard) -> tuple[tuple[str, str, str], ...]:
    """What stood in the register before, and what stands in it now."""
    return (
        (_("One share"), format_won(found.unit_won), format_won(found.unit_won_after)),
        (_("All shares"), f"{found.opening_shares:,}", f"{found.closing_shares:,}"),
        (_("All paid in"), format_won(found.opening_won), format_won(found.closing_won)),
    )


def share_report_pdf(found: ShareReportCard, made_at: datetime) -> bytes:
    """출자 1좌의 금액, 출자 총좌수, 납입 출자금 총액: before, after, and day by day."""
    changes = pdf.PdfTable(
        columns=(
            pdf.PdfColumn(_("What changes")),
            pdf.PdfColumn(_("Before"), "won"),
            pdf.PdfColumn(_("After"), "won"),
        ),
        rows=tuple(pdf.PdfRow(row) for row in _facts(found)),
        caption=_("Changes of the year"),
    )
    days = pdf.PdfTable(
        columns=(
            pdf.PdfColumn(_("Date"), "day"),
            pdf.PdfColumn(_("Paid in"), "won"),
            pdf.PdfColumn(_("Taken out"), "won"),
            pdf.PdfColumn(_("All shares"), "won"),
            pdf.PdfColumn(_("All paid in"), "won"),
        ),
        rows=tuple(
            pdf.PdfRow(
                (
                    day.date.isoformat(),
                    format_number(day.in_won),
                    format_number(day.out_won),
                    format_number(day.shares),
                    format_number(day.won),
                )
            )
            for day in found.days
        ),
        caption=_("Day by day"),
    )
    profile = parties.network_profile()
    return pdf.statement(
        pdf.Statement(
            title=_("Report of share capital"),
            network=profile.name if profile else "",
            subtitle=_span(found),
            unit=_("unit: won"),
            tables=(changes, days),
            notes=(
                _("To be reported by %(day)s (%(article)s).")
                % {"day": found.due_date.isoformat(), "article": found.article},
            ),
        ),
        made_at=made_at,
    )


def share_report_sheet(
    found: ShareReportCard,
) -> tuple[list[str], list[Any], tuple[str, ...]]:
    """(heads, rows, lines above) of the report as a sheet."""
    heads = [
        _("Date"),
        _("Shares in"),
        _("Won in"),
        _("Shares out"),
        _("Won out"),
        _("All shares"),
        _("All paid in (won)"),
    ]
    rows: list[Any] = [
        [d.date, d.in_shares, d.in_won, d.out_shares, d.out_won, d.shares, d.won]
        for d in found.days
    ]
    rows.append(
        files.Strong([_("At the end"), "", "", "", "", found.closing_shares, found.closing_won])
    )
    preface = (
        _span(found),
        *(f"{name}: {before} → {after}" for name, before, after in _facts(found)),
    )
    return heads, rows, preface

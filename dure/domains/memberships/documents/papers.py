"""Papers without a number: a member's dues account, the notice of what is due (회비 안내문)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from dure.kernel.money import format_number
from dure.ui import pdf

from ..queries import ChargeLine, MemberCard, MemberStatement


def line_text(kind: str, text: str) -> str:
    """What a line of a dues account is about."""
    return {
        "charge": text,
        "payment": _("paid"),
        "undone": _("payment undone"),
        "waiver": _("waived: %(reason)s") % {"reason": text},
    }[kind]


def statement_pdf(found: MemberStatement, network: str, made_at: datetime) -> bytes:
    """What was charged and paid, line by line, with the balance."""
    rows = [
        pdf.PdfRow(
            (
                found.from_date.isoformat(),
                _("brought forward"),
                "",
                format_number(found.opening_won),
            ),
            "head",
        )
    ]
    rows += [
        pdf.PdfRow(
            (
                line.date.isoformat(),
                line_text(line.kind, line.text),
                format_number(line.amount_won),
                format_number(line.balance_won),
            )
        )
        for line in found.lines
    ]
    rows.append(
        pdf.PdfRow(
            (_last(found).isoformat(), _("still owed"), "", format_number(found.closing_won)), "sum"
        )
    )
    return pdf.statement(
        pdf.Statement(
            title=_("Dues account"),
            network=network,
            subtitle=f"{found.name} (No. {found.number}) · {found.from_date.isoformat()} – {_last(found).isoformat()}",
            unit=_("unit: won"),
            tables=(
                pdf.PdfTable(
                    columns=(
                        pdf.PdfColumn(_("Date"), "day"),
                        pdf.PdfColumn(_("What for")),
                        pdf.PdfColumn(_("Amount"), "won"),
                        pdf.PdfColumn(_("Balance"), "won"),
                    ),
                    rows=tuple(rows),
                ),
            ),
        ),
        made_at=made_at,
    )


def dues_notice(
    card: MemberCard, charges: Sequence[ChargeLine], network: str, today: date, made_at: datetime
) -> bytes:
    """회비 안내문: what is open, by when, for how much."""
    rows = [
        pdf.PdfRow(
            (
                f"{charge.plan} {charge.from_date:%Y-%m}",
                charge.due_date.isoformat(),
                format_number(charge.amount_won),
                format_number(charge.open_won),
            )
        )
        for charge in charges
    ]
    total = sum(charge.open_won for charge in charges)
    rows.append(pdf.PdfRow((_("In all"), "", "", format_number(total)), "sum"))
    return pdf.statement(
        pdf.Statement(
            title=_("Notice of dues"),
            network=network,
            subtitle=f"{card.name} (No. {card.number})",
            unit=_("unit: won"),
            made=today.isoformat(),
            tables=(
                pdf.PdfTable(
                    columns=(
                        pdf.PdfColumn(_("What for")),
                        pdf.PdfColumn(_("Due"), "day"),
                        pdf.PdfColumn(_("Charged"), "won"),
                        pdf.PdfColumn(_("Open"), "won"),
                    ),
                    rows=tuple(rows),
                ),
            ),
            notes=(
                _(
                    "Thank you for keeping the network going. If paying is difficult, please tell us."
                ),
            ),
        ),
        made_at=made_at,
    )


def _last(found: MemberStatement) -> date:
    return found.until_date - timedelta(days=1)

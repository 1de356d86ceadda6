"""A plan as PDF: the tree with its money by year and how far it has come."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from dure.kernel.dates import format_date
from dure.kernel.money import format_number
from dure.ui import pdf
from dure.ui.pdf import PdfColumn, PdfRow, PdfTable, Statement

from ..queries.plans import PlanCard

STYLES = {"area": "sum", "task": "head", "project": "deep"}


def plan_pdf(card: PlanCard, network: str, made_at: datetime) -> bytes:
    """One version of a plan, for the file and for those who decide on it."""
    version = card.version
    said = (
        _("draft")
        if version.is_draft
        else _("adopted %(day)s") % {"day": format_date(version.adopted_date or made_at.date())}
    )
    about = Statement(
        title=card.title,
        network=network,
        subtitle=" · ".join(
            (
                f"{card.from_year}–{card.until_year}",
                _("version %(number)s") % {"number": version.number},
                str(said),
                *([version.resolution] if version.resolution else []),
            )
        ),
        landscape=True,
        tables=(
            PdfTable(
                (
                    PdfColumn(_("No."), "id"),
                    PdfColumn(_("Title")),
                    PdfColumn(_("Who answers for it")),
                    PdfColumn(_("Budget (won)"), "won"),
                    PdfColumn(_("Done of 100"), "number"),
                ),
                tuple(
                    PdfRow(
                        (
                            one.label, one.title, one.owner or "–", format_number(one.budget_won),
                            str(one.done_of_100),
                        ),
                        STYLES[one.kind],
                    )
                    for one in card.lines
                ),
                _("What it is made of"),
            ),
            PdfTable(
                (PdfColumn(_("Year"), "id"), PdfColumn(_("Budget (won)"), "won")),
                (
                    *(PdfRow((str(year), format_number(won))) for year, won in card.budgets),
                    PdfRow((_("Sum (won)"), format_number(card.budget_won)), "sum"),
                ),
                _("Budget by year"),
            ),
        ),
    )  # fmt: skip
    return pdf.statement(about, made_at=made_at)

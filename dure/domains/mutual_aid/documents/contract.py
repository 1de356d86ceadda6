"""The contract as it was signed: its terms, what is given, and the rules it was signed under."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from dure.domains.bylaws.rules import kept
from dure.kernel.acts import day_of
from dure.kernel.dates import format_date
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text
from dure.ui import pdf
from dure.ui.pdf import PdfColumn, PdfRow, PdfTable, Sign, Statement

from ..queries import EVENTS, RELATIONS, AidCard

PERIODS: dict[str, type_text] = {
    "lapse_months": gettext_lazy("Unpaid months until a notice of lapse"),
    "lapse_notice_days": gettext_lazy("Days from the notice to the lapse"),
    "revival_months": gettext_lazy("Months to revive after a lapse"),
    "appeal_days": gettext_lazy("Days to appeal against a refusal"),
}
_TWO = (PdfColumn("", "text"), PdfColumn("", "text"))


def contract_pdf(card: AidCard, contract: dict[str, Any], network: str, made_at: datetime) -> bytes:
    """The frozen contract of a member. Later changes of plan and rules do not change it."""
    assert card.signed_date is not None
    events, relations = dict(EVENTS), dict(RELATIONS)
    no_limit = _("no such limit")
    terms = [
        (_("Member"), f"{card.name} ({card.number})" if card.number else card.name),
        (_("Plan and regulation"), f"{contract['plan']} · {contract['article']}"),
        (
            _("Contribution a month"),
            _("%(won)s, due on the %(day)dth")
            % {"won": format_won(contract["monthly_won"]), "day": contract["due_day"]},
        ),
        (_("Waiting period (months)"), str(contract["waiting_months"])),
        (
            _("Highest aid in a year"),
            format_won(contract["per_year_won"]) if contract["per_year_won"] else no_limit,
        ),
        (_("Highest aid of one person"), format_won(contract["per_person_won"])),
        *((str(PERIODS[name]), str(value)) for name, value in contract["periods"].items()),
        *(
            (
                _("Goes back from %(months)d months paid") % {"months": months},
                f"{Fraction(part, whole) * 100} %",
            )
            for months, part, whole in contract["refunds"]
        ),
    ]
    given = [
        PdfRow(
            (
                str(events.get(one["event"], one["event"])),
                str(relations.get(one["relation"], one["relation"])),
                str(one["paid_months"]),
                format_won(one["won"]),
                one["evidence"],
            )
        )
        for one in contract["benefits"]
    ]
    rules = [PdfRow((one.citation, one.sentence())) for one in kept(contract["provisions"])]
    signed = format_date(card.signed_date)
    return pdf.statement(
        Statement(
            title=_("Contract of mutual aid"),
            network=network,
            subtitle=_("signed on %(date)s") % {"date": signed},
            unit=_("No. %(number)d") % {"number": card.id},
            made=_("Made %(date)s") % {"date": format_date(day_of(made_at))},
            tables=(
                PdfTable(_TWO, tuple(PdfRow(one) for one in terms), _("Terms")),
                PdfTable(
                    (
                        PdfColumn(_("Event"), "text"),
                        PdfColumn(_("To whom"), "id"),
                        PdfColumn(_("Months paid"), "number"),
                        PdfColumn(_("Amount"), "won"),
                        PdfColumn(_("Evidence"), "text"),
                    ),
                    tuple(given),
                    _("What is given"),
                ),
                PdfTable(
                    (PdfColumn(_("Article"), "id"), PdfColumn(_("What it asked and found"))),
                    tuple(rules),
                    _("Rules it was signed under"),
                ),
            ),
            notes=(
                _("The contract is made directly between member and co-operative."),
                _("Terms and rules stay as they were on the day of signing."),
            ),
            signs=(Sign(network, ""), Sign(_("Member"), card.name)),
        ),
        made_at=made_at,
    )

"""The reserve on paper: what stands where, when it comes back, with whom it stands."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _, pgettext

from dure.kernel.acts import day_of
from dure.kernel.dates import format_date
from dure.kernel.money import format_number
from dure.ui.pdf import PdfTable, Statement

from ..queries import ReserveView
from ..rules.placing import Rung
from .tables import percent, table


def reserve_statement(view: ReserveView, network: str, made_at: datetime) -> Statement:
    """The reserve as a statement: sums, placements, ladder, concentration."""
    return Statement(
        title=_("Reserve of mutual aid"),
        network=network,
        subtitle=_("As of %(day)s") % {"day": format_date(view.on)},
        unit=_("Unit: won"),
        made=_("Made %(date)s") % {"date": format_date(day_of(made_at))},
        tables=(_sums(view), _placed(view), _ladder(view), _institutions(view)),
        notes=(_("It stands in deposits and government or public bonds only."),),
        landscape=True,
    )


def _sums(view: ReserveView) -> PdfTable:
    lines = (
        (_("At hand"), view.at_hand_won),
        (_("Placed"), view.placed_won),
        (pgettext("mutual aid", "Reserve"), view.reserve_won),
    )
    return table(
        _("The reserve today"),
        ((pgettext("mutual aid", "What"), "text"), (_("Amount (won)"), "won")),
        [(name, format_number(won)) for name, won in lines],
        has_sum=True,
    )


def _placed(view: ReserveView) -> PdfTable:
    return table(
        _("What stands where"),
        (
            (_("Institution"), "text"), (_("Kind"), "text"), (_("Amount (won)"), "won"),
            (_("Yearly rate"), "ratio"), (_("From"), "day"), (_("Matures on"), "day"),
            (_("Decided by"), "text"),
        ),
        [
            (
                one.institution, one.kind_label, format_number(one.won), percent(one.rate),
                format_date(one.opened_date), format_date(one.matures_date), one.decided_by,
            )
            for one in view.placed
        ],
    )  # fmt: skip


def _ladder(view: ReserveView) -> PdfTable:
    return table(
        _("When it comes back"),
        (
            (_("Matures"), "text"),
            (_("Amount (won)"), "won"),
            (_("Pieces"), "number"),
        ),
        [
            (_rung(view, one), format_number(one.won), format_number(one.count))
            for one in view.ladder
            if one.count
        ],
    )


def _rung(view: ReserveView, one: Rung) -> str:
    if one.before is None:
        return _("later")
    if one.before <= view.on:
        return _("already due")
    return _("before %(day)s") % {"day": format_date(one.before)}


def _institutions(view: ReserveView) -> PdfTable:
    return table(
        _("With whom it stands"),
        (
            (_("Institution"), "text"), (_("Amount (won)"), "won"),
            (_("Of the placed"), "ratio"), (_("Deposits (won)"), "won"),
            (_("Insured up to"), "text"),
        ),
        [
            (
                one.name, format_number(one.won), percent((one.won, view.placed_won)),
                format_number(one.deposits_won),
                f"{one.insured.required_shown} ({one.insured.citation})" if one.insured else "–",
            )
            for one in view.institutions
        ],
    )  # fmt: skip

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
            title=_("Statement of undoing a set-off")
            if given.undone_date
            else _("Set-off statement"),
            network=network,
            subtitle=_("%(name)s · settled on %(date)s")
            % {"name": given.name, "date": format_date(given.settled_date)},
            unit=_("Round no. %(number)d") % {"number": given.round_id},
            made=_("Made %(date)s") % {"date": format_date(day_of(made_at))},
            tables=(
                _table(_("What the member owed"), given.debts),
                _table(_("What the member was owed"), given.claims),
            ),
            notes=_undone(given) if given.undone_date else _settled(given),
        ),
        made_at=made_at,
    )


def _settled(given: SetOffStatement) -> tuple[str, ...]:
    if not (given.lent_won or given.paid_won):
        told = [
            _("%(won)s of debts and as much of claims were set off, without money.")
            % {"won": format_won(given.won)}
        ]
    else:
        told = [
            _("%(debts)s of debts and %(claims)s of claims were set off.")
            % {"debts": format_won(given.won), "claims": format_won(given.claims_won)}
        ]
    if given.lent_won and given.repay_date:
        told.append(
            _("The difference of %(won)s is owed to the cooperative fund, until %(date)s.")
            % {"won": format_won(given.lent_won), "date": format_date(given.repay_date)}
        )
    if given.paid_won:
        told.append(
            _("The difference of %(won)s is paid by the cooperative fund.")
            % {"won": format_won(given.paid_won)}
        )
    return (
        *told,
        _(
            "Set off by agreement of all who took part (a set-off contract of several, see Article"
            " 492 of the Civil Act), over what both sides had confirmed and was due until %(date)s."
        )
        % {"date": format_date(given.cut_off_date)},
        _(
            "For your own books: debit trade payables with %(debts)s, credit trade receivables with"
            " %(claims)s, partner by partner as above; a difference stands between you and the fund."
        )
        % {"debts": format_won(given.won), "claims": format_won(given.claims_won)},
        _("Tax invoices stay as they were issued: this is a way of paying them."),
    )


def _undone(given: SetOffStatement) -> tuple[str, ...]:
    assert given.undone_date is not None
    told = [
        _("This round was undone on %(date)s: %(reason)s")
        % {"date": format_date(given.undone_date), "reason": given.undone_reason},
        _(
            "The sums set off in the tables are owed again as if they had not been set off:"
            " %(debts)s of debts, %(claims)s of claims."
        )
        % {"debts": format_won(given.won), "claims": format_won(given.claims_won)},
    ]
    if given.lent_won or given.paid_won:
        told.append(_("Nothing is owed to or by the cooperative fund for this round any more."))
    told.append(_("For your own books: reverse what you entered for this round."))
    return tuple(told)


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

"""The statement of a fund for its association: page, PDF and Excel say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dure.kernel.acts import SEOUL
from dure.kernel.dates import format_date
from dure.kernel.money import format_number
from dure.ui import files, pdf
from dure.ui.files.writing import type_row

from .queries import FundAccount, MoneyMoved

type_table = tuple[str, tuple[str, ...], tuple[tuple[str | int, ...], ...]]


def tables_of(told: FundAccount) -> tuple[type_table, ...]:
    """Caption, heads and rows of each table; the last row of the first is the sum."""
    stands: tuple[tuple[str, int], ...] = (
        (_("Money at the beginning"), told.opening_won),
        (_("Money at the end"), told.closing_won),
        (_("Lent at the beginning"), told.lent_before_won),
        (_("Lent at the end"), told.lent_won),
        (_("Capital of the participants at the end"), told.capital_won),
        (_("Fee taken"), told.fee_won),
    )
    if told.aid is not None:
        stands += (
            (_("Mutual aid at the beginning"), told.aid.opening_won),
            (_("Mutual aid at the end"), told.aid.closing_won),
        )
    return (
        (_("How the fund stands"), (_("What"), _("Amount (won)")), stands),
        _moved(_("Money in and out"), told),
        *((_moved(_("Money of mutual aid in and out"), told.aid),) if told.aid else ()),
    )


def _moved(caption: str, told: MoneyMoved) -> type_table:
    rows = (
        *((one.name, one.in_won, one.out_won) for one in told.lines),
        (_("Sum"), told.in_won, told.out_won),
    )
    return caption, (_("For"), _("In (won)"), _("Out (won)")), rows


def _span(told: FundAccount) -> str:
    last = told.until_date - timedelta(days=1)
    return f"{format_date(told.from_date)} ~ {format_date(last)}"


def file_name(told: FundAccount, ending: str) -> str:
    last = (told.until_date - timedelta(days=1)).isoformat()
    name = "".join(told.fund.name.split())
    return f"{_('Fund_statement')}_{name}_{told.from_date.isoformat()}_{last}.{ending}"


def paper(told: FundAccount, network: str, made_at: datetime) -> bytes:
    """The PDF."""
    tables = tuple(
        pdf.PdfTable(
            (pdf.PdfColumn(heads[0]), *(pdf.PdfColumn(head, "won") for head in heads[1:])),
            tuple(
                pdf.PdfRow(
                    (str(row[0]), *(format_number(int(cell)) for cell in row[1:])),
                    "sum" if len(row) == 3 and row is rows[-1] else "plain",
                )
                for row in rows
            ),
            caption,
        )
        for caption, heads, rows in tables_of(told)
    )
    made = _("Made %(date)s") % {"date": format_date(made_at.astimezone(SEOUL).date())}
    about = pdf.Statement(
        title=_("Statement of a self-help fund"),
        network=f"{network} · {told.fund.association}",
        subtitle=f"{told.fund.name} · {_span(told)}",
        unit=_("Unit: won"),
        made=made,
        tables=tables,
        notes=(
            _("Run on commission under: %(contract)s") % {"contract": told.fund.mandate.contract},
        ),
    )
    return pdf.statement(about, made_at=made_at)


def workbook(told: FundAccount, network: str, made_at: datetime) -> Iterator[bytes]:
    """The Excel workbook, amounts as numbers."""

    def rows() -> Iterator[type_row]:
        for caption, heads, lines in tables_of(told):
            yield files.Strong((caption,))
            yield files.Strong(heads)
            yield from lines
            yield ("",)

    title = _("Statement of a self-help fund")
    return files.xlsx_stream(
        (title, "", ""),
        rows(),
        title=title,
        preface=(f"{told.fund.name} ({told.fund.association})", network, _span(told)),
        made_at=made_at,
    )

"""The portfolio as tables: said once, shown on the page, on paper and in Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _, pgettext

from dure.kernel.acts import day_of
from dure.kernel.dates import format_date
from dure.kernel.money import format_number
from dure.ui import files, pdf
from dure.ui.files.writing import type_row
from dure.ui.pdf import PdfColumn, PdfRow, PdfTable

from ..queries.reports import PortfolioReport
from ..rules.portfolio import Sums, percent


@dataclass(frozen=True, slots=True)
class Block:
    """One table. Heads are (label, kind: text | number | won | ratio); the last row sums up."""

    caption: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def shown(self) -> list[list[tuple[str, str, str]]]:
        """Each cell as people read it, with its head and kind."""
        return [
            [(said(value, kind), label, kind) for value, (label, kind) in zip(row, self.heads, strict=True)]
            for row in self.rows
        ]  # fmt: skip


def said(value: Any, kind: str) -> str:
    """1,500,000 · 12.5% · –."""
    if kind == "ratio":
        return percent(value)
    return str(value) if kind == "text" else format_number(value)


def definitions() -> tuple[str, ...]:
    """What the words of the report mean."""
    return (
        _("Left: the principal not paid back at the end of the day, by the books."),
        _("PAR30 (PAR90): what is left of the loans more than 30 (90) days late, of all that is left."),
        _("In arrears: principal and interest that fell due before the day and are not paid; days late count from the due day of the oldest such instalment."),
        _("Allowance: what the last month end up to the day set aside."),
        _("Repayment rate: of the principal and interest that fell due in the period, what was paid by its end."),
        _("Section: that of the organisation, or of the one a person speaks for."),
    )  # fmt: skip


def age_label(since: int, bounds: Iterable[int]) -> str:
    """1–29 days late."""
    if not since:
        return _("not late")
    later = [one for one in bounds if one > since]
    if not later:
        return _("%(days)d days late and more") % {"days": since}
    return _("%(from)d–%(to)d days late") % {"from": since, "to": later[0] - 1}


def portfolio_blocks(report: PortfolioReport) -> tuple[Block, ...]:
    """Every table of the report."""
    gone = ((_("Principal that was written off"), -report.written_off_won),) * bool(
        report.written_off_won
    )
    moved = Block(
        _("What moved"),
        ((pgettext("loan", "What"), "text"), (_("Amount (won)"), "won")),
        (
            (_("Left on %(day)s, at its beginning") % {"day": format_date(report.since)}, report.opening_won),
            (_("Paid out, %(count)d new loans") % {"count": report.new_loans}, report.new_won),
            (_("Principal that came back"), -report.back_won),
            *gone,
            (_("Left on %(day)s, at its end") % {"day": format_date(report.on)}, report.closing_won),
        ),
    )  # fmt: skip
    bounds = [since for since, _sums in report.ages]
    ages = ((age_label(since, bounds), one) for since, one in report.ages)
    named = (
        (_("By product"), report.products),
        (_("By purpose"), report.purposes),
        (_("By section"), report.sections),
    )
    return (
        moved,
        _block(_("By how late they are"), ages, report.whole),
        *(_block(caption, ((one.name, one) for one in parts), report.whole) for caption, parts in named),
    )  # fmt: skip


def _block(caption: str, parts: Iterable[tuple[str, Sums]], whole: Sums) -> Block:
    return Block(
        caption,
        (
            (pgettext("loan", "What"), "text"), (pgettext("loan", "Loans"), "number"),
            (_("Left (won)"), "won"), (pgettext("loan", "Late"), "number"),
            (_("In arrears (won)"), "won"), ("PAR30", "ratio"), ("PAR90", "ratio"),
            (_("Allowance (won)"), "won"), (_("Repayment rate"), "ratio"),
        ),
        tuple(_row(name, one) for name, one in (*parts, (pgettext("loan", "Sum"), whole))),
    )  # fmt: skip


def _row(name: str, one: Sums) -> tuple[Any, ...]:
    return (
        name, one.loans, one.left_won, one.late_loans, one.arrears_won, one.par30, one.par90,
        one.provision_won, one.repayment,
    )  # fmt: skip


def portfolio_pdf(report: PortfolioReport, network: str, made_at: datetime) -> bytes:
    """The report on paper."""
    tables = tuple(
        PdfTable(
            tuple(PdfColumn(label, kind) for label, kind in block.heads),
            tuple(
                PdfRow(tuple(cell for cell, _l, _k in row), "sum" if row is shown[-1] else "plain")
                for row in shown
            ),
            block.caption,
        )
        for block in portfolio_blocks(report)
        for shown in (block.shown,)
    )
    about = pdf.Statement(
        title=_("Report on small loans"),
        network=network,
        subtitle=_span(report),
        unit=_("Unit: won"),
        made=_("Made %(date)s") % {"date": format_date(day_of(made_at))},
        tables=tables,
        notes=definitions(),
        landscape=True,
    )
    return pdf.statement(about, made_at=made_at)


def portfolio_book(report: PortfolioReport, network: str, made_at: datetime) -> Iterator[bytes]:
    """The report in Excel: the tables, then each loan without a name."""
    title = _("Report on small loans")
    return files.xlsx_stream(
        (title, *[""] * 8),
        _rows(report),
        title=title,
        preface=(title, network, _span(report)),
        made_at=made_at,
    )


def _rows(report: PortfolioReport) -> Iterator[type_row]:
    for block in portfolio_blocks(report):
        yield files.Strong((block.caption,))
        yield files.Strong(tuple(label for label, _kind in block.heads))
        for row in block.rows:
            yield tuple(
                said(value, kind) if kind == "ratio" else value
                for value, (_label, kind) in zip(row, block.heads, strict=True)
            )
        yield ("",)
    yield files.Strong((_("Each loan"),))
    yield files.Strong(
        (
            _("No."), _("Product"), _("Purpose"), pgettext("loan", "Section"), _("Left (won)"), pgettext("loan", "Days late"),
            _("In arrears (won)"),
        )
    )  # fmt: skip
    for one in report.loans:
        if one.left_won:
            yield (
                one.id, one.product, one.purpose, one.section, one.left_won, one.late.days,
                one.late.arrears_won,
            )  # fmt: skip
    for line in definitions():
        yield (line,)


def _span(report: PortfolioReport) -> str:
    return f"{format_date(report.since)} ~ {format_date(report.on)}"

"""A statement as a sheet of rows: heads, lines, sums. What is said once here is shown three times.

Each amount knows the account it is made of, so that a page can link it to its entries.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date as Date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dure.kernel.dates import Month, format_date, format_month

from ..rules.statements import (
    Activities,
    BalanceSheet,
    FundStatement,
    MoneyStatement,
    Statement,
    StatementLine,
    TrialBalance,
    TrialRow,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """An amount; `account` names what it is made of, if anything."""

    won: int | None
    account: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a sheet. kind: head (of a part), line, sum (of a part), total."""

    label: str
    cells: tuple[Cell, ...]
    kind: str = "line"
    account: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A statement ready to be shown. `until_date` is exclusive."""

    kind: str  # balance_sheet | activities | fund | money | trial_balance
    title: str
    fund: str  # code, empty: all together
    fund_name: str
    span: str
    from_date: Date
    until_date: Date
    heads: tuple[str, ...]  # of the amounts
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def in_words(from_date: Date, until_date: Date) -> str:
    """The span as people say it: one month, or from month to month, or from day to day."""
    last = until_date - timedelta(days=1)
    first_month, last_month = Month.of(from_date), Month.of(last)
    if from_date == first_month.first_date and until_date == last_month.end_date:
        if first_month == last_month:
            return format_month(first_month)
        return f"{format_month(first_month)} ~ {format_month(last_month)}"
    return f"{format_date(from_date)} ~ {format_date(last)}"


def _lines(lines: Iterable[StatementLine]) -> list[Row]:
    return [
        Row(
            f"{line.account} {line.name}".strip(),
            (Cell(line.won, line.account),),
            "line",
            line.account,
        )
        for line in lines
    ]


def _part(head: str, lines: Iterable[StatementLine], sum_label: str, won: int) -> list[Row]:
    return [Row(head, (), "head"), *_lines(lines), Row(sum_label, (Cell(won),), "sum")]


def balance_sheet_sheet(built: BalanceSheet, fund_name: str, year_start: Date) -> Sheet:
    """재무상태표. Its amounts are clicked down to the fiscal year in which the day lies."""
    return Sheet(
        "balance_sheet",
        _("Balance sheet"),
        built.fund,
        fund_name,
        _("as of %(date)s") % {"date": format_date(built.on_date)},
        year_start,
        built.on_date + timedelta(days=1),
        (_("Amount (won)"),),
        (
            *_part(_("Assets"), built.assets, _("Total assets"), built.assets_won),
            *_part(
                _("Liabilities"), built.liabilities, _("Total liabilities"), built.liabilities_won
            ),
            *_part(_("Net assets"), built.net_assets, _("Total net assets"), built.net_assets_won),
            Row(
                _("Total liabilities and net assets"),
                (Cell(built.liabilities_won + built.net_assets_won),),
                "total",
            ),
        ),
        ()
        if built.is_balanced
        else (_("Assets differ from liabilities and net assets. Check the books."),),
    )


def _span_sheet(
    kind: str,
    title: str,
    built: Activities | FundStatement | MoneyStatement | TrialBalance,
    fund_name: str,
    rows: Iterable[Row],
    heads: tuple[str, ...] = (),
    notes: Iterable[str] = (),
) -> Sheet:
    """Of what moved from a day to before another; without `heads` one column of amounts."""
    return Sheet(
        kind,
        title,
        built.fund,
        fund_name,
        in_words(built.from_date, built.until_date),
        built.from_date,
        built.until_date,
        heads or (_("Amount (won)"),),
        tuple(rows),
        tuple(notes),
    )


def activities_sheet(built: Activities, fund_name: str) -> Sheet:
    """운영성과표."""
    return _span_sheet(
        "activities",
        _("Statement of activities"),
        built,
        fund_name,
        (
            *_part(_("Income"), built.income, _("Total income"), built.income_won),
            *_part(_("Expense"), built.expense, _("Total expense"), built.expense_won),
            Row(_("Surplus of the span"), (Cell(built.surplus_won),), "total"),
        ),
    )


def fund_sheet(built: FundStatement, fund_name: str) -> Sheet:
    """기금 명세: opening, in by source, out by use, closing."""
    notes = [
        _(
            "Of the closing balance %(won)s won is money in bank and cash (at the beginning %(before)s won)."
        )
        % {"won": f"{built.money_closing_won:,}", "before": f"{built.money_opening_won:,}"}
    ]
    if built.due_from_funds_won:
        notes.append(
            _("Other funds owe this fund %(won)s won.") % {"won": f"{built.due_from_funds_won:,}"}
        )
    if built.due_to_funds_won:
        notes.append(
            _("This fund owes other funds %(won)s won.") % {"won": f"{built.due_to_funds_won:,}"}
        )
    return _span_sheet(
        "fund",
        _("Fund statement"),
        built,
        fund_name,
        (
            Row(_("Opening balance"), (Cell(built.opening_won),), "sum"),
            *_part(_("In, by source"), built.sources, _("Total in"), built.in_won),
            *_part(_("Out, by use"), built.uses, _("Total out"), built.out_won),
            Row(_("Closing balance"), (Cell(built.closing_won),), "total"),
        ),
        notes=notes,
    )


def money_sheet(built: MoneyStatement, fund_name: str) -> Sheet:
    """자금 수지: money at the beginning, in, out, at the end; then what the fund stands in."""
    return _span_sheet(
        "money",
        _("Money in and out"),
        built,
        fund_name,
        (
            Row(_("Money at the beginning"), (Cell(built.opening_won),), "sum"),
            *_part(_("Money in"), built.came, _("Total in"), built.in_won),
            *_part(_("Money out"), built.went, _("Total out"), built.out_won),
            Row(_("Money at the end"), (Cell(built.closing_won),), "total"),
            Row(_("What stands at the end"), (), "head"),
            *_lines(built.assets),
            *(replace(row, cells=(Cell(-(row.cells[0].won or 0), row.account),)) for row in _lines(built.liabilities)),
            Row(_("Left of it"), (Cell(built.worth_won),), "total"),
        ),
        notes=(_("Amounts by what the money was for: the other accounts of the entries that moved it."),),
    )  # fmt: skip


def trial_balance_sheet(built: TrialBalance, fund_name: str) -> Sheet:
    """시산표: brought forward, debits, credits, balance; each balance on its own side."""
    rows = [
        Row(
            f"{row.account} {row.name}",
            (
                Cell(max(row.opening_won, 0) or None, row.account),
                Cell(max(-row.opening_won, 0) or None, row.account),
                Cell(row.debit_won or None, row.account),
                Cell(row.credit_won or None, row.account),
                Cell(max(row.closing_won, 0) or None, row.account),
                Cell(max(-row.closing_won, 0) or None, row.account),
            ),
            "line",
            row.account,
        )
        for row in built.rows
    ]
    sums = [sum(row.cells[i].won or 0 for row in rows) for i in range(6)]
    return _span_sheet(
        "trial_balance",
        _("Trial balance"),
        built,
        fund_name,
        (*rows, Row(_("Total"), tuple(Cell(won) for won in sums), "total")),
        (
            _("Opening debit"),
            _("Opening credit"),
            _("Debit"),
            _("Credit"),
            _("Balance debit"),
            _("Balance credit"),
        ),
        () if built.is_balanced else (_("Debits and credits differ. Check the books."),),
    )


def sheet_of(content: bytes, fund_name: str, year_start: Date) -> Sheet:
    """The sheet of a kept statement: from its bytes alone, so that it never changes."""
    built = _read(json.loads(content))
    match built:
        case BalanceSheet():
            return balance_sheet_sheet(built, fund_name, year_start)
        case Activities():
            return activities_sheet(built, fund_name)
        case FundStatement():
            return fund_sheet(built, fund_name)
        case TrialBalance():
            return trial_balance_sheet(built, fund_name)


_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (BalanceSheet, Activities, FundStatement, TrialBalance)
}


def _read(plain: dict[str, Any]) -> Statement:
    kind = _KINDS[plain.pop("statement")]
    for name, value in plain.items():
        if name.endswith("_date"):
            plain[name] = Date.fromisoformat(value)
        elif name == "rows":
            plain[name] = tuple(TrialRow(**row) for row in value)
        elif isinstance(value, list):
            plain[name] = tuple(StatementLine(**line) for line in value)
    found: Statement = kind(**plain)
    return found

"""Sums over funds, for the desk and for charts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date as Date

from django.db import connection

from dure.kernel.dates import Month

from .. import rules
from ..models import Balance, FundRule
from .chart import Chart, chart


@dataclass(frozen=True, slots=True)
class FundBalance:
    """What a fund has: money in cash and bank, and its net assets (assets − liabilities)."""

    code: str
    name: str
    purpose: str
    restriction: str
    money_won: int
    net_won: int
    is_active: bool

    @property
    def is_own(self) -> bool:
        return self.restriction != rules.ENTRUSTED


def fund_balances(on: Date | None = None) -> dict[str, FundBalance]:
    """All funds by code, oldest first, now or at the end of a day."""
    books = chart()
    with connection.cursor() as cursor:
        if on is None:
            cursor.execute(
                "SELECT fund_id, account_id, balance_won FROM ledger_balance"
                " ORDER BY fund_id, account_id"
            )
        else:
            cursor.execute(
                "SELECT fund_id, account_id, SUM(debit_won - credit_won) FROM ledger_daybalance"
                " WHERE booked_date <= %s GROUP BY fund_id, account_id ORDER BY 1, 2",
                (on,),
            )
        rows = cursor.fetchall()
    money = dict.fromkeys(books.funds_by_id, 0)
    net = dict.fromkeys(books.funds_by_id, 0)
    for fund_id, account_id, won in rows:
        account = books.accounts_by_id[account_id]
        if account.is_money:
            money[fund_id] += int(won)
        if account.kind in (rules.ASSET, rules.LIABILITY):
            net[fund_id] += int(won)
    return {
        f.code: FundBalance(
            f.code, f.name, f.purpose, f.restriction, money[f.id], net[f.id], f.is_active
        )
        for f in books.funds.values()
    }


def account_balances(
    funds: Collection[str] | None = None, books: Chart | None = None
) -> dict[str, int]:
    """What each account holds over some funds or all own ones now, by code, above zero on its own side."""
    books = books or chart()
    over = books.own_funds if funds is None else [books.fund(fund) for fund in funds]
    sums = dict.fromkeys(books.accounts, 0)
    kept = Balance.objects.filter(fund__in=[one.id for one in over])
    for account_id, won in kept.order_by("account_id", "fund_id").values_list(
        "account_id", "balance_won"
    ):
        account = books.accounts_by_id[account_id]
        sums[account.code] += account.signed(won)
    return sums


@dataclass(frozen=True, slots=True)
class NetByMonth:
    """Each fund's net assets at the end of each month, for charts."""

    months: tuple[Month, ...]
    won: dict[str, tuple[int, ...]]  # fund code → one amount a month


def net_by_month(until_month: Month, months: int = 24) -> NetByMonth:
    """The last `months` months up to `until_month`, walked back from what is kept now.

    Reads only the days since the first of those months, however long the books are.
    """
    books = chart()
    span = tuple(until_month.plus(step) for step in range(1 - months, 1))
    worth = [a.id for a in books.accounts.values() if a.kind in (rules.ASSET, rules.LIABILITY)]
    marks = ", ".join(["%s"] * len(worth))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fund_id, booked_date, SUM(debit_won - credit_won) FROM ledger_daybalance"
            f" WHERE account_id IN ({marks}) AND booked_date >= %s GROUP BY fund_id, booked_date"
            " UNION ALL SELECT fund_id, NULL, SUM(balance_won) FROM ledger_balance"  # held now
            f" WHERE account_id IN ({marks}) GROUP BY fund_id ORDER BY 1, 2",
            (*worth, span[0].end_date, *worth),
        )
        rows = cursor.fetchall()
    moved: dict[tuple[str, Month], int] = {}
    held: dict[str, int] = dict.fromkeys(books.funds, 0)
    later: dict[str, int] = dict.fromkeys(books.funds, 0)
    for fund_id, day, won in rows:
        code = books.funds_by_id[fund_id].code
        if day is None:
            held[code] = int(won)
            continue
        month = Month.of(day if isinstance(day, Date) else Date.fromisoformat(day))
        if month > until_month:
            later[code] += int(won)
        else:
            moved[code, month] = moved.get((code, month), 0) + int(won)
    found: dict[str, tuple[int, ...]] = {}
    for code in books.funds:
        won = held[code] - later[code]
        points = []
        for month in reversed(span):
            points.append(won)
            won -= moved.get((code, month), 0)
        found[code] = tuple(reversed(points))
    return NetByMonth(span, found)


PROJECTS_MAX = 500


@dataclass(frozen=True, slots=True)
class ProjectSum:
    """What a project brought in and cost in a span, over all own funds."""

    project: str
    income_won: int
    expense_won: int

    @property
    def surplus_won(self) -> int:
        return self.income_won - self.expense_won


def projects(from_date: Date, until_date: Date) -> tuple[ProjectSum, ...]:
    """The projects with lines in the span, by name; at most PROJECTS_MAX."""
    books = chart()
    own = [one.id for one in books.own_funds]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.project, l.account_id, SUM(l.amount_won)"
            " FROM ledger_line l CROSS JOIN ledger_entry e WHERE e.id = l.entry_id"
            " AND l.project IS NOT NULL AND e.posted_at IS NOT NULL"
            " AND e.booked_date >= %s AND e.booked_date < %s"
            f" AND l.fund_id IN ({', '.join(['%s'] * len(own))})"
            " GROUP BY l.project, l.account_id ORDER BY l.project, l.account_id",
            (from_date, until_date, *own),
        )
        rows = cursor.fetchall()
    sums: dict[str, list[int]] = {}
    for project, account_id, won in rows:
        kind = books.accounts_by_id[account_id].kind
        row = sums.setdefault(project, [0, 0])
        if kind == rules.INCOME:
            row[0] -= int(won)
        elif kind == rules.EXPENSE:
            row[1] += int(won)
    return tuple(ProjectSum(name, *row) for name, row in list(sums.items())[:PROJECTS_MAX])


@dataclass(frozen=True, slots=True)
class FundRuleRow:
    id: int
    fund: str  # code; empty: all funds
    fund_name: str
    kind: str
    kind_name: str
    amount_won: int
    article: str
    from_date: Date
    until_date: Date | None


def fund_rules(fund: str = "") -> tuple[FundRuleRow, ...]:
    """The rules that touch a fund (its own and the general ones), or all; newest last."""
    found = FundRule.objects.select_related("fund").order_by("from_date", "id")
    code = chart().fund(fund).code if fund else ""
    return tuple(
        FundRuleRow(
            rule.pk,
            rule.fund.code if rule.fund else "",
            rule.fund.name if rule.fund else "",
            rule.kind,
            str(rule.get_kind_display()),
            rule.amount_won,
            rule.article,
            rule.from_date,
            rule.until_date,
        )
        for rule in found
        if not code or rule.fund is None or rule.fund.code == code
    )

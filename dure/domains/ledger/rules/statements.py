"""Statements as arithmetic over movements. Pure; every figure in won.

1. A movement is what an account of a fund held before a span of days, and its debits and credits in
   it. Inside, debit is above zero; what people read is signed by the account's nature.
2. Balance sheet: assets = liabilities + net assets. Income and expense not yet carried over stand in
   net assets: those of earlier fiscal years beside "carried forward", those of this year apart.
3. Activities: income − expense = surplus of the span.
4. Fund statement: opening + in (by source) − out (by use) = closing, where opening and closing are
   the fund's net assets. Paid-in capital counts by its gross payments in and out. Money lent between
   funds changes no net assets; what is owed is shown beside.
5. Combined over all funds, what funds owe each other cancels out. Money that is held for others is
   nobody's here: "all" leaves those funds out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date as Date
from hashlib import sha256
from typing import Any

from .chart import ASSET, DEBIT_KINDS, EXPENSE, INCOME, LIABILITY, NET_ASSET

CARRIED_FORWARD = "carried_forward"
SURPLUS_OF_YEAR = "surplus_of_year"


@dataclass(frozen=True, slots=True)
class Movement:
    """One account of one fund (or of all, when summed) over a span of days."""

    account: str
    name: str
    kind: str
    role: str
    is_money: bool
    fund: str
    opening_won: int
    debit_won: int
    credit_won: int
    is_own: bool = True  # not of a fund that is held for others

    @property
    def closing_won(self) -> int:
        return self.opening_won + self.debit_won - self.credit_won

    def counts_in(self, fund: str) -> bool:
        """Whether it stands in the statement of a fund (empty: of all)."""
        return self.fund == fund if fund else self.is_own

    def signed(self, won: int) -> int:
        return won if self.kind in DEBIT_KINDS else -won


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of a statement; `account` is empty for lines that are no account (the surplus)."""

    account: str
    name: str
    won: int


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """재무상태표 at the end of `on_date`, of one fund or (fund empty) of all together."""

    fund: str
    on_date: Date
    assets: tuple[StatementLine, ...]
    liabilities: tuple[StatementLine, ...]
    net_assets: tuple[StatementLine, ...]
    assets_won: int
    liabilities_won: int
    net_assets_won: int

    @property
    def is_balanced(self) -> bool:
        return self.assets_won == self.liabilities_won + self.net_assets_won


@dataclass(frozen=True, slots=True)
class Activities:
    """운영성과표 from `from_date` to before `until_date`."""

    fund: str
    from_date: Date
    until_date: Date
    income: tuple[StatementLine, ...]
    expense: tuple[StatementLine, ...]
    income_won: int
    expense_won: int

    @property
    def surplus_won(self) -> int:
        return self.income_won - self.expense_won


@dataclass(frozen=True, slots=True)
class FundStatement:
    """What a fund had, got, gave and has: its net assets, and beside them its money."""

    fund: str
    from_date: Date
    until_date: Date
    opening_won: int
    sources: tuple[StatementLine, ...]
    uses: tuple[StatementLine, ...]
    in_won: int
    out_won: int
    closing_won: int
    money_opening_won: int
    money_closing_won: int
    due_from_funds_won: int
    due_to_funds_won: int


@dataclass(frozen=True, slots=True)
class MoneyStatement:
    """What came into the money of a fund and what went out, and what the fund then stands in."""

    fund: str
    from_date: Date
    until_date: Date
    opening_won: int
    came: tuple[StatementLine, ...]
    went: tuple[StatementLine, ...]
    in_won: int
    out_won: int
    closing_won: int
    assets: tuple[StatementLine, ...]
    liabilities: tuple[StatementLine, ...]
    worth_won: int  # assets less liabilities


@dataclass(frozen=True, slots=True)
class TrialRow:
    account: str
    name: str
    kind: str
    opening_won: int  # debit above zero
    debit_won: int
    credit_won: int
    closing_won: int


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """시산표: all accounts; debits equal credits."""

    fund: str
    from_date: Date
    until_date: Date
    rows: tuple[TrialRow, ...]
    debit_won: int
    credit_won: int

    @property
    def is_balanced(self) -> bool:
        closing = sum(row.closing_won for row in self.rows)
        return self.debit_won == self.credit_won and closing == 0


def combined(movements: Iterable[Movement], fund: str = "") -> list[Movement]:
    """The movements of one fund, or (fund empty) summed over all of its own; in order of accounts."""
    sums: dict[str, Movement] = {}
    for m in movements:
        if not m.counts_in(fund):
            continue
        before = sums.get(m.account)
        if before is not None:
            m = Movement(
                m.account,
                m.name,
                m.kind,
                m.role,
                m.is_money,
                fund,
                before.opening_won + m.opening_won,
                before.debit_won + m.debit_won,
                before.credit_won + m.credit_won,
            )
        sums[m.account] = m
    return [sums[code] for code in sorted(sums)]


def _lines(movements: Iterable[Movement], kind: str) -> tuple[tuple[StatementLine, ...], int]:
    lines = tuple(
        StatementLine(m.account, m.name, m.signed(m.closing_won))
        for m in movements
        if m.kind == kind and m.closing_won
    )
    return lines, sum(line.won for line in lines)


def balance_sheet(
    movements: Iterable[Movement],
    *,
    fund: str,
    on_date: Date,
    carried_account: str,
    carried_name: str,
    surplus_name: str,
) -> BalanceSheet:
    """From movements whose opening is the start of the fiscal year and whose span ends on the day."""
    rows = combined(movements, fund)
    if not fund:  # within the whole network funds owe each other nothing
        due = [m for m in rows if m.role in ("due_from_funds", "due_to_funds")]
        if sum(m.closing_won for m in due) == 0:
            rows = [m for m in rows if m not in due]
    assets, assets_won = _lines(rows, ASSET)
    liabilities, liabilities_won = _lines(rows, LIABILITY)
    net, _net_won = _lines([m for m in rows if m.role != CARRIED_FORWARD], NET_ASSET)
    results = [m for m in rows if m.kind in (INCOME, EXPENSE)]
    carried = [m for m in rows if m.role == CARRIED_FORWARD]
    carried_won = -sum(m.closing_won for m in carried) - sum(m.opening_won for m in results)
    surplus_won = -sum(m.debit_won - m.credit_won for m in results)
    if carried_won:
        net += (StatementLine(carried_account, carried_name, carried_won),)
    if surplus_won:
        net += (StatementLine("", surplus_name, surplus_won),)
    return BalanceSheet(
        fund,
        on_date,
        assets,
        liabilities,
        net,
        assets_won,
        liabilities_won,
        sum(line.won for line in net),
    )


def activities(
    movements: Iterable[Movement], *, fund: str, from_date: Date, until_date: Date
) -> Activities:
    """What came in and went out by its nature, over the span of the movements."""
    found: dict[str, tuple[StatementLine, ...]] = {}
    rows = combined(movements, fund)
    for kind in (INCOME, EXPENSE):
        found[kind] = tuple(
            StatementLine(m.account, m.name, m.signed(m.debit_won - m.credit_won))
            for m in rows
            if m.kind == kind and m.debit_won != m.credit_won
        )
    return Activities(
        fund,
        from_date,
        until_date,
        found[INCOME],
        found[EXPENSE],
        sum(line.won for line in found[INCOME]),
        sum(line.won for line in found[EXPENSE]),
    )


def fund_statement(
    movements: Iterable[Movement], *, fund: str, from_date: Date, until_date: Date
) -> FundStatement:
    """Opening, in by source, out by use, closing; see the head of this file."""
    rows = combined(movements, fund)
    sources: list[StatementLine] = []
    uses: list[StatementLine] = []
    for m in rows:
        if m.kind == NET_ASSET:
            came, went = m.credit_won, m.debit_won
        elif m.kind == INCOME:
            came, went = m.credit_won - m.debit_won, 0
        elif m.kind == EXPENSE:
            came, went = 0, m.debit_won - m.credit_won
        else:
            continue
        if came:
            sources.append(StatementLine(m.account, m.name, came))
        if went:
            uses.append(StatementLine(m.account, m.name, went))
    worth = [m for m in rows if m.kind in (ASSET, LIABILITY)]
    money = [m for m in rows if m.is_money]
    in_won, out_won = sum(s.won for s in sources), sum(u.won for u in uses)
    opening = sum(m.opening_won for m in worth)
    closing = sum(m.closing_won for m in worth)
    return FundStatement(
        fund,
        from_date,
        until_date,
        opening,
        tuple(sources),
        tuple(uses),
        in_won,
        out_won,
        closing,
        sum(m.opening_won for m in money),
        sum(m.closing_won for m in money),
        sum(m.closing_won for m in rows if m.role == "due_from_funds"),
        -sum(m.closing_won for m in rows if m.role == "due_to_funds"),
    )


def trial_balance(
    movements: Iterable[Movement], *, fund: str, from_date: Date, until_date: Date
) -> TrialBalance:
    rows = tuple(
        TrialRow(m.account, m.name, m.kind, m.opening_won, m.debit_won, m.credit_won, m.closing_won)
        for m in combined(movements, fund)
        if m.opening_won or m.debit_won or m.credit_won
    )
    return TrialBalance(
        fund,
        from_date,
        until_date,
        rows,
        sum(row.debit_won for row in rows),
        sum(row.credit_won for row in rows),
    )


Statement = BalanceSheet | Activities | FundStatement | TrialBalance


def canonical(statement: Statement) -> bytes:
    """The one text of a statement, the same on every machine and engine: UTF-8 JSON."""
    return json.dumps(
        {"statement": type(statement).__name__, **asdict(statement)},
        ensure_ascii=False,
        indent=1,
        sort_keys=True,
        default=_plain,
    ).encode()


def _plain(value: Any) -> str:
    assert isinstance(value, Date), value
    return value.isoformat()


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()

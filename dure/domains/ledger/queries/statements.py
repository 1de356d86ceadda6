"""Statements: read from the kept days, so that a year of a million lines is read in one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date, datetime, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import Month, parse_month
from dure.kernel.refusals import InvalidInput

from .. import rules
from ..models import Fund, Line, Period, PeriodMark, PeriodStatement
from ..rules import statements as arithmetic
from ..rules.statements import (
    Activities,
    BalanceSheet,
    FundStatement,
    MoneyStatement,
    Movement,
    StatementLine,
    TrialBalance,
)
from .chart import Chart, FundRow, chart

SURPLUS_NAME = "당기 운영차액"  # a name on the statement itself, as the chart's: data of the books


class SpanBackwards(InvalidInput):
    """A span ends after it begins."""

    text = _("%(from_month)s comes after %(to_month)s.")


def movements(from_date: Date, until_date: Date, books: Chart | None = None) -> list[Movement]:
    """All accounts of all funds over the days from `from_date` to before `until_date`."""
    books = books or chart()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_id, fund_id,"
            " SUM(CASE WHEN booked_date < %s THEN debit_won - credit_won ELSE 0 END),"
            " SUM(CASE WHEN booked_date >= %s THEN debit_won ELSE 0 END),"
            " SUM(CASE WHEN booked_date >= %s THEN credit_won ELSE 0 END)"
            " FROM ledger_daybalance WHERE booked_date < %s"
            " GROUP BY account_id, fund_id ORDER BY account_id, fund_id",
            (from_date, from_date, from_date, until_date),
        )
        rows = cursor.fetchall()
    return [_movement(books, *row) for row in rows]


def _movement(
    books: Chart, account_id: int, fund_id: int, opening: int, debits: int, credits: int
) -> Movement:
    account, fund = books.accounts_by_id[account_id], books.funds_by_id[fund_id]
    return Movement(
        account.code,
        account.name,
        account.kind,
        account.role,
        account.is_money,
        fund.code,
        int(opening),
        int(debits),
        int(credits),
        fund.is_own,
    )


def span(from_month: str | Month, to_month: str | Month) -> tuple[Date, Date]:
    """The days from the first of `from_month` to after the last of `to_month`. Raises SpanBackwards."""
    first, last = parse_month(from_month), parse_month(to_month)
    if last < first:
        raise SpanBackwards(from_month=str(first), to_month=str(last))
    return first.first_date, last.end_date


def _code(books: Chart, fund: str) -> str:
    return books.fund(fund).code if fund else ""


def statement(fund: str, from_month: str | Month, to_month: str | Month) -> FundStatement:
    """A fund's statement over whole months, both included. `fund` by code or name; empty: all."""
    books = chart()
    from_date, until_date = span(from_month, to_month)
    return arithmetic.fund_statement(
        movements(from_date, until_date, books),
        fund=_code(books, fund),
        from_date=from_date,
        until_date=until_date,
    )


def statements_of_funds(
    from_month: str | Month, to_month: str | Month
) -> tuple[tuple[FundRow, FundStatement], ...]:
    """The statement of every own fund over whole months, from one reading of the books."""
    books = chart()
    from_date, until_date = span(from_month, to_month)
    found = movements(from_date, until_date, books)
    return tuple(
        (
            fund,
            arithmetic.fund_statement(
                found, fund=fund.code, from_date=from_date, until_date=until_date
            ),
        )
        for fund in books.own_funds
    )


def activities(fund: str, from_month: str | Month, to_month: str | Month) -> Activities:
    """운영성과표 of a fund (empty: all) over whole months, both included."""
    books = chart()
    from_date, until_date = span(from_month, to_month)
    return arithmetic.activities(
        movements(from_date, until_date, books),
        fund=_code(books, fund),
        from_date=from_date,
        until_date=until_date,
    )


def money_statement(fund: str, from_month: str | Month, to_month: str | Month) -> MoneyStatement:
    """Money in and out of a fund (empty: all) over whole months, by what it was for.

    What it was for are the other lines of the entries that moved money of the same fund.
    """
    books = chart()
    from_date, until_date = span(from_month, to_month)
    code = _code(books, fund)
    money = [one.id for one in books.accounts.values() if one.is_money]
    lines = Line.objects.filter(
        entry__booked_date__gte=from_date, entry__booked_date__lt=until_date,
        entry__posted_at__isnull=False,
    )  # fmt: skip
    of = [books.fund(code)] if code else books.own_funds
    lines = lines.filter(fund__in=[one.id for one in of])
    same = Line.objects.filter(
        entry_id=OuterRef("entry_id"), fund_id=OuterRef("fund_id"), account_id__in=money
    )
    sums = (
        lines.exclude(account_id__in=money)
        .filter(Exists(same))
        .order_by("account__code")
        .values_list("account_id")
        .annotate(
            came=-Sum("amount_won", filter=Q(amount_won__lt=0), default=0),
            went=Sum("amount_won", filter=Q(amount_won__gt=0), default=0),
        )
    )
    came, went = [], []
    for account_id, into, out in sums:
        account = books.accounts_by_id[account_id]
        if into:
            came.append(StatementLine(account.code, account.name, int(into)))
        if out:
            went.append(StatementLine(account.code, account.name, int(out)))
    moved = [one for one in movements(from_date, until_date, books) if one.counts_in(code)]
    held = [one for one in moved if one.is_money]
    sheet = _balance_sheet(books, code, until_date - timedelta(days=1))
    return MoneyStatement(
        fund=code,
        from_date=from_date,
        until_date=until_date,
        opening_won=sum(one.opening_won for one in held),
        came=tuple(came),
        went=tuple(went),
        in_won=sum(one.won for one in came),
        out_won=sum(one.won for one in went),
        closing_won=sum(one.closing_won for one in held),
        assets=sheet.assets,
        liabilities=sheet.liabilities,
        worth_won=sheet.assets_won - sheet.liabilities_won,
    )


def trial_balance(fund: str, from_month: str | Month, to_month: str | Month) -> TrialBalance:
    """시산표 of a fund (empty: all) over whole months, both included."""
    books = chart()
    from_date, until_date = span(from_month, to_month)
    return arithmetic.trial_balance(
        movements(from_date, until_date, books),
        fund=_code(books, fund),
        from_date=from_date,
        until_date=until_date,
    )


def balance_sheet(fund: str, on: Date) -> BalanceSheet:
    """재무상태표 of a fund (empty: all) at the end of a day."""
    books = chart()
    return _balance_sheet(books, _code(books, fund), on)


def _balance_sheet(
    books: Chart, fund: str, on: Date, moved: list[Movement] | None = None
) -> BalanceSheet:
    year = rules.fiscal_year_start(on, books.fiscal_year_start_month)
    carried = books.accounts[books.roles["carried_forward"]]
    return arithmetic.balance_sheet(
        moved if moved is not None else movements(year, on + timedelta(days=1), books),
        fund=fund,
        on_date=on,
        carried_account=carried.code,
        carried_name=carried.name,
        surplus_name=SURPLUS_NAME,
    )


# -- statements of a closed period -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MadeStatement:
    """A statement as bytes: what is kept when a month is closed, and what must come out again."""

    kind: str
    fund_id: int | None
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class MonthlyMovements:
    """Debits and credits of every account and fund by month: read once, for many statements."""

    books: Chart
    months: dict[int, dict[tuple[int, int], tuple[int, int]]]  # month → (account, fund) → sums

    @classmethod
    def read(cls, books: Chart) -> MonthlyMovements:
        month = (
            "CAST(to_char(booked_date, 'YYYYMM') AS integer)"
            if connection.vendor == "postgresql"
            else "CAST(substr(booked_date, 1, 4) || substr(booked_date, 6, 2) AS integer)"
        )
        found: dict[int, dict[tuple[int, int], tuple[int, int]]] = {}
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {month}, account_id, fund_id, SUM(debit_won), SUM(credit_won)"
                " FROM ledger_daybalance GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
            )
            for number, account_id, fund_id, debits, credits in cursor.fetchall():
                found.setdefault(number, {})[account_id, fund_id] = (int(debits), int(credits))
        return cls(books, found)

    def __call__(self, from_date: Date, until_date: Date) -> list[Movement]:
        """As `movements`, for spans of whole months."""
        assert from_date.day == until_date.day == 1
        first, until = rules.month_number(from_date), rules.month_number(until_date)
        sums: dict[tuple[int, int], tuple[int, int, int]] = {}
        for number, places in self.months.items():
            if number >= until:
                break
            for place, (debits, credits) in places.items():
                opening, debit_won, credit_won = sums.get(place, (0, 0, 0))
                if number < first:
                    opening += debits - credits
                else:
                    debit_won, credit_won = debit_won + debits, credit_won + credits
                sums[place] = (opening, debit_won, credit_won)
        return [_movement(self.books, *place, *sums[place]) for place in sorted(sums)]


def period_statements(
    month: int, books: Chart | None = None, read: MonthlyMovements | None = None
) -> Iterator[MadeStatement]:
    """The statements of a month, made from the books as they stand."""
    books = books or chart()
    read = read or MonthlyMovements.read(books)
    first, until = rules.first_day(month), rules.first_day(rules.next_month(month))
    last = until - timedelta(days=1)
    moved = read(first, until)
    of_year = read(rules.fiscal_year_start(last, books.fiscal_year_start_month), until)
    opened = set(Fund.objects.filter(opened_date__lt=until).values_list("code", flat=True))
    funds = {"": None} | {f.code: f.id for f in books.funds.values() if f.code in opened}
    for code, fund_id in funds.items():
        made: list[tuple[str, arithmetic.Statement]] = [
            (
                PeriodStatement.Kind.TRIAL_BALANCE,
                arithmetic.trial_balance(moved, fund=code, from_date=first, until_date=until),
            ),
            (
                PeriodStatement.Kind.BALANCE_SHEET,
                _balance_sheet(books, code, last, of_year),
            ),
            (
                PeriodStatement.Kind.ACTIVITIES,
                arithmetic.activities(moved, fund=code, from_date=first, until_date=until),
            ),
        ]
        if code:
            made.append(
                (
                    PeriodStatement.Kind.FUND,
                    arithmetic.fund_statement(moved, fund=code, from_date=first, until_date=until),
                )
            )
        for kind, built in made:
            content = arithmetic.canonical(built)
            yield MadeStatement(str(kind), fund_id, content, arithmetic.digest(content))


@dataclass(frozen=True, slots=True)
class KeptStatement:
    """A statement of a closed month as it was kept."""

    id: int
    month: str
    kind: str
    kind_name: str
    fund: str
    revision: int
    sha256: str
    content: bytes
    made_at: datetime


def kept_statements(month: str) -> tuple[KeptStatement, ...]:
    """The latest kept statements of a month; empty while it was never closed."""
    wanted = parse_month(month)
    number = wanted.year * 100 + wanted.month
    rows = PeriodStatement.objects.filter(period_id=number).select_related("fund")
    last = rows.order_by("-revision").values_list("revision", flat=True).first() or 0
    return tuple(
        KeptStatement(
            row.pk,
            str(wanted),
            row.kind,
            str(row.get_kind_display()),
            row.fund.code if row.fund else "",
            row.revision,
            row.sha256,
            bytes(row.content),
            row.made_at,
        )
        for row in rows.filter(revision=last).order_by("id")
    )


@dataclass(frozen=True, slots=True)
class PeriodRow:
    month: str
    state: str
    state_name: str
    first_date: Date
    end_date: Date


def periods() -> tuple[PeriodRow, ...]:
    """All months of the books, newest first."""
    return tuple(_row(p) for p in Period.objects.order_by("-id"))


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A step that a person called done."""

    step: str
    note: str
    marked_at: datetime
    marked_by_id: int | None


def period_marks(month: str | Month) -> dict[str, MarkRow]:
    """The steps of a month's end that people called done, by step."""
    wanted = parse_month(month)
    rows = PeriodMark.objects.filter(period_id=wanted.year * 100 + wanted.month).order_by("id")
    return {row.step: MarkRow(row.step, row.note, row.marked_at, row.marked_by_id) for row in rows}


def period(month: str | Month) -> PeriodRow | None:
    """One month of the books."""
    wanted = parse_month(month)
    p = Period.objects.filter(pk=wanted.year * 100 + wanted.month).first()
    return _row(p) if p else None


def _row(p: Period) -> PeriodRow:
    return PeriodRow(
        rules.month_text(p.id), p.state, str(p.get_state_display()), p.first_date, p.end_date
    )


def period_to_close(today: Date) -> PeriodRow | None:
    """The oldest month that is over and still open: what the desk asks to close."""
    p = Period.objects.filter(state=rules.OPEN, end_date__lte=today).order_by("id").first()
    return _row(p) if p else None

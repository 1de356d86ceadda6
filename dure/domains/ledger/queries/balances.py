"""Balances: kept, so that reading one is one row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date as Date, timedelta

from django.db import connection
from django.db.models import F, Q, Sum

from dure.kernel.statements import Statement

from .. import rules
from ..models import DayBalance, Entry, Line, PartyBalance, Period
from .chart import Chart, chart

_NOW = Statement("SELECT balance_won FROM ledger_balance WHERE account_id = %s AND fund_id = %s")
_AT_END_OF = Statement(
    "SELECT SUM(debit_won - credit_won) FROM ledger_daybalance"
    " WHERE account_id = %s AND fund_id = %s AND booked_date <= %s"
)

_OF_PARTY = Statement(
    "SELECT fund_id, balance_won FROM ledger_partybalance WHERE party_id = %s AND account_id = %s"
)


def balance(account: str, fund: str, on: Date | None = None) -> int:
    """What an account of a fund holds in won, above zero on its own side.

    `account` and `fund` by code or name; `on`: at the end of that day, else now.
    Raises UnknownAccount, UnknownFund.
    """
    books = chart()
    found = books.account(account)
    fund_id = books.fund(fund).id
    rows = _NOW(found.id, fund_id) if on is None else _AT_END_OF(found.id, fund_id, on)
    return found.signed(int(rows[0][0])) if rows and rows[0][0] is not None else 0


def fund_money(fund: str, on: Date | None = None) -> int:
    """What a fund has in cash and bank, in won."""
    return sum(
        balance(account.code, fund, on) for account in chart().accounts.values() if account.is_money
    )


def party_balance(account: str, party_id: int, fund: str | None = None) -> int:
    """What stands between a party and an account, in one fund or all, now."""
    books = chart()
    found = books.account(account)
    kept = _OF_PARTY(party_id, found.id)
    wanted = None if fund is None else books.fund(fund).id
    return found.signed(sum(won for fund_id, won in kept if wanted in (None, fund_id)))


def party_balances(account: str, funds: Collection[str] | None = None) -> dict[int, int]:
    """Party → what stands in the account, in some funds or all, without those at zero."""
    books = chart()
    found = books.account(account)
    kept = PartyBalance.objects.filter(account_id=found.id).exclude(balance_won=0)
    if funds is not None:
        kept = kept.filter(fund_id__in=[books.fund(fund).id for fund in funds])
    sums: dict[int, int] = {}
    for party_id, won in kept.order_by("party_id").values_list("party_id", "balance_won"):
        sums[party_id] = sums.get(party_id, 0) + found.signed(won)
    return sums


def party_moves(
    account: str, after: Date, funds: Collection[str] | None = None
) -> list[tuple[Date, int, int]]:
    """(day, party, won) of what moved in an account of each party after a day, in some funds or all,
    the oldest first."""
    books = chart()
    found = books.account(account)
    rows = Line.objects.filter(
        account_id=found.id, party__isnull=False,
        entry__booked_date__gt=after, entry__posted_at__isnull=False,
    )  # fmt: skip
    if funds is not None:
        rows = rows.filter(fund_id__in=[books.fund(fund).id for fund in funds])
    sums = rows.order_by("entry__booked_date", "party_id").values_list(
        "entry__booked_date", "party_id"
    )
    return [
        (day, party, found.signed(won)) for day, party, won in sums.annotate(n=Sum("amount_won"))
    ]


def source_moves(
    account: str, kind: str, since: Date, on: Date, fund: str = ""
) -> dict[int, tuple[int, int]]:
    """What each source of a kind moved in an account: before `since`, and at the end of `on`.

    `kind` as in `Source`; above zero on the account's own side. Sources that never moved it are left
    out. Raises UnknownAccount, UnknownFund.
    """
    books = chart()
    found = books.account(account)
    rows = Line.objects.filter(
        account_id=found.id, entry__source_kind=kind, entry__source_id__isnull=False,
        entry__booked_date__lte=on, entry__posted_at__isnull=False,
    )  # fmt: skip
    if fund:
        rows = rows.filter(fund_id=books.fund(fund).id)
    moved = rows.order_by().values_list("entry__source_id")
    sums = moved.annotate(
        before=Sum("amount_won", filter=Q(entry__booked_date__lt=since), default=0),
        after=Sum("amount_won"),
    )
    return {pk: (found.signed(before), found.signed(after)) for pk, before, after in sums}


def account_moves(
    account: str, until_date: Date, funds: Collection[str] | None = None
) -> list[tuple[Date, int]]:
    """(day, won) of what moved in an account before a day, in some funds or all, the oldest first."""
    books = chart()
    found = books.account(account)
    rows = DayBalance.objects.filter(account_id=found.id, booked_date__lt=until_date)
    if funds is not None:
        rows = rows.filter(fund_id__in=[books.fund(fund).id for fund in funds])
    sums = rows.order_by("booked_date").values_list("booked_date")
    return [
        (day, found.signed(won))
        for day, won in sums.annotate(won=Sum(F("debit_won") - F("credit_won")))
    ]


def fund_moves(
    funds: Collection[str],
    accounts: Collection[str],
    until_date: Date,
    books: Chart | None = None,
) -> list[tuple[str, str, Date, int]]:
    """(fund, account, day, won) of what moved in some accounts of some funds before a day, above zero on
    the account's own side; by day."""
    books = books or chart()
    rows = DayBalance.objects.filter(
        fund_id__in=[books.fund(fund).id for fund in funds],
        account_id__in=[books.account(account).id for account in accounts],
        booked_date__lt=until_date,
    ).annotate(won=F("debit_won") - F("credit_won"))
    found = []
    for fund_id, account_id, day, won in rows.order_by("booked_date").values_list(
        "fund_id", "account_id", "booked_date", "won"
    ):
        account = books.accounts_by_id[account_id]
        found.append((books.funds_by_id[fund_id].code, account.code, day, account.signed(won)))
    return found


def has_balances(party_id: int) -> bool:
    """Whether anything stands between the party and the network."""
    return PartyBalance.objects.filter(party_id=party_id).exclude(balance_won=0).exists()


def party_standing(party_id: int, books: Chart | None = None) -> dict[str, int]:
    """What stands between a party and each account over all funds of the network's own, by code, without
    zeros."""
    books = books or chart()
    own = [fund.id for fund in books.own_funds]
    kept = PartyBalance.objects.filter(party_id=party_id, fund_id__in=own).exclude(balance_won=0)
    sums: dict[str, int] = {}
    for account_id, won in kept.order_by("account_id", "fund_id").values_list(
        "account_id", "balance_won"
    ):
        account = books.accounts_by_id[account_id]
        sums[account.code] = sums.get(account.code, 0) + account.signed(won)
    return {code: won for code, won in sums.items() if won}


def is_open(day: Date) -> bool:
    """Whether something can be booked on the day: its month is open, or not begun yet."""
    if day < chart().first_date:
        return False
    state = Period.objects.filter(pk=rules.month_number(day)).values_list("state", flat=True)
    return (state.first() or rules.OPEN) == rules.OPEN


def entry_ids(first_number: int, last_number: int) -> tuple[int, ...]:
    """The ids of a batch's entries, in the order of the batch."""
    entries = Entry.objects.filter(number__range=(first_number, last_number)).order_by("number")
    return tuple(entries.values_list("id", flat=True))


def daily_balance(
    account: str, fund: str, from_date: Date, until_date: Date
) -> tuple[tuple[Date, int], ...]:
    """The balance at the end of each day on which it moved, for charts; bounded by the span."""
    books = chart()
    found = books.account(account)
    won = balance(account, fund, from_date - timedelta(days=1))
    points = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT booked_date, debit_won - credit_won FROM ledger_daybalance WHERE account_id = %s"
            " AND fund_id = %s AND booked_date >= %s AND booked_date < %s ORDER BY booked_date",
            (found.id, books.fund(fund).id, from_date, until_date),
        )
        for day, moved in cursor.fetchall():
            won += found.signed(int(moved))
            points.append((day if isinstance(day, Date) else Date.fromisoformat(day), won))
    return tuple(points)

"""What the database itself refuses, asked by raw SQL past all commands."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from dure.domains.ledger import commands, queries
from dure.domains.ledger.models import Entry
from dure.domains.ledger.rules import credit, debit

from .conftest import Books

DAY = date(2026, 3, 10)


def raw(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def refused(sql: str, *params: object) -> str:
    with pytest.raises(DatabaseError) as error:
        raw(sql, *params)
    return str(error.value)


def unposted(period: int = 202603, day: str = "2026-03-10") -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (booked_date, period_id, text, note_digest, source_kind, key,"
            " written_at) VALUES (%s, %s, 'x', '', '', '11111111111111111111111111111111',"
            " '2026-03-10 00:00:00+00') RETURNING id"
            if connection.vendor == "postgresql"
            else "INSERT INTO ledger_entry (booked_date, period_id, text, note_digest, source_kind,"
            " key, written_at) VALUES (%s, %s, 'x', '', '', '11111111111111111111111111111111',"
            " '2026-03-10 00:00:00') RETURNING id",
            (day, period),
        )
        return int(cursor.fetchone()[0])


def line(entry: int, account: str, fund: str, won: int, party: int | None = None) -> None:
    books = queries.chart()
    raw(
        "INSERT INTO ledger_line (entry_id, account_id, fund_id, party_id, amount_won)"
        " VALUES (%s, %s, %s, %s, %s)",
        entry,
        books.account(account).id,
        books.fund(fund).id,
        party,
        won,
    )


POST = "UPDATE ledger_entry SET number = 900, posted_at = '2026-03-10 00:00:00+00' WHERE id = %s"


@pytest.fixture
def posted(books: Books) -> Entry:
    return books.receive(DAY, 5_000)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_line SET amount_won = amount_won + 1",
        "UPDATE ledger_line SET account_id = account_id",
        "DELETE FROM ledger_line",
        "UPDATE ledger_entry SET text = 'anders'",
        "UPDATE ledger_entry SET booked_date = '2026-03-11'",
        "UPDATE ledger_entry SET posted_at = NULL, number = NULL",
        "UPDATE ledger_entry SET number = number + 1",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_balance",
        "DELETE FROM ledger_daybalance",
        "DELETE FROM ledger_books",
        "DELETE FROM ledger_fund",
        "UPDATE ledger_fund SET code = 'x' || code",
        "DELETE FROM ledger_account",
        "UPDATE ledger_account SET name = name || 'x'",
        "UPDATE ledger_account SET kind = 'income'",
        "UPDATE ledger_period SET end_date = '2027-01-01'",
        "DELETE FROM ledger_period",
    ],
)
def test_what_stands_is_never_changed_or_removed(posted: Entry, sql: str) -> None:
    refused(sql)
    assert queries.balance("1010", "general") == 5_000
    assert Entry.objects.get().text == "시험 거래"


@pytest.mark.parametrize(
    "table",
    ["ledger_entry", "ledger_line", "ledger_balance", "ledger_daybalance", "ledger_partybalance"],
)
def test_postgresql_refuses_to_empty_tables(posted: Entry, table: str) -> None:
    if connection.vendor != "postgresql":
        refused(f"DELETE FROM {table}") if table != "ledger_partybalance" else None
        return
    refused(f"TRUNCATE {table} CASCADE")


def test_no_line_is_added_to_a_posted_or_withdrawn_entry(books: Books, posted: Entry) -> None:
    with pytest.raises(DatabaseError):
        line(posted.pk, "1010", "general", 7)
    sides = (debit("1010", "general", 5), credit("4010", "general", 5))
    draft = commands.draft_entry(books.keeper(), date=DAY, text="초안", sides=sides)
    commands.withdraw_draft(books.keeper(), entry_id=draft.pk, reason="x")
    with pytest.raises(DatabaseError):
        line(draft.pk, "1010", "general", 7)
    refused(POST, draft.pk)
    books.sound()


def test_an_entry_is_written_unposted(books: Books) -> None:
    books.receive(DAY, 5)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.create(
            booked_date=DAY, period_id=202603, text="x", key="1" * 32, written_at=books.keeper().at,
            number=2, posted_at=books.keeper().at,
        )  # fmt: skip


def test_posting_checks_every_fund_party_pair_and_period(books: Books) -> None:
    books.receive(DAY, 5)
    empty = unposted()
    assert "sum to zero" in refused(POST, empty)
    lopsided = unposted()
    line(lopsided, "1010", "general", 5)
    line(lopsided, "4010", "general", -4)
    assert "sum to zero" in refused(POST, lopsided)
    across = unposted()
    line(across, "1010", "general", 5)
    line(across, "4010", "cooperative", -5)
    assert "sum to zero" in refused(POST, across)
    nobody = unposted()
    line(nobody, "1110", "general", 5)
    line(nobody, "4010", "general", -5)
    assert "names no party" in refused(POST, nobody)
    unpaired = unposted()
    line(unpaired, "1500", "general", 5)
    line(unpaired, "1010", "general", -5)
    assert "not paired" in refused(POST, unpaired)
    elsewhen = unposted(day="2026-04-10")
    line(elsewhen, "1010", "general", 5)
    line(elsewhen, "4010", "general", -5)
    assert "period is not open" in refused(POST, elsewhen)
    sound = unposted()
    line(sound, "1010", "general", 5)
    line(sound, "4010", "general", -5)
    raw(POST, sound)
    assert queries.balance("1010", "general") == 10


def test_nothing_is_posted_into_a_closed_month_and_a_locked_one_stays(books: Books) -> None:
    books.receive(date(2026, 1, 5), 5)
    draft = unposted(202601, "2026-01-07")
    line(draft, "1010", "general", 5)
    line(draft, "4010", "general", -5)
    raw("UPDATE ledger_period SET state = 'closed' WHERE id = 202601")
    assert "period is not open" in refused(POST, draft)
    raw("UPDATE ledger_period SET state = 'locked' WHERE id = 202601")
    refused("UPDATE ledger_period SET state = 'open' WHERE id = 202601")


def test_many_entries_posted_by_one_statement_are_all_checked(books: Books) -> None:
    books.receive(DAY, 5)
    for number in range(60):
        entry = unposted()
        line(entry, "1010", "general", 5)
        line(entry, "4010", "general", -5 if number != 41 else -6)
    many = (
        "UPDATE ledger_entry SET number = id + 1000, posted_at = '2026-03-10 00:00:00+00'"
        " WHERE posted_at IS NULL"
    )
    assert "sum to zero" in refused(many)
    assert queries.balance("1010", "general") == 5
    raw(
        f"{many} AND id IN (SELECT entry_id FROM ledger_line GROUP BY entry_id HAVING SUM(amount_won) = 0)"
    )
    assert queries.balance("1010", "general") == 5 + 59 * 5


def test_kept_statements_are_frozen(books: Books) -> None:
    books.receive(date(2026, 1, 5), 5)
    commands.close_period(books.keeper(), month="2026-01")
    refused("UPDATE ledger_periodstatement SET sha256 = ''")
    refused("DELETE FROM ledger_periodstatement")

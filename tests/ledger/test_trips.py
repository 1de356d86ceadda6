"""How many statements and trips a posting takes: what speed hangs on, and no clock can spoil."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dure.domains.ledger import commands, queries
from dure.domains.ledger.commands import BeforeBooks, PeriodNotOpen
from dure.domains.ledger.rules import EntryDraft, Source, credit, debit
from dure.kernel import statements

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 11, 20)
SIDES = (debit("5210", "general", 1000), credit("1010", "general", 1000))
OF = Source("tests.Run", 1)


@pytest.fixture(autouse=True)
def opened(act: Any) -> None:
    commands.open_books(act("system"), first_date=date(2026, 1, 1))
    commands.post_entry(act("system"), date=DAY, text="First", sides=SIDES, source=OF)


def asked(run: Any) -> int:
    with CaptureQueriesContext(connection) as heard:
        run()
    return len(heard)


def test_one_entry_is_few_statements_whatever_its_lines(act: Any) -> None:
    def post(sides: Any) -> int:
        return asked(
            lambda: commands.post_entry(
                act("system"), date=DAY, text="Rent", sides=sides, source=OF
            )
        )

    most = 8 if connection.vendor == "sqlite" else 6
    assert post(SIDES) <= most
    assert post(SIDES * 4) <= most


def test_one_entry_is_two_trips_to_postgresql(act: Any, monkeypatch: Any) -> None:
    if connection.vendor != "postgresql":
        return  # SQLite is not travelled to
    trips: list[list[str]] = []
    ask = statements._Link.ask

    def counted(self: Any, db: Any, jobs: Any, **given: Any) -> Any:
        waited = [*self.waiting]
        rows = ask(self, db, jobs, **given)
        trips.append([job.sql.split(" ")[0] for job, _values in [*waited, *jobs]])
        return rows

    monkeypatch.setattr(statements._Link, "ask", counted)
    commands.post_entry(act("system"), date=DAY, text="Rent", sides=SIDES, source=OF)
    assert trips == [["BEGIN", "SELECT"], ["INSERT", "INSERT", "COMMIT"]]


def test_a_chart_in_mind_that_moved_is_read_anew(act: Any) -> None:
    def post(account: str, day: date = DAY) -> Any:
        sides = (debit(account, "general", 1000), credit("1010", "general", 1000))
        return commands.post_entry(act("system"), date=day, text="Rent", sides=sides, source=OF)

    post("5210")
    commands.add_account(act("system"), code="5999", name="새 비용", kind="expense")
    assert post("5999").number == 3  # refused by the old chart, not by the new one
    post("5210")
    with connection.cursor() as cursor:  # as another process would leave it
        cursor.execute("UPDATE ledger_books SET chart_stamp = 'another'")
    assert post("5210").number == 5
    assert post("5210", date(2026, 12, 1)).number == 6  # its month is made
    commands.close_period(act("system"), month="2026-01")
    with pytest.raises(PeriodNotOpen):
        post("5210", date(2026, 1, 5))
    with pytest.raises(BeforeBooks):
        post("5210", date(2025, 12, 5))
    assert post("5210").number == 7


def test_many_entries_are_as_few_statements_as_two(act: Any) -> None:
    def post(count: int) -> int:
        batch = tuple(EntryDraft(DAY, SIDES) for _ in range(count))
        return asked(
            lambda: commands.post_entries(act("system"), text="Rent", batch=batch, source=OF)
        )

    assert post(2) == post(2_000)


def test_a_table_that_was_small_is_not_read_for_each_row(act: Any) -> None:
    if connection.vendor != "postgresql":
        return  # it keeps no plans
    batch = tuple(EntryDraft(DAY, SIDES) for _ in range(400))

    def rows_read() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'ledger_entry'"
            )
            return int((cursor.fetchone() or (0,))[0])

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ledger_entry")
    for _ in range(5):  # then PostgreSQL thinks it knows the best way
        commands.post_entry(act("system"), date=DAY, text="Rent", sides=SIDES, source=OF)
    with transaction.atomic():
        before = rows_read()
        for _ in range(2):
            commands.post_entries(act("system"), text="Rent", batch=batch, source=OF)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert rows_read() - before < 10 * len(batch)


def test_strange_letters_survive_the_bulk(act: Any) -> None:
    text, project, kind = "회비 \\N \\t '\"{}", "가\\나", "a\\b"
    sides = (debit("5210", "general", 1000, project=project), credit("1010", "general", 1000))
    batch = tuple(EntryDraft(DAY, sides, text, Source(kind, 7)) for _ in range(2))
    commands.post_entries(act("system"), text="Rent", batch=batch, source=OF)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.text, e.source_kind, e.source_id, e.note_digest, l.project, l.party_id"
            " FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id WHERE l.project IS NOT NULL"
        )
        assert set(cursor.fetchall()) == {(text, kind, 7, "", project, None)}


def test_a_balance_is_two_reads() -> None:
    queries.balance("1010", "general")
    assert asked(lambda: queries.balance("1010", "general")) == 2
    assert asked(lambda: queries.balance("1010", "general", DAY)) == 2

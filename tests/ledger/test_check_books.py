"""The book check: sound books say nothing; each kind of damage is named in words."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from dure.domains.ledger import commands, queries
from dure.kernel import seals, triggers
from dure.kernel.seals import seal_books

from .conftest import Books


@pytest.fixture
def year(books: Books) -> Books:
    for month in range(1, 7):
        for member in books.members:
            books.bill(date(2026, month, 1), member, 30_000)
        books.receive(date(2026, month, 15), 100_000 + month)
    entry = books.pay(date(2026, 6, 20), 50_000)
    commands.reverse_entry(books.keeper(), entry_id=entry.pk, date=date(2026, 6, 21), reason="잘못")
    commands.move_between_funds(
        books.keeper(), date=date(2026, 6, 22), from_fund="general", to_fund="cooperative",
        amount_won=10_000, text="빌려줌",
    )  # fmt: skip
    for month in ("2026-01", "2026-02"):
        commands.close_period(books.keeper(), month=month)
    return books


def damage(*statements: str) -> None:
    """Change rows as someone with the database file in hand would: past the triggers."""
    with triggers.suspended(connection), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def found() -> set[str]:
    return {finding.check for finding in queries.check_books()}


def test_sound_books_have_no_findings(year: Books) -> None:
    year.sound()


LINE_OF_3 = "(SELECT MIN(id) FROM ledger_line WHERE entry_id = (SELECT id FROM ledger_entry WHERE number = 3))"  # fmt: skip


@pytest.mark.parametrize(
    ("statements", "checks", "words"),
    [
        (
            (f"UPDATE ledger_line SET amount_won = amount_won + 1 WHERE id = {LINE_OF_3}",),
            {"entries_balance", "days_equal_lines", "parties_equal_lines", "seals_hold"},
            "3",
        ),
        (
            ("UPDATE ledger_balance SET balance_won = balance_won + 1 WHERE balance_won = 540000",),
            {"balances_equal_days", "control_equals_parties"},
            "540,001",
        ),
        (
            ("UPDATE ledger_daybalance SET debit_won = debit_won + 1, credit_won = credit_won + 1 WHERE booked_date = '2026-05-15'",),
            {"days_equal_lines"},
            "2026-05-15",
        ),
        (
            ("UPDATE ledger_daybalance SET line_count = line_count + 3 WHERE booked_date = '2026-05-15'",),
            {"days_equal_lines"},
            "3",
        ),
        (
            ("UPDATE ledger_partybalance SET balance_won = balance_won + 1 WHERE party_id = (SELECT MIN(party_id) FROM ledger_partybalance)",),
            {"parties_equal_lines", "control_equals_parties"},
            "1",
        ),
        (
            ("UPDATE ledger_entry SET number = 999 WHERE number = 20",),
            {"numbers_without_gap"},
            "999",
        ),
        (
            ("UPDATE ledger_entry SET period_id = 202605 WHERE number = 24",),
            {"dates_in_periods"},
            "24",
        ),
        (
            ("UPDATE ledger_periodstatement SET sha256 = 'x' WHERE id = (SELECT MIN(id) FROM ledger_periodstatement)",),
            {"statements_unchanged"},
            "2026-01",
        ),
        (
            ("UPDATE ledger_periodstatement SET content = sha256 || '' WHERE id = (SELECT MAX(id) FROM ledger_periodstatement)",)
            if connection.vendor == "sqlite"
            else ("UPDATE ledger_periodstatement SET content = 'x'::bytea WHERE id = (SELECT MAX(id) FROM ledger_periodstatement)",),
            {"statements_unchanged"},
            "2026-02",
        ),
        (
            ("UPDATE ledger_period SET state = 'closed' WHERE id = 202603",),
            {"months_have_statements"},
            "2026-03",
        ),
        (
            ("UPDATE ledger_entry SET key = '11111111111111111111111111111111' WHERE number = 7",),
            {"entries_have_causes"},
            "7",
        ),
        (
            ("UPDATE ledger_entry SET text = 'anders' WHERE number = 2",),
            {"seals_hold"},
            "2",
        ),
    ],
)  # fmt: skip
def test_damage_is_named(
    year: Books, statements: tuple[str, ...], checks: set[str], words: str
) -> None:
    seal_books(year.act("system"))
    damage(*statements)
    findings = queries.check_books()
    assert checks <= {finding.check for finding in findings}
    assert any(words in str(finding) for finding in findings)


def test_a_missing_guard_is_named(year: Books) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER dure_ledger_line_frozen_1")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE ledger_line DISABLE TRIGGER dure_ledger_line_frozen")
    try:
        assert found() == {"guards_stand"}
    finally:
        triggers.install(connection)


def test_one_won_is_named_by_the_seal_and_an_entry_can_be_proved(year: Books) -> None:
    seal_books(year.act("system"))
    proof = seals.prove("entries", 3)
    assert seals.check_proof(proof) and proof.row.startswith("dure-entry-v1\t3\t2026-01-01\t")
    damage(f"UPDATE ledger_line SET amount_won = amount_won + 1 WHERE id = {LINE_OF_3}")
    flaws = seals.verify().flaws
    assert len(flaws) == 1 and "3" in flaws[0].where


def test_canonical_bytes_cannot_be_confused(books: Books) -> None:
    tab = books.receive(date(2026, 1, 5), 5)
    damage(f"UPDATE ledger_entry SET text = 'a\tb\nc\\d' WHERE id = {tab.pk}".replace("\\", "\\"))
    rows = dict(queries.ENTRIES.rows(0, queries.ENTRIES.last_id()))
    head, *lines = rows[1].decode().split("\n")
    assert head.split("\t")[0] == "dure-entry-v1" and head.split("\t")[-1] == "a\\tb\\nc\\\\d"
    assert lines == ["1010\tgeneral\t\t\t5", "4010\tgeneral\t\t\t-5"]


def test_the_stream_yields_whole_ranges_in_order(year: Books) -> None:
    stream = queries.ENTRIES
    last = stream.last_id()
    everything = list(stream.rows(0, last))
    assert [number for number, _data in everything] == list(range(1, last + 1))
    assert list(stream.rows(2, 5)) == everything[2:5]
    assert list(stream.rows(last, last)) == []

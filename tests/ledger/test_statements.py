"""Statements with figures a treasurer can add up by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dure.domains.ledger import commands, queries
from dure.domains.ledger.queries import ledgers
from dure.domains.ledger.queries.statements import SpanBackwards
from dure.domains.ledger.rules import credit, debit
from dure.domains.parties import commands as parties
from dure.kernel.dates import Month
from dure.kernel.models import Read
from dure.kernel.refusals import Denied, NotFound

from .conftest import BOOKKEEPER, Books


@pytest.fixture
def half_year(books: Books) -> Books:
    """광진처럼: dues billed and mostly paid, a contribution, a loan between funds, shares, costs."""
    for month in (1, 2, 3):
        for member in books.members:
            books.bill(date(2026, month, 1), member, 30_000)
    for member in books.members[:2]:
        books.post(
            date(2026, 3, 15),
            debit("1010", "general", 90_000),
            credit("1110", "general", 90_000, party_id=member),
        )
    books.post(
        date(2026, 2, 10),
        debit("1010", "general", 1_000_000),
        credit("3010", "general", 1_000_000, party_id=books.members[0]),
    )
    books.post(
        date(2026, 4, 10),
        debit("3010", "general", 200_000, party_id=books.members[0]),
        credit("1010", "general", 200_000),
    )
    books.receive(date(2026, 3, 31), 21_140, "4020", "cooperative")
    commands.move_between_funds(
        books.keeper(), date=date(2026, 4, 1), from_fund="general", to_fund="cooperative",
        amount_won=500_000, text="빌려줌",
    )  # fmt: skip
    books.pay(date(2026, 5, 3), 120_000, "5310")
    books.pay(date(2026, 5, 3), 400_000, "5510", "cooperative")
    return books


def lines(found: object) -> dict[str, int]:
    return {line.account or line.name: line.won for line in found}


def test_fund_statement(half_year: Books) -> None:
    first = queries.statement("일반", "2026-01", "2026-03")
    assert first.opening_won == 0
    assert lines(first.sources) == {"3010": 1_000_000, "4010": 270_000}
    assert (first.in_won, first.out_won, first.closing_won) == (1_270_000, 0, 1_270_000)
    assert (first.money_opening_won, first.money_closing_won) == (0, 1_180_000)
    second = queries.statement("일반회계", "2026-04", "2026-06")
    assert second.opening_won == first.closing_won
    assert lines(second.uses) == {"3010": 200_000, "5310": 120_000}
    assert second.closing_won == 950_000 and second.due_from_funds_won == 500_000
    fund = queries.statement("협동기금", "2026-01", "2026-06")
    assert lines(fund.sources) == {"4020": 21_140} and lines(fund.uses) == {"5510": 400_000}
    assert fund.closing_won == 21_140 - 400_000 and fund.due_to_funds_won == 500_000
    assert fund.money_closing_won == 121_140
    everything = queries.statement("", "2026-01", "2026-06")
    assert everything.closing_won == second.closing_won + fund.closing_won


def test_balance_sheet_of_a_fund_and_of_all(half_year: Books) -> None:
    sheet = queries.balance_sheet("general", date(2026, 6, 30))
    assert lines(sheet.assets) == {"1010": 360_000, "1110": 90_000, "1500": 500_000}
    assert lines(sheet.net_assets) == {"3010": 800_000, "당기 운영차액": 150_000}
    assert sheet.is_balanced and sheet.assets_won == 950_000
    whole = queries.balance_sheet("", date(2026, 6, 30))
    assert lines(whole.assets) == {"1010": 481_140, "1110": 90_000}
    assert whole.liabilities == () and whole.is_balanced
    next_year = queries.balance_sheet("general", date(2027, 1, 1))
    assert lines(next_year.net_assets) == {"3010": 800_000, "3110": 150_000}
    assert next_year.is_balanced


def test_activities_and_trial_balance(half_year: Books) -> None:
    acts = queries.activities("general", "2026-01", "2026-06")
    assert lines(acts.income) == {"4010": 270_000} and lines(acts.expense) == {"5310": 120_000}
    assert acts.surplus_won == 150_000
    trial = queries.trial_balance("", "2026-03", "2026-03")
    assert trial.is_balanced
    rows = {row.account: row for row in trial.rows}
    assert (rows["1110"].opening_won, rows["1110"].debit_won, rows["1110"].credit_won) == (
        180_000,
        90_000,
        180_000,
    )
    with pytest.raises(SpanBackwards):
        queries.trial_balance("", "2026-03", "2026-02")


def test_ledgers_run_on_and_page(half_year: Books) -> None:
    act = half_year.keeper()
    whole = queries.account_ledger(act, "1010", "general", date(2026, 1, 1), date(2027, 1, 1))
    assert whole.closing_won == queries.balance("1010", "general") == 360_000
    assert whole.rows[-1].balance_won == whole.closing_won
    pages = [
        queries.account_ledger(
            act, "1010", "general", date(2026, 1, 1), date(2027, 1, 1), page, rows_a_page=2
        )
        for page in (1, 2, 3)
    ]
    assert tuple(row for page in pages for row in page.rows) == whole.rows
    later = queries.account_ledger(act, "1010", "general", date(2026, 4, 1), date(2027, 1, 1))
    assert later.opening_won == 1_180_000
    member = half_year.members[0]
    shares = queries.party_ledger(act, member, "3010", "", date(2026, 1, 1), date(2027, 1, 1))
    assert [row.balance_won for row in shares.rows] == [1_000_000, 800_000]
    assert shares.party_name == "함께살림협동조합"
    own = half_year.act("representative", of=member, actor_id=55)
    assert queries.party_ledger(own, member, "", "", date(2026, 1, 1), date(2027, 1, 1)).count == 6
    with pytest.raises(Denied):
        queries.party_ledger(own, half_year.members[1], "", "", date(2026, 1, 1), date(2027, 1, 1))
    with pytest.raises(Denied):
        queries.account_ledger(own, "1010", "", date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize("few", [0, 10_000])
def test_a_long_ledger_pages_by_its_days(half_year: Books, monkeypatch: Any, few: int) -> None:
    monkeypatch.setattr(ledgers, "FEW_LINES", few)
    act, span = half_year.keeper(), (date(2026, 5, 1), date(2027, 1, 1))
    for number in range(30):  # on three days, in two funds, not in their order
        day = date(2026, 6, 9 - number % 3)
        half_year.receive(day, 1_000 + number, fund="general" if number % 2 else "mutual_aid")
    for fund in ("general", "mutual_aid", ""):
        whole = queries.account_ledger(act, "1010", fund, *span, rows_a_page=1_000)
        won = whole.opening_won
        for row in whole.rows:
            won += row.debit_won - row.credit_won
            assert row.balance_won == won
        assert won == whole.closing_won
        order = [(row.booked_date, row.number) for row in whole.rows]
        assert order == sorted(order) and len(order) == whole.count >= 15
        for size in (1, 4, 7, 15, 16):
            pages = [
                queries.account_ledger(act, "1010", fund, *span, page, size).rows
                for page in range(1, -(-whole.count // size) + 1)
            ]
            assert tuple(row for page in pages for row in page) == whole.rows
    empty = queries.account_ledger(act, "1010", "", date(2026, 12, 1), date(2027, 1, 1))
    assert (empty.rows, empty.count, empty.pages) == ((), 0, 1)
    assert empty.opening_won == empty.closing_won == whole.closing_won


def test_reading_a_persons_account_is_logged(books: Books) -> None:
    person = parties.add_person(books.act("secretariat"), name="정마루").pk
    books.bill(date(2026, 1, 1), person, 30_000)
    span = (date(2026, 1, 1), date(2027, 1, 1))
    own = books.act(actor_id=person)
    assert queries.party_ledger(own, person, "", "", *span).closing_won == 30_000
    queries.party_ledger(books.keeper(), books.members[0], "", "", *span)
    assert not Read.objects.exists()
    queries.party_ledger(books.keeper(), person, "", "", *span)
    assert [(read.subject_id, read.actor_id) for read in Read.objects.all()] == [
        (person, BOOKKEEPER)
    ]
    with pytest.raises(NotFound):
        queries.party_ledger(books.keeper(), 10**9, "", "", *span)


def test_sums_for_the_desk(half_year: Books) -> None:
    held = queries.fund_balances()
    assert held["general"].money_won == 360_000 and held["general"].net_won == 950_000
    assert queries.fund_balances(date(2026, 3, 31))["general"].net_won == 1_270_000
    found = queries.net_by_month(Month(2026, 6), 7)
    assert found.months[0] == Month(2025, 12) and found.won["general"] == (
        0, 90_000, 1_180_000, 1_270_000, 1_070_000, 950_000, 950_000,
    )  # fmt: skip
    early = queries.net_by_month(Month(2026, 3), 2)
    assert early.won["general"] == (1_180_000, 1_270_000)
    balances = queries.account_balances()
    assert balances["4010"] == 270_000 and balances["1110"] == 90_000
    assert queries.party_balances("1110") == {half_year.members[2]: 90_000}
    points = queries.daily_balance("1010", "general", date(2026, 4, 1), date(2026, 6, 1))
    assert points[-1] == (date(2026, 5, 3), 360_000)


def test_the_list_of_entries_narrows(half_year: Books) -> None:
    act = half_year.keeper()

    def count(**given: object) -> int:
        return queries.entries(act, queries.EntryFilter(**given)).count

    assert count() == 17
    assert count(fund="협동기금") == 3
    assert count(account="3010") == 2
    assert count(party_id=half_year.members[2]) == 3
    assert count(text="빌려줌") == 1 and count(text="17") == 1
    assert count(from_date=date(2026, 5, 3), until_date=date(2026, 5, 4)) == 2
    assert count(state="draft") == 0


def test_reading_one_balance_is_one_row(
    half_year: Books, django_assert_num_queries: object
) -> None:
    queries.balance("1010", "general")
    with django_assert_num_queries(2):
        queries.balance("1010", "general")
    with django_assert_num_queries(2):
        queries.balance("1010", "general", on=date(2026, 3, 1))


def test_lists_ask_few_questions(half_year: Books, django_assert_max_num_queries: object) -> None:
    act = half_year.keeper()
    for day in range(40):
        half_year.bill(date(2026, 6, 1) + timedelta(days=day % 28), half_year.members[0], 1_000)
    for ask in (
        lambda: queries.entries(act),
        lambda: queries.account_ledger(act, "1110", "", date(2026, 1, 1), date(2027, 1, 1), 2, 10),
        lambda: queries.party_ledger(act, half_year.members[0], "", "", date(2026, 1, 1), date(2027, 1, 1)),
        lambda: queries.drafts(act),
        lambda: queries.statement("general", "2026-01", "2026-12"),
        lambda: queries.balance_sheet("", date(2026, 12, 31)),
    ):  # fmt: skip
        with django_assert_max_num_queries(8):
            ask()


def test_a_fiscal_year_may_begin_in_march(db: None, act: object) -> None:
    commands.open_books(act("secretariat"), first_date=date(2025, 1, 1), fiscal_year_start_month=3)
    books = Books(act, ())
    books.receive(date(2026, 2, 28), 100)
    books.receive(date(2026, 3, 1), 11)
    sheet = queries.balance_sheet("", date(2026, 3, 1))
    assert lines(sheet.net_assets) == {"3110": 100, "당기 운영차액": 11}

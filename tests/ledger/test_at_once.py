"""Two people at once, each on a connection of their own: one wins, the other is told."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from dure.domains.ledger import commands, queries
from dure.domains.ledger.models import Entry
from dure.domains.ledger.rules import EntryDraft, credit, debit
from tests.at_once import at_once

from .conftest import Books

DAY = date(2026, 3, 10)


def kinds(answers: list[Any]) -> list[str]:
    return sorted(type(answer).__name__ for answer in answers)


def test_numbers_have_no_gap_when_many_post_at_once(committed_books: Books) -> None:
    books = committed_books

    def post() -> Entry:
        entry = None
        for _ in range(15):
            entry = books.receive(DAY, 1_000)
        assert entry is not None
        return entry

    assert kinds(at_once(post, post, post, post)) == ["Entry"] * 4
    assert queries.balance("1010", "general") == 60_000
    numbers = Entry.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 61))
    books.sound()


def test_batches_and_single_entries_at_once(committed_books: Books) -> None:
    books = committed_books
    batch = tuple(
        EntryDraft(DAY, (debit("1010", "general", 10), credit("4010", "general", 10)))
        for _ in range(100)
    )

    def many() -> Any:
        return commands.post_entries(books.keeper(), text="묶음", batch=batch)

    answers = at_once(many, lambda: books.receive(DAY, 1), many, lambda: books.receive(DAY, 1))
    assert kinds(answers) == ["Entry", "Entry", "PostedBatch", "PostedBatch"]
    assert queries.balance("1010", "general") == 2_002
    books.sound()


def test_an_entry_is_reversed_once(committed_books: Books) -> None:
    books = committed_books
    entry = books.receive(DAY, 1_000)

    def reverse() -> Entry:
        return commands.reverse_entry(books.keeper(), entry_id=entry.pk, date=DAY, reason="잘못")

    assert kinds(at_once(reverse, reverse, reverse)) == ["AlreadyReversed"] * 2 + ["Entry"]
    assert queries.balance("1010", "general") == 0
    books.sound()


def test_the_same_key_at_once_posts_once(committed_books: Books) -> None:
    books = committed_books
    key = uuid4()

    def post() -> Entry:
        sides = (debit("1010", "general", 700), credit("4010", "general", 700))
        return books.post(DAY, *sides, act=books.keeper(key=key))

    answers = at_once(post, post, post)
    assert kinds(answers) == ["Entry"] * 3 and len({entry.pk for entry in answers}) == 1
    assert queries.balance("1010", "general") == 700


def test_posting_while_the_month_is_closed(committed_books: Books) -> None:
    books = committed_books
    books.receive(date(2026, 1, 5), 500)

    def close() -> Any:
        return commands.close_period(books.keeper(), month="2026-01")

    def post() -> Entry:
        return books.receive(date(2026, 1, 9), 1_000)

    for answer in at_once(post, close, post)[::2]:
        assert type(answer).__name__ in ("Entry", "PeriodNotOpen")
    kept = {k.kind: k for k in queries.kept_statements("2026-01") if k.fund == ""}
    held = queries.balance("1010", "general", on=date(2026, 1, 31))
    assert f'"won": {held}' in kept["balance_sheet"].content.decode()
    books.sound()


def test_a_month_is_closed_once(committed_books: Books) -> None:
    books = committed_books
    books.receive(date(2026, 1, 5), 500)

    def close() -> Any:
        return commands.close_period(books.keeper(), month="2026-01")

    assert kinds(at_once(close, close)) == ["Period", "PeriodNotOpen"]
    assert {kept.revision for kept in queries.kept_statements("2026-01")} == {1}


def test_a_draft_is_approved_or_withdrawn_not_both(committed_books: Books) -> None:
    books = committed_books
    sides = (debit("1010", "general", 5), credit("4010", "general", 5))
    draft = commands.draft_entry(books.keeper(), date=DAY, text="초안", sides=sides)
    answers = at_once(
        lambda: commands.approve_entry(books.second(), entry_id=draft.pk),
        lambda: commands.withdraw_draft(books.keeper(), entry_id=draft.pk, reason="x"),
        lambda: commands.approve_entry(books.act("secretariat", actor_id=7), entry_id=draft.pk),
    )
    assert kinds(answers) == ["Entry", "NotADraft", "NotADraft"]
    books.sound()


def test_a_fund_is_not_spent_twice(committed_books: Books) -> None:
    books = committed_books
    books.receive(DAY, 100_000, fund="mutual_aid")
    commands.set_fund_rule(
        books.act("secretariat"), kind="money_floor_won", amount_won=0, fund="mutual_aid",
        article="상호부조규정 제5조", from_date=date(2026, 1, 1),
    )  # fmt: skip

    def pay() -> Entry:
        return books.pay(DAY, 60_000, "5510", "mutual_aid")

    assert kinds(at_once(pay, pay)) == ["Entry", "FundBelowFloor"]
    assert queries.balance("1010", "mutual_aid") == 40_000
    books.sound()


def test_an_account_is_retired_or_posted_on_not_both(committed_books: Books) -> None:
    books = committed_books
    for number in range(6):
        code = f"109{number}"
        commands.add_account(books.act("secretariat"), code=code, name=f"통장 {code}", kind="asset")
        books.receive(DAY, 1)  # the chart is in mind, with the account in use

        def post(code: str = code) -> Entry:
            return books.post(DAY, debit(code, "general", 700), credit("4110", "general", 700))

        def retire(code: str = code) -> Any:
            return commands.retire_account(books.act("secretariat"), account=code)

        told = kinds(at_once(post, retire, post))
        assert told in (
            ["Account", "AccountInactive", "AccountInactive"],
            ["BalanceStands", "Entry", "Entry"],
        )
        stands = queries.balance(code, "general")
        assert queries.chart().accounts[code].is_active == (stands > 0)
    books.sound()

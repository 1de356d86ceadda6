"""Months: closed with their statements, opened again, locked."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dure.domains.ledger import commands, queries
from dure.domains.ledger.rules import credit, debit
from dure.kernel.models import Seal
from dure.kernel.refusals import Denied

from .conftest import Books


def test_a_closed_month_takes_nothing_and_its_statements_stay(books: Books) -> None:
    books.receive(date(2026, 1, 5), 1_000_000)
    books.pay(date(2026, 1, 20), 300_000)
    with pytest.raises(Denied):
        commands.close_period(books.act("member"), month="2026-01")
    commands.close_period(books.keeper(), month="2026년 1월")
    with pytest.raises(commands.PeriodNotOpen) as refused:
        books.receive(date(2026, 1, 31), 5)
    assert "2026-01" in str(refused.value) and refused.value.advice
    kept = {(k.kind, k.fund): k for k in queries.kept_statements("2026-01")}
    general = json.loads(kept["fund", "general"].content)
    assert (general["opening_won"], general["in_won"], general["out_won"]) == (
        0,
        1_000_000,
        300_000,
    )
    assert general["closing_won"] == 700_000
    before = {place: k.content for place, k in kept.items()}
    books.receive(date(2026, 2, 1), 77)
    commands.open_fund(books.act("secretariat"), code="grant")
    assert {(k.kind, k.fund): k.content for k in queries.kept_statements("2026-01")} == before
    assert Seal.objects.exists()
    books.sound()


def test_months_close_in_order_and_only_when_over(books: Books) -> None:
    books.receive(date(2026, 2, 5), 5)
    with pytest.raises(commands.EarlierPeriodOpen):
        commands.close_period(books.keeper(), month="2026-02")
    with pytest.raises(commands.MonthNotOver):
        commands.close_period(books.keeper(), month="2026-11")  # the tests' today is 20 November
    with pytest.raises(commands.BeforeBooks):
        commands.close_period(books.keeper(), month="2025-12")
    for month in ("2026-01", "2026-02"):
        commands.close_period(books.keeper(), month=month)
    with pytest.raises(commands.PeriodNotOpen):
        commands.close_period(books.keeper(), month="2026-02")
    oldest = queries.period_to_close(date(2026, 11, 20))
    assert oldest is None or oldest.month == "2026-03"


def test_drafts_hold_a_month_open(books: Books) -> None:
    sides = (debit("1010", "general", 5), credit("4010", "general", 5))
    draft = commands.draft_entry(books.keeper(), date=date(2026, 1, 9), text="초안", sides=sides)
    with pytest.raises(commands.DraftsWaiting):
        commands.close_period(books.keeper(), month="2026-01")
    commands.withdraw_draft(books.keeper(), entry_id=draft.pk, reason="안 함")
    commands.close_period(books.keeper(), month="2026-01")


def test_a_month_is_opened_again_with_a_reason_by_the_secretariat(books: Books) -> None:
    books.receive(date(2026, 1, 5), 100)
    for month in ("2026-01", "2026-02"):
        commands.close_period(books.keeper(), month=month)
    head = books.act("secretariat")
    with pytest.raises(Denied):
        commands.reopen_period(books.keeper(), month="2026-02", reason="빠진 영수증")
    with pytest.raises(commands.LaterPeriodClosed):
        commands.reopen_period(head, month="2026-01", reason="빠진 영수증")
    with pytest.raises(commands.ReasonMissing):
        commands.reopen_period(head, month="2026-02", reason=" ")
    for month in ("2026-02", "2026-01"):
        commands.reopen_period(books.act("secretariat"), month=month, reason="빠진 영수증")
    with pytest.raises(commands.PeriodNotClosed):
        commands.reopen_period(books.act("secretariat"), month="2026-01", reason="x")
    books.receive(date(2026, 1, 6), 50)
    commands.close_period(books.keeper(), month="2026-01")
    assert {k.revision for k in queries.kept_statements("2026-01")} == {2}
    books.sound()


def test_a_locked_month_never_opens_again(books: Books) -> None:
    with pytest.raises(commands.PeriodNotClosed):
        commands.lock_period(books.act("secretariat"), month="2026-01")
    entry = books.receive(date(2026, 1, 5), 100)
    commands.close_period(books.keeper(), month="2026-01")
    with pytest.raises(Denied):
        commands.lock_period(books.keeper(), month="2026-01")
    commands.lock_period(books.act("secretariat"), month="2026-01")
    for again in (
        lambda: commands.lock_period(books.act("secretariat"), month="2026-01"),
        lambda: commands.reopen_period(books.act("secretariat"), month="2026-01", reason="x"),
    ):
        with pytest.raises(commands.PeriodIsLocked):
            again()
    # it is corrected by a reversal in an open month
    commands.reverse_entry(books.keeper(), entry_id=entry.pk, date=date(2026, 2, 1), reason="잘못")
    assert queries.balance("1010", "general", on=date(2026, 1, 31)) == 100
    assert queries.balance("1010", "general") == 0
    books.sound()


def test_a_month_without_any_entry_closes(books: Books) -> None:
    commands.close_period(books.keeper(), month="2026-01")
    assert [p.state for p in queries.periods() if p.month == "2026-01"] == ["closed"]
    books.sound()

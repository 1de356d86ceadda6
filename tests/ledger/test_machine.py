"""The books against a plain model, through thousands of random deeds with retries and kills.

The model is a few dictionaries. Every deed is done to both; whatever the commands answer (done, or
a named refusal) must be what the model expects, and after each deed every kept balance must be the
model's. Some deeds are killed in the middle, at any statement; some are sent again under their key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dure.domains.ledger import commands, queries
from dure.domains.ledger.models import Balance, DayBalance, Entry, PartyBalance
from dure.domains.ledger.rules import EntryDraft, Side, imbalances, mirrored
from dure.kernel.acts import Act, Capacity
from dure.kernel.refusals import Denied, KeyReused, Refusal

from .conftest import open_books
from .model import FLOOR, FUNDS, LIMIT, MONTHS, Model

NOW = datetime(2026, 7, 15, 3, 0, tzinfo=UTC)
PEOPLE = (101, 102)

people = st.sampled_from(PEOPLE)
days = st.builds(date, st.just(2026), st.integers(1, 6), st.integers(1, 28))
amounts = st.one_of(st.integers(1, 5_000), st.integers(1, LIMIT * 2))
accounts = st.sampled_from(["1010", "1110", "2010", "3010", "4010", "4110", "5210", "5510"])
CONTROL = frozenset({"1110", "3010"})


class Killed(BaseException):
    """The process died here."""


@contextmanager
def killed_at(statement: int) -> Iterator[None]:
    """Die at the n-th statement that changes or reads something; savepoints are the test's own."""
    left = [statement]

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            left[0] -= 1
            if left[0] < 0:
                raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


class BooksMachine(RuleBasedStateMachine):
    members: tuple[int, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.sent: list[tuple[str, Act, dict[str, Any], Any]] = []
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    @initialize()
    def begin(self) -> None:
        def act(*names: str, **_given: Any) -> Act:
            return Act(None, NOW, uuid4(), "web", frozenset(map(Capacity, names)))

        self.members = open_books(act).members
        for kind, won, fund in (
            ("second_person_above_won", LIMIT, ""),
            ("money_floor_won", FLOOR, "mutual_aid"),
        ):
            commands.set_fund_rule(
                act("secretariat"), kind=kind, amount_won=won, fund=fund, article="제1조",
                from_date=date(2026, 1, 1),
            )  # fmt: skip

    def teardown(self) -> None:
        try:
            assert [str(finding) for finding in queries.check_books()] == []
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # -- doing something -------------------------------------------------------------------------

    def act(self, person: int) -> Act:
        return Act(person, NOW, uuid4(), "web", frozenset({Capacity("secretariat")}))

    def do(self, name: str, act: Act, expected: type[Refusal] | None, **given: Any) -> Any:
        """Do it; the answer, or None when it was refused as expected."""
        command = getattr(commands, name)
        if expected is not None:
            with pytest.raises(expected):
                command(act, **given)
            return None
        answer = command(act, **given)
        self.sent.append((name, act, given, answer))
        return answer

    def sides(self, fund: str, lines: list[tuple[str, int, int]]) -> tuple[Side, ...]:
        raw = [
            Side(account, fund, won, self.members[who] if account in CONTROL else None)
            for account, won, who in lines
        ]
        rest = imbalances(raw).get(fund, 0)
        return (*raw, Side("1010", fund, -rest)) if rest else tuple(raw)

    lines = st.lists(
        st.tuples(
            accounts, amounts.flatmap(lambda won: st.sampled_from([won, -won])), st.integers(0, 2)
        ),
        min_size=1,
        max_size=4,
    )

    def _sound(self, sides: tuple[Side, ...]) -> bool:
        return len(sides) > 1

    # -- the deeds -------------------------------------------------------------------------------

    @rule(person=people, day=days, fund=st.sampled_from(FUNDS), lines=lines)
    def post(self, person: int, day: date, fund: str, lines: list[Any]) -> None:
        sides = self.sides(fund, lines)
        why = self.model.why_not(day, sides) if len(sides) > 1 else commands.EntryEmpty
        if self.model.states[f"{day:%Y-%m}"] != "open":
            why = commands.PeriodNotOpen
        entry = self.do("post_entry", self.act(person), why, date=day, text="거래", sides=sides)
        if entry:
            self.model.post(entry.pk, day, sides, person)

    @rule(person=people, batch=st.lists(st.tuples(days, st.sampled_from(FUNDS), lines), min_size=1, max_size=6))  # fmt: skip
    def post_many(self, person: int, batch: list[Any]) -> None:
        drafts = [EntryDraft(day, self.sides(fund, lines)) for day, fund, lines in batch]
        drafts = [draft for draft in drafts if len(draft.sides) > 1]
        trial = Model(balance=dict(self.model.balance), states=self.model.states)
        closed = any(self.model.states[f"{d.date:%Y-%m}"] != "open" for d in drafts)
        alone = any(trial.why_not(d.date, d.sides) is commands.SecondPersonNeeded for d in drafts)
        everything = tuple(side for draft in drafts for side in draft.sides)
        why: type[Refusal] | None = None
        if not drafts:
            why = commands.BatchEmpty
        elif closed:
            why = commands.PeriodNotOpen
        elif alone:
            why = commands.SecondPersonNeeded
        else:
            why = trial.why_not(drafts[0].date, everything, alone=False)
        posted = self.do("post_entries", self.act(person), why, text="묶음", batch=tuple(drafts))
        if posted:
            ids = queries.entry_ids(posted.first_number, posted.last_number)
            assert len(ids) == len(drafts)
            for entry_id, draft in zip(ids, drafts, strict=True):
                self.model.post(entry_id, draft.date, draft.sides, person)

    @rule(person=people, day=days, giving=st.sampled_from(FUNDS), taking=st.sampled_from(FUNDS), won=st.integers(1, LIMIT), settle=st.booleans())  # fmt: skip
    def move(
        self, person: int, day: date, giving: str, taking: str, won: int, settle: bool
    ) -> None:
        owed, owing = ("2500", "1500") if settle else ("1500", "2500")
        sides = (
            Side(owed, giving, won),
            Side("1010", giving, -won),
            Side("1010", taking, won),
            Side(owing, taking, -won),
        )
        why = self.model.why_not(day, sides)
        if giving == taking and why is not commands.PeriodNotOpen:
            why = commands.SameFund
        entry = self.do(
            "move_between_funds", self.act(person), why, date=day, from_fund=giving, to_fund=taking,
            amount_won=won, text="이동", settle=settle,
        )  # fmt: skip
        if entry:
            self.model.post(entry.pk, day, sides, person)

    @rule(person=people, day=days, fund=st.sampled_from(FUNDS), lines=lines)
    def draft(self, person: int, day: date, fund: str, lines: list[Any]) -> None:
        sides = self.sides(fund, lines)
        why: type[Refusal] | None = None if len(sides) > 1 else commands.EntryEmpty
        if self.model.states[f"{day:%Y-%m}"] != "open":
            why = commands.PeriodNotOpen
        entry = self.do("draft_entry", self.act(person), why, date=day, text="초안", sides=sides)
        if entry:
            self.model.drafts[entry.pk] = (day, sides, person)

    @precondition(lambda self: self.model.drafts)
    @rule(person=people, data=st.data())
    def approve(self, person: int, data: st.DataObject) -> None:
        entry_id = data.draw(st.sampled_from(sorted(self.model.drafts)))
        day, sides, drafter = self.model.drafts[entry_id]
        why = self.model.why_not(day, sides, alone=False)
        if person == drafter:
            why = Denied
        if self.do("approve_entry", self.act(person), why, entry_id=entry_id):
            del self.model.drafts[entry_id]
            self.model.post(entry_id, day, sides, person)

    @precondition(lambda self: self.model.drafts)
    @rule(person=people, data=st.data())
    def withdraw(self, person: int, data: st.DataObject) -> None:
        entry_id = data.draw(st.sampled_from(sorted(self.model.drafts)))
        self.do("withdraw_draft", self.act(person), None, entry_id=entry_id, reason="안 함")
        del self.model.drafts[entry_id]

    @precondition(lambda self: self.model.posted)
    @rule(person=people, day=days, data=st.data())
    def reverse(self, person: int, day: date, data: st.DataObject) -> None:
        entry_id = data.draw(st.sampled_from(sorted(self.model.posted)))
        sides = mirrored(self.model.posted[entry_id])
        alone = self.model.posted_by[entry_id] == person
        why = self.model.why_not(day, sides, alone)
        if why is not commands.PeriodNotOpen:
            if entry_id in self.model.reversals:
                why = commands.ReversalStands
            elif entry_id in self.model.reversed:
                why = commands.AlreadyReversed
        entry = self.do(
            "reverse_entry", self.act(person), why, entry_id=entry_id, date=day, reason="잘못"
        )
        if entry:
            self.model.post(entry.pk, day, sides, person)
            self.model.reversed.add(entry_id)
            self.model.reversals.add(entry.pk)

    @rule(month=st.sampled_from(MONTHS))
    def close(self, month: str) -> None:
        states = self.model.states
        why: type[Refusal] | None = None
        if states[month] != "open":
            why = commands.PeriodNotOpen
        elif any(states[m] == "open" for m in MONTHS if m < month):
            why = commands.EarlierPeriodOpen
        elif any(f"{day:%Y-%m}" == month for day, _s, _p in self.model.drafts.values()):
            why = commands.DraftsWaiting
        if self.do("close_period", self.act(101), why, month=month):
            states[month] = "closed"

    @rule(month=st.sampled_from(MONTHS))
    def reopen(self, month: str) -> None:
        states = self.model.states
        why: type[Refusal] | None = None
        if states[month] == "open":
            why = commands.PeriodNotClosed
        elif states[month] == "locked":
            why = commands.PeriodIsLocked
        elif any(states[m] != "open" for m in MONTHS if m > month):
            why = commands.LaterPeriodClosed
        if self.do("reopen_period", self.act(101), why, month=month, reason="빠진 것"):
            states[month] = "open"

    @precondition(lambda self: "closed" in self.model.states.values())
    @rule()
    def lock(self) -> None:
        states = self.model.states
        month = next((m for m in MONTHS if states[m] != "locked"), MONTHS[0])
        why = commands.PeriodNotClosed if states[month] == "open" else None
        if self.do("lock_period", self.act(101), why, month=month):
            states[month] = "locked"

    # -- retries and kills -----------------------------------------------------------------------

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        """The same key and input answers with the first result and changes nothing."""
        name, act, given, answer = data.draw(st.sampled_from(self.sent))
        again = getattr(commands, name)(act, **given)
        assert getattr(again, "pk", again) == getattr(answer, "pk", answer)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_otherwise(self, data: st.DataObject) -> None:
        """The same key with other input is an error and changes nothing."""
        name, act, given, _answer = data.draw(st.sampled_from(self.sent))
        other = {"month": "2025-01", "entry_id": 10**9, "text": "다른 것", "reason": "다른 것"}
        changed = next(key for key in other if key in given)
        with pytest.raises(KeyReused):
            getattr(commands, name)(act, **{**given, changed: other[changed]})

    @rule(day=days, fund=st.sampled_from(FUNDS), lines=lines, statement=st.integers(0, 14), many=st.booleans())  # fmt: skip
    def killed(self, day: date, fund: str, lines: list[Any], statement: int, many: bool) -> None:
        """Killed in the middle, nothing has happened; sent again under its key, it happens once."""
        sides = self.sides(fund, lines)
        if len(sides) < 2 or self.model.why_not(day, sides):
            return
        act = self.act(101)
        given: dict[str, Any] = {"text": "죽음"}
        if many:
            given["batch"] = (EntryDraft(day, sides), EntryDraft(day, mirrored(sides)))
        else:
            given |= {"date": day, "sides": sides}
        name = "post_entries" if many else "post_entry"
        try:
            with killed_at(statement):
                getattr(commands, name)(act, **given)
        except Killed:
            self.kept_balances_are_the_models()
        answer = self.do(name, act, None, **given)
        if many:
            one, other = queries.entry_ids(answer.first_number, answer.last_number)
            self.model.post(one, day, sides, 101)
            self.model.post(other, day, mirrored(sides), 101)
        else:
            self.model.post(answer.pk, day, sides, 101)

    # -- what always holds -----------------------------------------------------------------------

    @invariant()
    def kept_balances_are_the_models(self) -> None:
        if not self.members:
            return
        books = queries.chart()

        def codes(account: int, fund: int) -> tuple[str, str]:
            return books.accounts_by_id[account].code, books.funds_by_id[fund].code

        model = self.model
        assert {codes(b.account_id, b.fund_id): b.balance_won for b in Balance.objects.all()} == (
            model.balance
        )
        assert {
            (*codes(b.account_id, b.fund_id), b.booked_date): (
                b.debit_won,
                b.credit_won,
                b.line_count,
            )
            for b in DayBalance.objects.all()
        } == model.days
        assert {
            (b.party_id, *codes(b.account_id, b.fund_id)): b.balance_won
            for b in PartyBalance.objects.all()
        } == model.parties
        numbers = Entry.objects.exclude(number=None).order_by("number")
        assert list(numbers.values_list("number", flat=True)) == list(
            range(1, len(model.posted) + 1)
        )


def steps(examples: int, length: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=length,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )


def test_the_books_are_always_what_a_plain_model_says(db: None) -> None:
    run_state_machine_as_test(BooksMachine, settings=steps(60, 50))

"""A walk through mutual aid month by month, with a plain count beside it: whatever is done or refused,
the books are right, nobody has more than the plan gives, and the money serves mutual aid only."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import commands as books, queries as ledger
from dure.domains.memberships import commands as memberships
from dure.domains.mutual_aid import commands, queries
from dure.domains.mutual_aid.models import AidClaim, AidEnrolment, AidReceipt
from dure.kernel.refusals import Refusal

from .conftest import HAPPY, ILL, SAD, TODAY, House, build

START = 20_000_000
MONTH = 31
who = st.integers(0, 2)


class Walk(RuleBasedStateMachine):
    """Three members, one plan; `money`: what the fund should have in cash and placed."""

    house: House
    seen: set[str]

    @initialize()
    def begin(self) -> None:
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.days, self.money = 0, START
        self.three = [self.house.person(f"걷는 이 {n}") for n in range(3)]
        self.left: set[int] = set()
        for of in range(2):
            self.enrol(of)
        self.time(4, paying=True)

    def teardown(self) -> None:
        if hasattr(self, "inside"):
            transaction.set_rollback(True)
            self.inside.__exit__(None, None, None)

    def by(self, *office: str, of: int | None = None) -> Any:
        if of is not None:
            return self.house.own(self.three[of], days=self.days)
        return self.house.act(*office, days=self.days)

    def contract(self, of: int, *states: str) -> Any:
        rows = AidEnrolment.objects.filter(membership=self.three[of].pk)
        return rows.filter(state__in=states).order_by("-pk").first()

    def done(self, what: str, call: Any, **given: Any) -> Any:
        """What it made, or None where it was refused; no other error passes."""
        with suppress(Refusal), transaction.atomic():
            made = call(**given)
            self.seen.add(what)
            return made

    @rule(of=who)
    def enrol(self, of: int) -> None:
        wish = self.done(
            "apply", commands.apply_for_aid, act=self.by(of=of), membership_id=self.three[of].pk,
            plan_id=self.plan.pk,
        )  # fmt: skip
        if wish is not None:
            self.done(
                "approve", commands.approve_aid_enrolment, act=self.by("secretariat"),
                enrolment_id=wish.pk, decided_by="위원회",
            )  # fmt: skip
            self.done("sign", commands.sign_aid_contract, act=self.by(of=of), enrolment_id=wish.pk)

    @rule(months=st.integers(1, 3), paying=st.booleans())
    def time(self, months: int, paying: bool) -> None:
        for _month in range(months):
            self.days += MONTH
            month = (TODAY + timedelta(days=self.days)).strftime("%Y-%m")
            self.done("bill", commands.bill_aid_contributions, act=self.by("system"), month=month)
            for of in range(3 if paying else 0):
                self.pay(of, 1)
            self.done("watch", commands.watch_aid_contributions, act=self.by("system"))

    @rule(of=who, months=st.integers(1, 4))
    def pay(self, of: int, months: int) -> None:
        one = self.contract(of, "running", "lapsed")
        won = months * self.plan.monthly_won
        if one and self.done(
            "pay", commands.receive_aid_contribution, act=self.by("bookkeeper"),
            enrolment_id=one.pk, won=won,
        ):  # fmt: skip
            self.money += won

    @rule(of=who)
    def take_back(self, of: int) -> None:
        rows = AidReceipt.objects.filter(enrolment__membership=self.three[of].pk, undone=None)
        last = rows.order_by("-pk").first()
        if last and self.done(
            "take_back", commands.undo_aid_contribution, act=self.by("bookkeeper"),
            receipt_id=last.pk, reason="착오",
        ):  # fmt: skip
            self.money -= last.won

    @rule(of=who)
    def revive(self, of: int) -> None:
        if one := self.contract(of, "lapsed"):
            self.done("revive", commands.revive_aid, act=self.by(of=of), enrolment_id=one.pk)

    @rule(of=who, what=st.sampled_from((HAPPY, SAD, ILL)), back=st.integers(0, 30))
    def claim(self, of: int, what: Any, back: int) -> None:
        one = self.contract(of, "running", "lapsed", "ended")
        claim = one and self.done(
            "claim", commands.file_aid_claim, act=self.by(of=of), enrolment_id=one.pk,
            event=what.event, relation=what.relation, about="아팠습니다", consented=True,
            event_date=TODAY + timedelta(days=self.days - back),
        )  # fmt: skip
        if claim and self.done(
            "give", commands.approve_aid_claim, act=self.by("secretariat"), claim_id=claim.pk,
            decided_by="위원회", waived="보았음",
        ):  # fmt: skip
            paid = self.done(
                "benefit", commands.pay_aid_benefit, act=self.by("bookkeeper"), claim_id=claim.pk
            )
            self.money -= paid.won if paid else 0

    @rule(of=who, leaves=st.booleans())
    def end(self, of: int, leaves: bool) -> None:
        one = self.contract(of, "running", "lapsed")
        if leaves and of not in self.left:
            day = TODAY + timedelta(days=self.days)
            left = self.done(
                "leave", memberships.leave_membership, act=self.by("secretariat"),
                membership_id=self.three[of].pk, left_date=day, reason="died",
            )  # fmt: skip
            self.left |= {of} if left else set()
        elif one:
            self.done("end", commands.end_aid, act=self.by(of=of), enrolment_id=one.pk)

    @rule(of=who)
    def refund(self, of: int) -> None:
        one = self.contract(of, "ended")
        if one and self.done(
            "refund", commands.pay_aid_refund, act=self.by("bookkeeper"), enrolment_id=one.pk
        ):
            self.money -= one.refund_won

    @rule(kind=st.sampled_from(("deposit", "public_bond", "stock")))
    def place(self, kind: str) -> None:
        day = TODAY + timedelta(days=self.days)
        made = self.done(
            "place", commands.place_reserve, act=self.by("bookkeeper"), institution="국민은행",
            kind=kind, won=1_000_000, rate=(3, 100), matures_date=day + timedelta(days=365),
            decided_by="이사회",
        )  # fmt: skip
        assert made is None or kind != "stock"

    @precondition(lambda self: self.days)
    @rule()
    def use_otherwise(self) -> None:
        with pytest.raises((queries.AidMoneyKeptApart, RuleNotMet)), transaction.atomic():
            books.move_between_funds(
                self.by("system"), date=TODAY + timedelta(days=self.days), amount_won=100_000,
                from_fund="mutual_aid", to_fund="general", text="다른 데 쓰기",
            )  # fmt: skip

    @invariant()
    def the_money_is_what_was_counted(self) -> None:
        if not hasattr(self, "money"):
            return
        assert ledger.check_books() == [] == queries.check_aid()
        codes = [one.code for one in ledger.chart().accounts.values() if one.is_money]
        bonds = ledger.account_for("public_bonds")
        assert sum(ledger.balance(code, "mutual_aid") for code in {*codes, bonds}) == self.money

    @invariant()
    def nobody_has_more_than_the_plan_gives(self) -> None:
        for one in getattr(self, "three", ()):
            claims = AidClaim.objects.filter(
                enrolment__membership=one.pk, state__in=("approved", "paid")
            )
            had = list(claims.values_list("event_date", "won"))
            assert sum(won for _day, won in had) <= self.plan.per_person_won
            for year in {day.year for day, _won in had}:
                in_year = sum(won for day, won in had if day.year == year)
                assert in_year <= self.plan.per_year_won
            for contract in AidEnrolment.objects.filter(membership=one.pk):
                assert contract.refund_won <= queries.aid_paid_in(contract)


@pytest.mark.django_db
def test_whatever_is_done_the_money_of_mutual_aid_is_right(act):
    house = build(act)
    house.fund(START)
    Walk.house, Walk.plan, Walk.seen = house, house.plan(), set()
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=12, stateful_step_count=14, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    wanted = {"sign", "bill", "pay", "claim", "benefit", "place", "leave", "take_back"}
    assert wanted <= Walk.seen, wanted - Walk.seen

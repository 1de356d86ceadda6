"""The daily run: what it brings is what each loan earned, whenever and however often it is run."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from dure.domains.ledger import queries as ledger
from dure.domains.loans import commands, queries
from dure.domains.loans.commands import daily
from dure.domains.loans.models import LoanDay, LoanInstalment, LoanProvision, LoanStanding
from dure.domains.loans.queries.provisioning import provisioning_on
from dure.domains.loans.rules import accrual
from dure.kernel.money import Rounding
from dure.kernel.refusals import Refusal
from dure.kernel.verdict import Denied

from .conftest import TODAY

# paid out on 2026-11-20; instalments of 12 months at 3 %, the first due on Monday 2026-12-21


def later(days):
    return TODAY + timedelta(days=days)


def won(role, fund="microloan"):
    return ledger.balance(ledger.account_for(role), fund)


def run(act, days, **given):
    """Every day that waits up to so many days later."""
    return daily.run_until(act("bookkeeper", days=days), later(days), **given)


def oracle(on):
    """What the rules say of each running loan, one by one."""
    found = {}
    for one in LoanStanding.objects.filter(closed_date=None):
        rows = list(LoanInstalment.objects.filter(loan=one.loan_id).order_by("n"))
        table = provisioning_on(on, one.fund)
        days, arrears = accrual.arrears(rows, on)
        earned = accrual.earned(rows, on, one.late_rate, Rounding(one.rounding), table.rest_days)
        found[one.loan_id] = (earned, days, table.class_of(days), arrears)
    return found


def kept():
    rows = LoanStanding.objects.filter(closed_date=None)
    columns = ("loan_id", "accrued_won", "days_late", "loan_class", "arrears_won")
    return {row[0]: row[1:] for row in rows.values_list(*columns)}


@pytest.fixture
def loans(house, act):
    """Three loans of three members, each rounded in its own way."""
    house.fund(30_000_000)
    products = [
        house.product(code=f"living{n}", rounding=rounding, method=method)
        for n, (rounding, method) in enumerate(
            (("half-even", "annuity"), ("down", "equal-principal"), ("half-up", "bullet"))
        )
    ]
    house.person("돈낸이", 3_000)
    members = [house.person(name, 300) for name in ("가나", "다라", "마바")]
    return [
        house.lend(member, product, 1_234_567)
        for member, product in zip(members, products, strict=True)
    ]


def test_a_day_in_parts_is_the_day(loans, act):
    assert run(act, 0) == []
    parts = []
    assert run(act, 1, loans=1, progress=lambda *said: parts.append(said)) == [later(1)]
    assert len(parts) == 4 and LoanDay.objects.get().loans == 3
    earned = sum(one[0] for one in kept().values())
    assert earned > 0 and kept() == oracle(later(1))
    assert won("loan_interest_receivable") == won("loan_interest_income") == earned
    assert run(act, 1) == [] and LoanDay.objects.count() == 1
    with pytest.raises(commands.NoLoanDayWaits):
        commands.run_loan_day(act("bookkeeper", days=1), day_date=later(1))
    for wrong in (3, 5):
        with pytest.raises(commands.LoanDayNotNext):
            commands.run_loan_day(act("bookkeeper", days=3), day_date=later(wrong))
    with pytest.raises(Denied):
        commands.run_loan_day(act("member", days=3), day_date=later(2))


def test_nobody_pays_for_half_a_year(loans, act):
    run(act, 30)  # over the end of November
    at_first = won("loan_loss_allowance")
    assert at_first == -(12_346 + 12_345 + 12_346)  # to the even one, down, up
    run(act, 190, loans=2)
    on = later(190)
    assert kept() == oracle(on)
    card = queries.ageing(act("loan_officer"))
    assert (card.as_of, card.late_loans) == (on, 3)
    late = queries.loans_late(act("loan_officer"))
    assert [one.days for one in late] == [(on - date(2026, 12, 21)).days] * 3
    assert {one.loan_class for one in late} == {"substandard"}
    assert late[0].arrears_won > 0 and late[0].late_since == date(2026, 12, 21)
    assert LoanProvision.objects.filter(as_of_date=date(2027, 4, 30)).count() == 3
    rested = LoanStanding.objects.get(loan=loans[2])  # the bullet has no late principal yet
    month = round(1_234_567 * 3 / 1200)  # since 90 days after 21 December, a day before the fourth
    assert (rested.accrued_won, rested.day_won) == (3 * month + round(month * 27 / 28), 0)
    assert queries.check_loans() == [] == ledger.check_books()
    commands.repay_loan(act("bookkeeper", days=191), loan_id=loans[2].pk, won=200_000)
    caught_up = LoanStanding.objects.get(loan=loans[2])  # its earning goes on where it rested
    assert caught_up.days_late == 0 < caught_up.accrued_won - rested.accrued_won
    run(act, 192)
    assert kept() == oracle(later(192)) and queries.check_loans() == []
    LoanStanding.objects.filter(loan=loans[0]).update(accrued_won=0)
    assert {one.check for one in queries.check_loans()} == {"what_is_earned_stands_in_the_books"}


PAYMENT = st.tuples(
    st.integers(1, 70), st.integers(0, 3), st.integers(0, 2), st.integers(1, 400_000)
)  # day it is entered, days it is dated back, which loan, how much


@settings(
    max_examples=2,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(PAYMENT, max_size=6, unique_by=lambda one: one[0]),
    st.lists(st.integers(1, 5), min_size=1, max_size=5),
)
def test_each_night_or_stopped_or_weeks_late_it_is_the_same(loans, act, payments, parts):
    """Every night; in parts and stopped after some of them; all nights at once at the end."""

    def told(night):
        with suppress(_Back), transaction.atomic():
            for days in range(1, 72):
                for _day, back, which, amount in [one for one in payments if one[0] == days]:
                    with suppress(Refusal):
                        commands.repay_loan(
                            act("bookkeeper", days=days), loan_id=loans[which].pk, won=amount,
                            paid_date=later(days - min(back, days)),
                        )  # fmt: skip
                night(days)
            run(act, 71)
            assert queries.check_loans() == []
            roles = ("loan_interest_receivable", "loan_interest_income", "cash")
            found.append((kept(), [won(role) for role in roles]))
            assert found[-1][0] == oracle(later(71))
            raise _Back

    found: list[tuple[Any, list[int]]] = []

    def stopped(days):
        left = iter(range(parts[days % len(parts)]))
        run(act, days, loans=1, stops=lambda: next(left, None) is None)

    told(lambda days: run(act, days))
    told(stopped)
    told(lambda days: None)
    assert len(found) == 3 and found[0] == found[1] == found[2]


class _Back(Exception):
    """What was tried is taken back."""


def test_a_payment_after_the_night_and_one_dated_back(loans, act):
    run(act, 60)
    first = LoanStanding.objects.get(loan=loans[0])
    assert first.days_late == 29
    before = won("loan_interest_income")
    late = commands.repay_loan(
        act("bookkeeper", days=60), loan_id=loans[0].pk, won=110_000, paid_date=later(50)
    )  # dated back: ten days of late interest were entered that are not owed
    assert 0 < before - won("loan_interest_income") < late.late_won
    first.refresh_from_db()
    assert first.days_late == 0 and queries.check_loans() == []
    paid = commands.pay_off_loan(act("bookkeeper", days=61), loan_id=loans[0].pk)
    first.refresh_from_db()
    assert (first.closed_date, first.accrued_won) == (
        later(61), paid.interest_won + paid.late_won + late.interest_won + late.late_won,
    )  # fmt: skip
    run(act, 75)
    assert queries.check_loans() == []
    assert LoanProvision.objects.get(standing=first, as_of_date=date(2027, 1, 31)).change_won < 0

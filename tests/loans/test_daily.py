"""The daily run: what it brings is what each loan earned, whenever and however often it is run."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dure.domains.ledger import queries as ledger
from dure.domains.loans import commands, queries
from dure.domains.loans.commands import daily
from dure.domains.loans.models import LoanDay, LoanInstalment, LoanProvision, LoanStanding
from dure.domains.loans.queries.provisioning import provisioning_on
from dure.domains.loans.rules import accrual
from dure.kernel.money import Rounding
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
    LoanStanding.objects.filter(loan=loans[0]).update(accrued_won=0)
    assert {one.check for one in queries.check_loans()} == {"what_is_earned_stands_in_the_books"}

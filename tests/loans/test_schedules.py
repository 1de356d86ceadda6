"""Schedules beside what others published, and beside an independent replica in decimals."""

from __future__ import annotations

import calendar
import json
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from click.testing import CliRunner
from hypothesis import given, settings, strategies as st

from dure.domains.loans.cli import group
from dure.domains.loans.rules.days import DayCount, Move, due_dates, moved, year_parts
from dure.domains.loans.rules.schedules import Method, Terms, TermsUnfit, schedule
from dure.kernel.money import Rounding

from .published import PUBLISHED

MODES = {
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.DOWN: ROUND_DOWN,
}


@pytest.mark.parametrize("one", PUBLISHED, ids=lambda one: one[0])
def test_what_others_published_figure_by_figure_by_the_command_line(one):
    _name, principal, rate, months, method, day_count, start, grace, unit, rows = one
    args = [
        "schedule", "--principal", principal, "--annual-rate", rate, "--months", str(months),
        "--method", method, "--day-count", day_count, "--start", start.isoformat(),
        "--decimals", "2", "--grace-months", str(grace), "--format", "json",
    ]  # fmt: skip
    answer = CliRunner().invoke(group, [*args, *(["--instalment-unit", unit] if unit else [])])
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.output)
    wanted = [tuple(Decimal(part) for part in row.split("/")) for row in rows.split()]
    got = [(Decimal(i["principal"]), Decimal(i["interest"])) for i in found["instalments"]]
    assert got == wanted
    assert set(found) == {"instalments", "total_interest", "total_due"}
    assert set(found["instalments"][0]) == {
        "n", "due_date", "principal", "interest", "due", "balance",
    }  # fmt: skip
    assert Decimal(found["total_interest"]) == sum(i for _p, i in wanted)
    assert Decimal(found["total_due"]) == sum(p + i for p, i in wanted)
    assert found["instalments"][-1]["balance"] == "0.00"


def test_ten_million_won_at_three_percent():
    terms = Terms(
        10_000_000, Fraction(3, 100), 12, Method.ANNUITY, DayCount.THIRTY_360, date(2026, 1, 15)
    )
    found = schedule(terms)
    assert [one.principal for one in found.instalments[:3]] == [821_937, 823_992, 826_052]
    assert {one.due for one in found.instalments} == {846_937}
    assert (found.total_interest, found.total_due) == (163_244, 10_163_244)


def replica(terms: Terms) -> list[tuple[date, Decimal, Decimal]]:
    """The same in decimals of 60 digits, written without a look at the rules' code."""
    with localcontext() as context:
        context.prec = 60
        mode = MODES[terms.rounding]

        def whole(amount: Decimal, step: int = 1) -> Decimal:
            # twelve times 30/360 is one in truth, a digit less in decimals: what they lost is put back
            found = (amount / step).quantize(Decimal(1).scaleb(-30))
            return found.to_integral_value(mode) * step

        rate = Decimal(terms.annual_rate.numerator) / Decimal(terms.annual_rate.denominator)
        dates, fractions, before = [], [], terms.start
        for n in range(1, terms.months + 1):
            year, month = divmod(terms.start.month - 1 + n, 12)
            year += terms.start.year
            last = calendar.monthrange(year, month + 1)[1]
            due = date(year, month + 1, min(terms.start.day, last))
            if terms.day_count == DayCount.THIRTY_360:
                fractions.append(Decimal(30) / 360)
            elif terms.day_count == DayCount.ACTUAL_365:
                fractions.append(Decimal((due - before).days) / 365)
            else:
                part, day = Decimal(0), before
                while day < due:
                    day += timedelta(days=1)  # a day belongs to the year that it ends in
                    part += Decimal(1) / (366 if calendar.isleap(day.year) else 365)
                fractions.append(part)
            dates.append(due)
            before = due
        grace, months = terms.grace_months, terms.months
        paying = months - grace
        principal = Decimal(terms.principal)

        def by_instalment(equal: Decimal) -> list[tuple[Decimal, Decimal]]:
            balance, rows = principal, []
            for n, fraction in enumerate(fractions):
                interest = whole(balance * rate * fraction)
                part = Decimal(0) if n < grace else max(equal - interest, Decimal(0))
                part = balance if n == months - 1 else min(part, balance)
                balance -= part
                rows.append((part, interest))
            return rows

        if terms.method == Method.ANNUITY:
            worth, discount = Decimal(0), Decimal(1)
            for fraction in fractions[grace:]:
                discount /= 1 + rate * fraction
                worth += discount
            equal = whole(principal / worth, terms.unit)
            rows = by_instalment(equal)
            if terms.unit == 1 and paying > 1:
                off = sum(rows[-1]) - sum(rows[-2])
                step = (abs(off) / paying).to_integral_value(mode).copy_sign(off)
                if abs(off) > paying // 2 and step:
                    other = by_instalment(equal + step)
                    if abs(sum(other[-1]) - sum(other[-2])) < abs(off):
                        rows = other
        elif terms.method == Method.FLAT:
            total = principal * rate * sum(fractions)
            share = min(whole(total / months), whole(total) // max(months - 1, 1))
            each = whole(principal / paying)
            if terms.unit > 1:
                each = max(
                    whole(principal / paying + total / months, terms.unit) - share, Decimal(0)
                )
            rows, balance = [], principal
            for n in range(months):
                part = Decimal(0) if n < grace else min(each, balance)
                part = balance if n == months - 1 else part
                interest = share if n < months - 1 else whole(total) - share * (months - 1)
                balance -= part
                rows.append((part, interest))
        else:
            rows, balance = [], principal
            for n, fraction in enumerate(fractions):
                part = Decimal(0)
                if terms.method == Method.EQUAL_PRINCIPAL and n >= grace:
                    part = min(whole(principal / paying), balance)
                part = balance if n == months - 1 else part
                rows.append((part, whole(balance * rate * fraction)))
                balance -= part
        return [(day, *row) for day, row in zip(dates, rows, strict=True)]


@st.composite
def terms(draw):
    months = draw(st.integers(1, 60))
    return Terms(
        principal=draw(st.integers(1, 10**10)),
        annual_rate=Fraction(draw(st.integers(0, 200_000)), 1_000_000),
        months=months,
        method=draw(st.sampled_from(Method)),
        day_count=draw(st.sampled_from(DayCount)),
        start=draw(st.dates(date(2000, 1, 1), date(2099, 12, 31))),
        grace_months=draw(st.integers(0, min(months - 1, 12))),
        unit=draw(st.sampled_from((1, 1, 10, 100, 1000))),
        rounding=draw(st.sampled_from(Rounding)),
    )


@settings(max_examples=300, deadline=None)
@given(terms())
def test_an_independent_replica_agrees_and_nothing_is_lost(asked):
    found = schedule(asked)
    rows = [(one.due_date, one.principal, one.interest) for one in found.instalments]
    assert rows == [(day, int(p), int(i)) for day, p, i in replica(asked)]
    assert sum(one.principal for one in found.instalments) == asked.principal
    assert all(one.principal >= 0 and one.interest >= 0 for one in found.instalments)
    balances = [one.balance for one in found.instalments]
    assert balances == sorted(balances, reverse=True) and balances[-1] == 0
    assert found.total_due == sum(one.due for one in found.instalments)
    assert all(one.principal == 0 for one in found.instalments[: asked.grace_months])


@pytest.mark.parametrize(
    "wrong",
    [
        {"principal": 0},
        {"annual_rate": Fraction(101, 100)},
        {"annual_rate": Fraction(-1, 100)},
        {"months": 0},
        {"months": 601},
        {"grace_months": 12},
        {"grace_months": -1},
        {"unit": 0},
        {"start": date(2150, 1, 1)},
    ],
)
def test_terms_that_make_no_schedule_are_refused(wrong):
    good = {
        "principal": 100, "annual_rate": Fraction(3, 100), "months": 12, "method": Method.ANNUITY,
        "day_count": DayCount.THIRTY_360, "start": date(2026, 1, 1),
    }  # fmt: skip
    with pytest.raises(TermsUnfit):
        schedule(Terms(**{**good, **wrong}))


def test_month_ends_are_clamped_and_the_day_comes_back():
    found = due_dates(date(2024, 1, 31), 4)
    assert [day.isoformat() for day in found] == [
        "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31",
    ]  # fmt: skip
    dates = due_dates(date(2023, 12, 12), 1)
    assert year_parts(date(2023, 12, 12), dates, DayCount.ACTUAL_ACTUAL) == (
        [19 * 366 + 12 * 365],
        365 * 366,
    )


def test_a_due_day_that_is_no_business_day_moves_by_the_rule():
    free = {date(2026, 5, 30), date(2026, 5, 31), date(2026, 6, 1)}.__contains__
    day = date(2026, 5, 30)
    assert moved(day, Move.NONE, free) == day
    assert moved(day, Move.NEXT, free) == date(2026, 6, 2)
    assert moved(day, Move.NEXT_IN_MONTH, free) == date(2026, 5, 29)
    assert moved(day, Move.BEFORE, free) == date(2026, 5, 29)
    assert moved(date(2026, 5, 29), Move.NEXT, free) == date(2026, 5, 29)


@pytest.mark.parametrize("wrong", [["--principal", "100.001"], ["--annual-rate", "drei"]])
def test_numbers_that_cannot_be_read_are_refused(wrong):
    args = {
        "--principal": "100", "--annual-rate": "3", "--months": "3", "--start": "2026-01-01",
        "--decimals": "2",
    } | dict([tuple(wrong)])  # fmt: skip
    answer = CliRunner().invoke(
        group, ["schedule", *(word for pair in args.items() for word in pair)]
    )
    assert answer.exit_code != 0

"""What is late, what it costs, what a payment pays first."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given, strategies as st

from dure.domains.loans.rules.overdue import (
    Class,
    Open,
    Order,
    allocate,
    class_of,
    days_past_due,
    late_interest,
    late_rate_ceiling,
    provision,
)
from dure.kernel.money import Rounding

DUE = date(2026, 5, 15)
LATE = Fraction(45, 1000)


def test_days_past_due_are_those_of_the_oldest_open_instalment():
    rows = [
        Open(1, date(2026, 4, 15), 0, 0),
        Open(2, DUE, 100, 5),
        Open(3, date(2026, 6, 15), 9, 9),
    ]
    assert days_past_due(rows, DUE) == 0
    assert days_past_due(rows, date(2026, 5, 16)) == 1
    assert days_past_due(rows, date(2026, 8, 13)) == 90
    assert days_past_due([], DUE) == 0


def test_late_interest_runs_on_late_principal_only_and_once():
    one = Open(1, DUE, 1_000_000, 30_000)
    assert late_interest(one, LATE, DUE, Rounding.HALF_EVEN) == 0
    assert late_interest(one, LATE, date(2026, 5, 25), Rounding.HALF_EVEN) == 1_233  # 1,232.87…
    assert late_interest(one, LATE, date(2026, 5, 25), Rounding.DOWN) == 1_232
    again = Open(1, DUE, 1_000_000, 30_000, 0, date(2026, 5, 25))
    assert late_interest(again, LATE, date(2026, 5, 25), Rounding.DOWN) == 0
    assert late_interest(again, LATE, date(2026, 5, 26), Rounding.DOWN) == 123


def test_the_late_rate_is_bound_by_the_loan_rate_and_by_law():
    legal = Fraction(20, 100)
    times = Fraction(3, 2)
    assert late_rate_ceiling(Fraction(3, 100), times, legal) == LATE
    assert late_rate_ceiling(Fraction(15, 100), times, legal) == legal
    assert late_rate_ceiling(Fraction(3, 100), None, legal) == legal
    assert late_rate_ceiling(Fraction(3, 100), None, None) == 1


def test_payments_pay_the_oldest_first_in_the_order_of_the_product():
    rows = [Open(2, date(2026, 6, 15), 100, 10, 3), Open(1, DUE, 100, 10, 5)]
    paid, rest = allocate(117, rows, Order.LATE_FIRST)
    assert [tuple(one) for one in paid] == [(1, 100, 10, 5), (2, 0, 0, 2)] and rest == 0
    paid, rest = allocate(105, rows, Order.PRINCIPAL_FIRST)
    assert [tuple(one) for one in paid] == [(1, 100, 5, 0)] and rest == 0
    paid, rest = allocate(14, rows, Order.INTEREST_FIRST)
    assert [tuple(one) for one in paid] == [(1, 4, 10, 0)]
    assert allocate(1_000, rows, Order.LATE_FIRST)[1] == 1_000 - 228


parts = st.integers(0, 10**6)


@given(
    st.lists(st.builds(Open, st.integers(1, 60), st.dates(), parts, parts, parts), max_size=20),
    st.integers(0, 10**8),
    st.sampled_from(Order),
)
def test_no_won_is_lost_or_made_by_a_payment(rows, won, order):
    paid, rest = allocate(won, rows, order)
    assert sum(one.won for one in paid) + rest == won
    assert rest == max(0, won - sum(one.won for one in rows))


def test_classes_and_provisions():
    steps = ((30, Class.WATCH), (90, Class.SUBSTANDARD), (180, Class.DOUBTFUL), (365, Class.LOSS))
    wanted = {0: Class.NORMAL, 29: Class.NORMAL, 30: Class.WATCH, 89: Class.WATCH}
    wanted |= {90: Class.SUBSTANDARD, 364: Class.DOUBTFUL, 365: Class.LOSS, 4000: Class.LOSS}
    assert {days: class_of(days, steps) for days in wanted} == wanted
    assert provision(1_000_001, Fraction(20, 100), Rounding.HALF_UP) == 200_000

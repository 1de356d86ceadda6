"""Who owes which months: properties that hold for every member and every plan."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, strategies as st

from dure.domains.memberships.rules.dues import (
    MONTHS_OF,
    PRORATIONS,
    OpenCharge,
    Plan,
    Spell,
    allocate,
    billed_date,
    bucket_of,
    due_date,
    fiscal_year_end,
    month_counts,
    oldest_first,
    owed,
    period_of,
)
from dure.kernel.dates import Month

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
MONTHS = st.builds(Month, st.integers(2024, 2027), st.integers(1, 12))
PLANS = st.builds(
    Plan,
    class_id=st.just(1),
    period=st.sampled_from(["month", "quarter", "year"]),
    amount_won=st.integers(1, 10_000_000),
    from_month=st.just(Month(2024, 1)),
    starts_in_month=st.integers(1, 12),
    proration=st.sampled_from(PRORATIONS),
    joining_month_counts=st.booleans(),
    leaving_month_counts=st.booleans(),
    due_day=st.integers(1, 31),
)
JUST_MONTHLY = Plan(1, "month", 30_000, Month(2024, 1))
ALWAYS = (Spell(1, date(2020, 1, 1)),)


@given(PLANS, MONTHS)
def test_every_month_lies_in_exactly_one_period(plan, month):
    first = period_of(plan, month)
    assert first <= month < first.plus(MONTHS_OF[plan.period])
    assert (first.month - plan.starts_in_month) % MONTHS_OF[plan.period] == 0
    assert all(period_of(plan, first.plus(i)) == first for i in range(MONTHS_OF[plan.period]))


@given(PLANS, MONTHS, DAYS, st.one_of(st.none(), st.integers(1, 900)))
def test_nobody_owes_more_than_the_plan_nor_for_months_without_membership(
    plan, month, joined, days
):
    left = joined + timedelta(days=days) if days else None
    found = owed(plan, month, joined, left, (Spell(1, joined, left),))
    if found is None:
        return
    assert 0 < found.amount_won <= plan.amount_won
    assert found.months <= MONTHS_OF[plan.period]
    assert found.until_month.first_date > joined
    assert left is None or found.from_month.first_date < left
    if plan.proration == "full" or (
        plan.proration == "months" and found.months == MONTHS_OF[plan.period]
    ):
        assert found.amount_won == plan.amount_won


@given(PLANS, MONTHS, DAYS)
def test_the_day_of_billing_does_not_matter(plan, month, joined):
    """Every month of a period charges the same for it."""
    first = period_of(plan, month)
    answers = {
        owed(plan, first.plus(i), joined, None, (Spell(1, joined),))
        for i in range(MONTHS_OF[plan.period])
    }
    assert len(answers) == 1


@given(PLANS.filter(lambda p: p.proration == "months" and p.amount_won >= 12), st.data())
def test_a_change_of_class_charges_each_month_once(plan, data):
    """The parts of two classes with the same amount sum to the whole, but for the won cut away."""
    changed = data.draw(DAYS)
    spells = (Spell(1, date(2020, 1, 1), changed), Spell(2, changed))
    month = Month.of(changed)
    parts = [
        owed(
            replace(plan, class_id=class_id, from_month=Month(2022, 1)),
            month,
            date(2020, 1, 1),
            None,
            spells,
        )
        for class_id in (1, 2)
    ]
    months = sum(p.months for p in parts if p)
    assert months == MONTHS_OF[plan.period]
    total = sum(p.amount_won for p in parts if p)
    assert plan.amount_won - 2 < total <= plan.amount_won


@given(MONTHS, DAYS, st.one_of(st.none(), st.integers(1, 900)))
def test_covered_months_are_not_charged_again(month, joined, days):
    left = joined + timedelta(days=days) if days else None
    plan = Plan(1, "year", 120_000, Month(2024, 1))
    spells = (Spell(1, joined, left),)
    first = owed(plan, month, joined, left, spells)
    if first is None:
        return
    start = period_of(plan, month)
    every = frozenset(start.plus(i) for i in range(12))
    assert owed(plan, month, joined, left, spells, covered=every) is None


def test_joining_and_leaving_month_by_the_terms():
    november = Month(2026, 11)
    joined, left = date(2026, 11, 16), date(2026, 11, 2)
    free = replace(JUST_MONTHLY, joining_month_counts=False, leaving_month_counts=False)
    assert month_counts(JUST_MONTHLY, november, joined, None, (Spell(1, joined),))
    assert not month_counts(free, november, joined, None, (Spell(1, joined),))
    assert month_counts(free, november, date(2026, 11, 1), None, ALWAYS)  # from the first day on
    assert month_counts(JUST_MONTHLY, november, date(2020, 1, 1), left, ALWAYS)
    assert not month_counts(free, november, date(2020, 1, 1), left, ALWAYS)
    assert not month_counts(JUST_MONTHLY, november, date(2020, 1, 1), date(2026, 11, 1), ALWAYS)


def test_a_year_begun_in_june_is_charged_by_months():
    plan = Plan(1, "year", 400_000, Month(2024, 1))
    found = owed(plan, Month(2026, 9), date(2026, 6, 10), None, (Spell(1, date(2026, 6, 10)),))
    assert (found.period, found.from_month, found.months) == (Month(2026, 1), Month(2026, 6), 7)
    assert found.amount_won == 400_000 * 7 // 12


def test_parts_of_a_month_by_days_by_halves_and_in_full():
    """Joined on 29 February, of a month of 29 days; on the 16th and the 15th of a month of 30."""
    leap, november = Month(2028, 2), Month(2026, 11)

    def charged(proration, month, joined, left=None):
        plan = replace(JUST_MONTHLY, amount_won=29_000, proration=proration)
        found = owed(plan, month, joined, left, (Spell(1, joined, left),))
        return found.amount_won if found else 0

    assert charged("days", leap, date(2028, 2, 29)) == 1_000
    assert charged("days", november, date(2020, 1, 1), date(2026, 11, 4)) == 29_000 * 3 // 30
    assert charged("half", november, date(2026, 11, 16)) == 29_000
    assert charged("half", november, date(2026, 11, 17)) == 14_500
    assert charged("full", november, date(2026, 11, 30)) == 29_000


def test_a_fiscal_year_that_ends_on_a_leap_day():
    plan = Plan(1, "year", 366_000, Month(2024, 1), starts_in_month=3, proration="days")
    year = owed(plan, Month(2028, 2), date(2020, 1, 1), None, ALWAYS)
    assert (year.period, year.amount_won) == (Month(2027, 3), 366_000)
    last_day = date(2028, 2, 29)
    left = owed(plan, Month(2028, 2), last_day, None, (Spell(1, last_day),))
    assert left.amount_won == 1_000


def test_a_joining_fee_is_owed_once_and_a_special_due_in_the_first_month():
    fee = Plan(1, "once", 50_000, Month(2024, 1), kind="joining", joining_month_counts=False)
    joined = date(2026, 6, 29)
    owing = [m for m in (Month(2026, 1).plus(i) for i in range(24))
             if owed(fee, m, joined, None, (Spell(1, joined),))]  # fmt: skip
    assert owing == [Month(2026, 6)]
    special = Plan(1, "once", 100_000, Month(2026, 9), kind="special", proration="full")
    owing = [m for m in (Month(2026, 1).plus(i) for i in range(24))
             if owed(special, m, date(2020, 1, 1), None, ALWAYS)]  # fmt: skip
    assert owing == [Month(2026, 9)]


@given(PLANS, MONTHS, st.sets(MONTHS, max_size=12))
def test_exempt_months_are_not_owed(plan, month, exempt):
    found = owed(plan, month, date(2020, 1, 1), None, ALWAYS, exempt=frozenset(exempt))
    first = period_of(plan, month)
    every = {first.plus(i) for i in range(MONTHS_OF[plan.period])} - exempt
    assert (found.months if found else 0) <= len(every)
    if not every:
        assert found is None


def test_due_and_booking_days():
    plan = replace(JUST_MONTHLY, due_day=31)
    assert due_date(plan, Month(2026, 2)) == date(2026, 2, 28)
    assert billed_date(Month(2026, 11), date(2026, 11, 20)) == date(2026, 11, 20)
    assert billed_date(Month(2026, 9), date(2026, 11, 20)) == date(2026, 9, 30)
    assert billed_date(Month(2026, 12), date(2026, 11, 20)) == date(2026, 12, 1)


CHARGES = st.lists(st.tuples(DAYS, st.integers(1, 10**7)), max_size=12).map(
    lambda rows: tuple(OpenCharge(i, day, won) for i, (day, won) in enumerate(rows))
)


@given(st.integers(0, 10**8), CHARGES)
def test_money_is_neither_lost_nor_made(amount, charges):
    ordered = oldest_first(charges)
    parts, rest = allocate(amount, ordered)
    assert sum(won for _, won in parts) + rest == amount and rest >= 0
    open_won = {c.charge_id: c.open_won for c in charges}
    assert all(0 < won <= open_won[pk] for pk, won in parts)
    assert rest == 0 or sum(won for _, won in parts) == sum(open_won.values())
    dues = {c.charge_id: c.due_date for c in charges}
    days = [dues[pk] for pk, _ in parts]
    assert days == sorted(days)
    assert all(won == open_won[pk] for pk, won in parts[:-1])  # each is paid before the next begins


def test_ages_of_debts():
    on = date(2026, 11, 20)
    ages = [bucket_of(on - timedelta(days=n), on) for n in (0, 30, 31, 90, 91, 180, 181, 999)]
    assert ages == [0, 0, 1, 1, 2, 2, 3, 3]


@given(DAYS, st.integers(1, 12))
def test_the_next_fiscal_year_begins_after_the_day(day, start):
    end = fiscal_year_end(day, start)
    assert day < end and (end - day).days <= 366 and (end.month, end.day) == (start, 1)


@given(st.lists(DAYS, min_size=2, max_size=6, unique=True))
def test_spells_that_follow_each_other_answer_for_every_day_once(days):
    days = sorted(days)
    spells = [Spell(i, a, b) for i, (a, b) in enumerate(pairwise(days))]
    for day in days[:-1]:
        assert sum(s.holds_on(day) for s in spells) == 1

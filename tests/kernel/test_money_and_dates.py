from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given, strategies as st

from dure.kernel.dates import (
    Month,
    NotADate,
    NotAMonth,
    after_months,
    format_date,
    parse_date,
    parse_month,
    period_end,
)
from dure.kernel.money import (
    NegativeAmount,
    NotAnAmount,
    Rounding,
    apply_ratio,
    parse_won,
    short_won,
    split,
    whole,
)


@pytest.mark.parametrize(
    ("typed", "won"),
    [
        ("120000", 120_000),
        ("120,000", 120_000),
        (" 120,000 원 ", 120_000),
        ("12만원", 120_000),
        ("12만 5천원", 125_000),
        ("1억 2천만", 120_000_000),
        ("1억2,000만원", 120_000_000),
        ("₩5,000", 5_000),
        ("3.5만", 35_000),
        ("천원", 1_000),
        ("2천5백", 2_500),
        ("0", 0),
        ("１２０，０００", 120_000),
        ("120000.0", 120_000),
        ("21,140원정", 21_140),
        ("1.5억", 150_000_000),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, won):
    assert parse_won(typed) == won


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "원",
        "abc",
        "12,00",
        "1.5",
        "만만",
        "1만2억",
        "12만5천3억",
        "1e9",
        "=1+1",
        "12 만 원 정도",
        "<b>5</b>",
        "9" * 30,
        "0x10",
        "٣",
        "일억",
        "1,000,00",
        "--5",
        "5-",
    ],
)
def test_what_is_not_an_amount_is_refused_with_an_example(typed):
    with pytest.raises(NotAnAmount) as refused, translation.override("en"):
        parse_won(typed)
    assert "120,000" in str(refused.value)


def test_negative_amounts_only_where_they_make_sense():
    with pytest.raises(NegativeAmount):
        parse_won("-5,000")
    assert parse_won("-5,000", negative=True) == -5_000
    assert parse_won("(5,000)", negative=True) == -5_000
    assert parse_won("△5,000", negative=True) == -5_000


@given(st.integers(0, 10**15))
def test_what_is_written_in_groups_is_read_again(won):
    assert parse_won(f"{won:,}") == won
    assert parse_won(f"{won}원") == won


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text):
    try:
        assert parse_won(text, negative=True) == parse_won(text, negative=True)
    except NotAnAmount:
        pass


@given(st.integers(-(10**14), 10**14), st.lists(st.integers(0, 10**6), min_size=1, max_size=50))
def test_splitting_loses_no_won_and_favours_nobody_by_more_than_one(won, weights):
    if not sum(weights):
        weights[0] = 1
    shares = split(won, tuple(weights))
    assert sum(shares) == won
    exact = [Fraction(won * w, sum(weights)) for w in weights]
    assert all(abs(share - e) < 1 for share, e in zip(shares, exact, strict=True))


@pytest.mark.parametrize(
    ("value", "half_even", "half_up", "down"),
    [
        ("1/2", 0, 1, 0),
        ("3/2", 2, 2, 1),
        ("5/2", 2, 3, 2),
        ("-1/2", 0, -1, 0),
        ("-5/2", -2, -3, -2),
        ("7/3", 2, 2, 2),
    ],
)
def test_each_rounding_rule_does_what_its_name_says(value, half_even, half_up, down):
    exact = Fraction(value)
    assert whole(exact, Rounding.HALF_EVEN) == half_even
    assert whole(exact, Rounding.HALF_UP) == half_up
    assert whole(exact, Rounding.DOWN) == down


def test_two_percent_of_the_first_sale_of_gwangjin_is_21140_won():
    assert apply_ratio(1_057_000, Fraction(2, 100), Rounding.DOWN) == 21_140


def test_headings_say_money_as_people_do():
    with translation.override("ko"):
        assert short_won(63_100_000) == "6,310만 원"
        assert short_won(148_200_000) == "1억 4,820만 원"
        assert short_won(21_140) == "21,140원"
        assert short_won(30_000) == "3만 원"
        assert short_won(0) == "0원"
        assert short_won(-63_100_000) == "−6,310만 원"


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-20",
        "2026.11.20",
        "2026. 11. 20.",
        "2026/11/20",
        "20261120",
        "2026년 11월 20일",
        "26.11.20",
        "2026-11-20 13:05:22",
        "2026-11-20T00:00:00",
        "2026.11.20(금)",
    ],
)
def test_dates_are_read_in_the_usual_korean_forms(typed):
    assert parse_date(typed) == date(2026, 11, 20)


@pytest.mark.parametrize(
    "typed", ["", "2026-02-30", "20261320", "11/20", "어제", "2026-11", "99999"]
)
def test_what_is_not_a_day_is_refused(typed):
    with pytest.raises(NotADate):
        parse_date(typed)


def test_months_count_and_end_exclusively():
    month = parse_month("2026년 11월")
    assert month == Month(2026, 11) == parse_month("202611") == parse_month("2026.11")
    assert (month.first_date, month.end_date) == (date(2026, 11, 1), date(2026, 12, 1))
    assert month.next().next() == Month(2027, 1)
    assert Month(2018, 1).until(month) == 106
    assert date(2026, 11, 30) in month and date(2026, 12, 1) not in month
    with pytest.raises(NotAMonth):
        parse_month("2026-13")


def test_days_are_shown_with_their_weekday():
    with translation.override("ko"):
        assert format_date(date(2026, 11, 20)) == "2026-11-20 (금)"


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.integers(0, 600))
def test_some_months_later_is_the_same_day_or_the_last_of_its_month(day, months):
    later = after_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or later == Month.of(later).last_date
    end = period_end(day, months)
    assert end == later if later.day == day.day else end == Month.of(later).end_date


def test_months_are_counted_as_the_law_counts_them():
    assert after_months(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert period_end(date(2027, 8, 31), 6) == date(2028, 3, 1)
    assert period_end(date(2026, 12, 2), 6) == date(2027, 6, 2)
    assert after_months(date(9999, 12, 31), 1) == date.max == period_end(date(9999, 12, 31), 1)

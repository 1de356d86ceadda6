"""Fields read what people type, and say what to type when they cannot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from dure.kernel.dates import Month
from dure.ui.fields import (
    BusinessNumberField,
    DateField,
    MonthField,
    PickField,
    RatioField,
    WonField,
)


def refused(field, typed):
    with pytest.raises(ValidationError) as error:
        field.clean(typed)
    return " ".join(error.value.messages)


@pytest.mark.parametrize(
    ("typed", "won"),
    [
        ("12만원", 120_000),
        ("120,000", 120_000),
        ("1억 2천만 원", 120_000_000),
        (" 5000원 ", 5_000),
        ("₩5,000", 5_000),
    ],
)
def test_won_is_read_as_people_write_it(typed, won):
    assert WonField().clean(typed) == won


@pytest.mark.parametrize(
    "typed", ["열두개", "12.5원", "1,2,3", "=1+1", "<b>1</b>", "1e9", "९", "-0x1", "9" * 60]
)
def test_won_says_what_to_type(typed):
    assert "12만원" in refused(WonField(), typed)


def test_won_has_its_borders():
    assert "above 0" in refused(WonField(), "0")
    assert WonField(zero=True).clean("0") == 0
    assert "below zero" in refused(WonField(), "-5000")
    assert WonField(negative=True).clean("-5,000") == -5_000
    assert "100,000 won" in refused(WonField(most_won=100_000), "12만원")
    assert WonField(required=False).clean("") is None


@given(st.integers(1, 10**15))
def test_won_shown_and_typed_again_is_the_same(won):
    field = WonField()
    assert field.clean(field.prepare_value(won)) == won and not field.has_changed(
        won, field.prepare_value(won)
    )


@pytest.mark.parametrize(
    "typed", ["2026-11-20", "2026.11.20", "2026년 11월 20일", "20261120", "26.11.20"]
)
def test_days_are_read_as_people_write_them(typed):
    assert DateField().clean(typed) == date(2026, 11, 20)


@pytest.mark.parametrize("typed", ["2026-02-30", "2026-13-01", "어제", "0000-00-00", "20/11/2026x"])
def test_days_that_are_none_say_what_to_type(typed):
    assert "2026-11-20" in refused(DateField(), typed)


@given(st.dates(date(1950, 1, 1), date(2199, 12, 31)))
def test_days_and_months_shown_and_typed_again_are_the_same(day):
    assert DateField().clean(DateField().prepare_value(day)) == day
    month = Month.of(day)
    assert MonthField().clean(MonthField().prepare_value(month)) == month


@pytest.mark.parametrize("typed", ["2026-11", "2026년 11월", "202611", "2026.11"])
def test_months_are_read(typed):
    assert MonthField().clean(typed) == Month(2026, 11)


def test_a_month_that_is_none_says_what_to_type():
    assert "2026-11" in refused(MonthField(), "2026-13")


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("2%", (1, 50)),
        ("1/3", (1, 3)),
        ("3분의 1", (1, 3)),
        ("0.02", (1, 50)),
        ("12.5%", (1, 8)),
        ("100%", (1, 1)),
        ("２％", (1, 50)),
        ("0", (0, 1)),
    ],
)
def test_shares_are_exact(typed, share):
    assert RatioField().clean(typed) == share


@pytest.mark.parametrize("typed", ["이프로", "1/0", "0분의 1", "2 %%", "-2%", "1e-3", "=2%"])
def test_shares_say_what_to_type(typed):
    assert "1/3" in refused(RatioField(), typed)


def test_a_share_is_at_most_the_whole_unless_it_may_be_more():
    assert "100%" in refused(RatioField(), "120%")
    assert RatioField(above_one=True).clean("120%") == (6, 5)


@given(st.fractions(0, 1, max_denominator=1000))
def test_shares_shown_and_typed_again_are_the_same(share):
    field = RatioField()
    pair = (share.numerator, share.denominator)
    assert Fraction(*field.clean(field.prepare_value(pair))) == share


def test_business_numbers_are_ten_digits():
    field = BusinessNumberField()
    assert (
        field.clean("123-45-67890")
        == field.clean("1234567890")
        == field.clean(" 123 45 67890 ")
        == "1234567890"
    )
    assert field.prepare_value("1234567890") == "123-45-67890"
    for typed in ("12345", "123-45-6789a", "１２３", "123456789012"):
        assert "123-45-67890" in refused(field, typed)


@dataclass(frozen=True)
class Held:
    id: int
    name: str
    hint: str = ""


def test_one_or_several_are_picked_by_name_or_number_in_their_order():
    held = [Held(12, "햇살"), Held(31, "두부마을"), Held(40, "두부마을")]

    def field(**given):
        return PickField(
            find=lambda text: [one for one in held if one.name.startswith(text)],
            exists=lambda number: number in {one.id for one in held}, required=False, **given,
        )  # fmt: skip

    assert field().clean("햇살") == 12 and field().clean("#31") == 31 and field().clean("") is None
    assert field(several=True).clean("#31, 햇살,") == (31, 12)
    assert field(several=True).clean(" ") == ()
    for wrong in ("두부", "없는 곳", "#99"):
        with pytest.raises(ValidationError):
            field(several=True).clean(f"햇살, {wrong}")

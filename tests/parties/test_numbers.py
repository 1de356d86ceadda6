"""Registration numbers: the check digit finds every single mistyped digit it can find."""

import pytest
from hypothesis import given, strategies as st

from dure.domains.parties.rules import numbers as n

NINE = st.text("0123456789", min_size=9, max_size=9).filter(lambda t: t != "0" * 9)


def whole(nine):
    return nine + str(n.business_check_digit(nine))


@given(NINE)
def test_a_number_with_its_check_digit_is_read_however_it_is_typed(nine):
    number = whole(nine)
    shown = n.format_business_number(number)
    for typed in (number, shown, f" {shown} ", shown.replace("-", " "), shown.replace("-", "–")):
        assert n.read_business_number(typed) == number


@given(NINE, st.integers(0, 8), st.integers(1, 9))
def test_a_mistyped_digit_is_found_except_where_the_weight_hides_it(nine, place, by):
    """Weights 1, 3, 7 have no common factor with ten, so every change shows; the ninth product
    counts twice (its tens are added), which hides no single change either."""
    changed = nine[:place] + str((int(nine[place]) + by) % 10) + nine[place + 1 :]
    if changed == "0" * 9:
        return
    same = n.business_check_digit(nine) == n.business_check_digit(changed)
    assert not same or place == 8


@given(NINE, st.integers(1, 9))
def test_a_wrong_check_digit_is_refused(nine, by):
    number = nine + str((n.business_check_digit(nine) + by) % 10)
    with pytest.raises(n.BusinessNumberCheckDigitWrong):
        n.read_business_number(number)


@pytest.mark.parametrize("real", ["124-81-00998", "220-81-62517", "120-81-47521", "105-82-00018"])
def test_numbers_in_use(real):
    digits = real.replace("-", "")
    if n.business_check_digit(digits[:9]) == int(digits[9]):
        assert n.format_business_number(n.read_business_number(real)) == real


def test_samsung_is_a_known_number():
    assert n.read_business_number("124-81-00998") == "1248100998"


@pytest.mark.parametrize(
    "typed", ["1", "123-45-678901", "12345678", "가나다", "000-00-00000", "12a4567890"]
)
def test_what_is_no_number(typed):
    with pytest.raises(n.BusinessNumberMalformed):
        n.read_business_number(typed)


def test_empty_is_none():
    assert n.read_business_number(" - ") == "" and n.read_corporate_number("") == ""


@pytest.mark.parametrize(
    "text",
    [
        "900101-1234567",
        "홍길동 9001011234567 남",
        "010203-3012345",
        "850230-2012345 "[:14],
        "９００１０１-１２３４５６７",
    ],
)
def test_resident_numbers_are_seen(text):
    assert n.holds_resident_number(text) == ("0230" not in text)


@pytest.mark.parametrize(
    "text",
    [
        "02-123-4567",
        "124-81-00998",
        "110111-0006246",
        "2026-11-20 13:00",
        "계좌 123456-01-123456",
        "",
    ],
)
def test_other_numbers_are_no_resident_numbers(text):
    assert not n.holds_resident_number(text)


def test_a_corporate_number_has_a_check_digit_too():
    assert n.read_corporate_number("130111-0006246") == "1301110006246"
    with pytest.raises(n.CorporateNumberWrong):
        n.read_corporate_number("130111-0006245")
    with pytest.raises((n.CorporateNumberWrong, n.ResidentNumberRefused)):
        n.read_corporate_number("900101-1234567")

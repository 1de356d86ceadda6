"""What the rules ask, to the won, however sales are split."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, strategies as st

from dure.domains.trade.rules import contributions as rules
from dure.kernel.dates import Month

RATIOS = st.integers(1, 40).map(lambda n: Fraction(n, 200))
SALES = st.lists(
    st.tuples(st.integers(1, 4), st.integers(5, 8), st.integers(1, 10**10)), max_size=30
)


def summed(sales):
    sums: dict[tuple[int, int], int] = {}
    for seller, buyer, won in sales:
        sums[seller, buyer] = sums.get((seller, buyer), 0) + won
    return sums


@given(SALES, RATIOS, st.sampled_from(list(rules.Bearer)))
def test_no_won_is_missed_or_exceeded(sales, ratio, bearer):
    borne = rules.of_sales(bearer, ratio, summed(sales))
    side = 1 if bearer == "buyer" else 0
    whole: dict[int, int] = {}
    for sale in sales:
        whole[sale[side]] = whole.get(sale[side], 0) + sale[2]
    assert sum(borne.values()) == sum(int(ratio * won) for won in whole.values())
    assert all(won > 0 for won in borne.values())
    split = [(a, b, part) for a, b, won in sales for part in (won // 3, won - won // 3) if part]
    assert rules.of_sales(bearer, ratio, summed(split)) == borne


@given(st.lists(st.integers(0, 10**9), max_size=20))
def test_what_is_billed_in_steps_is_what_is_asked(asked):
    """Also where a correction lets it fall: then nothing is billed until it is more again."""
    billed = 0
    for won in asked:
        billed += rules.to_bill(won, billed)
    assert billed == max(asked, default=0)


def test_the_figures_of_gwangjin_and_wonju():
    two, five = Fraction(2, 100), Fraction(5, 100)
    assert rules.of_sales("seller", two, {(1, 2): 1_057_000}) == {1: 21_140}
    assert rules.of_sales("both", two, {(1, 2): 400_000_000}) == {1: 4_000_000, 2: 4_000_000}
    assert rules.of_sales("both", two, {(1, 2): 149, (1, 3): 50}) == {1: 2, 2: 1}
    assert rules.of_profits(five, [10_000_001, -3_000_000, 19]) == 500_000
    assert [rules.ends_with("quarter", Month(2026, one)) for one in (3, 4, 12)] == [
        True,
        False,
        True,
    ]

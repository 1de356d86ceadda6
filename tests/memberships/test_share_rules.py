"""The rules of share capital as properties."""

from __future__ import annotations

from datetime import date

from hypothesis import given, strategies as st

from dure.domains.memberships.rules.shares import (
    YearEnd,
    fiscal_year_of,
    loss_to_share,
    part_of,
    refund,
    whole_shares,
)

won = st.integers(0, 10**12)
holders = st.dictionaries(st.integers(1, 60), st.integers(1, 10**9), min_size=1, max_size=30)
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(won, st.integers(1, 10**7))
def test_a_share_counts_only_when_paid_in_full(paid, unit):
    shares = whole_shares(paid, unit)
    assert shares * unit <= paid < (shares + 1) * unit


@given(days, st.integers(1, 12))
def test_a_day_lies_in_its_fiscal_year(day, start):
    first = fiscal_year_of(day, start)
    assert first <= day < date(first.year + 1, start, 1)


@given(won, holders)
def test_parts_make_the_whole_to_the_last_won(total, paid_in):
    parts = [part_of(total, holder, paid_in) for holder in paid_in]
    assert sum(parts) == total and all(part >= 0 for part in parts)


@given(
    holders,
    won,
    won,
    st.sampled_from(("paid_in", "share_of_assets")),
    st.sampled_from(("insolvent", "impaired", "never")),
    st.booleans(),
)
def test_nobody_answers_for_more_or_gets_more_than_the_rules_give(
    paid_in, assets, debts, by, when, above
):
    books = YearEnd(assets, debts, paid_in)
    loss = loss_to_share(books, when)
    assert 0 <= loss <= books.capital_won
    holder = min(paid_in)
    found = refund(books, holder, paid_in[holder], by=by, loss_when=when, above_paid_in=above)
    assert 0 <= found.loss_won <= found.paid_in_won == paid_in[holder]
    assert found.surplus_won == 0 or (by == "share_of_assets" and above)
    assert found.won >= 0
    everybody = [
        refund(books, one, paid_in[one], by=by, loss_when=when, above_paid_in=above)
        for one in paid_in
    ]
    if by == "paid_in":
        assert sum(one.loss_won for one in everybody) == loss
    elif above:
        assert sum(one.won for one in everybody) == max(0, books.net_won)


@given(holders, st.data())
def test_half_the_shares_bear_half_the_loss(paid_in, data):
    holder = max(paid_in)
    some = data.draw(st.integers(1, paid_in[holder]))
    books = YearEnd(0, sum(paid_in.values()), paid_in)
    found = refund(books, holder, some, by="paid_in", loss_when="insolvent", above_paid_in=False)
    assert found.loss_won == some and found.won == 0

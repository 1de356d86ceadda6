"""From a quote to what is delivered, confirmed and counted once."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from dure.domains.trade import commands, queries
from dure.domains.trade.models import Deal
from dure.domains.trade.rules import orders as rules
from dure.kernel.refusals import Denied
from tests.trade.conftest import TODAY

LINES = [("도시락", 20, "개", 8_800, "taxed"), ("떡", 3, "상자", 30_000, "free")]


def quote(house, seller, buyer, **given):
    told = {"lines": LINES, **given}
    return commands.propose_order(
        house.of(seller), party_id=seller, other_id=buyer, sells=True, **told
    )


@pytest.fixture
def two(house):
    return house.organisation("밥상"), house.organisation("인쇄")


def test_from_the_quote_to_the_deals_that_count(house, two):
    lunch, print_ = two
    with pytest.raises(Denied):
        commands.propose_order(
            house.of(print_), party_id=lunch, other_id=print_, sells=True, lines=LINES
        )
    order = quote(house, lunch, print_)
    with pytest.raises(Denied):  # nobody agrees to what is one's own
        commands.accept_order(house.of(lunch), order_id=order.pk)
    with pytest.raises(commands.OrderNotThere):
        commands.deliver_order(house.of(lunch), order_id=order.pk)
    assert [one.id for one in queries.orders_waiting(house.of(print_))] == [order.pk]
    # other terms, agreed to by who quoted first
    fewer = [("도시락", 11, "개", 8_800, "taxed"), LINES[1]]
    commands.counter_order(house.of(print_), order_id=order.pk, lines=fewer, due_days=10)
    with pytest.raises(commands.DealPaperUnnamed):
        commands.accept_order(house.act("secretariat"), order_id=order.pk)
    act = house.of(lunch)
    for _twice in range(2):
        made = commands.accept_order(act, order_id=order.pk)
    assert (made.stage, made.waits_for_id) == ("ordered", None)
    assert queries.trade_totals(house.act("secretariat"), 2026).won == 0

    # a part of it, that is not confirmed, comes back; then in two parts
    with pytest.raises(commands.DeliveryTooMuch):
        commands.deliver_order(house.of(lunch), order_id=order.pk, quantities=[(1, 12)])
    with pytest.raises(Denied):
        commands.deliver_order(house.of(print_), order_id=order.pk)
    wrong = commands.deliver_order(house.of(lunch), order_id=order.pk, quantities=[(1, 11)])
    assert queries.order(house.of(print_), order.pk).rest == 3
    commands.refuse_deal(house.of(print_), deal_id=wrong.pk, reason="열 개뿐이었습니다")
    assert queries.order(house.of(print_), order.pk).rest == 14
    first = commands.deliver_order(house.of(lunch), order_id=order.pk, quantities=[(1, 10), (2, 0)])
    assert (first.won, first.vat_won, first.what) == (88_000, 8_000, "도시락 10개")
    assert first.due_date == TODAY + timedelta(days=10)
    commands.confirm_deal(house.of(print_), deal_id=first.pk)
    assert queries.order(house.of(print_), order.pk).course == 2
    last = commands.deliver_order(house.of(lunch), order_id=order.pk)
    assert (last.won, last.vat_won, last.state) == (98_800, 800, "recorded")
    card = queries.order(house.of(print_), order.pk)
    assert (card.rest, card.course, card.steps) == (0, 3, ())
    commands.confirm_deal(house.of(print_), deal_id=last.pk)
    assert queries.order(house.of(print_), order.pk).course == 4
    told = queries.trade_statement(house.of(print_), print_, 2026)
    assert (told.bought_won, told.often) == (186_800, 1)
    with pytest.raises(commands.DealLooksTheSame):  # written down again by the buyer
        commands.record_deal(
            house.of(print_), party_id=print_, other_id=lunch, sells=False, what="도시락",
            won=88_000, dealt_date=TODAY,
        )  # fmt: skip
    with pytest.raises(commands.OrderNotThere):  # nothing is left
        commands.end_order(house.of(print_), order_id=order.pk, party_id=print_, reason="그만")


def test_declined_taken_back_out_of_date_and_let_go(house, two):
    lunch, print_ = two
    order = quote(house, lunch, print_)
    commands.decline_order(house.of(print_), order_id=order.pk, reason="다음 달에")
    card = queries.order(house.of(lunch), order.pk)
    assert (card.stage, card.end_reason) == ("declined", "다음 달에")
    other = quote(house, lunch, print_, valid_date=TODAY)
    with pytest.raises(commands.OrderOutOfDate):
        commands.accept_order(house.of(print_, days=1), order_id=other.pk)
    with pytest.raises(Denied):
        commands.withdraw_order(house.of(print_), order_id=other.pk)
    assert commands.withdraw_order(house.of(lunch), order_id=other.pk).stage == "withdrawn"
    third = commands.propose_order(
        house.of(print_), party_id=print_, other_id=lunch, sells=False, lines=LINES
    )
    commands.accept_order(
        house.act("secretariat"), order_id=third.pk, on_paper="주문서, 11월 20일 서명"
    )
    commands.deliver_order(house.of(lunch), order_id=third.pk, quantities=[(2, 1)])
    commands.end_order(
        house.of(print_), order_id=third.pk, party_id=print_, reason="행사가 줄었습니다"
    )
    with pytest.raises(commands.OrderNotThere):
        commands.deliver_order(house.of(lunch), order_id=third.pk)
    with pytest.raises(Denied):
        queries.order(house.of(house.organisation("청소")), third.pk)
    assert len(queries.orders(house.act("secretariat"))) == 3
    assert Deal.objects.get(order=third).won == 30_000


def test_terms_that_cannot_be(house, two):
    wrong: dict[str, Any]
    for wrong in (
        {"lines": []},
        {"lines": [("", 1, "", 1, "taxed")]},
        {"lines": [("떡", 0, "", 1, "taxed")]},
        {"lines": [("떡", 1, "", 1, "half")]},
        {"lines": [("떡", 10**9, "", 10**9, "taxed")]},
        {"valid_date": date(2026, 11, 19)},
    ):
        with pytest.raises(commands.OrderImpossible):
            quote(house, *two, **wrong)


def test_the_table_of_steps_explains_itself():
    """Every stage but the last ones leads on, and whoever waits can be answered."""
    for stage, steps in rules.STEPS.items():
        assert len({(one.deed, one.side) for one in steps}) == len(steps)
        for one in steps:
            assert str(one.says) and one.leads_to in rules.STEPS
        if stage in (rules.Stage.QUOTED, rules.Stage.ASKED):
            asked = {one.side for one in steps if one.deed == rules.Deed.ACCEPT}
            back = {one.side for one in steps if one.deed == rules.Deed.WITHDRAW}
            assert len(asked) == len(back) == 1 and asked != back
    assert not any(rules.STEPS[one] for one in ("declined", "withdrawn", "ended"))


AMOUNTS = st.lists(
    st.tuples(
        st.integers(1, 10**4), st.integers(1, 10**6), st.sampled_from(list(rules.Tax)),
        st.integers(0, 10**4),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@given(AMOUNTS)
def test_parts_of_an_order_are_worth_the_order(rows):
    """In whole won: the sums add up; of the tax a part of a won may fall in each part."""
    ratio = Fraction(1, 10)
    whole = [rules.Line("떡", quantity, "", won, tax) for quantity, won, tax, _part in rows]
    parts = [
        [
            rules.Line("떡", min(part, quantity) if first else quantity - min(part, quantity), "", won, tax)
            for quantity, won, tax, part in rows
        ]
        for first in (True, False)
    ]  # fmt: skip
    (won, vat), one, other = (rules.sums(some, ratio) for some in (whole, *parts))
    assert won == one[0] + other[0]
    assert 0 <= vat - one[1] - other[1] <= 1
    assert 0 <= vat * 11 <= won

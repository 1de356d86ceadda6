"""A group buy from its opening to the last won: closed, delivered short, billed, paid; or released."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from dure.domains.ledger import queries as ledger
from dure.domains.trade import commands, documents, queries
from dure.domains.trade.models import Deal, GroupBuyBill
from dure.domains.trade.reactions import GROUP_BUYS
from dure.domains.trade.rules import group_buying as rules
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied, NotFound
from dure.site import clockwork

from .conftest import TODAY


def terms(farm=None, **given):
    articles, suppliers, offers = rules.terms_of_lines(
        "감귤 | 4 | 2 | 농장 | 12,000 · 10상자부터 10,000\n콩 | 2 | | 가게 | 5,001",
        "농장 | | 5,000",
    )
    named = tuple(
        rules.Supplier(one.name, one.least_won, one.transport_won, farm)
        if one.name == "농장" else one
        for one in suppliers
    )  # fmt: skip
    return rules.Terms(articles, named, offers, **given)


@pytest.fixture
def fair(house, act):
    """A buy of a member farm's mandarins and a shop's beans, opened by a member."""
    parties = {name: house.organisation(name) for name in ("농장", "밥상", "인쇄", "청소")}
    farm, lunch, *_rest = parties.values()
    buy = commands.open_group_buy(
        house.of(lunch), organiser_id=lunch, name="겨울 감귤", terms=terms(farm, least_cases=5),
        closes_at=house.act().at + timedelta(days=3), drops=["밥상 앞마당", "두레회관"],
    )  # fmt: skip
    return buy, parties


def wish(house, buy, party, drop="두레회관", days=0, **wishes):
    return commands.wish_in_group_buy(
        house.of(party, days=days), buy_id=buy.pk, party_id=party, drop=drop, wishes=wishes
    )


def test_missed_by_one_case_everyone_is_released(house, fair, act):
    buy, parties = fair
    _farm, lunch, print_, _clean = parties.values()
    wish(house, buy, lunch, 감귤=(9, 0))
    wish(house, buy, print_, 감귤=(7, 3))  # 19 of 20 pieces: four cases
    with pytest.raises(Denied):
        commands.close_group_buy(house.of(print_), buy_id=buy.pk)
    for days in (0, 4, 4):  # before its moment, after it, and again
        clockwork.close_group_buys(act("system", days=days))
        buy.refresh_from_db()
        assert buy.state == ("released" if days else "open")
    buy.refresh_from_db()
    assert (buy.state, buy.missing_cases, buy.bought) == ("released", 1, [])
    assert {(one.pieces, one.why) for one in buy.wishes.all()} == {(0, "released")}
    assert Deed.objects.filter(name="trade.GroupBuyReleased").count() == 1
    for step in (commands.close_group_buy, commands.settle_group_buy, commands.deliver_group_buy):
        more: dict[str, Any] = {"came": []} if step is commands.deliver_group_buy else {}
        with pytest.raises(commands.GroupBuyNotAtThis):
            step(act("secretariat", days=4), buy_id=buy.pk, **more)
    assert not Deal.objects.exists() and not GroupBuyBill.objects.exists()


def test_what_is_typed_and_by_whom(house, fair, act):
    buy, parties = fair
    _farm, lunch, print_, clean = parties.values()
    key = uuid4()
    for _twice in range(2):
        wish(house, buy, print_, 감귤=(5, 1))
        commands.wish_in_group_buy(
            house.of(clean, key=key), buy_id=buy.pk, party_id=clean, drop="두레회관",
            wishes={"감귤": (3, 0)},
        )  # fmt: skip
    with pytest.raises(Denied):
        commands.wish_in_group_buy(house.of(lunch), buy_id=buy.pk, party_id=print_, wishes={})
    with pytest.raises(commands.GroupBuyDropUnknown):
        wish(house, buy, lunch, drop="", 감귤=(1, 0))
    with pytest.raises(rules.GroupBuyImpossible):
        wish(house, buy, lunch, 사과=(1, 0))
    with pytest.raises(commands.GroupBuyNotAtThis):
        wish(house, buy, lunch, days=3, 감귤=(1, 0))
    outside = house.organisation("이웃", joined=None)
    with pytest.raises(commands.NotAMemberNow):
        wish(house, buy, outside, 감귤=(1, 0))
    for wrong, refusal in (
        ({"name": " "}, commands.GroupBuyUnnamed),
        ({"drops": ["  "]}, commands.GroupBuyUnnamed),
        ({"closes_at": house.act().at}, commands.GroupBuyClosingPast),
        ({"terms": rules.Terms((), (), ())}, rules.GroupBuyImpossible),
        ({"organiser_id": print_}, Denied),
    ):
        good = {"organiser_id": lunch, "name": "콩", "terms": terms(), "drops": ["가게"],
                "closes_at": house.act().at + timedelta(days=1)}  # fmt: skip
        with pytest.raises(refusal):
            commands.open_group_buy(house.of(lunch), **{**good, **wrong})
    # a raise goes to the end of the order of time, a lowering keeps its place
    wish(house, buy, clean, days=1, 감귤=(2, 0))
    wish(house, buy, print_, days=1, 감귤=(6, 1))
    rows = queries.group_plans.wishes_of(buy)
    assert [one.membership.party_id for one in rows] == [clean, print_]
    commands.give_up_group_buy(act("secretariat"), buy_id=buy.pk, reason="농장에 비가 왔습니다")
    with pytest.raises(commands.GroupBuyNotAtThis):
        wish(house, buy, clean, 감귤=(9, 0))


def test_from_the_order_to_the_last_won(house, fair, act):
    buy, parties = fair
    farm, lunch, print_, clean = parties.values()
    wish(house, buy, lunch, "밥상 앞마당", 감귤=(9, 0), 콩=(2, 0))
    wish(house, buy, print_, 감귤=(8, 2))
    wish(house, buy, clean, 감귤=(2, 0))
    commands.close_group_buy(house.of(lunch), buy_id=buy.pk)
    buy.refresh_from_db()
    asked = {(one["article"], one["supplier"]): (one["cases"], one["won"]) for one in buy.bought}
    assert asked == {("감귤", "농장"): (5, 60_000), ("콩", "가게"): (1, 5_001)}
    # two pieces came short: the last wish stands back; the farm is paid for what came
    with pytest.raises(commands.GroupBuyDeliveredTooMuch):
        commands.deliver_group_buy(house.of(lunch), buy_id=buy.pk, came=[("감귤", "농장", 21)])
    with pytest.raises(Denied):
        commands.deliver_group_buy(house.of(print_), buy_id=buy.pk, came=[])
    commands.deliver_group_buy(house.of(lunch), buy_id=buy.pk, came=[("감귤", "농장", 18)])
    got = {one.membership.party_id: one.came_pieces for one in buy.wishes.filter(article="감귤")
           .select_related("membership")}  # fmt: skip
    assert got == {lunch: 9, print_: 9, clean: 0}
    members = house.members
    commands.collect_group_buy(house.of(lunch), buy_id=buy.pk, membership_id=members["인쇄"])
    with pytest.raises(commands.GroupBuyNothingToCollect):
        commands.collect_group_buy(house.of(lunch), buy_id=buy.pk, membership_id=members["청소"])

    with pytest.raises(Denied):
        commands.settle_group_buy(house.of(lunch), buy_id=buy.pk)
    with pytest.raises(commands.GroupBuyDueBefore):
        commands.settle_group_buy(
            act("bookkeeper"), buy_id=buy.pk, due_date=TODAY - timedelta(days=1)
        )
    key = uuid4()
    for _twice in range(2):
        commands.settle_group_buy(act("bookkeeper", key=key), buy_id=buy.pk)
    bills = {one.membership_id: one for one in GroupBuyBill.objects.all()}
    # 18 of 20 pieces: 54,000 won, half each; transport by cases: 9/4 + 2/2 to 9/4 of 5,000
    lunched, printed = bills[members["밥상"]], bills[members["인쇄"]]
    assert (lunched.goods_won, printed.goods_won) == (32_001, 27_000)
    assert (lunched.transport_won, printed.transport_won) == (2_955, 2_045)
    assert len(bills) == 2
    # what members bought of the member farm is a deal, once, settled by the buy; the shop is none
    deals = {(one.seller_id, one.buyer_id): one for one in Deal.objects.all()}
    assert {pair: one.won for pair, one in deals.items()} == {
        (farm, lunch): 27_000, (farm, print_): 27_000,
    }  # fmt: skip
    assert all(one.is_mutual and one.open_won == 0 for one in deals.values())
    assert queries.open_invoices(date(2027, 12, 31)) == []
    with pytest.raises(commands.DealLooksTheSame):
        house.sell(farm, lunch, 27_000)

    # the bank pays the bill by its reference; then the suppliers are paid, and nothing is left
    (payable,) = GROUP_BUYS.open([printed.membership_id], TODAY)
    assert (payable.reference, payable.sums(TODAY)) == (f"공동구매{printed.pk}", (29_045,))
    assert GROUP_BUYS.named([printed.pk]) == {printed.membership_id}
    with pytest.raises(Denied):
        commands.receive_group_buy_payment(house.of(print_), bill_id=printed.pk, won=29_045)
    with pytest.raises(commands.GroupBuyPaymentTooLarge):
        commands.receive_group_buy_payment(act("bookkeeper"), bill_id=printed.pk, won=29_046)
    receipt = commands.receive_group_buy_payment(act("bookkeeper"), bill_id=printed.pk, won=29_045)
    commands.undo_group_buy_payment(act("bookkeeper"), receipt_id=receipt.pk, reason="잘못")
    with pytest.raises(commands.GroupBuyPaymentUndoneBefore):
        commands.undo_group_buy_payment(act("bookkeeper"), receipt_id=receipt.pk, reason="다시")
    for bill in bills.values():
        commands.receive_group_buy_payment(act("bookkeeper"), bill_id=bill.pk, won=bill.won)
    assert GROUP_BUYS.open(None, TODAY) == []
    for supplier in ("농장", "가게"):
        commands.pay_group_buy_supplier(act("bookkeeper"), buy_id=buy.pk, supplier=supplier)
    with pytest.raises(commands.GroupBuySupplierOwedNothing):
        commands.pay_group_buy_supplier(act("bookkeeper"), buy_id=buy.pk, supplier="누구")
    with pytest.raises(commands.GroupBuySupplierPaidBefore):
        commands.pay_group_buy_supplier(act("bookkeeper"), buy_id=buy.pk, supplier="농장")
    for role in ("cash", "other_receivable", "payable"):
        assert ledger.balance(ledger.account_for(role), "general") == 0, role


def test_who_sees_what_and_what_goes_out(house, fair, act):
    buy, parties = fair
    _farm, lunch, print_, clean = parties.values()
    wish(house, buy, lunch, "밥상 앞마당", 감귤=(12, 0))
    wish(house, buy, print_, 감귤=(8, 0))
    card = queries.group_buy(house.of(clean), buy.pk)
    assert (card.cases, card.missing_cases, card.mine, card.members) == (5, 0, (), ())
    hint = card.articles[0].hint
    assert (hint.cases_to_price, hint.next_won, hint.to_case) == (5, 10_000, 4)
    assert "밥상" not in queries.group_buy_file(house.of(clean), buy.pk)
    terms_, wishes = rules.read_group_buy(queries.group_buy_file(house.of(lunch), buy.pk).encode())
    assert rules.close(terms_, wishes).cases == 5 and {one.member for one in wishes} == {
        "001 밥상", "002 인쇄",
    }  # fmt: skip
    with pytest.raises(NotFound):
        queries.group_buy_order(house.of(lunch), buy.pk, 1)
    commands.close_group_buy(act("secretariat"), buy_id=buy.pk)
    with pytest.raises(Denied):
        queries.group_buy_order(house.of(print_), buy.pk, 1)
    card, farm = queries.group_buy_order(house.of(lunch), buy.pk, 1)
    assert (farm.name, farm.won) == ("농장", 65_000)
    assert documents.order_pdf(card, farm, "두레망", act().at).startswith(b"%PDF")
    assert b"".join(documents.order_sheet(card, farm, act().at)).startswith(b"PK")
    assert queries.group_buy_wishers(buy.pk) == [house.members["밥상"], house.members["인쇄"]]
    assert queries.group_buy_letter(buy.pk, house.members["밥상"], TODAY) is None  # no address


def test_a_bundle_gives_each_member_its_share_to_the_won(house, act):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    clean, shop = house.organisation("청소"), house.organisation("동네", joined=None)
    given = {"name": "명절 꾸러미", "price_won": 10_000,
             "parts": [(lunch, "김치", 1), (print_, "달력", 1), (print_, "엽서", 1)]}  # fmt: skip
    with pytest.raises(Denied):
        commands.make_bundle(house.of(lunch), **given)
    wrong: dict[str, Any]
    for wrong in ({"name": ""}, {"price_won": 5}, {"parts": [(shop, "떡", 1)]}, {"parts": []}):
        with pytest.raises(commands.BundleImpossible):
            commands.make_bundle(act("secretariat"), **{**given, **wrong})
    made = commands.make_bundle(act("secretariat"), **given)
    # one by one or at once: 30,000 won are 10,000 for each part
    first = commands.sell_bundle(act("bookkeeper"), bundle_id=made.pk, count=1)
    assert dict(map(tuple, first.shares)) == {lunch: 3_334, print_: 6_666}
    commands.sell_bundle(act("bookkeeper"), bundle_id=made.pk, count=2, buyer_id=clean)
    card = queries.bundle(house.of(lunch), made.pk)
    assert [one.won for one in card.parts] == [10_000, 20_000, 20_000]
    assert ledger.balance(ledger.account_for("payable"), "general") == 30_000
    deals = {one.seller_id: one.won for one in Deal.objects.filter(buyer=clean)}
    assert deals == {lunch: 6_666, print_: 13_334}
    with pytest.raises(commands.BundleImpossible):
        commands.sell_bundle(act("bookkeeper"), bundle_id=made.pk, count=0)
    commands.end_bundle(act("secretariat"), bundle_id=made.pk)
    with pytest.raises(commands.BundleNoLonger):
        commands.sell_bundle(act("bookkeeper"), bundle_id=made.pk, count=1)

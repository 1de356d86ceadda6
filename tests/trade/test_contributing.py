"""From confirmed sales to bills, receipts and the ledger; a corrected deal corrects the next bill."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.domains.trade import commands, documents, queries
from dure.domains.trade.reactions import PAYABLES
from dure.kernel.refusals import Denied

RULE = {
    "name": "상호거래 적립", "article": "협동기금 규정 제3조", "decided_by": "총회",
    "basis": "sale", "bearer": "seller", "ratio": (2, 100), "every": "month",
    "from_date": date(2026, 9, 1),
}  # fmt: skip


def lay(house, **given):
    return commands.lay_down_contribution(house.act("secretariat"), **{**RULE, **given})


def bill(house, month, days=0):
    return commands.bill_contributions(house.act("system", days=days), month=month)


def open_won(house, party):
    member = memberships.membership_of(party, date(2026, 11, 20))
    return queries.contributions_of(house.of(party), member).open_won


def test_a_rule_is_within_the_bylaws(house):
    with pytest.raises(Denied):
        commands.lay_down_contribution(house.act("bookkeeper"), **RULE)
    with pytest.raises(RuleNotMet):
        lay(house, ratio=(21, 1000))
    for wrong in (
        {"from_date": date(2026, 9, 2)},
        {"bearer": ""},
        {"fixed_won": 5},
        {"ratio": (0, 1)},
        {"basis": "fixed", "bearer": ""},
    ):
        with pytest.raises(commands.ContributionImpossible):
            lay(house, **wrong)
    rule = lay(house)
    commands.end_contribution(
        house.act("secretariat"), rule_id=rule.pk, until_date=date(2026, 10, 1), decided_by="총회"
    )
    with pytest.raises(commands.ContributionEndedBefore):
        commands.end_contribution(
            house.act("secretariat"), rule_id=rule.pk, until_date=date(2026, 11, 1),
            decided_by="총회",
        )  # fmt: skip


def test_two_per_cent_of_what_was_sold_to_members(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    shop = house.organisation("동네가게", joined=None)
    lay(house)
    sale = house.trade(lunch, print_, 1_057_000, dealt_date=date(2026, 9, 10))
    house.trade(lunch, shop, 9_000_000, dealt_date=date(2026, 9, 10))  # no mutual trade
    house.sell(print_, lunch, 5_000_000, dealt_date=date(2026, 9, 11))  # not confirmed
    house.trade(print_, lunch, 110_049, vat_won=10_000, dealt_date=date(2026, 9, 12))
    with pytest.raises(commands.ContributionMonthToCome):
        bill(house, "2026-11")
    assert bill(house, "2026-09") == 2
    with pytest.raises(commands.NoContributionToBill):
        bill(house, "2026-09")
    assert (open_won(house, lunch), open_won(house, print_)) == (21_140, 2_000)
    # a correction by both makes the next bill smaller
    house.trade(lunch, print_, 1_000_000, dealt_date=date(2026, 10, 2))
    commands.propose_deal_correction(
        house.of(print_), deal_id=sale.pk, party_id=print_, won=557_000, reason="반을 돌려보냄"
    )
    assert bill(house, "2026-10") == 1  # not agreed yet: 20,000
    commands.agree_deal_correction(house.of(lunch), deal_id=sale.pk)
    house.trade(lunch, print_, 600_000, dealt_date=date(2026, 11, 2))
    assert bill(house, "2026-11", days=20) == 1
    assert open_won(house, lunch) == (557_000 + 1_000_000 + 600_000) * 2 // 100


def test_money_pays_the_oldest_bill_and_is_in_the_fund(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    lay(house, bearer="both")
    house.trade(lunch, print_, 1_000_000, dealt_date=date(2026, 9, 10))
    bill(house, "2026-09")
    member = house.members["인쇄"]
    (payable,) = PAYABLES.open([member], date(2026, 11, 20))
    assert (payable.reference, payable.sums(date(2026, 11, 20))) == (f"협동기금{member}", (10_000,))
    with pytest.raises(Denied):
        commands.receive_contribution(house.of(print_), membership_id=member, won=10_000)
    with pytest.raises(commands.ContributionTooLarge):
        commands.receive_contribution(house.act("bookkeeper"), membership_id=member, won=10_001)
    receipt = commands.receive_contribution(
        house.act("bookkeeper"), membership_id=member, won=10_000
    )
    assert ledger.fund_money("cooperative") == 10_000
    card = queries.cooperative_fund(house.of(lunch))
    assert (card.money_won, card.paid_won, card.open_won) == (10_000, 10_000, 10_000)
    commands.use_cooperative_fund(
        house.act("bookkeeper"), what="공동 배송차", won=4_000, decided_by="기금위원회 3호",
        party_id=lunch,
    )  # fmt: skip
    card = queries.cooperative_fund(house.of(lunch))
    assert (card.money_won, card.used_won, card.uses[0].name) == (6_000, 4_000, "밥상")
    commands.undo_contribution(house.act("bookkeeper"), receipt_id=receipt.pk, reason="잘못 적음")
    with pytest.raises(commands.ContributionUndoneBefore):
        commands.undo_contribution(house.act("bookkeeper"), receipt_id=receipt.pk, reason="다시")
    assert open_won(house, print_) == 10_000
    assert ledger.fund_money("cooperative") == -4_000


def test_of_profit_nothing_in_a_loss_year_and_a_fixed_sum_of_each(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    lay(house, basis="profit", bearer="", ratio=(3, 100), every="year", from_date=date(2025, 1, 1))
    lay(house, basis="fixed", bearer="", ratio=(0, 1), fixed_won=5_000, every="quarter")
    for party, name, won in ((lunch, "밥상", 10_000_033), (print_, "인쇄", -1)):
        commands.state_profit(
            house.of(party), membership_id=house.members[name], year=2025, net_profit_won=won,
            name="손익계산서.pdf", content=b"%PDF-1.4 " + name.encode(),
        )  # fmt: skip
    with pytest.raises(commands.ContributionImpossible):
        commands.state_profit(
            house.of(lunch), membership_id=house.members["밥상"], year=2026, net_profit_won=1,
            name="손익계산서.pdf", content=b"%PDF-1.4 2",
        )  # fmt: skip
    assert bill(house, "2026-09") == 2
    assert bill(house, "2026-12", days=60) == 3
    assert (open_won(house, lunch), open_won(house, print_)) == (310_000, 10_000)


def test_what_members_can_show_for_a_year(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    clean, _alone = house.organisation("청소"), house.organisation("홀로")
    for day in (3, 20):
        house.trade(lunch, print_, 100_000 + day, dealt_date=date(2026, 3, day))
    house.trade(clean, lunch, 50_000, dealt_date=date(2026, 4, 1))
    house.trade(lunch, clean, 9, dealt_date=date(2025, 4, 1))
    told = queries.trade_statement(house.of(lunch), lunch, 2026)
    assert (told.sold_won, told.bought_won, told.often) == (200_023, 50_000, 1)
    assert [(one.name, one.count) for one in told.partners] == [("인쇄", 2), ("청소", 1)]
    with pytest.raises(Denied):
        queries.trade_statement(house.of(print_), lunch, 2026)
    totals = queries.trade_totals(house.act("secretariat"), 2026)
    assert (totals.won, totals.count, totals.traders) == (250_023, 3, 3)
    assert [(one.month, one.won) for one in totals.months] == [(3, 200_023), (4, 50_000)]
    assert sum(one.sold_won for one in totals.members) == totals.won


def test_a_year_on_paper(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    house.trade(lunch, print_, dealt_date=date(2026, 3, 3))
    act = house.of(lunch)
    told = queries.trade_statement(act, lunch, 2026)
    assert documents.year_pdf(told, "두레망", act.today, act.at).startswith(b"%PDF")

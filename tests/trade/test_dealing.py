"""One side says it, the other confirms; what both confirmed counts, and counts once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dure.domains.trade import commands, queries
from dure.domains.trade.commands import settling
from dure.kernel.refusals import Denied
from tests.trade.conftest import TODAY


def test_said_by_one_confirmed_by_the_other(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    with pytest.raises(Denied):
        commands.record_deal(
            house.of(print_), party_id=lunch, other_id=print_, sells=True, what="도시락",
            won=1, dealt_date=TODAY,
        )  # fmt: skip
    deal = house.sell(lunch, print_, 110_000, vat_won=10_000)
    assert (deal.state, deal.waits_for_id) == ("recorded", print_)
    assert deal.due_date == TODAY + timedelta(days=30)
    assert queries.open_invoices(date(2027, 1, 1)) == []
    with pytest.raises(Denied):  # nobody confirms what is one's own
        commands.confirm_deal(house.of(lunch), deal_id=deal.pk)
    with pytest.raises(commands.DealPaperUnnamed):
        commands.confirm_deal(house.act("secretariat"), deal_id=deal.pk)
    assert [one.id for one in queries.deals_waiting(house.of(print_))] == [deal.pk]
    act = house.of(print_)
    for _twice in range(2):
        made = commands.confirm_deal(act, deal_id=deal.pk)
    assert (made.state, made.waits_for_id) == ("confirmed", None)
    with pytest.raises(commands.DealNotWaiting):
        commands.withdraw_deal(house.of(lunch), deal_id=deal.pk)
    (one,) = queries.open_invoices(date(2027, 1, 1))
    assert (one.debtor_id, one.creditor_id, one.open_won) == (print_, lunch, 110_000)
    assert queries.open_invoices(TODAY) == []  # not due yet


def test_refused_with_a_reason_or_taken_back(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    deal = house.sell(lunch, print_)
    with pytest.raises(commands.DealReasonMissing):
        commands.refuse_deal(house.of(print_), deal_id=deal.pk, reason=" ")
    commands.refuse_deal(house.of(print_), deal_id=deal.pk, reason="열 개만 받았습니다")
    card = queries.deal(house.of(lunch), deal.pk)
    assert (card.row.state, card.end_reason) == ("refused", "열 개만 받았습니다")
    other = house.sell(lunch, print_)  # the refused one is no twin
    assert commands.withdraw_deal(house.of(lunch), deal_id=other.pk).state == "withdrawn"
    with pytest.raises(Denied):
        queries.deal(house.of(house.organisation("청소")), deal.pk)


def test_a_deal_that_both_wrote_down_counts_once(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    sold = house.sell(lunch, print_, tax_number="202611200001")
    bought = {
        "party_id": print_, "other_id": lunch, "sells": False, "what": "도시락", "won": 110_000,
        "dealt_date": TODAY - timedelta(days=3),
    }  # fmt: skip
    with pytest.raises(commands.DealLooksTheSame):
        commands.record_deal(house.of(print_), **bought)
    with pytest.raises(commands.DealKnownAlready):
        commands.record_deal(house.of(print_), **bought, tax_number="2026-1120-0001")
    own = commands.record_deal(house.of(print_), **bought, is_another=True)
    card = queries.deal(house.of(print_), sold.pk)
    assert [one.id for one in queries.own_twins(house.of(print_), card)] == [own.pk]
    commands.confirm_deal(house.of(print_), deal_id=sold.pk, same_as_id=own.pk)
    assert [one.state for one in queries.my_deals(house.of(lunch))] == ["confirmed", "same"]
    assert len(queries.open_invoices(date(2027, 1, 1))) == 1


def test_who_may_trade_with_whom(house):
    lunch, shop = house.organisation("밥상"), house.organisation("동네가게", joined=None)
    other = house.organisation("옆가게", joined=None)
    house.sell(lunch, shop)  # the network lets others in
    with pytest.raises(commands.DealBetweenStrangers):
        house.sell(shop, other)
    for wrong in (
        {"won": 0},
        {"what": " "},
        {"dealt_date": TODAY + timedelta(days=1)},
        {"vat_won": 110_000},
        {"due_date": TODAY - timedelta(days=1)},
        {"tax_number": "번호"},
    ):
        with pytest.raises(commands.DealImpossible):
            house.sell(lunch, shop, **{"won": 110_000, **wrong})


def test_what_is_paid_or_set_off_is_open_no_more(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    deal = house.trade(lunch, print_)
    with pytest.raises(commands.DealPaymentTooLarge):
        commands.receive_deal_payment(house.of(lunch), deal_id=deal.pk, won=110_001)
    paid = commands.receive_deal_payment(house.of(lunch), deal_id=deal.pk, won=30_000)
    assert settling.set_off({deal.pk: 50_000}, TODAY, "상계 1회") == 1
    (one,) = queries.open_invoices(date(2027, 1, 1))
    assert one.open_won == 30_000
    with pytest.raises(commands.DealPaymentTooLarge):
        settling.set_off({deal.pk: 30_001}, TODAY, "상계 2회")
    commands.undo_deal_payment(house.of(lunch), settlement_id=paid.pk, reason="다른 곳의 돈")
    with pytest.raises(commands.DealPaymentUndoneBefore):
        commands.undo_deal_payment(house.of(lunch), settlement_id=paid.pk, reason="다시")
    assert settling.undo_set_off(house.act("secretariat"), "상계 1회", "동의 철회") == 1
    (one,) = queries.open_invoices(date(2027, 1, 1))
    assert one.open_won == 110_000


def test_corrected_by_both_in_dispute_and_cancelled(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    deal = house.trade(lunch, print_)
    ask = {"deal_id": deal.pk, "party_id": print_, "reason": "열 개만 받음"}
    commands.dispute_deal(house.of(print_), **ask)
    assert queries.open_invoices(date(2027, 1, 1)) == []
    assert queries.open_invoices(date(2027, 1, 1), disputed=True)[0].is_disputed
    with pytest.raises(Denied):
        commands.settle_deal_dispute(house.of(lunch), deal_id=deal.pk)
    with pytest.raises(Denied):
        commands.propose_deal_correction(house.of(lunch), won=100_000, **ask)
    commands.propose_deal_correction(house.of(print_), won=100_000, **ask)
    with pytest.raises(commands.DealCorrectionWaits):
        commands.propose_deal_correction(house.of(print_), won=90_000, **ask)
    with pytest.raises(Denied):
        commands.agree_deal_correction(house.of(print_), deal_id=deal.pk)
    assert queries.deal(house.of(lunch), deal.pk).row.won == 110_000
    made = commands.agree_deal_correction(house.of(lunch), deal_id=deal.pk)
    assert (made.won, made.version, made.dispute) == (100_000, 2, "")
    commands.receive_deal_payment(house.of(lunch), deal_id=deal.pk, won=60_000)
    with pytest.raises(commands.DealSettledBeyond):
        commands.propose_deal_correction(house.of(print_), won=0, **ask)
    other = house.trade(lunch, print_, 50_000)
    ask["deal_id"] = other.pk
    commands.propose_deal_correction(house.of(print_), won=0, **ask)
    commands.decline_deal_correction(house.of(lunch), deal_id=other.pk, reason="보냈습니다")
    commands.propose_deal_correction(house.of(print_), won=0, **ask)
    made = commands.agree_deal_correction(house.of(lunch), deal_id=other.pk)
    assert (made.state, made.won) == ("cancelled", 50_000)
    assert [one.id for one in queries.open_invoices(date(2027, 1, 1))] == [deal.pk]

"""Receipts: entered, from files, matched, undone, paid back."""

from datetime import date

import pytest

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import Charge, Receipt, ReceiptImport
from dure.domains.memberships.rules.matching import Sureness
from dure.kernel.dates import Month
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied

DAY = date(2026, 11, 19)


@pytest.fixture
def owing(network, act):
    """Two organisations and a person, each with October and November open."""
    network.plan("organisation", 30_000)
    network.plan("person", 10_000)
    members = [
        network.organisation("햇살돌봄 협동조합"),
        network.organisation("새벽빵집"),
        network.person("김하늘"),
    ]
    for month in (10, 11):
        commands.bill_dues(act("bookkeeper"), month=Month(2026, month))
    return members


def entered(act, won, payer, **given):
    return commands.enter_receipt(
        act("bookkeeper"), receipt_date=DAY, amount_won=won, payer=payer, **given
    )


def books():
    return {
        name: ledger.balance(code, "general")
        for name, code in (("cash", "1010"), ("suspense", "2010"), ("owed", "1110"))
    }


def test_entering_moves_cash_and_waits_in_suspense(owing, act):
    assert books() == {"cash": 0, "suspense": 0, "owed": 140_000}
    with pytest.raises(Denied):
        commands.enter_receipt(act("member", of=1), receipt_date=DAY, amount_won=1, payer="x")
    for given, refusal in (
        ({"amount_won": 0}, commands.ReceiptUnreadable),
        ({"amount_won": -5}, commands.ReceiptUnreadable),
        ({"payer": "  "}, commands.ReceiptUnreadable),
        ({"fund": "x"}, commands.UnknownFund),
        ({"receipt_date": date(2026, 11, 21)}, commands.DateInFuture),
    ):
        with pytest.raises(refusal):
            commands.enter_receipt(
                act("bookkeeper"), **{"receipt_date": DAY, "amount_won": 1, "payer": "x", **given}
            )
    entered(act, 45_000, "햇살돌봄")
    assert books() == {"cash": 45_000, "suspense": 45_000, "owed": 140_000}


def test_part_payment_oldest_first_and_overpayment_waits(owing, act):
    receipt = entered(act, 45_000, "햇살돌봄")
    key = act("bookkeeper")
    commands.match_receipt(key, receipt_id=receipt.pk, membership_id=owing[0].pk)
    commands.match_receipt(key, receipt_id=receipt.pk, membership_id=owing[0].pk)  # same key
    october, november = Charge.objects.filter(membership=owing[0]).order_by("due_date")
    assert (october.open_won, november.open_won) == (0, 15_000)
    assert books() == {"cash": 45_000, "suspense": 0, "owed": 95_000}
    with pytest.raises(commands.ReceiptAlreadyMatched):
        commands.match_receipt(act("bookkeeper"), receipt_id=receipt.pk, membership_id=owing[1].pk)
    more = entered(act, 20_000, "햇살돌봄", membership_id=owing[0].pk)
    assert books()["suspense"] == 5_000 and Receipt.objects.get(pk=more.pk).open_won == 5_000
    with pytest.raises(commands.NothingOwed):
        commands.match_receipt(act("bookkeeper"), receipt_id=more.pk, membership_id=owing[0].pk)
    commands.bill_dues(act("bookkeeper"), month=Month(2026, 12))
    commands.match_receipt(act("bookkeeper"), receipt_id=more.pk, membership_id=owing[0].pk)
    assert books()["suspense"] == 0  # the credit paid a part of December


def test_chosen_charges_are_paid_in_the_chosen_order(owing, act):
    receipt = entered(act, 30_000, "햇살돌봄")
    _october, november = Charge.objects.filter(membership=owing[0]).order_by("due_date")
    commands.match_receipt(act("bookkeeper"), receipt_id=receipt.pk, charge_ids=(november.pk,))
    assert Charge.objects.get(pk=november.pk).open_won == 0
    other = entered(act, 30_000, "햇살돌봄")
    with pytest.raises(commands.NotOwedByMember):
        commands.match_receipt(act("bookkeeper"), receipt_id=other.pk, charge_ids=(november.pk,))


def test_undoing_reverses_and_owes_again(owing, act):
    before = books()
    receipt = entered(act, 60_000, "햇살돌봄", membership_id=owing[0].pk)
    with pytest.raises(commands.RefundsTooMuch):
        commands.refund_receipt(
            act("bookkeeper"), receipt_id=receipt.pk, reason="잘못 보냄", amount_won=1
        )
    with pytest.raises(commands.UnmatchUnreasoned):
        commands.unmatch_receipt(act("bookkeeper"), receipt_id=receipt.pk, reason="")
    commands.unmatch_receipt(act("bookkeeper"), receipt_id=receipt.pk, reason="다른 회원의 돈")
    assert books() == {**before, "cash": 60_000, "suspense": 60_000}
    assert queries.payment_rate(Month(2026, 11)).paid_won == 0
    with pytest.raises(commands.ReceiptNotMatched):
        commands.unmatch_receipt(act("bookkeeper"), receipt_id=receipt.pk, reason="다시")
    commands.match_receipt(act("bookkeeper"), receipt_id=receipt.pk, membership_id=owing[1].pk)
    assert Charge.objects.filter(membership=owing[1], paid_won=30_000).count() == 2
    card = queries.receipt_card(act("bookkeeper"), receipt.pk)
    assert [line.undone_date is not None for line in card.allocations] == [True, True, False, False]


def test_paying_back_what_was_not_matched(owing, act):
    receipt = entered(act, 70_000, "햇살돌봄", membership_id=owing[0].pk)
    commands.refund_receipt(act("bookkeeper"), receipt_id=receipt.pk, reason="더 보냄")
    assert books() == {"cash": 60_000, "suspense": 0, "owed": 80_000}
    assert Receipt.objects.get(pk=receipt.pk).open_won == 0
    with pytest.raises(commands.RefundsTooMuch):
        commands.refund_receipt(act("bookkeeper"), receipt_id=receipt.pk, reason="또")


BANK = """거래내역
계좌번호,100-200-300
거래일,시간,적요,출금액,입금액,거래후잔액
2026-11-18,09:00,햇살돌봄,,"60,000",1060000
2026-11-18,10:00,김하늘,,10000,1070000
2026-11-18,10:00,김하늘,,10000,1080000
2026-11-19,11:00,모르는분,,12345,1092345
2026-11-19,12:00,사무용품,"45,000",,1047345
2026-12-01,12:00,내일,,5000,1052345
2025-12-31,12:00,옛날,,5000,1052345
2026-11-19,12:00,틀림,,오만원쯤,1052345
합계,,,45000,92345,
"""


def test_a_bank_file_is_looked_at_then_accepted_and_twice_changes_nothing(owing, act):
    content = BANK.encode("cp949")
    look, rows = queries.preview_receipts(act("bookkeeper"), content, "11월.csv")
    assert (len(look.new), look.same, len(look.errors), look.passed_over) == (4, 0, 3, 2)
    assert [r.is_sure for r in rows] == [True, True, True, False]
    assert [e.cell for e in look.errors] == ["A9", "A10", "E11"]
    assert not Receipt.objects.exists() and not ReceiptImport.objects.exists()
    staged = commands.upload_receipts(act("bookkeeper"), filename="11월.csv", content=content)
    assert not Receipt.objects.exists()
    with pytest.raises(Denied):
        commands.accept_receipts(act("member", of=1), import_id=staged.pk)
    done = commands.accept_receipts(act("bookkeeper"), import_id=staged.pk, match_sure=True)
    assert (done.new_count, done.matched_count, done.grid) == (4, 3, [])  # the cells are forgotten
    assert books() == {"cash": 92_345, "suspense": 12_345, "owed": 60_000}
    assert len({r.entry_id for r in Receipt.objects.all()}) == 4
    with pytest.raises(commands.FileAlreadyDecided):
        commands.accept_receipts(act("bookkeeper"), import_id=staged.pk)
    again = commands.import_receipts(
        act("bookkeeper"), filename="다시.csv", content=BANK.encode("utf-8"), match_sure=True
    )
    assert (again.new_count, again.same_count) == (0, 4)
    assert books()["cash"] == 92_345
    names = Deed.objects.filter(name="memberships.ReceiptsImported").count()
    assert names == 2


def test_chosen_rows_and_putting_away(owing, act):
    staged = commands.upload_receipts(act("bookkeeper"), filename="a.csv", content=BANK.encode())
    done = commands.accept_receipts(act("bookkeeper"), import_id=staged.pk, rows=(4, 7))
    assert [r.payer_text for r in Receipt.objects.order_by("pk")] == ["햇살돌봄", "모르는분"]
    assert done.new_count == 2
    other = commands.upload_receipts(act("bookkeeper"), filename="b.csv", content=BANK.encode())
    assert (other.new_count, other.same_count) == (2, 2)
    put_away = commands.discard_receipts(act("bookkeeper"), import_id=other.pk)
    assert (put_away.state, put_away.grid) == ("discarded", [])


def test_proposals_are_accepted_all_at_once_and_remembered(owing, act):
    entered(act, 60_000, "(주)새벽빵집")
    entered(act, 20_000, "김하늘")
    stranger = entered(act, 60_000, "이대표")
    waiting = queries.unmatched_receipts(act("bookkeeper"))
    sure = [(r.id, r.proposal.membership_id) for r in waiting if r.is_sure]
    assert {pk for _, pk in sure} == {owing[1].pk, owing[2].pk}
    assert commands.match_receipts(act("bookkeeper"), pairs=tuple(sure)) == 2
    with pytest.raises(commands.NothingToMatch):
        commands.match_receipts(act("bookkeeper"), pairs=tuple(sure))
    commands.match_receipt(act("bookkeeper"), receipt_id=stranger.pk, membership_id=owing[0].pk)
    commands.bill_dues(act("bookkeeper"), month=Month(2026, 12))
    entered(act, 30_000, "이대표")
    [one] = queries.unmatched_receipts(act("bookkeeper"))
    assert (one.proposal.membership_id, one.proposal.sureness, one.proposal.reasons[0]) == (
        owing[0].pk,
        Sureness.SURE,
        "memory",
    )


def test_shares_may_come_by_a_receipt(network, owing, act):
    receipt = entered(act, 500_000, "햇살돌봄")
    network.shares(owing[0], 30, receipt_id=receipt.pk)
    assert ledger.balance("3010", "general") == 300_000 and books()["suspense"] == 200_000
    with pytest.raises(commands.ReceiptAlreadyMatched):
        network.shares(owing[0], 30, receipt_id=receipt.pk)
    assert queries.shares_total() == 300_000
    assert queries.receipt_card(act("bookkeeper"), receipt.pk).shares == (
        ("햇살돌봄 협동조합", 300_000),
    )


def test_sums_that_are_not_the_sum_of_their_parts_are_named(network, owing, act):
    entered(act, 45_000, "햇살돌봄", membership_id=owing[0].pk)
    network.shares(owing[0], 1)
    commands.leave_membership(
        act("secretariat"), membership_id=owing[2].pk, left_date=date(2026, 11, 20)
    )
    assert queries.check_memberships() == []
    Charge.objects.filter(membership=owing[0], paid_won=15_000).update(paid_won=14_999)
    found = {finding.check for finding in queries.check_memberships()}
    assert found == {"charges_are_paid_as_kept", "runs_sum_up"}

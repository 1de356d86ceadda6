"""Bank files taken in: told columns, months, pieces; and ways out for the money."""

from datetime import date

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import (
    Allocation,
    BankLine,
    Charge,
    Credit,
    PayerAlias,
    Receipt,
    ReceiptImport,
)
from dure.domains.memberships.queries import matching
from dure.domains.memberships.rules.matching import Money, Sureness
from dure.domains.parties import commands as parties
from dure.kernel.dates import Month
from dure.kernel.refusals import Denied
from tests.memberships.bank_samples import SAMPLES, as_web_page

RENAMED = "우리 통장\n언제,누가,나감,들어옴,남음\n" + "".join(
    f"2026-11-0{day},회원{day},0,1000,{day}000\n" for day in range(1, 6)
)
COLUMNS = (("date", 0), ("payer", 1), ("paid_out", 2), ("amount", 3), ("balance", 4))


@pytest.fixture
def owing(network, act):
    """An organisation and a person, each with October and November open."""
    network.plan("organisation", 30_000)
    network.plan("person", 10_000)
    members = [network.organisation("햇살돌봄 협동조합"), network.person("김하늘")]
    for month in (10, 11):
        commands.bill_dues(act("bookkeeper"), month=Month(2026, month))
    return members


def entered(act, won, payer, memo="", **given):
    return commands.enter_receipt(
        act("bookkeeper"),
        receipt_date=date(2026, 11, 19),
        amount_won=won,
        payer=payer,
        memo=memo,
        **given,
    )


def books():
    codes = {"cash": "1010", "suspense": "2010", "owed": "1110", "ahead": "2020"}
    return {name: ledger.balance(code, "general") for name, code in codes.items()}


def test_unknown_columns_are_told_once_and_known_the_next_time(owing, act):
    staged = commands.upload_receipts(
        act("bookkeeper"), filename="통장.csv", content=RENAMED.encode()
    )
    assert staged.state == "unmapped" and not BankLine.objects.exists()
    with pytest.raises(commands.ColumnsUnknown):
        commands.accept_receipts(act("bookkeeper"), import_id=staged.pk)
    shown = queries.unmapped(
        act("bookkeeper"), queries.staged_file(act("bookkeeper"), staged.pk, whole=True)
    )
    assert dict(shown.guess.columns) == dict(COLUMNS)
    with pytest.raises(Denied):
        commands.map_receipts(act("member", of=1), import_id=staged.pk, columns=COLUMNS)
    with pytest.raises(commands.ColumnsWrong):
        commands.map_receipts(act("bookkeeper"), import_id=staged.pk, columns=COLUMNS[:2])
    with pytest.raises(commands.ColumnsWrong):
        wrong = (("date", 0), ("payer", 1), ("amount", 2))
        commands.map_receipts(act("bookkeeper"), import_id=staged.pk, columns=wrong, head_row=2)
    told = commands.map_receipts(
        act("bookkeeper"), import_id=staged.pk, columns=COLUMNS, head_row=2
    )
    assert (told.state, told.new_count, told.grid) == ("staged", 5, [])
    commands.accept_receipts(act("bookkeeper"), import_id=staged.pk)
    more = RENAMED + "2026-11-06,회원6,0,1000,6000\n"
    again = commands.upload_receipts(act("bookkeeper"), filename="b.csv", content=more.encode())
    assert (again.state, again.new_count, again.same_count) == ("staged", 1, 5)
    with pytest.raises(commands.FileAlreadyDecided):
        commands.map_receipts(act("bookkeeper"), import_id=again.pk, columns=COLUMNS)


def test_a_long_file_is_entered_in_pieces_and_ends_as_if_it_had_never_stopped(owing, act):
    staged = commands.upload_receipts(act("bookkeeper"), filename="a.csv", content=RENAMED.encode())
    commands.map_receipts(act("bookkeeper"), import_id=staged.pk, columns=COLUMNS, head_row=2)
    heard = []
    piece = commands.accept_receipts(
        act("bookkeeper"), import_id=staged.pk, most=2, progress=lambda *told: heard.append(told)
    )
    assert (piece.state, piece.entered_count, heard[-1][:2]) == ("staged", 2, (2, 2))
    with pytest.raises(RuntimeError):  # killed on the way: nothing of this piece remains
        commands.accept_receipts(
            act("bookkeeper"), import_id=staged.pk, progress=lambda *told: _die()
        )
    assert Receipt.objects.count() == 2 and BankLine.objects.count() == 3
    same = commands.upload_receipts(act("bookkeeper"), filename="a.csv", content=RENAMED.encode())
    assert same.pk == staged.pk and same.new_count == 3
    done = commands.accept_receipts(act("bookkeeper"), import_id=staged.pk)
    assert (done.state, Receipt.objects.count(), BankLine.objects.count()) == ("accepted", 5, 0)
    assert books()["cash"] == books()["suspense"] == 5_000
    assert not queries.check_memberships()


def _die():
    raise RuntimeError("killed")


def test_a_long_file_is_matched_by_one_book_of_all_members(owing, act, monkeypatch):
    read, whole_book = [], matching.whole_book

    def noted(on):
        read.append(on)
        return whole_book(on)

    monkeypatch.setattr(matching, "whole_book", noted)
    monkeypatch.setattr(matching, "WHOLE_FROM", 2)
    monkeypatch.setattr(matching, "FEW_MEMBERS", 0)
    monkeypatch.setattr("dure.domains.memberships.commands.bank.CHUNK", 1)
    lines = "".join(f"2026.11.1{n} 10:00:00,김하늘,0,10000\n" for n in range(4))
    done = commands.import_receipts(
        act("bookkeeper"),
        filename="a.csv",
        content=f"거래일시,기재내용,출금액,입금액\n{lines}".encode(),
        match_sure=True,
    )
    assert (done.entered_count, done.matched_count, len(read)) == (4, 2, 1)


def test_of_few_members_all_are_read_of_many_the_like_and_the_outcome_is_one(owing, monkeypatch):
    said = [
        ("햇살돌봄", 60_000),
        ("햇살돌봄(사협)", 30_000),
        ("김하늘", 20_000),
        ("김하늘", 7),
        ("박", 10_000),
    ]
    came = [Money(payer, won) for payer, won in said]
    whole = matching.proposals_for(came, date(2026, 11, 20))
    monkeypatch.setattr(matching, "FEW_MEMBERS", 0)
    assert matching.proposals_for(came, date(2026, 11, 20)) == whole
    assert len({proposal.sureness for proposal in whole if proposal}) > 1


def test_a_file_of_another_month_is_refused(owing, act):
    content = SAMPLES["국민"].encode("cp949")
    with pytest.raises(commands.WrongMonth):
        commands.upload_receipts(
            act("bookkeeper"), filename="a.csv", content=content, month=Month(2026, 10)
        )
    commands.upload_receipts(
        act("bookkeeper"), filename="a.csv", content=content, month=Month(2026, 11)
    )


def test_one_month_from_two_exports_is_entered_once(owing, act):
    """CSV today, the same as a web page called Excel tomorrow."""
    first = commands.import_receipts(
        act("bookkeeper"), filename="a.csv", content=SAMPLES["우리"].encode(), match_sure=True
    )
    again = commands.import_receipts(
        act("bookkeeper"), filename="b.xls", content=as_web_page(SAMPLES["우리"])
    )
    assert (first.new_count, first.matched_count) == (2, 2)
    assert (again.new_count, again.same_count) == (0, 2) and books()["cash"] == 40_000


def test_what_was_entered_and_then_taken_back_is_set_aside(owing, act):
    head = "거래일시,기재내용,출금액,입금액,잔액\n"
    row = "2026-11-03 09:00:00,김하늘,0,10000,10000\n"
    commands.import_receipts(act("bookkeeper"), filename="a.csv", content=(head + row).encode())
    back = head + row + "2026-11-03 09:05:00,김하늘,0,-10000,0\n"
    staged = commands.upload_receipts(act("bookkeeper"), filename="b.csv", content=back.encode())
    assert staged.new_count == 0 and [a["row"] for a in staged.asides] == [3]


def test_what_is_paid_ahead_waits_and_pays_the_next_bill(owing, act):
    receipt = entered(act, 100_000, "햇살돌봄")
    with pytest.raises(Denied):
        commands.keep_credit(act("member", of=1), receipt_id=receipt.pk, membership_id=owing[0].pk)
    with pytest.raises(commands.CreditTooLarge):
        commands.keep_credit(
            act("bookkeeper"), receipt_id=receipt.pk, membership_id=owing[0].pk, amount_won=100_001
        )
    commands.match_receipt(
        act("bookkeeper"), receipt_id=receipt.pk, membership_id=owing[0].pk, keep_rest=True
    )
    assert books() == {"cash": 100_000, "suspense": 0, "owed": 20_000, "ahead": 40_000}
    commands.bill_dues(act("bookkeeper"), month=Month(2026, 12))
    assert queries.usable_credits() == (1, 40_000)
    once = act("bookkeeper")
    assert commands.use_credits(once) == commands.use_credits(once) == 30_000  # the same key
    assert books()["ahead"] == 10_000 and Credit.objects.get().open_won == 10_000
    assert not queries.check_memberships() and not ledger.check_books()
    commands.unmatch_receipt(act("bookkeeper"), receipt_id=receipt.pk, reason="잘못")
    assert books() == {"cash": 100_000, "suspense": 100_000, "owed": 120_000, "ahead": 0}
    assert not queries.check_memberships()
    assert not Allocation.objects.filter(undone_date=None).exists()


def test_a_stranger_s_money_has_ways_out(owing, act):
    receipt = entered(act, 50_000, "모르는 회사")
    donor = parties.add_organisation(act("secretariat"), name="모르는 회사")
    with pytest.raises(commands.PurposeUnknown):
        commands.book_receipt_as(act("bookkeeper"), receipt_id=receipt.pk, purpose="x")
    with pytest.raises(commands.UsesTooMuch):
        commands.book_receipt_as(
            act("bookkeeper"), receipt_id=receipt.pk, purpose="donation", amount_won=60_000
        )
    with pytest.raises(Denied):
        commands.book_receipt_as(act("member", of=1), receipt_id=receipt.pk, purpose="donation")
    commands.book_receipt_as(
        act("bookkeeper"), receipt_id=receipt.pk, purpose="donation", amount_won=20_000,
        donor_id=donor.pk, note="창립 축하",
    )  # fmt: skip
    commands.book_receipt_as(act("bookkeeper"), receipt_id=receipt.pk, purpose="other_income")
    assert books()["suspense"] == 0
    assert (ledger.balance("4120", "general"), ledger.balance("4910", "general")) == (
        20_000,
        30_000,
    )
    card = queries.receipt_card(act("bookkeeper"), receipt.pk)
    assert [use.donor for use in card.uses] == ["모르는 회사", ""]
    commands.unmatch_receipt(act("bookkeeper"), receipt_id=receipt.pk, reason="다시")
    assert books()["suspense"] == 50_000 and ledger.balance("4120", "general") == 0


def test_names_are_learned_told_and_forgotten(owing, act):
    receipt = entered(act, 30_000, "이대표")
    commands.match_receipt(act("bookkeeper"), receipt_id=receipt.pk, membership_id=owing[0].pk)
    learned = PayerAlias.objects.get()
    assert (learned.membership_id, learned.is_learned) == (owing[0].pk, True)
    more = entered(act, 30_000, "이대표 11월")
    [one] = queries.unmatched_receipts(act("bookkeeper"))
    assert (one.proposal.sureness, one.proposal.reasons) == (Sureness.SURE, ("memory", "month"))
    assert "11" not in one.because and one.because
    commands.forget_payer(act("bookkeeper"), alias_id=learned.pk)
    assert queries.unmatched_receipts(act("bookkeeper"))[0].proposal.sureness == Sureness.WEAK
    with pytest.raises(Denied):
        commands.note_payer(act("member", of=1), membership_id=owing[0].pk, text="이대표")
    with pytest.raises(commands.PayerUnreadable):
        commands.note_payer(act("bookkeeper"), membership_id=owing[0].pk, text="가", kind="account")
    commands.note_payer(
        act("bookkeeper"), membership_id=owing[0].pk, text="790-1234-5678", kind="account"
    )
    with pytest.raises(commands.AccountTaken):
        commands.note_payer(
            act("bookkeeper"), membership_id=owing[1].pk, text="79012345678", kind="account"
        )
    Receipt.objects.filter(pk=more.pk).update(virtual_account="79012345678", payer_text="누구")
    [one] = queries.unmatched_receipts(act("bookkeeper"))
    assert (one.proposal.membership_id, one.proposal.reasons[0]) == (owing[0].pk, "account")


def test_all_sure_ones_at_once_and_the_others_wait(owing, act):
    for won, payer in (
        (30_000, "햇살돌봄"),
        (30_000, "(주)햇살돌봄"),
        (30_000, "햇살돌봄"),
        (7, "누구"),
    ):
        entered(act, won, payer)
    with pytest.raises(Denied):
        commands.match_sure_receipts(act("member", of=1))
    first = commands.match_sure_receipts(act("bookkeeper"), most=1)
    assert (first.count, first.left) == (1, 3)
    rest = commands.match_sure_receipts(act("bookkeeper"), after_id=first.after_id)
    assert (rest.count, rest.won, rest.left) == (1, 30_000, 0)
    assert not Charge.objects.filter(membership=owing[0], amount_won__gt=1, paid_won=0).exists()
    assert queries.unmatched_count() == (2, 30_007)  # what came twice is nobody's surely


def test_without_a_person_only_where_the_rules_allow(owing, act):
    entered(act, 30_000, "햇살돌봄")
    with pytest.raises(commands.SureOnesNeedAPerson):
        commands.match_sure_receipts(act("system", via="clock"))
    bylaws.adopt_provision(
        act("secretariat"), key="dues.match_sure_ones", value="yes", document="운영규정",
        article="제3조", from_date=date(2026, 1, 1), origin="regulation", decided_by="운영위원회",
    )  # fmt: skip
    assert commands.match_sure_receipts(act("system", via="clock")).count == 1


def test_files_put_away_hold_no_names(owing, act):
    staged = commands.upload_receipts(act("bookkeeper"), filename="a.csv", content=RENAMED.encode())
    commands.discard_receipts(act("bookkeeper"), import_id=staged.pk)
    kept = ReceiptImport.objects.get()
    assert (kept.state, kept.grid, BankLine.objects.count()) == ("discarded", [], 0)

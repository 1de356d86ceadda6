"""A round with the pool of the cooperative fund; undoing a round; seizure and insolvency."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pypdf
import pytest

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import credit, debit
from dure.domains.trade import commands, documents, queries
from dure.domains.trade.models import ClearingRound, Deal, LiquidityPool, PoolPart
from dure.domains.trade.queries.pools import pool_room
from dure.domains.trade.rules import clearing
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied

from .conftest import TODAY

DUE = TODAY - timedelta(days=1)


@pytest.fixture
def chain(house):
    """가 owes 나 100, 나 owes 다 100, 다 owes 라 70; 가 and 라 owe each other 5."""
    parties = {name: house.organisation(name) for name in ("가람", "나루", "다솜", "라온")}
    a, b, c, d = parties.values()
    for seller, buyer, won in ((b, a, 100_000), (c, b, 100_000), (d, c, 70_000), (a, d, 5_000),
                               (d, a, 5_000)):  # fmt: skip
        house.trade(seller, buyer, won, what=f"{won}원어치", due_date=DUE, dealt_date=DUE)
    return parties


@pytest.fixture
def money(house, act):
    """A million won in the cooperative fund, and a pool out of it."""
    ledger.post_entry(
        act("bookkeeper"), date=TODAY, text="적립금",
        sides=(debit("1010", "cooperative", 1_000_000),
               credit("4020", "cooperative", 1_000_000, party_id=house.organisation("큰나무"))),
    )  # fmt: skip


def opened(act, **given):
    told = {
        "won": 200_000, "member_won": 80_000, "repay_days": 30,
        "until_date": TODAY + timedelta(days=200), "decided_by": "2026년 제4차 이사회 제2호",
    }  # fmt: skip
    return commands.open_pool(act("secretariat"), **{**told, **given})


def agree(house, round_id, *who, **given):
    for one in who:
        commands.agree_to_clearing(house.of(one), round_id=round_id, party_id=one, **given)


def balance(role, party):
    return books.party_balance(books.account_for(role), party, "cooperative")


def text_of(paper, act):
    made = documents.set_off_pdf(paper, "두레망", act("system").at)
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


def test_a_pool_is_opened_by_resolution_within_the_rules(house, act, money):
    with pytest.raises(commands.NoPool):
        commands.open_clearing(act("secretariat"), with_pool=True)
    for wrong, refusal in (
        ({"decided_by": " "}, commands.PoolImpossible),
        ({"member_won": 200_001}, commands.PoolImpossible),
        ({"until_date": TODAY}, commands.PoolImpossible),
        ({"won": 300_001}, RuleNotMet),  # more than 30 % of the fund
        ({"repay_days": 61}, RuleNotMet),
    ):
        with pytest.raises(refusal):
            opened(act, **wrong)
    with pytest.raises(Denied):
        commands.open_pool(
            act("bookkeeper"), won=1, member_won=1, repay_days=1, until_date=TODAY, decided_by="x"
        )
    opened(act)
    card = queries.liquidity_pool(act("secretariat"))
    assert card is not None and (card.won, card.member_won) == (200_000, 80_000)


def test_a_round_with_the_pool_from_the_dry_run_to_the_last_repayment(house, act, money, chain):
    a, b, c, d = chain.values()
    opened(act)
    held = commands.open_clearing(act("secretariat"), with_pool=True)
    held.refresh_from_db()
    # 5 run in a ring of four; 80 more run down the chain: 65 end at 라, 15 at 다
    assert (held.alone_won, held.most_won, held.most_lent_won) == (20_000, 245_000, 80_000)
    assert held.most_won - held.most_lent_won <= held.ceiling_won
    seen = queries.clearing(house.of(b), held.pk)
    assert [(one.name, one.won) for one in seen.pool_debtors] == [("가람", 80_000)]  # told before
    assert seen.parties == () and seen.pool is not None

    # to agree is to set off only; to owe the pool is agreed to by itself, and within the limit
    agree(house, held.pk, a, b, c, d)
    assert queries.clearing(house.of(a), held.pk).row.agreed_won == 20_000
    with pytest.raises(commands.ClearingLoanTooLarge):
        agree(house, held.pk, a, borrows_won=80_001)
    agree(house, held.pk, a, borrows_won=60_000)
    row = queries.clearing(act("secretariat"), held.pk).row
    assert (row.agreed_won, row.agreed_lent_won) == (200_000, 60_000)
    key = uuid4()
    commands.settle_clearing(act("secretariat", key=key), round_id=held.pk)
    commands.settle_clearing(act("secretariat", key=key), round_id=held.pk)

    # posted in the fund: what it lent, what it is to pay; no money yet, and nothing of what members owed
    assert balance("other_receivable", a) == 60_000
    assert [balance("payable", one) for one in (b, c, d)] == [0, 0, 60_000]
    assert books.fund_money("cooperative") == 1_000_000
    files = queries.clearing_files(act("secretariat"), held.pk)
    proof = clearing.read_certificate(files.certificate.encode())
    clearing.verify(proof, files.set_off.encode())
    assert proof.pool is not None and proof.totals["lent"] == 60_000

    paper = queries.set_off_of(house.of(a), held.pk, a)
    assert (paper.won, paper.claims_won, paper.lent_won) == (65_000, 5_000, 60_000)
    assert "60,000" in text_of(paper, act) and "2026-12-20" in text_of(paper, act)
    paper = queries.set_off_of(house.of(d), held.pk, d)
    assert (paper.won, paper.claims_won, paper.paid_won) == (5_000, 65_000, 60_000)

    # what is lent is not lent again, to the member and in all
    room = pool_room(LiquidityPool.objects.get(), [a, b])
    assert (room.won, room.of(a), room.of(b)) == (140_000, 20_000, 80_000)

    lent, paid = (PoolPart.objects.get(how=how) for how in ("lent", "paid"))
    with pytest.raises(Denied):
        commands.settle_pool_part(house.of(a), part_id=lent.pk, won=1)
    with pytest.raises(commands.PoolMoveTooLarge):
        commands.settle_pool_part(act("bookkeeper"), part_id=lent.pk, won=60_001)
    commands.settle_pool_part(act("bookkeeper"), part_id=paid.pk, won=60_000)
    assert books.fund_money("cooperative") == 940_000 and balance("payable", d) == 0
    with pytest.raises(commands.ClearingStoodUpon):
        commands.undo_clearing(act("secretariat"), round_id=held.pk, reason="잘못 넣었습니다")
    move = commands.settle_pool_part(act("bookkeeper"), part_id=lent.pk, won=20_000)
    commands.undo_pool_move(act("bookkeeper"), move_id=move.pk, reason="다른 돈이었습니다")
    with pytest.raises(commands.PoolMoveUndoneBefore):
        commands.undo_pool_move(act("bookkeeper"), move_id=move.pk, reason="또")
    assert balance("other_receivable", a) == 60_000
    commands.settle_pool_part(act("bookkeeper"), part_id=lent.pk, won=60_000)
    assert balance("other_receivable", a) == 0
    assert books.fund_money("cooperative") == 1_000_000
    shown = queries.pool_part(act("bookkeeper"), lent.pk)
    assert [one.is_undone for one in shown.moves] == [True, False] and shown.open_won == 0


def test_a_settled_round_is_undone_as_long_as_nothing_stands_on_it(house, act, money, chain):
    a, b, c, d = chain.values()
    opened(act)
    held = commands.open_clearing(act("secretariat"), with_pool=True)
    agree(house, held.pk, b, c, d)
    agree(house, held.pk, a, borrows_won=80_000)
    with pytest.raises(commands.ClearingNotSettled):
        commands.undo_clearing(act("secretariat"), round_id=held.pk, reason="x")
    commands.settle_clearing(act("secretariat"), round_id=held.pk)
    before = {one.pk: one.settled_won for one in Deal.objects.all()}
    assert sum(before.values()) == 245_000

    with pytest.raises(commands.ClearingUndoneTooLate):
        commands.undo_clearing(act("secretariat", days=15), round_id=held.pk, reason="x")
    rest = Deal.objects.get(won=100_000, buyer=a)
    payment = commands.receive_deal_payment(house.of(b), deal_id=rest.pk, won=1_000)
    with pytest.raises(commands.ClearingStoodUpon) as refused:
        commands.undo_clearing(act("secretariat"), round_id=held.pk, reason="x")
    assert str(rest.pk) in str(refused.value)
    commands.undo_deal_payment(house.of(b), settlement_id=payment.pk, reason="잘못 적음")
    with pytest.raises(Denied):
        commands.undo_clearing(house.of(a), round_id=held.pk, reason="x")

    key = uuid4()
    for _twice in range(2):
        commands.undo_clearing(
            act("secretariat", key=key), round_id=held.pk, reason="기준일을 잘못 잡음"
        )
    assert not Deal.objects.exclude(settled_won=0).exists()
    assert balance("other_receivable", a) == balance("payable", d) == 0
    assert PoolPart.objects.filter(is_void=False).count() == 0
    paper = queries.set_off_of(house.of(a), held.pk, a)
    assert paper.undone_date == TODAY
    told = text_of(paper, act)
    assert "기준일을 잘못 잡음" in told and f"{paper.won:,}" in told
    with pytest.raises(commands.ClearingNotSettled):
        commands.undo_clearing(act("secretariat"), round_id=held.pk, reason="또")
    # what was undone is cleared anew
    again = commands.open_clearing(act("secretariat"))
    assert again.most_won == 20_000


def test_a_seizure_leaves_a_member_out_and_flags_what_was_settled(house, act, chain):
    a, b, c, d = chain.values()
    house.trade(a, c, 50_000, due_date=DUE, dealt_date=DUE)  # now a ring a→b→c→a of 50
    office = lambda: act("secretariat")  # noqa: E731
    first = commands.open_clearing(office())
    agree(house, first.pk, a, b, c, d)
    assert queries.clearing(office(), first.pk).row.agreed_won == 170_000
    with pytest.raises(Denied):
        commands.bar_from_clearing(
            house.of(a), party_id=b, ground="seizure", from_date=TODAY, paper="x"
        )
    with pytest.raises(commands.BarPaperUnnamed):
        commands.bar_from_clearing(
            office(), party_id=b, ground="seizure", from_date=TODAY, paper=" "
        )
    with pytest.raises(commands.BarImpossible):
        commands.bar_from_clearing(
            office(), party_id=b, ground="seizure", from_date=TODAY + timedelta(days=1), paper="x"
        )
    order = "춘천지방법원 2026타채1234 채권압류 및 추심명령"
    bar = commands.bar_from_clearing(
        office(), party_id=b, ground="seizure", from_date=TODAY, paper=order
    )
    with pytest.raises(commands.ClearingBarredBefore):
        commands.bar_from_clearing(
            office(), party_id=b, ground="seizure", from_date=TODAY, paper=order
        )
    # agreed, not settled: reckoned without it, and it does not come back
    card = queries.clearing(office(), first.pk)
    assert card.row.agreed_won == 10_000
    assert [one.reason for one in card.parties if one.state == "excluded"] == [order]
    with pytest.raises(commands.ClearingPartyOut):
        agree(house, first.pk, b)
    commands.settle_clearing(office(), round_id=first.pk)

    # a new round does not even ask it; when the seizure is lifted, the next one does
    with pytest.raises(commands.NothingToClear):
        commands.open_clearing(office())
    commands.lift_clearing_bar(office(), bar_id=bar.pk, lifted_date=TODAY, paper="압류 취하")
    with pytest.raises(commands.ClearingBarredBefore):
        commands.lift_clearing_bar(office(), bar_id=bar.pk, lifted_date=TODAY, paper="또")
    second = commands.open_clearing(office())
    agree(house, second.pk, a, b, c)
    commands.settle_clearing(office(), round_id=second.pk)
    assert queries.clearing(office(), second.pk).row.agreed_won == 150_000

    # an insolvency within sixty days after: the settled rounds are flagged, for the office only
    later = TODAY + timedelta(days=30)
    commands.bar_from_clearing(
        act("secretariat", days=30), party_id=c, ground="insolvency", from_date=later,
        paper="2026회단5 회생절차 개시 신청",
    )  # fmt: skip
    assert [one.name for one in queries.clearing(office(), second.pk).flags] == ["다솜"]
    assert queries.clearing(office(), first.pk).flags == ()  # nothing of it was set off there
    assert queries.clearing(house.of(a), second.pk).flags == ()
    assert "2" in Deed.objects.filter(name="trade.ClearingBarred").last().data
    assert ClearingRound.objects.filter(state="settled").count() == 2

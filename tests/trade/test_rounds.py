"""A round of clearing: dry run, consent, withdrawal, exclusion, settlement, statements."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from uuid import uuid4

import pypdf
import pytest

from dure.domains.parties import commands as parties
from dure.domains.trade import commands, documents, queries
from dure.domains.trade.models import ClearingRound, Deal
from dure.domains.trade.rules import clearing
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied, NotFound

from .conftest import TODAY

DUE = TODAY - timedelta(days=1)


@pytest.fixture
def ring(house):
    """A owes B 100, B owes C 80, C owes A 60 and B 5; D and A owe each other 10; E is only owed."""
    parties = {name: house.organisation(name) for name in ("가람", "나루", "다솜", "라온", "마루")}
    a, b, c, d, e = parties.values()
    for seller, buyer, won in (
        (b, a, 100_000), (c, b, 80_000), (a, c, 60_000), (b, c, 5_000), (d, a, 10_000),
        (a, d, 10_000), (e, a, 7_000),
    ):  # fmt: skip
        house.trade(seller, buyer, won, what=f"{won}원어치", due_date=DUE, dealt_date=DUE)
    house.trade(b, d, 9_000, due_date=TODAY + timedelta(days=30))  # not due
    house.sell(c, d, 9_000, due_date=DUE, dealt_date=DUE)  # confirmed by nobody
    return parties


def sums(act, round_id):
    card = queries.clearing(act("secretariat"), round_id)
    return card.row.most_won, card.row.agreed_won


def test_from_the_dry_run_to_the_statements(house, act, ring):
    a, b, c, d, e = ring.values()
    office = lambda: act("secretariat")  # noqa: E731
    with pytest.raises(Denied):
        commands.open_clearing(house.of(a))
    with pytest.raises(commands.CutOffAhead):
        commands.open_clearing(office(), cut_off_date=TODAY + timedelta(days=1))
    key = uuid4()
    held = commands.open_clearing(act("secretariat", key=key), cut_off_date=TODAY)
    assert commands.open_clearing(act("secretariat", key=key), cut_off_date=TODAY).pk == held.pk
    with pytest.raises(commands.ClearingRoundOpen):
        commands.open_clearing(office())

    # the dry run: A→B→C→A 60, B→C→B 5, A→D→A 10; nothing has changed
    held.refresh_from_db()
    assert (held.owed_won, held.most_won, held.agreed_won) == (272_000, 210_000, 0)
    assert held.most_won <= held.ceiling_won
    own = queries.clearing(house.of(c), held.pk)
    assert [(one.owes_won, one.owed_won, one.most_won) for one in own.mine] == [
        (65_000, 80_000, 65_000)
    ]
    assert own.parties == ()
    assert Deal.objects.exclude(settled_won=0).count() == 0

    # each answers for itself, the office by a paper
    with pytest.raises(Denied):
        commands.agree_to_clearing(house.of(a), round_id=held.pk, party_id=b)
    with pytest.raises(commands.ClearingPaperUnnamed):
        commands.agree_to_clearing(office(), round_id=held.pk, party_id=b)
    with pytest.raises(commands.NothingToClear):
        commands.settle_clearing(office(), round_id=held.pk)
    commands.agree_to_clearing(office(), round_id=held.pk, party_id=b, on_paper="동의서")
    for one in (a, c, d):
        commands.agree_to_clearing(house.of(one), round_id=held.pk, party_id=one)
    assert sums(act, held.pk) == (210_000, 210_000)

    # D withdraws: reckoned without it; a paid and a disputed deal count no more when it is settled
    commands.withdraw_from_clearing(house.of(d), round_id=held.pk, party_id=d)
    assert sums(act, held.pk) == (190_000, 190_000)
    with pytest.raises(Denied):
        commands.exclude_from_clearing(
            house.of(a), round_id=held.pk, party_id=e, ground="other", reason="x"
        )
    commands.exclude_from_clearing(
        office(), round_id=held.pk, party_id=e, ground="insolvency", reason="회생절차 개시"
    )
    with pytest.raises(commands.ClearingPartyOut):
        commands.agree_to_clearing(house.of(e), round_id=held.pk, party_id=e)
    small = Deal.objects.get(won=5_000)
    commands.receive_deal_payment(house.of(b), deal_id=small.pk, won=1_000)

    with pytest.raises(Denied):
        commands.settle_clearing(house.of(a), round_id=held.pk)
    commands.settle_clearing(office(), round_id=held.pk)
    settled = {one.won: one.settled_won for one in Deal.objects.filter(settled_won__gt=0)}
    assert settled == {100_000: 60_000, 80_000: 64_000, 60_000: 60_000, 5_000: 5_000}
    with pytest.raises(commands.ClearingClosed):
        commands.agree_to_clearing(house.of(d), round_id=held.pk, party_id=d)
    with pytest.raises(commands.ClearingClosed):
        commands.settle_clearing(office(), round_id=held.pk)
    told = json.loads(Deed.objects.get(name="trade.ClearingSettled").data)
    assert (told["won"], told["deals"], told["parties"]) == (188_000, 4, 3)

    # the proof that was kept, checked without the solver; never changed
    found = queries.clearing_files(office(), held.pk)
    certificate = clearing.read_certificate(found.certificate.encode())
    clearing.verify(certificate, found.set_off.encode())
    assert certificate.sha256 == told["certificate_sha256"]
    with pytest.raises(Denied):
        queries.clearing_files(house.of(a), held.pk)

    # statements: what a member gives up is what it is relieved of
    for one, won in ((a, 60_000), (b, 64_000), (c, 64_000)):
        paper = queries.set_off_of(house.of(one), held.pk, one)
        assert paper.won == won == sum(line.set_off_won for line in paper.claims)
        made = documents.set_off_pdf(paper, "두레망", act("system").at)
        text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
        assert f"{won:,}" in text and paper.name in text
    with pytest.raises(Denied):
        queries.set_off_of(house.of(a), held.pk, b)
    with pytest.raises(commands.NothingToClear):
        commands.settle_clearing(office(), round_id=_again(house, act, a, d))


def _again(house, act, a, d) -> int:
    """A second round, over what is left, to which nobody answers; it is given up after."""
    held = commands.open_clearing(act("secretariat"))
    assert held.most_won == 20_000
    return held.pk


def test_a_round_that_is_given_up_and_rounds_without_a_ring(house, act, ring):
    a, b, *_rest = ring.values()
    held = commands.open_clearing(act("secretariat"), cut_off_date=DUE)
    with pytest.raises(NotFound):
        stranger = house.organisation("모르")
        commands.agree_to_clearing(house.of(stranger), round_id=held.pk, party_id=stranger)
    with pytest.raises(Denied):
        commands.give_up_clearing(house.of(a), round_id=held.pk, reason="x")
    commands.give_up_clearing(act("secretariat"), round_id=held.pk, reason="회계를 먼저 맞춥니다")
    assert ClearingRound.objects.get().state == "given_up"
    assert Deal.objects.exclude(settled_won=0).count() == 0
    with pytest.raises(commands.NothingToClear):
        commands.open_clearing(act("secretariat"), cut_off_date=date(2026, 1, 1))


def test_a_round_on_the_pages_over_http_and_at_the_terminal(furniture, cast, client_of, act):
    shop = Deal.objects.filter(buyer=cast.organisation).first().seller_id
    office, spokes = client_of("secretariat"), client_of("representative")
    for seller, buyer in ((shop, cast.organisation), (cast.organisation, shop)):
        made = commands.record_deal(
            act("system"), party_id=seller, other_id=buyer, sells=True, what="쌀 한 말", won=70_000,
            dealt_date=TODAY, due_date=TODAY,
        )  # fmt: skip
        commands.confirm_deal(act("system"), deal_id=made.pk, on_paper="거래명세서")
    for seller, buyer in (
        (cast.organisation, shop),
        (parties.add_organisation(act("system"), name="벌꿀집").pk, cast.organisation),
    ):
        made = commands.record_deal(
            act("system"), party_id=seller, other_id=buyer, sells=True, what="꿀", won=10_000,
            dealt_date=TODAY, due_date=TODAY,
        )  # fmt: skip
        commands.confirm_deal(act("system"), deal_id=made.pk, on_paper="거래명세서")
    opened = office.post("/trade/clearing/open/", {"cut_off_date": "2026-11-20", "with_pool": "on"})
    here = opened["Location"]
    # who would owe the fund is told to all before anyone agrees
    for page in (office.get(here), spokes.get(here)):
        told = page.content.decode()
        assert "상계한 뒤 기금에 빚질 곳" in told and "새참상회 10,000원" in told
    agreed = {"on_paper": "동의서", "borrows_won": "60,000,000"}
    assert office.post(f"{here}members/{shop}/agree/", agreed).status_code == 422
    agreed["borrows_won"] = ""
    assert office.post(f"{here}members/{shop}/agree/", agreed).status_code == 302
    assert spokes.post(f"{here}members/{cast.organisation}/agree/").status_code == 302
    round_id = int(here.split("/")[-2])
    card = queries.clearing(act("system"), round_id)
    assert (card.agreed, card.row.agreed_won) == (2, 140_000)
    assert "140,000" in office.get(f"{here}settle/").content.decode()
    assert office.post(f"{here}settle/").status_code == 302
    paper = spokes.get(f"{here}members/{cast.organisation}/statement/")
    assert paper["Content-Type"] == "application/pdf"
    saved = b"".join(office.get(f"{here}certificate/"))
    assert "취소 명세서" not in spokes.get(here).content.decode()
    assert office.post(f"{here}undo/", {"reason": "금액을 잘못 봤습니다"}).status_code == 302
    assert "취소 명세서" in spokes.get(here).content.decode()
    clearing.verify(clearing.read_certificate(saved), b"".join(office.get(f"{here}set-off/")))


@pytest.mark.parametrize(("agrees", "left"), [(True, 130_000), (False, 0)])
def test_a_duplicate_that_stood_in_the_round_agreed_only_if_both_did(
    house, act, ring, agrees, left
):
    """A and B become one: what they owed each other stays as it was, between two names of one."""
    a, b, c, *_others = ring.values()
    held = commands.open_clearing(act("secretariat"), cut_off_date=TODAY)
    for one in (a, c, *([b] if agrees else [])):
        commands.agree_to_clearing(house.of(one), round_id=held.pk, party_id=one)
    commands.move_deals(act("secretariat"), from_party_id=b, to_party_id=a)
    card = queries.clearing(act("secretariat"), held.pk)
    stands = {one.party_id: one.state for one in card.parties}
    assert b not in stands and stands[a] == ("agreed" if agrees else "asked")
    assert card.row.agreed_won == left  # C owes A 65, A (once B) owes C 80

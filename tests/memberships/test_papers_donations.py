"""Donation receipts: only by whoever is designated, for what was given, once."""

from datetime import date

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.memberships import commands, documents, queries
from dure.domains.memberships.models import IssuedPaper, ReceiptedDonation
from dure.domains.parties import commands as parties
from dure.kernel.dates import Month
from dure.kernel.refusals import Denied

SITE = "https://dure.example.kr"


@pytest.fixture
def designated(network, act):
    """The network may receipt donations, by a notice."""
    lay_down(act, "papers.donation_receipts", "예", "재정경제부고시", "제2026-1호")
    return network


def lay_down(act, key, value, document, article):
    bylaws.adopt_provision(
        act("secretariat"),
        key=key,
        value=value,
        document=document,
        article=article,
        from_date=date(2026, 1, 1),
        origin="regulation",
        decided_by="2026 이사회",
    )


@pytest.fixture
def donor(network):
    return network.person("정마루").party_id


def give(act, donor_id, won, day=date(2026, 5, 3), **terms):
    receipt = commands.enter_receipt(
        act("system"), receipt_date=day, amount_won=won, payer="고마운 사람"
    )
    return commands.book_receipt_as(
        act("system"), receipt_id=receipt.pk, purpose="donation", donor_id=donor_id, **terms
    )


def receipt_for(act, party_id, year=2026, **terms):
    return commands.issue_donation_receipt(
        act, party_id=party_id, year=year, site_url=SITE, **terms
    )


def test_nobody_receipts_donations_without_being_designated(network, act, donor):
    give(act, donor, 100_000)
    with pytest.raises(commands.DonationReceiptsNotAllowed) as refused:
        receipt_for(act("secretariat"), donor)
    assert "두레 표준 운영 기준" in str(refused.value)
    lay_down(act, "papers.donation_receipts", "예", "재정경제부고시", "제2026-1호")
    paper = receipt_for(act("secretariat"), donor)
    card = queries.paper_card(act("secretariat"), paper.pk)
    assert [finding.citation for finding in card.findings] == ["재정경제부고시 제2026-1호"]


def test_a_year_is_receipted_once(designated, act, donor):
    give(act, donor, 100_000, note="창립기념")
    give(act, donor, 50_000, day=date(2026, 7, 1))
    paper = receipt_for(act("secretariat"), donor)
    assert (str(paper), paper.amount_won) == ("2026-기부-0001", 150_000)
    told = queries.printed(act("secretariat"), paper.pk).content
    assert told["donations"] == (("2026-05-03", "창립기념", 100_000), ("2026-07-01", "", 50_000))
    with pytest.raises(commands.NothingDonated):
        receipt_for(act("secretariat"), donor)
    give(act, donor, 30_000, day=date(2026, 8, 1))
    assert receipt_for(act("secretariat"), donor).amount_won == 30_000
    with pytest.raises(commands.NothingDonated):
        receipt_for(act("secretariat"), donor, 2025)
    commands.revoke_paper(act("secretariat"), paper_id=paper.pk, reason="금액 오기")
    again = receipt_for(act("secretariat"), donor)
    assert (str(again), again.amount_won) == ("2026-기부-0003", 150_000)
    [row] = queries.donors(act("secretariat"), 2026)
    assert (row.count, row.given_won, row.receipted_won, row.open_won) == (3, 180_000, 180_000, 0)
    listed = queries.donation_receipts(act("secretariat"), 2026)
    assert [str(one) for one in listed] == [f"2026-기부-000{n}" for n in (1, 2, 3)]


def test_who_may_issue_it(designated, act, donor):
    give(act, donor, 100_000)
    for nobody in (act("visitor"), act(actor_id=donor), act("secretariat", actor_id=donor)):
        with pytest.raises(Denied):
            receipt_for(nobody, donor)
    with pytest.raises(Denied):
        commands.issue_donation_receipts(act(actor_id=donor), year=2026)
    key = act("bookkeeper")
    assert receipt_for(key, donor) == receipt_for(key, donor)
    assert IssuedPaper.objects.count() == 1


def test_what_is_no_donation_is_not_receipted(designated, act, donor):
    receipt = commands.enter_receipt(
        act("system"), receipt_date=date(2026, 5, 3), amount_won=90_000, payer="누군가"
    )
    commands.book_receipt_as(
        act("system"), receipt_id=receipt.pk, purpose="sponsorship", donor_id=donor
    )
    give(act, None, 10_000)  # from nobody we know
    with pytest.raises(commands.NothingDonated):
        receipt_for(act("secretariat"), donor)
    assert queries.donors(act("secretariat"), 2026) == []


def test_dues_count_only_where_the_rules_say_so(designated, act):
    member = designated.organisation("햇살돌봄")
    designated.plan("organisation", 30_000)
    commands.bill_dues(act("system"), month=Month(2026, 11))
    commands.enter_receipt(
        act("system"),
        receipt_date=date(2026, 11, 5),
        amount_won=30_000,
        payer="햇살돌봄",
        membership_id=member.pk,
    )
    with pytest.raises(commands.NothingDonated):
        receipt_for(act("secretariat"), member.party_id)
    lay_down(act, "papers.dues_are_donations", "예", "법인세법 시행규칙", "제18조의2")
    paper = receipt_for(act("secretariat"), member.party_id)
    assert paper.amount_won == 30_000
    assert ReceiptedDonation.objects.get().allocation_id is not None
    assert len(paper.findings) == 2


def test_money_under_a_valid_receipt_stays_where_it_is(designated, act, donor):
    use = give(act, donor, 100_000)
    paper = receipt_for(act("secretariat"), donor)
    with pytest.raises(commands.DonationIsReceipted):
        commands.unmatch_receipt(act("bookkeeper"), receipt_id=use.receipt_id, reason="오류")
    commands.revoke_paper(act("secretariat"), paper_id=paper.pk, reason="오류")
    commands.unmatch_receipt(act("bookkeeper"), receipt_id=use.receipt_id, reason="오류")
    with pytest.raises(commands.NothingDonated):
        receipt_for(act("secretariat"), donor)


def test_many_at_once_and_none_to_oneself(designated, act):
    givers = [designated.person(f"기부자{n}").party_id for n in range(5)]
    for party_id in givers:
        give(act, party_id, 10_000)
    staff = act("secretariat", actor_id=givers[0])
    assert commands.issue_donation_receipts(staff, year=2026, most=3) == 3
    assert commands.issue_donation_receipts(act("bookkeeper"), year=2026, most=3) == 2
    with pytest.raises(commands.NothingDonated):
        commands.issue_donation_receipts(act("bookkeeper"), year=2026)
    told = list(queries.printed_batch(act("secretariat"), "donation_receipt", date(2026, 1, 1)))
    assert sorted(one.content["donor"]["name"] for one in told) == [f"기부자{n}" for n in range(5)]
    assert documents.papers_pdf(told).startswith(b"%PDF-")


def test_a_donor_is_kept_as_long_as_the_law_wants_the_list(designated, act):
    donor = parties.add_person(act("system"), name="한새벽").pk
    give(act, donor, 100_000)
    paper = receipt_for(act("secretariat"), donor)
    for days in (1, 5 * 365):
        with pytest.raises(commands.DonorMustBeKept) as refused:
            parties.erase_person(act("administrator", days=days), person_id=donor, reason="요청")
        assert "소득세법 제160조의3" in str(refused.value)
    parties.erase_person(act("administrator", days=5 * 366), person_id=donor, reason="요청")
    assert queries.check_paper(paper.code).erased


def test_the_yearly_statement_shows_what_was_given(network, act):
    member = network.person("정마루")
    give(act, member.party_id, 100_000, note="후원의 밤")
    paper = commands.issue_paper(
        act("secretariat"), kind="yearly_statement", membership_id=member.pk, site_url=SITE
    )
    told = queries.printed(act("secretariat"), paper.pk)
    assert told.content["donations"] == (("2026-05-03", "후원의 밤", 100_000),)
    assert documents.papers_pdf([told]).startswith(b"%PDF-")

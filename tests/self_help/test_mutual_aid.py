"""Mutual aid in an association's fund: its own rules, capital and people, in books of its own."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import commands as books, queries as ledger
from dure.domains.ledger.commands.checking import EntrustedFundCrossed
from dure.domains.ledger.rules import Source, credit, debit
from dure.domains.loans import commands as loans, queries as lent
from dure.domains.mutual_aid import commands as aid, queries as helped
from dure.domains.parties import commands as parties
from dure.domains.self_help import commands, queries
from dure.kernel.verdict import Denied

from .conftest import TODAY, Helping


@pytest.fixture
def helping(angels):
    return Helping(angels)


def test_a_plan_is_held_against_the_funds_own_rules_and_kept_in_its_own_books(
    house, act, angels, bees
):
    with pytest.raises(Denied):
        commands.open_aid_books(act("loan_officer"), fund_id=angels.fund.pk)
    by = act("secretariat")
    for _twice in range(2):
        assert commands.open_aid_books(by, fund_id=angels.fund.pk).aid_code == "angels_aid"
    with pytest.raises(commands.AidBooksOpenAlready):
        commands.open_aid_books(act("secretariat"), fund_id=angels.fund.pk)
    helping = Helping(angels, opened=True)
    with pytest.raises(RuleNotMet, match="제23조제4항"):  # apart from its loans
        helping.plan(fund="angels")
    with pytest.raises(RuleNotMet, match="천사금고 상호부조 규약"):
        helping.plan(monthly_won=9_999)
    plan = helping.plan()
    with pytest.raises(aid.AidPlanOfAnotherFund):
        Helping(bees).plan(from_date=date(2026, 3, 1))
    ana, bea = angels.person("가나", 3_000_000), bees.person("다라", 3_000_000)
    member = house.person("마바", 300)
    for who in ({"participant_id": bea.pk}, {"membership_id": member.pk}):
        with pytest.raises(helped.AidOfOthers):
            aid.apply_for_aid(act("secretariat"), plan_id=plan.pk, **who)
    late = angels.person("늦은이", joined=date(2026, 11, 1))
    with pytest.raises(RuleNotMet, match="천사금고 상호부조 규약"):
        helping.apply(late, plan)
    wish = helping.apply(ana, plan)
    assert (wish.party_id, wish.membership_id) == (ana.party_id, None)
    assert helped.aid_plans(act("member"), on=TODAY) == []
    assert [one.owner for one in helped.aid_plans(helping.own(ana), on=TODAY)] == ["angels"]


def test_aid_of_a_fund_rests_on_its_own_capital_and_its_money_stays(house, act, helping, bees):
    angels = helping.fund
    ana, bea = angels.person("가나", 500_000), angels.person("다라", 0)
    plan = helping.plan()
    one, two = helping.join(ana, plan), helping.join(bea, plan)
    assert ledger.fund_money("angels_aid") == 100_000
    helping.gift(2_000_000)
    claim = helping.claim(ana, one)
    assert {found.document for found in helped.aid_claim(helping.own(ana), claim.pk).findings}
    helping.give(claim)  # 400,000 within the 500,000 of the fund
    with pytest.raises(RuleNotMet, match="제94조"):
        helping.approve(helping.claim(bea, two))
    assert lent.loan_room(TODAY).aid_won == 0
    assert lent.loan_room(TODAY, lent.Lender("angels")).aid_won == 400_000
    assert lent.loan_room(TODAY, lent.Lender("bees")).aid_won == 0
    with pytest.raises(loans.CeilingWouldBreak, match="제94조"):
        commands.pay_back(act("bookkeeper"), participant_id=ana.pk, won=200_000)
    assert ledger.fund_money("angels_aid") == 1_700_000
    with pytest.raises(EntrustedFundCrossed):
        books.move_between_funds(
            act("secretariat"), date=TODAY, from_fund="angels_aid", to_fund="angels", amount_won=1,
            text="잠깐 빌리기",
        )  # fmt: skip
    with pytest.raises(helped.AidMoneyKeptApart, match="제23조제4항"):
        books.post_entry(
            act("system"), date=TODAY, text="보기", source=Source("tests.House", 9),
            sides=(
                debit(ledger.account_for("member_loans"), "angels_aid", 1, party_id=ana.party_id),
                credit("1010", "angels_aid", 1),
            ),
        )  # fmt: skip
    with pytest.raises(RuleNotMet, match="두레 표준"):
        place(act, kind="stocks")
    placed = place(act, kind="deposit")
    officer = act("bookkeeper")
    assert [one.id for one in helped.reserve_view(officer, "angels").placed] == [placed.pk]
    assert helped.reserve_view(officer).placements == ()
    assert helped.solvency(officer, "angels").standing.members == 2
    assert helped.solvency(officer).standing.members == 0
    assert helped.aid_enrolments(officer) == [] and helped.aid_claims(officer) == []
    assert len(helped.aid_enrolments(officer, fund="angels")) == 2
    assert helped.aid_of_year(date(2026, 1, 1), TODAY, lent.Lender().rules_on(TODAY))[0] == 0
    with pytest.raises(Denied):
        helped.reserve_view(act("member"), "angels")
    speaker = act("representative", of=angels.fund.association_id)
    told = queries.fund_account(speaker, angels.fund.pk, "2026-01", "2026-11")
    assert told.aid is not None
    assert (told.aid.in_won, told.aid.out_won) == (2_100_000, 400_000)
    assert told.closing_won == 500_000
    assert queries.check_self_help() == [] == helped.check_aid() == ledger.check_books()


def test_what_was_claimed_is_read_by_no_body_of_the_network(house, act, helping):
    angels = helping.fund
    ana = angels.person("가나", 3_000_000)
    made = helping.join(ana, helping.plan())
    claim = helping.claim(ana, made)
    assert helped.claims_to_decide() == [] == helped.aid_to_decide()
    for standing in ("representative", "member"):
        with pytest.raises(Denied):
            helped.aid_claim(act(standing, of=angels.fund.association_id), claim.pk)
    assert not helped.aid_claim(act("auditor"), claim.pk).is_open
    assert helped.aid_claim(act("secretariat"), claim.pk).is_open
    twin = parties.add_person(act("system"), name="가나")
    parties.merge_parties(act("secretariat"), kept_id=twin.pk, duplicate_id=ana.party_id)
    made.refresh_from_db()
    assert made.party_id == twin.pk
    commands.pay_back(act("bookkeeper"), participant_id=ana.pk, won=3_000_000)
    commands.end_participation(act("loan_officer"), participant_id=ana.pk)
    made.refresh_from_db()
    assert (made.state, made.end_reason) == ("ended", "left")


def place(act, **given):
    values = {
        "institution": "두레신협", "won": 1_000_000, "rate": (3, 100),
        "matures_date": date(2027, 5, 20), "decided_by": "운영위원회", "fund": "angels_aid", **given,
    }  # fmt: skip
    return aid.place_reserve(act("bookkeeper"), **values)

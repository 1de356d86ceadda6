"""Who decides on a loan: a body, without those who are close to whoever asks."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.governance import commands as governance
from dure.domains.loans import commands
from dure.domains.parties import commands as parties, queries
from dure.domains.parties.models import Relation
from dure.kernel.models import Deed, Read
from dure.kernel.refusals import Denied
from tests.governance import conftest as meetings


@pytest.fixture
def five(house):
    house.fund()
    return [house.person(name, 500) for name in ("가온", "나래", "다솜", "라온", "마루")]


@pytest.fixture
def committee(house, five):
    """The first three of five sit in it."""
    made = meetings.House(house.act, members=[one.party_id for one in five])
    made.body = made.committee(3, kind="committee")
    return made


def close(house, one, other, kind="sibling"):
    return parties.declare_relation(
        house.act(actor_id=one.party_id), person_id=one.party_id, other_id=other.party_id, kind=kind
    )


def test_one_declares_who_is_close_and_nobody_else_does(house, five, act):
    one, other, third = five[:3]
    with pytest.raises(Denied):
        parties.declare_relation(
            act(actor_id=third.party_id), person_id=one.party_id, other_id=other.party_id,
            kind="spouse",
        )  # fmt: skip
    own = act(actor_id=one.party_id)
    given = {"person_id": one.party_id, "other_id": other.party_id, "kind": "spouse"}
    made = parties.declare_relation(own, **given)
    assert parties.declare_relation(own, **given).pk == made.pk  # the same key
    with pytest.raises(parties.DeclaredAlready):  # also the other way round
        close(house, other, one)
    with pytest.raises(parties.CloseToOneself):
        close(house, one, one)
    assert "배우자" not in str(Deed.objects.latest("id").data)  # not in the sealed row
    [line] = queries.relations_of(act("secretariat"), other.party_id)
    assert not line.own and line.name == "가온"
    assert Read.objects.filter(subject_id=other.party_id, what="parties.relations").exists()
    with pytest.raises(Denied):
        queries.relations_of(act(actor_id=third.party_id), one.party_id)
    with pytest.raises(Denied):  # who was named does not take it back
        parties.end_relation(
            act(actor_id=other.party_id), relation_id=made.pk, until_date=date(2026, 12, 1)
        )
    parties.end_relation(
        act(actor_id=one.party_id), relation_id=made.pk, until_date=date(2026, 12, 1)
    )
    close(house, other, one)


def test_who_is_close_neither_reviews_nor_decides(house, five, act):
    product = house.product()
    officer, asks = five[0], five[4]
    loan = house.apply(asks, product)
    own = act("loan_officer", actor_id=officer.party_id)
    made = close(house, asks, officer)  # declared by who asks
    with pytest.raises(Denied, match="제척"):
        commands.approve_loan(own, loan_id=loan.pk, decided_by="심사")
    with pytest.raises(Denied, match="제척"):
        commands.note_loan(own, loan_id=loan.pk, kind="interview", people="가온", text="만났음")
    Relation.objects.filter(pk=made.pk).update(from_date=date(2026, 12, 1))  # not yet
    commands.approve_loan(own, loan_id=loan.pk, decided_by="심사")


def on_the_table(committee, **data):
    """An item on lending in a meeting of the committee that is open."""
    meeting = committee.plan(committee.body)
    item = committee.item(meeting, effect="loans.approve_loan", effect_data=data)
    governance.convene_meeting(committee.act("secretariat"), meeting_id=meeting.pk)
    committee.come(meeting, committee.members[:3])
    committee.open(meeting)
    return item


def test_who_is_close_has_no_vote_in_the_committee(house, five, committee):
    product = house.product()
    loan = house.apply(five[4], product)
    close(house, five[1], five[4], "cohabiting_family")
    item = on_the_table(committee, loan_id=loan.pk)
    vote = governance.open_vote(committee.then(), item_id=item.pk, method="named")
    [barred] = vote.barred_voters.all()
    assert (barred.party_id, barred.article) == (
        five[1].party_id,
        "두레 표준 운영 기준 제척과 회피",
    )
    with pytest.raises(governance.MayNotVote):
        governance.cast_vote(
            committee.voter(five[1].party_id), vote_id=vote.pk, party_id=five[1].party_id,
            choice="yes",
        )  # fmt: skip


def test_an_organisations_matter_keeps_out_who_speaks_for_it(house, five, act):
    made = parties.add_organisation(act("secretariat"), name="한빛두레", legal_form="cooperative")
    parties.name_representative(
        act("secretariat"), organisation_id=made.pk, person_id=five[0].party_id,
        from_date=date(2026, 1, 1),
    )  # fmt: skip
    close(house, five[1], five[0], "spouse")
    kinds = ("representative", "spouse")
    day = date(2026, 11, 20)
    assert queries.close_to({made.pk}, kinds, day) == {five[0].party_id, five[1].party_id}
    assert queries.close_to({made.pk}, ("spouse",), day) == {five[1].party_id}
    assert queries.close_to({made.pk}, ("sibling",), day) == set()


def test_two_entries_made_one_and_a_person_forgotten_leave_no_line_too_many(house, five, act):
    one, other, third = (member.party_id for member in five[:3])
    again = parties.add_person(act("secretariat"), name="나래").pk
    office = act("secretariat")
    for person, near in ((one, other), (one, again), (again, third)):
        parties.declare_relation(
            act("secretariat"), person_id=person, other_id=near, kind="sibling"
        )
    parties.merge_parties(office, kept_id=other, duplicate_id=again)
    pairs = Relation.objects.order_by("pk").values_list("person", "other")
    assert list(pairs) == [(one, other), (other, third)]
    parties.set_people_apart(act("administrator"), person_ids=(other,), reason="탈퇴 5년")
    assert not Relation.objects.exists()


def test_any_body_lends_until_one_is_given_loans_and_then_only_that_one(
    house, five, committee, act
):
    product = house.product()
    first = house.apply(five[3], product)
    other = another(committee)
    assert committee.item(committee.plan(other), effect="loans.approve_loan",
                          effect_data={"loan_id": first.pk}).matter == "lending"  # fmt: skip
    governance.grant_competence(
        act("secretariat"), body_id=committee.body.pk, matter="lending", article="제56조"
    )
    with pytest.raises(governance.BodyNotCompetent):
        committee.item(
            committee.plan(other), effect="loans.approve_loan", effect_data={"loan_id": first.pk}
        )
    with pytest.raises(Denied, match="운영위원회"):  # nor by the office's note
        commands.approve_loan(act("loan_officer"), loan_id=first.pk, decided_by="담당자")
    with pytest.raises(Denied, match="운영위원회"):
        commands.refuse_loan(
            act("secretariat"), loan_id=first.pk, decided_by="담당자", reason="없음"
        )
    item = on_the_table(committee, loan_id=first.pk)
    committee.voted(item, yes=0, no=3)
    first.refresh_from_db()
    assert first.state == "refused" and "운영위원회" not in first.reason


def another(committee):
    return governance.add_body(
        committee.act("system"), name="홍보위원회", kind="committee", from_date=meetings.STARTED
    )


def test_a_resolution_lends_less_and_on_conditions_that_stand_in_the_contract(
    house, five, committee, act
):
    product = house.product()
    loan = house.apply(five[4], product)
    given = {"loan_id": loan.pk, "won": 2_000_000, "conditions": "사업자등록증\n\n출자 10좌 더"}
    item = on_the_table(committee, **given)
    assert item.text == (
        "대출 금액: 2,000,000원 · 내주기 전 조건: 사업자등록증 · 내주기 전 조건: 출자 10좌 더"
    )
    vote = committee.voted(item, yes=3)
    assert "사업자등록증" in vote.resolution.done_text
    loan.refresh_from_db()
    assert (loan.state, loan.won) == ("approved", 2_000_000)
    then = committee.then
    commands.sign_loan(then(actor_id=five[4].party_id), loan_id=loan.pk)
    loan.refresh_from_db()
    assert loan.contract["conditions"] == ["사업자등록증", "출자 10좌 더"]
    with pytest.raises(commands.LoanConditionsOpen):
        commands.pay_out_loan(then("bookkeeper"), loan_id=loan.pk)
    for one in loan.conditions.all():
        commands.meet_loan_condition(then("loan_officer"), condition_id=one.pk)
    commands.pay_out_loan(then("bookkeeper"), loan_id=loan.pk)

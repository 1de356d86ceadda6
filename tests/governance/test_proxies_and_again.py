"""Proxies, meetings called again, and results computed once more from their records."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.governance import commands, queries
from dure.domains.governance.models import Attendance, Item, Meeting, Proxy, Vote
from dure.domains.memberships import commands as memberships
from dure.domains.parties import commands as parties
from dure.kernel import files, triggers
from dure.kernel.acts import SEOUL
from dure.kernel.refusals import Denied, NotFound

from .conftest import STARTED

pytestmark = pytest.mark.django_db


def proxy(house, meeting, principal: int, holder: int, paper: str = "위임장 2026-1", act=None):
    return commands.give_proxy(
        act or house.then(), meeting_id=meeting.pk, party_id=principal, person_id=holder,
        paper=paper,
    )  # fmt: skip


def test_a_proxy_counts_as_present_and_votes(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.call(meeting)
    holder, principal = house.members[0], house.members[10]
    proxy(house, meeting, principal, holder)
    commands.check_in(
            house.voter(holder), meeting_id=meeting.pk, party_id=principal, code=house.code(meeting)
        )  # fmt: skip
    house.come(meeting, house.members[:5])
    house.open(meeting)
    card = queries.meeting_card(house.voter(holder), meeting.pk)
    assert (card.quorum.present, card.quorum.needed) == (6, 6)  # met by the proxy's vote
    assert [line.party_id for line in card.mine] == [holder, principal]
    assert Attendance.objects.get(party=principal).person_id == holder
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    for party_id in (holder, principal):
        commands.cast_vote(house.voter(holder), vote_id=vote.pk, party_id=party_id, choice="yes")
    with pytest.raises(Denied):
        other = house.members[1]
        commands.cast_vote(house.voter(holder), vote_id=vote.pk, party_id=other, choice="yes")


def test_the_paper_of_a_proxy_is_kept_sealed_once_and_read_by_whom_it_concerns(cooperative):
    house = cooperative
    meeting = house.plan()
    house.item(meeting)
    house.call(meeting)
    holder, principal, other = house.members[0], house.members[10], house.members[2]
    given = proxy(house, meeting, principal, holder, act=house.voter(principal))
    paper = {"proxy_id": given.pk, "name": "위임장.jpg", "content": b"\xff\xd8\xff signed"}
    with pytest.raises(Denied):
        commands.keep_proxy_paper(house.voter(other), **paper)
    with pytest.raises(files.FileUnfit):
        commands.keep_proxy_paper(house.voter(principal), **{**paper, "content": b"<html>"})
    commands.keep_proxy_paper(house.voter(principal), **paper)
    with pytest.raises(commands.ProxyPaperKeptAlready):
        commands.keep_proxy_paper(house.then(), **paper)
    for reader in (house.voter(principal), house.voter(holder), house.then()):
        assert queries.open_proxy_paper(reader, given.pk).content == paper["content"]
        [line] = queries.proxies_of(reader, meeting)
        assert line.has_file and not line.may_add
    with pytest.raises(NotFound):
        queries.open_proxy_paper(house.voter(other), given.pk)
    kept = files.KeptFile.objects.get(pk=Proxy.objects.get(pk=given.pk).file_id)
    assert kept.until_date == date(2029, 12, 2)


def test_a_proxy_of_a_cooperative_never_holds_two_principals(cooperative):
    """협동조합 기본법 제23조③."""
    house = cooperative
    meeting = house.plan()
    house.item(meeting)
    house.call(meeting)
    proxy(house, meeting, house.members[10], house.members[0])
    with pytest.raises(RuleNotMet, match="제23조제3항"):
        proxy(house, meeting, house.members[9], house.members[0])
    with pytest.raises(commands.ProxyGivenAlready):
        proxy(house, meeting, house.members[10], house.members[1])
    with pytest.raises(commands.ProxyUnproven):
        proxy(house, meeting, house.members[8], house.members[1], paper=" ")


def test_an_association_lets_one_hold_several(house):
    bylaws.adopt_legal_form(
        house.act("secretariat"), form="association", from_date=date(2026, 11, 20)
    )
    house.join(7)
    house.assembly()
    meeting = house.plan()
    house.item(meeting)
    house.call(meeting)
    for principal in house.members[4:]:
        proxy(house, meeting, principal, house.members[0])
        commands.check_in(
            house.voter(house.members[0]), meeting_id=meeting.pk, party_id=principal, code=house.code(meeting)
        )  # fmt: skip
    assert queries.live_quorum(meeting).present == 3


def test_in_a_committee_everybody_votes_in_person(cooperative):
    house = cooperative
    committee = house.committee(3)
    meeting = house.plan(committee)
    house.item(meeting, matter="business")
    house.call(meeting)
    with pytest.raises(commands.NoProxiesHere):
        proxy(house, meeting, house.members[0], house.members[1])


def test_a_proxy_withdrawn_leaves(cooperative):
    house = cooperative
    meeting = house.plan()
    house.item(meeting)
    house.call(meeting)
    holder, principal = house.members[0], house.members[10]
    given = proxy(house, meeting, principal, holder, act=house.voter(principal))
    commands.check_in(
            house.voter(holder), meeting_id=meeting.pk, party_id=principal, code=house.code(meeting)
        )  # fmt: skip
    with pytest.raises(Denied):
        commands.withdraw_proxy(house.voter(house.members[3]), proxy_id=given.pk)
    commands.withdraw_proxy(house.voter(principal), proxy_id=given.pk)
    assert queries.live_quorum(meeting).present == 0
    commands.check_in(
            house.voter(principal), meeting_id=meeting.pk, party_id=principal, code=house.code(meeting)
        )  # fmt: skip
    assert queries.live_quorum(meeting).present == 1


def test_a_meeting_that_failed_is_called_again_in_one_step(cooperative):
    house = cooperative
    meeting = house.plan()
    house.item(meeting, "사업계획")
    budget = house.item(meeting, "예산")
    for person in house.members[:3]:
        stands = commands.add_option(
            house.then(), item_id=budget.pk, person_id=person, has_agreed=True
        )
    commands.withdraw_option(house.then(), option_id=stands.pk)
    house.ready(meeting, present=5)
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    soon = datetime(2026, 12, 5, 14, tzinfo=SEOUL)
    with pytest.raises(RuleNotMet, match="제28조제5항"):
        commands.reconvene_meeting(house.then(), meeting_id=meeting.pk, starts_at=soon)
    assert Meeting.objects.count() == 1  # nothing half done
    later = datetime(2026, 12, 15, 14, tzinfo=SEOUL)
    again = commands.reconvene_meeting(house.then(), meeting_id=meeting.pk, starts_at=later)
    assert (again.state, again.again_for_id) == (Meeting.State.CONVENED, meeting.pk)
    items = Item.objects.filter(meeting=again).order_by("number")
    assert [(one.title, one.was_told) for one in items] == [("사업계획", True), ("예산", True)]
    still = items[1].options.order_by("number").values_list("number", "person")
    assert list(still) == [(1, house.members[0]), (2, house.members[1])]
    with pytest.raises(commands.MeetingNotSo):
        commands.reconvene_meeting(house.then(), meeting_id=meeting.pk, starts_at=later)


def test_results_follow_from_their_records_and_a_changed_one_is_named(
    cooperative, django_capture_on_commit_callbacks
):
    house = cooperative
    meeting = house.plan()
    items = [house.item(meeting, f"안건 {number}") for number in range(3)]
    house.ready(meeting, present=8)
    named = house.voted(items[0], yes=5, no=2, abstain=1)
    hands = commands.open_vote(house.then(), item_id=items[1].pk, method="hands")
    for one in house.members[:2]:
        commands.count_hands(house.voter(one), vote_id=hands.pk, yes=7, no=1, abstain=0)
    commands.close_vote(house.then(), vote_id=hands.pk)
    secret = commands.open_vote(house.then(), item_id=items[2].pk, method="secret")
    for number, one in enumerate(house.members[:6]):
        choice = "yes" if number < 4 else "no"
        ballot = commands.SecretBallot(one, choice, f"ABCD-EFGH-JKLM-{number}NPQ")
        commands.cast_ballot(house.voter(one), vote_id=secret.pk, ballot=ballot)
    with django_capture_on_commit_callbacks(execute=True):
        commands.close_vote(house.then(), vote_id=secret.pk)
    commands.check_out(
        house.then(days=13), meeting_id=meeting.pk, party_id=house.members[7]
    )  # who leaves later changes nothing
    assert queries.verify() == []
    Vote.objects.filter(pk=named.pk).update(yes=3, passed=False)
    found = {(one.vote_id, one.what) for one in queries.verify()}
    assert found >= {(named.pk, "counts"), (named.pk, "resolution"), (named.pk, "deed")}
    Vote.objects.filter(pk=named.pk).update(yes=5, passed=True)
    with triggers.suspended(connection), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM governance_voter WHERE id = (SELECT max(id) FROM governance_voter)"
        )
    assert {one.what for one in queries.verify()} >= {"roll"}


def test_a_proxy_of_a_cooperative_is_another_member_or_family_living_together(cooperative):
    """협동조합 기본법 제23조: 대리인은 다른 조합원 또는 본인과 동거하는 가족."""
    house = cooperative
    meeting = house.plan()
    house.item(meeting)
    house.call(meeting)
    stranger, speaker = (
        parties.add_person(house.act("system"), name=name).pk for name in ("남이웃", "오대표")
    )
    with pytest.raises(RuleNotMet, match="제23조제3항"):
        proxy(house, meeting, house.members[10], stranger)
    given = commands.give_proxy(
        house.then(), meeting_id=meeting.pk, party_id=house.members[10], person_id=stranger,
        paper="위임장 1, 주민등록등본 확인", is_family=True,
    )  # fmt: skip
    assert given.is_family
    member = parties.add_organisation(house.act("system"), name="새싹협동조합")
    memberships.enrol_member(
        house.act("system"), party_id=member.pk, member_class="organisation",
        joined_date=STARTED, decided_by="창립총회",
    )  # fmt: skip
    with pytest.raises(RuleNotMet, match="제23조제3항"):
        proxy(house, meeting, house.members[9], speaker)
    parties.name_representative(
        house.act("system"), organisation_id=member.pk, person_id=speaker, from_date=STARTED
    )
    assert not proxy(house, meeting, house.members[9], speaker).is_family

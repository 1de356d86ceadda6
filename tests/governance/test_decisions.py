"""From the body to the resolution that takes effect: called, told, attended, voted, carried out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dure.domains.bylaws import queries as rules
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.governance import commands, queries
from dure.domains.governance.models import Meeting, Resolution, Vote, Voter
from dure.domains.memberships import commands as memberships
from dure.domains.memberships.models import Application, ConductCase, Membership
from dure.kernel.refusals import Denied
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def case_about(house, membership_id, told=True, heard=True):
    """A case that may end with expulsion, opened today."""
    case = memberships.open_conduct_case(
        house.act("secretariat"), membership_id=membership_id, kind="expulsion",
        ground="bylaw_reason", article="정관 제14조", reason="공동사업을 방해했습니다.",
    )  # fmt: skip
    if told:
        memberships.note_conduct_notice(
            house.act("secretariat"), case_id=case.pk, notice_date=TODAY, way="post",
            meeting_date=TODAY + timedelta(days=12),
        )  # fmt: skip
    if heard:
        memberships.note_conduct_hearing(
            house.act("secretariat", days=3), case_id=case.pk,
            hearing_date=TODAY + timedelta(days=3), was_heard=True,
        )  # fmt: skip
    return case


def test_a_meeting_decides_by_name_and_the_count_is_computed(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=6)
    vote = house.voted(item, yes=4, no=1, abstain=1)
    assert (vote.passed, vote.present, vote.yes, vote.no, vote.abstain) == (True, 6, 4, 1, 1)
    resolution = Resolution.objects.get(vote=vote)
    assert resolution.adopted and resolution.done == "nothing"
    keys = {one["key"] for one in vote.findings}
    assert {"meetings.notice_days", "meetings.quorum_ratio", "meetings.ordinary_ratio"} <= keys


def test_half_of_those_present_is_not_enough(cooperative):
    meeting = cooperative.plan()
    item = cooperative.item(meeting)
    cooperative.ready(meeting, present=6)
    assert cooperative.voted(item, yes=3, no=3).passed is False


def test_without_quorum_no_vote_is_opened_and_the_meeting_fails(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=5)  # of eleven, six are needed
    card = queries.meeting_card(house.then(), meeting.pk)
    assert (card.quorum.present, card.quorum.needed, card.quorum.margin) == (5, 6, -1)
    with pytest.raises(RuleNotMet, match="제29조제2항"):
        commands.open_vote(house.then(), item_id=item.pk, method="named")
    closed = commands.close_meeting(house.then(), meeting_id=meeting.pk)
    assert closed.state == Meeting.State.FAILED


def test_who_leaves_takes_the_quorum_along(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=6)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    commands.check_out(house.then(), meeting_id=meeting.pk, party_id=house.members[5])
    voter = house.members[0]
    with pytest.raises(commands.QuorumLost):
        commands.cast_vote(house.voter(voter), vote_id=vote.pk, party_id=voter, choice="yes")
    with pytest.raises(commands.QuorumLost):
        commands.close_vote(house.then(), vote_id=vote.pk)
    commands.break_off_vote(house.then(), vote_id=vote.pk, reason="정족수 미달")
    assert not Resolution.objects.exists()


def test_who_joins_after_the_freeze_has_no_vote(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=6)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    house.join(5)
    assert Voter.objects.filter(roll=vote.roll).count() == 11
    newcomer = house.members[-1]
    commands.check_in(house.then(), meeting_id=meeting.pk, party_id=newcomer)
    with pytest.raises(commands.NotOnTheRoll):
        commands.cast_vote(house.voter(newcomer), vote_id=vote.pk, party_id=newcomer, choice="no")


@pytest.mark.parametrize("method", ["named", "hands", "secret"])
@pytest.mark.parametrize("joining", [0, 1, 30])
def test_adding_members_after_the_freeze_never_changes_an_outcome(cooperative, method, joining):
    """Six of eleven are there, four for it: as many join and come while the vote is open."""
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=6)
    vote = commands.open_vote(house.then(), item_id=item.pk, method=method)
    house.join(joining)
    house.come(meeting, house.members[11:])
    for number, one in enumerate(house.members[:6]):
        choice = "yes" if number < 4 else "no"
        if method == "named":
            commands.cast_vote(house.voter(one), vote_id=vote.pk, party_id=one, choice=choice)
        elif method == "secret":
            ballot = commands.SecretBallot(one, choice, f"ABCD-EFGH-JKLM-{number}NPQ")
            commands.cast_ballot(house.voter(one), vote_id=vote.pk, ballot=ballot)
        elif number < 2:
            commands.count_hands(house.voter(one), vote_id=vote.pk, yes=4, no=2)
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    assert (vote.roll.size, vote.present, vote.yes, vote.no, vote.passed) == (11, 6, 4, 2, True)


def test_one_vote_each_and_only_ones_own(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=6)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    mine, other = house.members[:2]
    with pytest.raises(Denied):
        commands.cast_vote(house.voter(mine), vote_id=vote.pk, party_id=other, choice="yes")
    commands.cast_vote(house.voter(mine), vote_id=vote.pk, party_id=mine, choice="yes")
    with pytest.raises(commands.VotedAlready):
        commands.cast_vote(house.voter(mine), vote_id=vote.pk, party_id=mine, choice="no")
    with pytest.raises(commands.NotThere):
        away = house.members[8]
        commands.cast_vote(house.voter(away), vote_id=vote.pk, party_id=away, choice="no")


def test_hands_are_counted_by_two_who_agree(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=7)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="hands")
    first, second = house.voter(house.members[0]), house.voter(house.members[1])
    commands.count_hands(first, vote_id=vote.pk, yes=5, no=1, abstain=1)
    with pytest.raises(commands.CountersDisagree):
        commands.close_vote(house.then(), vote_id=vote.pk)
    commands.count_hands(second, vote_id=vote.pk, yes=4, no=2, abstain=1)
    with pytest.raises(commands.CountersDisagree):
        commands.close_vote(house.then(), vote_id=vote.pk)
    again = house.voter(house.members[1])
    commands.count_hands(again, vote_id=vote.pk, yes=5, no=1, abstain=1)
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    assert vote.passed and vote.yes == 5
    with pytest.raises(commands.VoteOver):
        commands.close_vote(house.then(), vote_id=vote.pk)


def test_too_late_a_call_is_refused_with_the_article(cooperative):
    house = cooperative
    meeting = house.plan(days=7)  # six whole days between
    house.item(meeting)
    with pytest.raises(RuleNotMet, match="제28조제5항"):
        commands.convene_meeting(house.act("secretariat"), meeting_id=meeting.pk)
    later = house.plan(days=8)
    house.item(later)
    commands.convene_meeting(house.act("secretariat"), meeting_id=later.pk)


def test_who_was_not_told_and_is_not_there_stops_the_vote(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    commands.convene_meeting(house.act("secretariat"), meeting_id=meeting.pk)
    commands.note_notices(
        house.act("secretariat"), meeting_id=meeting.pk, way="mail", told_date=TODAY,
        party_ids=tuple(house.members[:10]),
    )  # fmt: skip
    house.come(meeting, house.members[:6])
    house.open(meeting)
    with pytest.raises(RuleNotMet, match="제28조제5항"):
        commands.open_vote(house.then(), item_id=item.pk, method="named")
    house.come(meeting, house.members[10:])  # the one who was not told comes all the same
    commands.open_vote(house.then(), item_id=item.pk, method="named")


def test_what_was_not_in_the_notice_is_not_decided(cooperative):
    house = cooperative
    meeting = house.plan()
    house.item(meeting)
    house.ready(meeting, present=8)
    late = house.item(meeting, "기타 안건")
    with pytest.raises(RuleNotMet, match="제72조"):
        commands.open_vote(house.then(), item_id=late.pk, method="named")


def test_an_expulsion_takes_effect_when_the_vote_is_closed(cooperative):
    house = cooperative
    accused = house.memberships[-1]
    case = case_about(house, accused)
    meeting = house.plan()
    item = house.item(
        meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    assert item.matter == "expulsion"
    house.ready(meeting, present=6)
    vote = house.voted(item, yes=4, no=2)
    assert vote.passed  # four of six are two thirds
    case.refresh_from_db()
    assert case.state == ConductCase.State.UPHELD and "2026-" in case.minutes
    assert Membership.objects.get(pk=accused).left_date == TODAY + timedelta(days=13)
    resolution = Resolution.objects.get(vote=vote)
    assert resolution.done == "carried_out"
    with pytest.raises(commands.NothingToCarryOut):
        commands.carry_out_resolution(house.then(), resolution_id=resolution.pk)


def test_two_thirds_less_one_do_not_expel(cooperative):
    house = cooperative
    case = case_about(house, house.memberships[-1])
    meeting = house.plan()
    item = house.item(
        meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    house.ready(meeting, present=7)
    assert house.voted(item, yes=4, no=3).passed is False
    case.refresh_from_db()
    assert case.state == ConductCase.State.DISMISSED


def test_without_a_hearing_there_is_no_vote_on_an_expulsion(cooperative):
    house = cooperative
    case = case_about(house, house.memberships[-1], heard=False)
    meeting = house.plan()
    item = house.item(
        meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    house.ready(meeting, present=8)
    with pytest.raises(RuleNotMet, match="제25조"):
        commands.open_vote(house.then(), item_id=item.pk, method="named")


def test_the_accused_has_no_vote(cooperative):
    house = cooperative
    case = case_about(house, house.memberships[0])
    meeting = house.plan()
    item = house.item(
        meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    house.ready(meeting, present=6)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    accused = house.members[0]
    with pytest.raises(commands.MayNotVote, match="제74조"):
        commands.cast_vote(house.voter(accused), vote_id=vote.pk, party_id=accused, choice="no")


def test_a_committee_cannot_expel_a_members_of_a_cooperative(cooperative):
    house = cooperative
    committee = house.committee(5)
    with pytest.raises(RuleNotMet, match="제29조제1항"):
        commands.grant_competence(
            house.act("secretariat"), body_id=committee.pk, matter="expulsion"
        )
    case = case_about(house, house.memberships[-1])
    meeting = house.plan(committee)
    with pytest.raises(RuleNotMet, match="협동조합 기본법"):
        house.item(
            meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
        )


def test_a_committee_admits_once_it_may(cooperative):
    house = cooperative
    committee = house.committee(5)
    application = memberships.apply_for_membership(
        house.act("system"), member_class="organisation", kind="organisation",
        name="새싹협동조합", contact_name="오새싹", email="new@example.kr",
    )  # fmt: skip
    memberships.note_interview(
        house.act("secretariat"), application_id=application.pk, visit_date=TODAY,
        form="visit", interviewers="김하늘", opinion="favourable", text="좋습니다.",
    )  # fmt: skip
    data = {"application_id": application.pk}
    meeting = house.plan(committee)
    with pytest.raises(commands.BodyNotCompetent):
        house.item(meeting, "가입", effect="memberships.admit_member", effect_data=data)
    commands.grant_competence(
        house.act("secretariat"), body_id=committee.pk, matter="admission", article="정관 제10조"
    )
    item = house.item(meeting, "가입", effect="memberships.admit_member", effect_data=data)
    house.ready(meeting, present=3)
    assert house.voted(item, yes=2, no=1).passed
    application.refresh_from_db()
    assert application.state == Application.State.ADMITTED


@pytest.mark.parametrize(
    ("yes", "state"), [(2, Application.State.REFUSED), (3, Application.State.ADMITTED)]
)
def test_what_a_procedure_asks_of_the_count_binds_the_resolution(cooperative, yes, state):
    """Its procedure asks for a majority of all seats: of what the office notes, and of a vote."""
    house = cooperative
    memberships.load_procedure(
        house.act("secretariat"), member_class="organisation", from_date=TODAY,
        profile="national_network", decided_by="정기총회",
    )  # fmt: skip
    committee = house.committee(5)
    application = memberships.apply_for_membership(
        house.act("system"), member_class="organisation", kind="organisation",
        name="새싹협동조합", contact_name="오새싹", email="new@example.kr",
    )  # fmt: skip
    memberships.sponsor_application(
        house.act("secretariat"), application_id=application.pk, step="sponsors", by="secretariat"
    )
    noted = {
        "application_id": application.pk, "seats": 5, "present": 3, "in_favour": 2, "against": 1,
        "minutes": "운영위원회 제1호", "carried": True,
    }  # fmt: skip
    with pytest.raises(memberships.ReasonMissing):  # two of five are a no; saying so does not help
        memberships.decide_application(house.act("secretariat"), **noted)
    commands.grant_competence(
        house.act("secretariat"), body_id=committee.pk, matter="admission", article="정관 제10조"
    )
    meeting = house.plan(committee)
    data = {"application_id": application.pk}
    item = house.item(meeting, "가입", effect="memberships.admit_member", effect_data=data)
    house.ready(meeting, present=3)
    vote = house.voted(item, yes=yes, no=3 - yes)
    assert vote.passed == (yes == 3)
    assert queries.vote_card(house.act("secretariat"), vote.pk).yes_needed == 3
    application.refresh_from_db()
    assert application.state == state
    assert application.ballot == {
        "seats": 5, "present": 3, "in_favour": yes, "against": 3 - yes, "abstaining": 0
    }  # fmt: skip
    found = {one["key"]: one["passed"] for one in application.findings}
    assert found["bodies.ordinary_ratio"] and found["procedure.ratio"] == (yes == 3)
    assert queries.verify() == []


def test_the_bylaws_change_from_the_day_that_was_resolved(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(
        meeting,
        "정관 변경",
        effect="bylaws.adopt_provision",
        effect_data={
            "rule": "meetings.notice_days", "value": "10", "document": "정관",
            "article": "제29조", "from_date": "2027-01-01", "text": "",
        },
    )  # fmt: skip
    house.ready(meeting, present=6)
    vote = house.voted(item, yes=4, no=2)
    assert vote.passed
    commands.note_approval(  # 협동조합 기본법 제86조제3항
        house.act("secretariat", days=40), resolution_id=vote.resolution.pk,
        approval_date=date(2026, 12, 20), paper="고용노동부 2026-99",
    )  # fmt: skip
    assert rules.rules_on(date(2026, 12, 31)).number("meetings.notice_days") == 7
    assert rules.rules_on(date(2027, 1, 1)).number("meetings.notice_days") == 10


def test_a_rule_that_loosens_the_law_is_not_even_put_on_the_agenda(cooperative):
    meeting = cooperative.plan()
    with pytest.raises(Exception, match="제28조제5항"):
        cooperative.item(
            meeting,
            "정관 변경",
            effect="bylaws.adopt_provision",
            effect_data={
                "rule": "meetings.notice_days", "value": "3", "document": "정관",
                "article": "제29조", "from_date": "2027-01-01", "text": "",
            },
        )  # fmt: skip


def test_what_cannot_be_carried_out_leaves_the_vote_open(cooperative):
    house = cooperative
    case = case_about(house, house.memberships[-1])
    meeting = house.plan()
    item = house.item(
        meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    house.ready(meeting, present=6)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="hands")
    for one in house.members[:2]:
        commands.count_hands(house.voter(one), vote_id=vote.pk, yes=6, no=0, abstain=0)
    memberships.withdraw_conduct_case(house.then(), case_id=case.pk, reason="화해했습니다.")
    with pytest.raises(memberships.CaseNotOpen):
        commands.close_vote(house.then(), vote_id=vote.pk)
    vote.refresh_from_db()
    assert vote.state == Vote.State.OPEN and not Resolution.objects.exists()
    commands.close_vote(house.then(), vote_id=vote.pk, carries_out=False)
    resolution = Resolution.objects.get(vote=vote)
    assert resolution.done == "waiting"
    with pytest.raises(memberships.CaseNotOpen):
        commands.carry_out_resolution(house.then(), resolution_id=resolution.pk)


def test_the_same_key_votes_once(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=6)
    act = house.then()
    first = commands.open_vote(act, item_id=item.pk, method="named")
    assert commands.open_vote(act, item_id=item.pk, method="named").pk == first.pk


def test_only_the_chair_and_the_office_run_a_meeting(cooperative):
    house = cooperative
    committee = house.committee(3)
    with pytest.raises(Denied):
        commands.plan_meeting(
            house.act("member", actor_id=house.members[1]), body_id=committee.pk, title="회의",
            starts_at=NOW, place="사무실",
        )  # fmt: skip
    commands.plan_meeting(
        house.act("chair", of=committee.pk), body_id=committee.pk, title="회의", starts_at=NOW,
        place="사무실",
    )  # fmt: skip

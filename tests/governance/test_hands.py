"""Raised hands: counted by two who are there, of those who are there when they are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dure.domains.governance import commands, queries
from dure.domains.governance.models import HandCount
from dure.kernel.refusals import Denied

pytestmark = pytest.mark.django_db


@pytest.fixture
def raised(cooperative):
    """Eight of eleven are there; a vote by hands."""
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=8)
    return house, meeting, commands.open_vote(house.then(), item_id=item.pk, method="hands")


def count(house, vote, number: int, *hands: int, **given):
    yes, no, abstain = hands
    counter = house.voter(house.members[number], **given)
    return commands.count_hands(counter, vote_id=vote.pk, yes=yes, no=no, abstain=abstain)


def later(house, minutes: int):
    act = house.then()
    return replace(act, at=act.at + timedelta(minutes=minutes))


def test_the_majority_is_of_those_who_were_there_when_it_was_counted(raised):
    """Four of eight carry nothing, also when two have left before the vote is closed."""
    house, meeting, vote = raised
    count(house, vote, 0, 4, 3, 1)
    count(house, vote, 1, 4, 3, 1)
    for one in house.members[6:8]:
        commands.check_out(house.then(), meeting_id=meeting.pk, party_id=one)
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    assert (vote.present, vote.yes, vote.passed) == (8, 4, False)


def test_who_comes_after_the_count_makes_it_no_harder(raised):
    house, meeting, vote = raised
    count(house, vote, 0, 5, 3, 0)
    house.come(meeting, house.members[8:])
    count(house, vote, 1, 5, 3, 0)
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    assert (vote.present, vote.yes, vote.passed) == (8, 5, True)


def test_the_result_follows_from_its_records_though_somebody_left_in_between(raised):
    house, meeting, vote = raised
    count(house, vote, 0, 5, 3, 0)
    count(house, vote, 1, 5, 3, 0)
    commands.check_out(later(house, 5), meeting_id=meeting.pk, party_id=house.members[7])
    commands.close_vote(later(house, 6), vote_id=vote.pk)
    assert queries.verify() == []


def test_after_the_count_a_lost_quorum_undoes_nothing_and_before_it_nothing_is_counted(raised):
    house, meeting, vote = raised
    for number in (0, 1):
        count(house, vote, number, 6, 2, 0)
    for one in house.members[5:8]:
        commands.check_out(house.then(), meeting_id=meeting.pk, party_id=one)
    with pytest.raises(commands.QuorumLost):
        count(house, vote, 0, 5, 0, 0)
    assert commands.close_vote(house.then(), vote_id=vote.pk).passed


def test_only_who_is_there_counts_and_the_office(raised):
    house, _meeting, vote = raised
    with pytest.raises(Denied):
        count(house, vote, 9, 5, 3, 0)
    count(house, vote, 0, 5, 3, 0)
    commands.count_hands(
        house.then(actor_id=house.members[9]), vote_id=vote.pk, yes=5, no=3, abstain=0
    )  # the office, though not there
    assert commands.close_vote(house.then(), vote_id=vote.pk).passed


def test_a_third_does_not_count_and_a_new_count_of_the_same_two_replaces_theirs(raised):
    house, _meeting, vote = raised
    count(house, vote, 0, 5, 3, 0)
    count(house, vote, 1, 4, 4, 0)
    with pytest.raises(commands.CountersEnough):
        count(house, vote, 2, 5, 3, 0)
    with pytest.raises(commands.CountersDisagree):
        commands.close_vote(house.then(), vote_id=vote.pk)
    count(house, vote, 0, 6, 2, 0)
    count(house, vote, 1, 6, 2, 0)
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    assert vote.yes == 6 and HandCount.objects.filter(vote=vote).count() == 4


def test_named_tellers_count_and_nobody_else(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=8)
    tellers = (house.members[2], house.members[9])
    for wrong in (tellers[:1], (*tellers, house.members[3]), (tellers[0], 999_999)):
        with pytest.raises(commands.TellersUnclear):
            commands.open_vote(house.then(), item_id=item.pk, method="hands", teller_ids=wrong)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="hands", teller_ids=tellers)
    for nobody in (house.voter(house.members[0]), house.then(actor_id=house.members[1])):
        with pytest.raises(Denied):
            commands.count_hands(nobody, vote_id=vote.pk, yes=5, no=3, abstain=0)
    count(house, vote, 2, 5, 3, 0)
    count(house, vote, 9, 5, 3, 0)
    assert commands.close_vote(house.then(), vote_id=vote.pk).passed

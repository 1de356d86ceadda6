"""Two people close one vote at the same moment: one result, one resolution, one effect."""

from __future__ import annotations

import pytest

from dure.domains.governance import commands
from dure.domains.governance.models import CastVote, Resolution
from dure.domains.memberships.models import ConductNote, Membership
from dure.kernel import boxes
from dure.kernel.models import Deed
from tests.at_once import at_once
from tests.governance.test_decisions import case_about

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_vote_closed_by_two_at_once_takes_effect_once(cooperative):
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
    answers = at_once(
        *[lambda act=act: commands.close_vote(act, vote_id=vote.pk) for act in
          (house.then(), house.then(), house.then())]
    )  # fmt: skip
    assert sorted(isinstance(one, commands.VoteOver) for one in answers) == [False, True, True]
    assert Resolution.objects.count() == 1
    assert Deed.objects.filter(name="memberships.MembershipLeft").count() == 1
    assert ConductNote.objects.filter(case=case, step="decision").count() == 1
    assert Membership.objects.get(pk=house.memberships[-1]).left_date is not None


def test_a_secret_vote_closed_by_two_at_once_is_counted_once(cooperative):
    house = cooperative
    case = case_about(house, house.memberships[-1])
    meeting = house.plan()
    item = house.item(
        meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    house.ready(meeting, present=10)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="secret")
    for number, one in enumerate(house.members[:10]):
        choice = "yes" if number < 8 else "no"
        ballot = commands.SecretBallot(one, choice, f"ABCD-EFGH-JKLM-{number}NPQ")
        commands.cast_ballot(house.voter(one), vote_id=vote.pk, ballot=ballot)
    answers = at_once(
        *[lambda act=act: commands.close_vote(act, vote_id=vote.pk) for act in
          (house.then(), house.then())]
    )  # fmt: skip
    assert sorted(isinstance(one, commands.VoteOver) for one in answers) == [False, True]
    vote.refresh_from_db()
    assert (vote.yes, vote.no, vote.taken.count(), len(vote.receipts)) == (8, 2, 10, 10)
    assert vote.box not in boxes.names()
    assert Resolution.objects.count() == 1
    assert Deed.objects.filter(name="memberships.MembershipLeft").count() == 1


def test_ballots_put_in_at_once_are_all_in_the_box(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=6)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="secret")
    ballots = [
        commands.SecretBallot(one, "yes", f"ABCD-EFGH-JKLM-{number}NPQ")
        for number, one in enumerate(house.members[:4])
    ]
    at_once(
        *[
            lambda ballot=ballot: commands.cast_ballot(
                house.voter(ballot.party_id), vote_id=vote.pk, ballot=ballot
            )
            for ballot in (*ballots, ballots[0])
        ]
    )
    box = boxes.open_box(vote.box)
    assert box.takers == set(house.members[:4]) and len(box.texts) == 4


def test_one_voter_pressing_twice_at_once_votes_once(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=6)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    one = house.members[0]
    at_once(
        *[
            lambda act=act, choice=choice: commands.cast_vote(
                act, vote_id=vote.pk, party_id=one, choice=choice
            )
            for act, choice in ((house.voter(one), "yes"), (house.voter(one), "no"))
        ]
    )
    assert CastVote.objects.filter(vote=vote).count() == 1

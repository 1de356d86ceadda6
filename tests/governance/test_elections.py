"""Elections held in a meeting: by name, in secret, by hands; ties are told, and seats are filled."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.governance import commands, queries
from dure.domains.governance.models import Resolution, Term, Vote
from dure.kernel.models import Deed
from tests.governance.test_secret_ballot import receipt_of

pytestmark = pytest.mark.django_db

TERM = {"from_date": "2027-01-01", "until_date": "2029-01-01"}


@pytest.fixture
def election(cooperative):
    """Three vacant seats of the board, five members who stand, eleven who vote."""
    house = cooperative
    board = commands.add_body(house.act("system"), name="이사회", kind="board")
    for _one in range(3):
        commands.add_seat(house.act("system"), body_id=board.pk, kind="elected", title="이사")
    house.board = board
    meeting = house.plan()
    house.election = house.item(
        meeting, "이사 선출", effect="governance.elect_officers",
        effect_data={"body_id": board.pk, "seat_title": "이사", **TERM},
    )  # fmt: skip
    for person in house.members[:5]:
        commands.add_option(
            house.act("secretariat"), item_id=house.election.pk, person_id=person, has_agreed=True
        )
    house.ready(meeting, present=11)
    return house


def opened(house, **given) -> Vote:
    given = {"method": "named", "form": "choice", **given}
    return commands.open_vote(house.then(), item_id=house.election.pk, **given)


def mark(house, vote, ballots: list[dict[int, int]]) -> None:
    """The members mark these ballots, in their order."""
    for number, (party_id, marks) in enumerate(zip(house.members, ballots, strict=False)):
        if vote.method == "secret":
            ballot = commands.SecretBallot(party_id, "", receipt_of(number), marks)
            commands.cast_ballot(house.voter(party_id), vote_id=vote.pk, ballot=ballot)
        else:
            commands.cast_vote(
                house.voter(party_id), vote_id=vote.pk, party_id=party_id, marks=marks
            )


def crosses(*numbers: int) -> dict[int, int]:
    return dict.fromkeys(numbers, 1)


CLEAR = [crosses(1, 2, 3)] * 4 + [crosses(1, 2)] * 3 + [crosses(4, 5)] * 2 + [{}, crosses(1, 3)]
TIED = [crosses(1, 2, 3)] * 4 + [crosses(1, 2, 4)] * 4 + [crosses(5)] * 2 + [{}]


@pytest.mark.parametrize("method", ["named", "secret"])
def test_three_of_five_are_elected_and_their_seats_filled(
    election, method, django_capture_on_commit_callbacks
):
    house = election
    vote = opened(house, method=method)
    assert (vote.places, vote.options) == (3, [1, 2, 3, 4, 5])
    mark(house, vote, CLEAR)
    with django_capture_on_commit_callbacks(execute=True):  # the box is burnt
        vote = commands.close_vote(house.then(), vote_id=vote.pk)
    outcome = queries.outcome_of(vote)
    assert outcome.elected == (1, 2, 3) and outcome.tally == {1: 8, 2: 7, 3: 5, 4: 2, 5: 2}
    assert (outcome.ballots, outcome.blank, vote.passed) == (11, 1, True)
    terms = Term.objects.filter(seat__body=house.board).order_by("seat")
    assert [one.person_id for one in terms] == house.members[:3]
    resolution = Resolution.objects.get(vote=vote)
    assert {(one.from_date, one.until_date, one.decided_by) for one in terms} == {
        (date(2027, 1, 1), date(2029, 1, 1), f"2026년 임시총회, {resolution.number}")
    }
    assert (resolution.adopted, resolution.done) == (True, "carried_out")
    assert queries.verify() == []
    with pytest.raises(commands.VoteOver):
        commands.close_vote(house.then(), vote_id=vote.pk)
    assert terms.count() == 3


def test_who_shares_the_last_place_is_told_and_a_run_off_fills_it(election):
    house = election
    vote = opened(house)
    mark(house, vote, TIED)
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    outcome = queries.outcome_of(vote)
    assert outcome.elected == (1, 2) and outcome.tied == (3, 4)
    assert Term.objects.filter(seat__body=house.board).count() == 2
    assert "2" in Deed.objects.get(name="governance.VoteClosed").data
    with pytest.raises(commands.ItemDecided):
        opened(house)
    again = opened(house, run_off_of_id=vote.pk)
    assert (again.places, again.options) == (1, [3, 4])
    with pytest.raises(commands.ItemDecided):
        opened(house, run_off_of_id=vote.pk)
    mark(house, again, [crosses(4)] * 6 + [crosses(3)] * 5)
    commands.close_vote(house.then(), vote_id=again.pk)
    people = Term.objects.filter(seat__body=house.board).order_by("seat")
    assert [one.person_id for one in people] == [house.members[at] for at in (0, 1, 3)]
    assert Resolution.objects.filter(meeting__body=house.body).count() == 2
    assert queries.verify() == []
    with pytest.raises(commands.EffectUnfit):  # no seat is left
        opened(house, run_off_of_id=again.pk)

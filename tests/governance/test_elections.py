"""Elections held in a meeting: by name, in secret, by hands; ties are told, and seats are filled."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.governance import commands, queries
from dure.domains.governance.models import Resolution, Term, Vote
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied
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


def test_nobody_stands_unasked_twice_or_for_others(election):
    house, item = election, election.election
    sixth, seventh = house.members[5:7]
    other = house.plan()
    mine = house.item(
        other, "이사 선출", effect="governance.elect_officers",
        effect_data={"body_id": house.board.pk, "seat_title": "이사", **TERM},
    )  # fmt: skip
    with pytest.raises(commands.CandidateUnasked, match="동의"):
        commands.add_option(house.act("secretariat"), item_id=mine.pk, person_id=sixth)
    with pytest.raises(Denied):
        commands.add_option(
            house.act("member", actor_id=seventh), item_id=mine.pk, person_id=sixth, has_agreed=True
        )
    own = house.act("member", actor_id=sixth)
    option = commands.add_option(own, item_id=mine.pk, person_id=sixth, statement="잘하겠습니다.")
    assert (option.number, option.person_id) == (1, sixth)
    assert (
        commands.add_option(own, item_id=mine.pk, person_id=sixth, statement="잘하겠습니다.")
        == option
    )
    with pytest.raises(commands.StandsAlready):
        commands.add_option(
            house.act("secretariat"), item_id=mine.pk, person_id=sixth, has_agreed=True
        )
    with pytest.raises(commands.CandidateIsPerson):
        commands.add_option(house.act("secretariat"), item_id=mine.pk, text="아무나")
    with pytest.raises(commands.OptionMissing):
        commands.add_option(house.act("secretariat"), item_id=mine.pk)
    commands.withdraw_option(house.act("member", actor_id=sixth), option_id=option.pk)
    again = commands.add_option(
        house.act("secretariat"), item_id=mine.pk, person_id=sixth, has_agreed=True
    )
    assert again.number == 2  # a number is given once
    opened(house)
    with pytest.raises(commands.OptionsFixed):
        commands.add_option(
            house.act("secretariat"), item_id=item.pk, person_id=seventh, has_agreed=True
        )
    with pytest.raises(commands.OptionsFixed):
        commands.withdraw_option(house.act("secretariat"), option_id=item.options.first().pk)


def test_an_auditor_does_not_stand_for_the_board(election):
    """Refused when standing, with the article; not only when the seat is filled."""
    house = election
    auditors = commands.add_body(house.act("system"), name="감사", kind="auditors")
    seat = commands.add_seat(house.act("system"), body_id=auditors.pk, kind="elected")
    commands.fill_seat(
        house.act("system"), seat_id=seat.pk, person_id=house.members[8],
        from_date=date(2026, 12, 1), until_date=date(2029, 1, 1),
    )  # fmt: skip
    with pytest.raises(RuleNotMet):
        commands.add_option(
            house.act("secretariat"), item_id=house.election.pk, person_id=house.members[8],
            has_agreed=True,
        )  # fmt: skip


def test_what_an_election_asks_before_it_opens(election):
    house = election
    with pytest.raises(commands.ElectionNeeded):
        opened(house, form="motion")
    with pytest.raises(commands.PlacesUnfit, match="3"):
        opened(house, places=4)
    for method, form in (("consent", "choice"), ("hands", "ranked"), ("hands", "score")):
        with pytest.raises(commands.MethodUnfit):
            opened(house, method=method, form=form)
    for option in house.election.options.all()[:2]:
        commands.withdraw_option(house.act("secretariat"), option_id=option.pk)
    with pytest.raises(commands.UncontestedByCrosses):
        opened(house, form="ranked")
    assert opened(house).options == [3, 4, 5]


def test_what_is_marked_is_a_ballot_and_stays(election):
    house = election
    vote = opened(house)
    one = house.members[0]
    with pytest.raises(commands.MarksUnfit, match="3명까지"):
        commands.cast_vote(
            house.voter(one), vote_id=vote.pk, party_id=one, marks=crosses(1, 2, 3, 4)
        )
    commands.cast_vote(house.voter(one), vote_id=vote.pk, party_id=one, marks=crosses(1))
    with pytest.raises(commands.VotedAlready):
        commands.cast_vote(house.voter(one), vote_id=vote.pk, party_id=one, marks=crosses(2))
    line = next(one for one in queries.vote_card(house.then(), vote.pk).lines if one.choice)
    assert line.choice_label == "1"


def test_who_joins_after_the_opening_changes_nothing(election):
    house = election
    vote = opened(house)
    house.join(1)
    late = house.members[-1]
    with pytest.raises(commands.NotOnTheRoll):
        commands.cast_vote(house.voter(late), vote_id=vote.pk, party_id=late, marks=crosses(5))
    mark(house, vote, CLEAR)
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    assert queries.outcome_of(vote).elected == (1, 2, 3) and queries.verify() == []


def test_ranked_and_by_points(election):
    house = election
    vote = opened(house, form="ranked")
    mark(house, vote, [{1: 1, 4: 2}] * 6 + [{2: 1}] * 3 + [{3: 1}] + [{}])
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    card = queries.election_card(vote)
    assert (card.needed, card.ballots, card.blank) == (3, 11, 1)
    assert [one.option.number for one in card.lines if one.is_elected] == [1, 2, 4]
    assert "정족수" not in card.rounds[0].told and "다음 순위" in card.rounds[0].told
    assert queries.verify() == []
    Vote.objects.filter(pk=vote.pk).update(result={**vote.result, "elected": [1, 2, 5]})
    assert {"counts", "records"} <= {one.what for one in queries.verify()}


def test_points_of_few_in_secret_are_told_to_nobody(
    cooperative, django_capture_on_commit_callbacks
):
    house = cooperative
    committee = house.committee(5)
    meeting = house.plan(committee)
    item = house.item(meeting, "워크숍 장소", matter="business")
    for text in ("제주", "강화"):
        commands.add_option(house.act("secretariat"), item_id=item.pk, text=text)
    house.ready(meeting, present=5)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="secret", form="score")
    mark(house, vote, [{1: 5, 2: 2}] * 3 + [{1: 1, 2: 4}] * 2)
    with django_capture_on_commit_callbacks(execute=True):
        vote = commands.close_vote(house.then(), vote_id=vote.pk)
    outcome = queries.outcome_of(vote)
    assert (outcome.elected, outcome.tally, outcome.ballots) == ((1,), {}, 5)
    assert vote.is_withheld and queries.verify() == []


def test_hands_for_candidates_are_counted_by_two(election):
    house = election
    vote = opened(house, method="hands")
    counts = ({1: 9, 2: 8, 3: 5, 4: 4, 5: 0}, {1: 9, 2: 8, 3: 5, 4: 5, 5: 0})
    one, other = house.members[:2]
    with pytest.raises(commands.CountsImpossible):
        commands.count_hands(house.voter(one), vote_id=vote.pk, tally={1: 12})
    for who, count in zip((one, other), counts, strict=True):
        commands.count_hands(house.voter(who), vote_id=vote.pk, tally=count)
    with pytest.raises(commands.CountersDisagree):
        commands.close_vote(house.then(), vote_id=vote.pk)
    commands.count_hands(house.voter(other), vote_id=vote.pk, tally=counts[0])
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    assert queries.outcome_of(vote).elected == (1, 2, 3) and queries.verify() == []


def test_who_stands_alone_is_not_elected_without_a_majority(election):
    house = election
    for option in house.election.options.all()[3:]:
        commands.withdraw_option(house.act("secretariat"), option_id=option.pk)
    vote = opened(house)
    mark(house, vote, [crosses(1, 2, 3)] * 5 + [crosses(1, 2)] + [{}] * 5)
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    assert queries.outcome_of(vote).elected == (1, 2)  # six of eleven; five are not enough
    assert "elections.uncontested_majority" in {one["key"] for one in vote.findings}
    assert Term.objects.filter(seat__body=house.board).count() == 2 and queries.verify() == []


def test_an_objection_makes_it_a_matter_for_another_method(cooperative):
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=11)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="consent")
    one = house.members[3]
    with pytest.raises(commands.ObjectionReasonMissing):
        commands.object_to_vote(house.voter(one), vote_id=vote.pk, party_id=one, reason=" ")
    with pytest.raises(Denied):
        commands.object_to_vote(
            house.voter(house.members[4]), vote_id=vote.pk, party_id=one, reason="싫어요"
        )
    vote = commands.object_to_vote(
        house.voter(one), vote_id=vote.pk, party_id=one, reason="예산이 모자랍니다."
    )
    assert vote.state == Vote.State.LAPSED and not Resolution.objects.exists()
    card = queries.vote_card(house.then(), vote.pk)
    assert card.objections == (("조합원 4", "예산이 모자랍니다."),)
    again = commands.open_vote(house.then(), item_id=item.pk, method="named")
    commands.break_off_vote(house.then(), vote_id=again.pk, reason="고친 안으로 다시 묻습니다.")
    third = commands.open_vote(house.then(), item_id=item.pk, method="consent")
    third = commands.close_vote(house.then(), vote_id=third.pk)
    assert (third.passed, third.yes, third.no) == (True, 11, 0) and queries.verify() == []


def test_a_tie_is_lost_unless_the_rules_give_the_chair_the_casting_vote(cooperative):
    house = cooperative
    committee = house.committee(4)
    chair = house.members[0]
    for casting in (False, True):
        if casting:
            bylaws.adopt_provision(
                house.act("system"), key="bodies.casting_vote", value="yes",
                document="정관", article="제40조", from_date=date(2026, 11, 21), decided_by="총회",
            )  # fmt: skip
        meeting = house.plan(committee)
        item = house.item(meeting, matter="business")
        house.ready(meeting, present=4)
        vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
        for party_id, choice in zip(house.members, ("yes", "yes", "no", "no"), strict=False):
            commands.cast_vote(
                house.voter(party_id), vote_id=vote.pk, party_id=party_id, choice=choice
            )
        leads = house.voter(chair)
        if not casting:
            with pytest.raises(RuleNotMet):
                commands.give_casting_vote(leads, vote_id=vote.pk, choice="yes")
            assert commands.close_vote(house.then(), vote_id=vote.pk).passed is False
            continue
        with pytest.raises(commands.CastingVoteMissing):
            commands.close_vote(house.then(), vote_id=vote.pk)
        with pytest.raises(Denied):
            commands.give_casting_vote(house.voter(house.members[1]), vote_id=vote.pk, choice="yes")
        commands.give_casting_vote(house.voter(chair), vote_id=vote.pk, choice="yes")
        vote = commands.close_vote(house.then(), vote_id=vote.pk)
        assert (vote.passed, vote.yes, vote.no) == (True, 2, 2)
        assert "bodies.casting_vote" in {one["key"] for one in vote.findings}
    assert queries.verify() == []

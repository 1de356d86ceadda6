"""Votes in writing: they count as present where the law knows them, and are refused where not."""

from __future__ import annotations

from datetime import date

import pytest
from django.template.loader import render_to_string

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.governance import commands, documents, queries
from dure.domains.governance.models import CastVote
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied

pytestmark = pytest.mark.django_db


@pytest.fixture
def association(house, act):
    """사단법인 of eleven members, with its general meeting."""
    bylaws.adopt_legal_form(act("secretariat"), form="association", from_date=date(2026, 11, 20))
    house.join(11)
    house.assembly()
    return house


@pytest.fixture
def called(association):
    meeting = association.plan()
    item = association.item(meeting)
    association.call(meeting)
    return association, meeting, item


def note(house, item, number: int, choice: str = "yes", **given):
    given = {"paper": f"서면의결서 {number}", **given}
    return commands.note_written_vote(
        house.then(), item_id=item.pk, party_id=house.members[number], choice=choice, **given
    )


def test_a_paper_counts_for_the_quorum_and_the_majority(called):
    """민법 제73조②, 제75조②: five in the room and one paper are six of eleven."""
    house, meeting, item = called
    house.come(meeting, house.members[:5])
    house.open(meeting)
    with pytest.raises(RuleNotMet, match="제75조"):
        commands.open_vote(house.then(), item_id=item.pk, method="named")
    note(house, item, 10)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    card = queries.vote_card(house.then(), vote.pk)
    assert (card.counts.present, card.written, card.cast) == (6, 1, 1)
    for one in house.members[:3]:
        commands.cast_vote(house.voter(one), vote_id=vote.pk, party_id=one, choice="yes")
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    assert (vote.present, vote.yes, vote.passed) == (6, 4, True)
    assert queries.verify() == []
    assert CastVote.objects.get(vote=vote, party=house.members[10]).paper == "서면의결서 10"
    opened = Deed.objects.get(name="governance.VoteOpened").data
    assert '"written":1' in opened.replace(" ", "")


def test_the_quorum_of_the_meeting_counts_papers_to_the_one(called):
    """As the vote does: five in the room are missing one; the paper is it, and only once."""
    house, meeting, item = called
    other = house.item(meeting, "예산 승인")
    house.come(meeting, house.members[:5])
    first = note(house, item, 10)
    commands.withdraw_written_vote(house.then(), written_id=first.pk)
    stands = queries.live_quorum(meeting)
    assert (stands.present, stands.written, stands.met, stands.missing) == (5, 0, False, 1)
    note(house, item, 10)
    note(house, other, 9)  # of another item: neither has seven
    note(house, item, 0)  # who is there votes in the room
    stands = queries.live_quorum(meeting)
    assert (stands.present, stands.written, stands.met, stands.missing) == (6, 1, True, 0)
    assert queries.meeting_card(house.then(), meeting.pk).quorum == stands
    assert queries.quorum_shown(house.then(), meeting.pk).quorum == stands
    live = queries.quorum_shown(house.then(), meeting.pk)
    assert "그중 서면 1" in render_to_string("governance/_quorum.html", {"live": live})
    house.open(meeting)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    assert queries.vote_card(house.then(), vote.pk).quorum.present == stands.present


def test_the_minutes_name_who_voted_in_writing_with_the_paper(called):
    house, meeting, item = called
    note(house, item, 10)
    house.come(meeting, house.members[:6])
    house.open(meeting)
    house.voted(item, yes=6)
    card = queries.meeting_card(house.then(), meeting.pk)
    record = queries.minutes_draft(card)
    assert record.items[0].votes[0].written == ("조합원 11 (서면의결서 10)",)
    said = "서면: 조합원 11 (서면의결서 10)."
    assert said in render_to_string("governance/minutes.html", {"card": card, "record": record})
    words = documents.minutes_statement(card, record, "한울")
    assert any(said in row.cells[2] for row in words.tables[1].rows)


def test_who_is_there_for_a_vote_is_counted_once(called):
    """By the database as by hand: a paper whose voter comes later, and who leaves."""
    house, meeting, item = called
    note(house, item, 9)
    note(house, item, 10)
    house.come(meeting, house.members[:6])
    house.open(meeting)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    for come, leave, present in ((None, None, 8), (10, None, 8), (8, None, 9), (None, 0, 8)):
        if come is not None:
            house.come(meeting, [house.members[come]])
        if leave is not None:
            commands.check_out(house.then(), meeting_id=meeting.pk, party_id=house.members[leave])
        there = queries.present_of(meeting) | queries.in_writing(vote)
        assert queries.counted_so_far(vote).present == present
        assert len(there & set(house.members)) == present


def test_papers_and_hands_are_counted_together(called):
    house, meeting, item = called
    note(house, item, 9, "no")
    note(house, item, 10, "yes")
    house.come(meeting, house.members[:5])
    house.open(meeting)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="hands")
    with pytest.raises(commands.CountsImpossible):  # five in the room raise no six hands
        commands.count_hands(house.voter(house.members[0]), vote_id=vote.pk, yes=6, no=0)
    for one in house.members[:2]:
        commands.count_hands(house.voter(one), vote_id=vote.pk, yes=3, no=2)
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    assert (vote.present, vote.yes, vote.no, vote.passed) == (7, 4, 3, True)
    assert queries.verify() == []


def test_who_comes_all_the_same_votes_in_the_room(called):
    house, meeting, item = called
    note(house, item, 0, "no")
    house.come(meeting, house.members[:6])
    house.open(meeting)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    assert not vote.cast.exists()
    one = house.members[0]
    commands.cast_vote(house.voter(one), vote_id=vote.pk, party_id=one, choice="yes")


def test_a_paper_is_taken_back_before_the_vote_and_not_after(called):
    house, meeting, item = called
    mine = note(house, item, 8)
    other = note(house, item, 9)
    with pytest.raises(commands.VotedAlready):
        note(house, item, 8, "no")
    with pytest.raises(Denied):
        commands.withdraw_written_vote(house.voter(house.members[7]), written_id=mine.pk)
    commands.withdraw_written_vote(house.voter(house.members[8]), written_id=mine.pk)
    note(house, item, 8, "no")
    house.come(meeting, house.members[:6])
    house.open(meeting)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    assert set(vote.cast.values_list("party_id", "choice")) == {
        (house.members[8], "no"), (house.members[9], "yes"),
    }  # fmt: skip
    with pytest.raises(commands.VotedOnAlready):
        commands.withdraw_written_vote(house.then(), written_id=other.pk)
    with pytest.raises(commands.VotedOnAlready):
        note(house, item, 10)


def test_a_paper_tells_who_voted_how_and_fits_no_secret_ballot(called):
    house, meeting, item = called
    note(house, item, 10)
    house.come(meeting, house.members[:6])
    house.open(meeting)
    with pytest.raises(commands.PapersNeedNames):
        commands.open_vote(house.then(), item_id=item.pk, method="secret")


def test_a_cooperative_knows_no_votes_in_writing(cooperative):
    """협동조합 기본법 제23조②."""
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.call(meeting)
    with pytest.raises(RuleNotMet, match="제23조제2항"):
        note(house, item, 10)


@pytest.fixture
def in_writing(association, act):
    """A committee of five whose regulation lets it decide in writing."""
    bylaws.adopt_provision(
        act("operator"), key="bodies.written_votes", value="yes", document="위원회 규정",
        article="제9조", from_date=act("operator").today, decided_by="총회",
    )  # fmt: skip
    return association


def decide(house, answers: int):
    """A meeting of the committee to which so many of five answer, each by itself."""
    committee = house.committee(5)
    meeting = house.plan(committee)
    item = house.item(meeting, "누리집 바꾸기", matter="business")
    house.call(meeting)
    for one in house.members[:answers]:
        commands.note_written_vote(
            house.voter(one, days=3), item_id=item.pk, party_id=one, choice="yes", paper="답함"
        )
    return meeting, item


def test_a_committee_decides_between_meetings_where_its_rules_say_so(in_writing):
    """Nobody meets: three of five answer by themselves, and on the day the answers are counted."""
    house = in_writing
    meeting, item = decide(house, 3)
    with pytest.raises(Denied):  # for somebody else
        commands.note_written_vote(
            house.voter(house.members[4]), item_id=item.pk, party_id=house.members[3],
            choice="no", paper="답함",
        )  # fmt: skip
    house.open(meeting)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    vote = commands.close_vote(house.then(), vote_id=vote.pk)
    assert (vote.present, vote.yes, vote.passed) == (3, 3, True)
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    assert queries.verify() == []


def test_too_few_answers_are_no_quorum(in_writing):
    house = in_writing
    meeting, item = decide(house, 2)
    house.open(meeting)
    with pytest.raises(RuleNotMet):
        commands.open_vote(house.then(), item_id=item.pk, method="named")


def test_without_such_a_rule_and_in_a_board_one_meets(association):
    house = association
    board = house.committee(3, kind="board")
    for body, refused in ((house.committee(3), Denied), (board, Denied)):
        meeting = house.plan(body)
        item = house.item(meeting, "누리집 바꾸기", matter="business")
        house.call(meeting)
        one = house.members[0]
        with pytest.raises(refused):
            commands.note_written_vote(
                house.voter(one), item_id=item.pk, party_id=one, choice="yes", paper="답함"
            )
        given = {"item_id": item.pk, "party_id": one, "choice": "yes", "paper": "서면"}
        with pytest.raises((RuleNotMet, commands.WrittenVotesNotHere)):
            commands.note_written_vote(house.then(), **given)


def test_a_paper_must_be_named(called):
    house, _meeting, item = called
    for refused, given in (
        (commands.PaperMissing, {"paper": " "}),
        (commands.ChoiceMissing, {"choice": "perhaps"}),
    ):
        with pytest.raises(refused):
            note(house, item, 10, **given)
    with pytest.raises(Denied):
        commands.note_written_vote(
            house.voter(house.members[3]), item_id=item.pk, party_id=house.members[3],
            choice="yes", paper="서면",
        )  # fmt: skip

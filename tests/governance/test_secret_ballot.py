"""A secret ballot: counted once, by the box alone; its box is burnt. That nothing links a voter to
a choice is searched for in test_search_for_a_link."""

from __future__ import annotations

import json
from uuid import NAMESPACE_DNS, UUID, uuid5

import pytest

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.governance import commands, queries
from dure.domains.governance.models import BallotTaken, Resolution, Vote
from dure.domains.governance.rules.voting import receipt_hash, reveals
from dure.kernel import boxes
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied
from dure.site import clockwork

pytestmark = pytest.mark.django_db


def receipt_of(number: int) -> str:
    return f"AAAA-BBBB-CCCC-{number:04d}".replace("0", "A").replace("1", "B")


@pytest.fixture
def opened(cooperative):
    """A secret vote among the eleven, all present."""
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=11)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="secret")
    return house, vote


def cast(house, vote, choices: list[str]) -> None:
    """The members vote in their order; the same acts under the same keys each time."""
    for number, (party_id, choice) in enumerate(zip(house.members, choices, strict=False)):
        act = house.voter(party_id, key=uuid5(NAMESPACE_DNS, f"ballot-{number}"))
        commands.cast_ballot(
            act, vote_id=vote.pk,
            ballot=commands.SecretBallot(party_id, choice, receipt_of(number)),
        )  # fmt: skip


def inside(vote) -> list[str]:
    """The choices in the box, in no order."""
    return [json.loads(text)[1] for text in boxes.open_box(vote.box).read()]


def close(house, vote) -> Vote:
    act = house.then(key=UUID(int=7))
    return commands.close_vote(act, vote_id=vote.pk)


def test_deeds_say_that_somebody_voted_and_not_who(opened):
    house, vote = opened
    cast(house, vote, ["yes"] * 11)
    deeds = Deed.objects.filter(name="governance.BallotCast")
    assert deeds.count() == 11
    assert {(deed.actor_id, deed.subject_id, deed.data) for deed in deeds} == {
        (None, None, deeds[0].data)
    }


def test_the_count_is_right_and_each_receipt_is_found(opened):
    house, vote = opened
    cast(house, vote, ["yes"] * 6 + ["no"] * 3 + ["abstain"])
    vote = close(house, vote)
    assert (vote.passed, vote.yes, vote.no, vote.abstain) == (True, 6, 3, 1)
    card = queries.vote_card(house.voter(house.members[4]), vote.pk)
    assert receipt_hash(receipt_of(4)) in card.receipts
    assert receipt_hash("ZZZZ-ZZZZ-ZZZZ-ZZZZ") not in card.receipts
    assert len([line for line in card.lines if line.choice]) == 10  # who took part, after the count


def test_who_took_part_is_told_only_after_the_count(opened):
    house, vote = opened
    cast(house, vote, ["yes"] * 7)
    card = queries.vote_card(house.then(), vote.pk)
    assert card.cast == 7 and card.lines == ()


def test_nobody_votes_for_another_and_nobody_twice(opened):
    house, vote = opened
    one, other = house.members[:2]
    ballot = commands.SecretBallot(one, "yes", receipt_of(0))
    for act in (house.then(), house.voter(other)):
        with pytest.raises(Denied):
            commands.cast_ballot(act, vote_id=vote.pk, ballot=ballot)
    first = house.voter(one)
    commands.cast_ballot(first, vote_id=vote.pk, ballot=ballot)
    again = commands.SecretBallot(one, "no", receipt_of(1))
    commands.cast_ballot(first, vote_id=vote.pk, ballot=again)  # the same key
    assert inside(vote) == ["yes"]
    with pytest.raises(commands.VotedAlready):
        commands.cast_ballot(house.voter(one), vote_id=vote.pk, ballot=again)
    commands.cast_ballot(house.voter(one), vote_id=vote.pk, ballot=ballot)  # the same ballot again
    assert inside(vote) == ["yes"]


def test_a_unanimous_committee_of_three_is_told_the_result_only(cooperative):
    house = cooperative
    committee = house.committee(3)
    meeting = house.plan(committee)
    item = house.item(meeting, matter="business")
    house.ready(meeting, present=3)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="secret")
    cast(house, vote, ["no"] * 3)
    vote = close(house, vote)
    assert vote.is_withheld and vote.passed is False
    assert (vote.yes, vote.no, vote.abstain) == (None, None, None)
    assert not [one for one in vote.findings if one["key"].endswith("ordinary_ratio")]
    assert "withheld" in str(Deed.objects.get(name="governance.VoteClosed").data) or (
        '"no":null' in Deed.objects.get(name="governance.VoteClosed").data.replace(" ", "")
    )
    assert Resolution.objects.get(vote=vote).adopted is False


def test_a_broken_off_ballot_is_burnt_uncounted(opened, django_capture_on_commit_callbacks):
    house, vote = opened
    cast(house, vote, ["yes"] * 8)
    with django_capture_on_commit_callbacks(execute=True):
        commands.break_off_vote(house.then(), vote_id=vote.pk, reason="다시 설명")
    vote.refresh_from_db()
    assert vote.yes is None and vote.box not in boxes.names()
    assert not BallotTaken.objects.exists() and vote.receipts == []


def test_a_counted_box_is_burnt_when_the_count_is_sure(opened, django_capture_on_commit_callbacks):
    house, vote = opened
    cast(house, vote, ["yes"] * 8)
    with django_capture_on_commit_callbacks(execute=True):
        close(house, vote)
        assert inside(vote) == ["yes"] * 8  # until then nothing is lost
    assert vote.box not in boxes.names() and queries.verify() == []
    with pytest.raises(boxes.BoxMissing):
        boxes.open_box(vote.box)


def test_without_its_box_a_vote_is_not_counted_but_broken_off_and_voted_again(opened):
    house, vote = opened
    cast(house, vote, ["yes"] * 8)
    boxes.burn(vote.box)  # the machine is lost, its database comes back from a backup
    assert queries.vote_card(house.then(), vote.pk).cast == 0
    late = house.members[9]
    with pytest.raises(boxes.BoxMissing):
        commands.cast_ballot(
            house.voter(late), vote_id=vote.pk,
            ballot=commands.SecretBallot(late, "no", receipt_of(9)),
        )  # fmt: skip
    with pytest.raises(boxes.BoxMissing):
        close(house, vote)
    commands.break_off_vote(house.then(), vote_id=vote.pk, reason="투표함 유실")
    again = commands.open_vote(house.then(), item_id=vote.item_id, method="secret")
    assert again.pk != vote.pk and inside(again) == []


def test_a_box_that_a_killed_process_left_is_burnt_by_the_clock(opened):
    house, vote = opened
    cast(house, vote, ["yes"] * 8)
    clockwork._burn_boxes(house.then())
    assert vote.box in boxes.names()  # still under way
    close(house, vote)
    clockwork._burn_boxes(house.then())
    assert vote.box not in boxes.names()


def test_a_ballot_whose_command_fails_at_its_very_end_is_in_the_box_once(opened, monkeypatch):
    """As when the connection breaks while the transaction is confirmed."""
    house, vote = opened
    one = house.members[0]
    ballot, act = commands.SecretBallot(one, "yes", receipt_of(0)), house.voter(one)

    class Broken(Exception):
        pass

    def breaks(*_given: object) -> None:
        raise Broken

    with monkeypatch.context() as patch, pytest.raises(Broken):
        patch.setattr("dure.kernel.deeds._INSERT_KEY.and_commit", breaks)
        commands.cast_ballot(act, vote_id=vote.pk, ballot=ballot)
    assert inside(vote) == ["yes"]
    with pytest.raises(commands.VotedAlready):  # thought better of it meanwhile
        changed = commands.SecretBallot(one, "no", receipt_of(1))
        commands.cast_ballot(house.voter(one), vote_id=vote.pk, ballot=changed)
    commands.cast_ballot(act, vote_id=vote.pk, ballot=ballot)  # sent again
    assert inside(vote) == ["yes"]


def test_the_board_votes_by_name(cooperative):
    house = cooperative
    board = house.committee(3, kind="board")
    meeting = house.plan(board)
    item = house.item(meeting, matter="business")
    house.ready(meeting, present=3)
    with pytest.raises(RuleNotMet, match="제39조제5항"):
        commands.open_vote(house.then(), item_id=item.pk, method="secret")


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((3, 0, 0, 0), False),
        ((2, 1, 0, 0), False),  # the one knows the other two
        ((2, 2, 0, 0), True),
        ((9, 0, 0, 0), False),
        ((10, 0, 0, 0), True),  # many: the custom of announcing 만장일치 holds
        ((5, 2, 1, 0), True),
    ],
)
def test_which_counts_are_withheld(counts, told):
    assert reveals(*counts, least=10) != told


def test_a_box_opens_only_with_its_own_key_and_tells_no_lengths(settings, tmp_path):
    settings.DURE_BALLOTS = tmp_path / "ballots"
    one, other = boxes.new_box(), boxes.new_box()
    for number, text in enumerate(("yes", "abstain", "no", "no")):
        boxes.open_box(one).put(number, text)
        boxes.open_box(other).put(number, "no")
    assert sorted(boxes.open_box(one).read()) == ["abstain", "no", "no", "yes"]
    assert boxes.open_box(one).takers == {0, 1, 2, 3}
    folder = boxes.folder()
    files = sorted(folder.iterdir())
    assert len(files) == 4 and {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / f"{one}.box").stat().st_size == (folder / f"{other}.box").stat().st_size
    (folder / f"{one}.key").write_bytes((folder / f"{other}.key").read_bytes())
    with pytest.raises(boxes.BoxMissing):
        boxes.open_box(one)

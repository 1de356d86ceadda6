"""A secret ballot leaves no link from voter to choice: the whole database is searched for one."""

from __future__ import annotations

from uuid import NAMESPACE_DNS, UUID, uuid5

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import connection, transaction

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.governance import commands, queries
from dure.domains.governance.models import Ballot, BallotTaken, Resolution, Vote
from dure.domains.governance.rules.voting import receipt_hash, reveals
from dure.kernel import boxes
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied

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
            act, vote_id=vote.pk, party_id=party_id,
            ballot=commands.SecretBallot(choice, receipt_of(number)),
        )  # fmt: skip


def close(house, vote) -> Vote:
    act = house.then(key=UUID(int=7))
    return commands.close_vote(act, vote_id=vote.pk)


def everything() -> dict[str, list[tuple]]:
    """Every row of every table, in the order in which they lie there. On PostgreSQL in an order of
    their own: where a row lies there depends on what was vacuumed meanwhile."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = cursor.fetchall()
            found[table] = sorted(rows, key=repr) if connection.vendor == "postgresql" else rows
    return found


def sequences() -> list[tuple]:
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"
        )
        return cursor.fetchall()


class Undone(Exception):
    pass


def database_after(house, vote, choices, *, closed: bool = True) -> dict[str, list[tuple]]:
    """The whole database after these choices; everything is undone again."""
    before = sequences()
    try:
        with transaction.atomic():
            cast(house, vote, choices)
            if closed:
                close(house, vote)
            found = everything()
            raise Undone
    except Undone:
        with connection.cursor() as cursor:
            for name, last in before:
                cursor.execute("SELECT setval(%s, %s, %s)", [name, last or 1, last is not None])
        return found


def test_who_voted_how_makes_no_difference_to_any_row_of_any_table(opened):
    house, vote = opened
    choices = ["yes"] * 5 + ["no"] * 4 + ["abstain"] * 2
    seen = database_after(house, vote, choices)
    for other in (choices[::-1], choices[3:] + choices[:3], sorted(choices)):
        assert database_after(house, vote, other) == seen


def test_while_the_box_is_locked_all_ballots_look_alike(opened):
    house, vote = opened
    choices = ["yes"] * 5 + ["no"] * 4 + ["abstain"] * 2
    one = database_after(house, vote, choices, closed=False)
    other = database_after(house, vote, choices[::-1], closed=False)
    assert {table for table in one if one[table] != other[table]} == {"governance_ballot"}
    locked = [row[-1] if len(str(row[-1])) > 40 else row[1] for row in one["governance_ballot"]]
    assert len({len(str(text)) for text in locked}) == 1 and len(set(locked)) == len(choices)


def test_no_text_in_the_database_holds_a_ballot_or_a_receipt(opened):
    house, vote = opened
    cast(house, vote, ["yes"] * 6 + ["no"] * 5)
    text = repr(everything())
    assert receipt_of(3) not in text and receipt_hash(receipt_of(3)) not in text
    close(house, vote)
    text = repr(everything())
    assert receipt_of(3) not in text  # only its hash, among all in their own order
    vote.refresh_from_db()
    assert vote.receipts == sorted(receipt_hash(receipt_of(n)) for n in range(11))
    assert vote.box_secret == "" and not Ballot.objects.exists()


def test_deeds_say_that_somebody_voted_and_not_who(opened):
    house, vote = opened
    cast(house, vote, ["yes"] * 11)
    deeds = Deed.objects.filter(name="governance.BallotCast")
    assert deeds.count() == 11
    assert {(deed.actor_id, deed.subject_id, deed.data) for deed in deeds} == {
        (None, None, deeds[0].data)
    }


def test_columns_of_secret_ballots_hold_no_time_and_no_person():
    for model, allowed in (
        (Ballot, {"id", "vote", "locked"}),
        (BallotTaken, {"id", "vote", "party"}),
    ):
        assert {field.name for field in apps.get_model(model._meta.label)._meta.fields} == allowed


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
    ballot = commands.SecretBallot("yes", receipt_of(0))
    one, other = house.members[:2]
    for act in (house.then(), house.voter(other)):
        with pytest.raises(Denied):
            commands.cast_ballot(act, vote_id=vote.pk, party_id=one, ballot=ballot)
    first = house.voter(one)
    commands.cast_ballot(first, vote_id=vote.pk, party_id=one, ballot=ballot)
    again = commands.SecretBallot("no", receipt_of(1))
    commands.cast_ballot(first, vote_id=vote.pk, party_id=one, ballot=again)  # the same key
    assert Ballot.objects.count() == 1
    with pytest.raises(commands.VotedAlready):
        commands.cast_ballot(house.voter(one), vote_id=vote.pk, party_id=one, ballot=again)


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


def test_a_broken_off_ballot_is_burnt_uncounted(opened):
    house, vote = opened
    cast(house, vote, ["yes"] * 8)
    commands.break_off_vote(house.then(), vote_id=vote.pk, reason="다시 설명")
    vote.refresh_from_db()
    assert vote.box_secret == "" and vote.yes is None and not Ballot.objects.exists()


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


def test_a_box_opens_only_with_its_own_key():
    key = boxes.new_key()
    sealed = [boxes.lock(key, text) for text in ("yes", "abstain", "no", "no")]
    assert len(set(sealed)) == 4 and len({len(one) for one in sealed}) == 1
    assert [boxes.unlock(key, one) for one in sealed] == ["yes", "abstain", "no", "no"]
    with pytest.raises(InvalidTag):
        boxes.unlock(boxes.new_key(), sealed[0])

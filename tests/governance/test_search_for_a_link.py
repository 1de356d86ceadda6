"""The whole installation is searched for a link from voter to choice, by one who tries everything."""

from __future__ import annotations

import logging
import shutil
from base64 import urlsafe_b64encode
from collections.abc import Callable
from uuid import NAMESPACE_DNS, UUID, uuid5

import pytest
from django.db import connection, transaction

from dure.domains.governance import commands
from dure.domains.governance.commands import balloting
from dure.kernel import boxes, plain, secrets
from dure.kernel.models import Deed
from tests.governance.searching import Kept, Row, Truth, kept, search

CHOICES = ("no", "yes", "abstain", "yes", "no", "no", "yes", "yes", "abstain", "no", "yes")
CAME = (4, 9, 0, 6, 2, 10, 5, 1, 8, 3, 7)  # not in the order of their numbers


def receipt_of(number: int) -> str:
    return f"QRST-UVWX-{number:04d}-KLMN".translate(str.maketrans("01", "AB"))


@pytest.fixture
def opened(cooperative, settings, tmp_path):
    """A secret vote among the eleven, all present; its box in a folder of its own."""
    settings.DURE_BALLOTS = tmp_path / "ballots"
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=11)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="secret")
    return house, vote


def cast(house, vote, choices=CHOICES, beside: Callable[..., None] | None = None) -> Truth:
    """The members vote as they come; `beside` leaks in the same transaction."""
    votes = []
    for number, (at, choice) in enumerate(zip(CAME, choices, strict=True)):
        party_id, receipt = house.members[at], receipt_of(number)
        act = house.voter(party_id, key=uuid5(NAMESPACE_DNS, f"ballot-{number}"))
        ballot = commands.SecretBallot(party_id, choice, receipt)
        with transaction.atomic():
            commands.cast_ballot(act, vote_id=vote.pk, ballot=ballot)
            if beside:
                beside(number, party_id, choice, receipt)
        votes.append((party_id, choice, receipt))
    return Truth(vote.pk, tuple(votes))


def close(house, vote) -> None:
    commands.close_vote(house.then(key=UUID(int=7)), vote_id=vote.pk)


@pytest.mark.django_db(transaction=True)
def test_nothing_that_is_kept_links_a_voter_to_a_choice(opened, caplog, tmp_path):
    house, vote = opened
    caplog.set_level(logging.DEBUG)
    truth = cast(house, vote)
    without_key = kept(tmp_path, caplog.text, without=[".key"])
    assert any(name.endswith(".box") for name in without_key.files)
    assert search(without_key, truth, counted=False) == []
    close(house, vote)
    after = kept(tmp_path, caplog.text)
    assert not any(tmp_path.name in name for name in after.files), "the box is burnt"
    assert search(after, truth, counted=True) == []


# -- the search itself is tried: each planted leak is found -----------------------------------------

CODES = {"yes": "b", "no": "a", "abstain": "c"}


def table(columns: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE leak ({columns})")


def row(*values: object) -> None:
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO leak VALUES ({marks})", list(values))


def in_the_order_of_casting(number, party, choice, receipt):
    row(CODES[choice], 0)


def by_a_moment_though_shuffled(number, party, choice, receipt):
    row(CODES[choice], 1000 + number)


def in_the_order_of_the_voters_numbers(number, party, choice, receipt):
    row(CODES[choice], party * 3)


def as_a_hash_of_the_input(number, party, choice, receipt):
    row(plain.digest({"vote_id": 1, "party_id": party, "choice": choice}), 0)


def as_a_plain_hash(number, party, choice, receipt):
    from hashlib import sha256

    row(sha256(f"{party}:{choice}".encode()).hexdigest(), 0)


def as_a_receipt_in_clear(number, party, choice, receipt):
    row(f"cast with {receipt}", 0)


LEAKS = (
    in_the_order_of_casting,
    by_a_moment_though_shuffled,
    in_the_order_of_the_voters_numbers,
    as_a_hash_of_the_input,
    as_a_plain_hash,
    as_a_receipt_in_clear,
)


@pytest.fixture
def scratch(opened):
    table("said text, moment bigint")
    yield opened
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE leak")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_a_planted_leak_is_found(scratch, tmp_path, leak):
    house, vote = scratch
    waiting: list[tuple] = []
    shuffled = leak in (by_a_moment_though_shuffled, in_the_order_of_the_voters_numbers)
    truth = cast(house, vote, beside=(lambda *given: waiting.append(given)) if shuffled else leak)
    for given in sorted(waiting, key=lambda one: one[3][::-1] + str(one[0] * 7 % 11)):
        leak(*given)
    truth = Truth(1 if leak is as_a_hash_of_the_input else vote.pk, truth.votes)
    found = search(kept(tmp_path, without=[".key"]), truth, counted=False)
    assert found and all("leak" in one or "hash" in one or "receipt" in one for one in found)


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_names_voter_and_choice_is_found(opened, tmp_path):
    house, vote = opened

    def tells(number, party, choice, receipt):
        Deed.objects.create(
            name="governance.BallotCast", at=house.then().at, actor_id=party, via=choice,
            key=uuid5(NAMESPACE_DNS, str(number)), subject_id=party, data="{}",
        )  # fmt: skip

    truth = cast(house, vote, beside=tells)
    found = search(kept(tmp_path, without=[".key"]), truth, counted=False)
    assert "the order of kernel_deed.via" in found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kept_key", ["beside the box", "in the database, encrypted"])
def test_a_key_that_is_kept_is_found(scratch, tmp_path, kept_key):
    house, vote = scratch
    truth = cast(house, vote)
    without = []
    if kept_key != "beside the box":
        row(secrets.encrypt(urlsafe_b64encode(boxes.open_box(vote.box).key).decode()), 0)
        without = [".key"]
    found = search(kept(tmp_path, without=without), truth, counted=False)
    assert [one for one in found if one.endswith(".box opens")]


@pytest.mark.django_db(transaction=True)
def test_rows_of_one_transaction_are_joined(scratch, tmp_path):
    """As PostgreSQL tells it: who took part in one table, what was voted in another, shuffled."""
    house, vote = scratch
    truth = cast(house, vote)
    found = kept(tmp_path, without=[".key"])
    ballots = [
        Row("ballot", str(900 + number), {"locked": CODES[choice]})
        for number, (_party, choice, _receipt) in enumerate(truth.votes)
    ]
    taken = [
        Row("taken", str(900 + number), {"party_id": str(party)})
        for number, (party, _choice, _receipt) in enumerate(truth.votes)
    ]
    lying = sorted([*ballots, *taken], key=lambda one: str(one.cells))
    joined = Kept((*found.rows, *lying), {}, "")
    assert "the order of ballot.locked by the transaction that names the voter" in search(
        joined, truth, counted=False
    )


# -- and without guessing: who voted how makes no difference at all ---------------------------------


class Undone(Exception):
    pass


@pytest.fixture
def same_chance(monkeypatch):
    """The keys of the deeds, drawn by lot, fall alike in each run."""

    def draw() -> Callable[[], UUID]:
        numbers = iter(range(10_000))
        return lambda: uuid5(NAMESPACE_DNS, f"lot-{next(numbers)}")

    return lambda: monkeypatch.setattr(balloting, "uuid4", draw())


def everything_after(house, vote, choices, *, counted: bool) -> list[tuple]:
    """Each row of each table in its place; then all is undone again, and the box as it was."""
    folder = boxes.folder()
    saved = folder.with_name("saved")
    shutil.copytree(folder, saved)
    with connection.cursor() as cursor:
        before = []
        if connection.vendor == "postgresql":
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
            before = cursor.fetchall()
    try:
        with transaction.atomic():
            cast(house, vote, choices)
            if counted:
                close(house, vote)
            found = [(one.table, one.cells) for one in kept(folder).rows]
            if connection.vendor == "postgresql":  # its place there depends on what was vacuumed
                found.sort(key=repr)
            raise Undone
    except Undone:
        shutil.rmtree(folder)
        saved.rename(folder)
        with connection.cursor() as cursor:
            for name, last in before:
                cursor.execute("SELECT setval(%s, %s, %s)", [name, last or 1, last is not None])
        return found


@pytest.mark.django_db
@pytest.mark.parametrize("counted", [False, True], ids=["under way", "counted"])
def test_who_voted_how_makes_no_difference_to_any_row_of_any_table(opened, same_chance, counted):
    house, vote = opened
    same_chance()
    seen = everything_after(house, vote, CHOICES, counted=counted)
    for other in (CHOICES[::-1], CHOICES[3:] + CHOICES[:3], tuple(sorted(CHOICES))):
        same_chance()
        assert everything_after(house, vote, other, counted=counted) == seen

"""A vote of a large assembly: opened and closed, in secret and by name; and votes cast one by one.

    .venv/bin/python benchmarks/assembly.py [--members 7300] [--rounds 3] [--casts 200]
    DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/assembly.py

All are there and all vote. Opening freezes and hashes the roll; closing counts every ballot, notes who
took part, computes the result and hashes what it rests on. Ballots are laid in beforehand, in one go.
Casting is measured into a box that holds all others already, beside a commit of two bare rows.
"""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import ground
from billing import add_members
from ground import middle, say, timed

LIMIT_SECONDS = 5
CHOICES = ("yes", "yes", "no", "yes", "abstain")


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--members", type=int, default=7_300)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--casts", type=int, default=200)
    given = asked.parse_args()
    engine = ground.prepare()
    say(f"engine {engine}, {ground.busy()}, {given.members:,} members")
    add_members(given.members)
    meeting, voters = assembly(2 * given.rounds + 2)
    for method in ("secret", "named"):
        opened: list[float] = []
        closed: list[float] = []
        for _turn in range(given.rounds):
            with timed(opened):
                vote = open_vote(meeting, method)
            fill(vote, voters)
            with timed(closed):
                close_vote(vote)
        took = middle(opened) + middle(closed)
        say(
            f"{method:6}  opened {middle(opened):5.2f} s, closed {middle(closed):5.2f} s,"
            f" together {took:5.2f} s (limit {LIMIT_SECONDS})"
        )
    for method in ("secret", "named"):
        vote = open_vote(meeting, method)
        late = voters[: given.casts]
        fill(vote, voters[given.casts :])
        bare: list[float] = []
        dure: list[float] = []
        for party_id in late:
            with timed(bare):
                floor()
            with timed(dure):
                cast(vote, party_id)
        say(
            f"{method:6}  cast {1 / middle(dure):6.0f} a second ({1000 * middle(dure):.2f} ms),"
            f" two bare rows {1 / middle(bare):6.0f} a second: {middle(dure) / middle(bare):.1f} of them"
        )


def then(actor: int | None = None) -> Any:
    """An act at the hour of the meeting: the system's, or a voter's own."""
    from dure.kernel.acts import Act, Capacity, system_act

    if actor is None:
        return system_act(DAY)
    return Act(actor, DAY, uuid4(), "web", frozenset({Capacity("person", actor)}))


def assembly(items: int) -> tuple[int, list[int]]:
    """A general meeting with so many items, called, told and opened; all its voters are there."""
    global DAY
    from dure.domains.bylaws import commands as bylaws
    from dure.domains.governance import commands
    from dure.domains.governance.models import Attendance
    from dure.domains.memberships.models import Membership
    from dure.domains.parties.models import Person
    from dure.kernel.acts import SEOUL

    today = ground.act().today
    day = today + timedelta(days=20)
    DAY = datetime(day.year, day.month, day.day, 14, tzinfo=SEOUL)
    bylaws.adopt_legal_form(ground.act(), form="association", from_date=today)
    body = commands.add_body(
        ground.act(), name="총회", kind="general_meeting", from_date=date(day.year, 1, 1)
    )
    meeting = commands.plan_meeting(
        ground.act(), body_id=body.pk, title="정기총회", starts_at=DAY, place="체육관"
    ).pk
    for number in range(items):
        commands.add_item(
            ground.act(), meeting_id=meeting, title=f"안건 {number}", matter="plan_and_budget"
        )
    commands.convene_meeting(ground.act(), meeting_id=meeting)
    commands.note_notices(ground.act(), meeting_id=meeting, way="in_hand", told_date=today)
    voters = list(Membership.objects.order_by("party_id").values_list("party_id", flat=True))
    Person.objects.bulk_create((Person(party_id=one) for one in voters), batch_size=1_000)
    Attendance.objects.bulk_create(
        (
            Attendance(meeting_id=meeting, party_id=one, person_id=one, from_at=DAY)
            for one in voters
        ),
        batch_size=1_000,
    )
    commands.open_meeting(then(), meeting_id=meeting, chair_id=voters[0], chair_reason="elected")
    return meeting, voters


def open_vote(meeting: int, method: str) -> Any:
    from dure.domains.governance import commands
    from dure.domains.governance.models import Item

    item = Item.objects.filter(meeting=meeting, votes=None).order_by("number")[0]
    return commands.open_vote(then(), item_id=item.pk, method=method)


def close_vote(vote: Any) -> None:
    from dure.domains.governance import commands

    assert commands.close_vote(then(), vote_id=vote.pk).passed


def fill(vote: Any, voters: list[int]) -> None:
    """The votes of many at once."""
    from dure.domains.governance.models import CastVote
    from dure.domains.governance.rules.voting import receipt_hash
    from dure.kernel import boxes

    said = [(one, CHOICES[number % len(CHOICES)]) for number, one in enumerate(voters)]
    if vote.method == "secret":
        box = boxes.open_box(vote.box)
        box.takers.update(voters)
        for one, choice in said:
            text = json.dumps([receipt_hash(receipt(one)), choice])
            box.texts.append(text.encode().ljust(boxes.BLOCK))
        box.write()
        return
    CastVote.objects.bulk_create(
        (CastVote(vote=vote, party_id=one, choice=choice, cast_at=DAY) for one, choice in said),
        batch_size=1_000,
    )


def cast(vote: Any, party_id: int) -> None:
    from dure.domains.governance import commands

    act = then(party_id)
    if vote.method == "secret":
        ballot = commands.SecretBallot(party_id, "yes", receipt(party_id))
        commands.cast_ballot(act, vote_id=vote.pk, ballot=ballot)
    else:
        commands.cast_vote(act, vote_id=vote.pk, party_id=party_id, choice="yes")


def receipt(party_id: int) -> str:
    return f"ABCDEFGHJKLM{party_id}".translate(str.maketrans("01", "YZ"))


def floor() -> None:
    """A deed and its key, by the driver."""
    from django.db import connection, transaction

    key = uuid4().hex if connection.vendor == "sqlite" else uuid4()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_deed (name, at, via, key, data) VALUES (%s, %s, %s, %s, %s)",
            ["bare", DAY, "web", key, "{}"],
        )
        cursor.execute(
            "INSERT INTO kernel_key (key, command, input_hash, result, at) VALUES (%s, %s, %s, %s, %s)",
            [key, "bare", "0" * 64, "null", DAY],
        )


if __name__ == "__main__":
    main()

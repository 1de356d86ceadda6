"""Who sits in a body, by whatever right."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.governance import commands, queries
from dure.domains.parties import commands as parties
from dure.kernel.acts import Capacity

from .conftest import MEETING_DAYS, STARTED


def appointed(act, name: str, since: date) -> int:
    person = parties.add_person(act("system"), name=name)
    parties.appoint_staff(
        act("system"), person_id=person.pk, office="secretariat", from_date=since, decision="총회"
    )
    return person.pk


def test_a_seat_by_office_has_one_holder_who_has_held_the_office_longest(house, act):
    later = appointed(act, "나중 사무국", date(2026, 6, 1))
    longest = appointed(act, "먼저 사무국", date(2026, 2, 1))
    body = commands.add_body(act("system"), name="위원회", kind="committee", from_date=STARTED)
    commands.add_seat(act("system"), body_id=body.pk, kind="ex_officio", office="secretariat")

    (seat,) = queries.body_card(act("secretariat"), body.pk).sittings
    assert (seat.person_id, seat.name) == (longest, "먼저 사무국")
    held = [
        queries.capacities_of(person, frozenset(), frozenset({"secretariat"}), date(2026, 11, 20))
        for person in (longest, later)
    ]
    assert held == [frozenset({Capacity("seat", body.pk)}), frozenset()]


def test_a_body_that_ended_sits_and_decides_no_more(cooperative, act):
    meeting = cooperative.plan()
    item = cooperative.item(meeting)
    cooperative.ready(meeting, present=11)
    commands.end_body(act("system"), body_id=cooperative.body.pk, until_date=date(2026, 12, 1))
    with pytest.raises(commands.BodyEndedAlready):
        commands.open_vote(cooperative.then(), item_id=item.pk, method="named")


def test_a_meeting_is_opened_on_the_day_it_was_called_for(cooperative, act):
    meeting = cooperative.plan()
    cooperative.item(meeting)
    cooperative.call(meeting)
    for days in (0, MEETING_DAYS - 1, MEETING_DAYS + 1):
        with pytest.raises(commands.NotItsDay):
            commands.open_meeting(cooperative.then(days=days), meeting_id=meeting.pk)

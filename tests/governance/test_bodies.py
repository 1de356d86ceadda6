"""Who sits in a body, by whatever right."""

from __future__ import annotations

from datetime import date

from dure.domains.governance import commands, queries
from dure.domains.parties import commands as parties
from dure.kernel.acts import Capacity

from .conftest import STARTED


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

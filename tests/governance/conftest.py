"""A network with an assembly: members, a general meeting, and a meeting of it made ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.governance import commands, queries
from dure.domains.governance.models import Body, Item, Meeting, Vote
from dure.domains.ledger import commands as ledger
from dure.domains.memberships import commands as memberships
from dure.domains.parties import commands as parties
from dure.kernel.acts import SEOUL, Act, Capacity
from tests.conftest import NOW

STARTED = date(2026, 1, 1)
MEETING_DAYS = 12  # after NOW, the day on which everybody is told


@dataclass
class House:
    """Makes members, bodies and meetings through the ordinary commands."""

    act: Callable[..., Act]
    members: list[int] = field(default_factory=list)  # the parties of the voting members
    memberships: list[int] = field(default_factory=list)
    body: Body | None = None

    def join(self, count: int, joined: date = STARTED) -> None:
        for _one in range(count):
            number = len(self.members) + 1
            party = parties.add_person(self.act("system"), name=f"조합원 {number}")
            made = memberships.enrol_member(
                self.act("system"), party_id=party.pk, member_class="person",
                joined_date=joined, decided_by="창립총회",
            )  # fmt: skip
            self.members.append(party.pk)
            self.memberships.append(made.pk)

    def assembly(self) -> Body:
        self.body = commands.add_body(
            self.act("system"), name="총회", kind="general_meeting", from_date=STARTED
        )
        return self.body

    def committee(self, seats: int, kind: str = "steering_committee", **given) -> Body:
        body = commands.add_body(
            self.act("system"), name="운영위원회", kind=kind, from_date=STARTED, **given
        )
        for person in self.members[:seats]:
            seat = commands.add_seat(
                self.act("system"), body_id=body.pk, kind="elected",
                is_chair=person == self.members[0],
            )  # fmt: skip
            commands.fill_seat(
                self.act("system"), seat_id=seat.pk, person_id=person, from_date=STARTED
            )
        return body

    def plan(self, body: Body | None = None, days: int = MEETING_DAYS) -> Meeting:
        day = (NOW + timedelta(days=days)).astimezone(SEOUL).date()
        return commands.plan_meeting(
            self.act("system"), body_id=(body or self.body).pk, title="2026년 임시총회",
            starts_at=datetime(day.year, day.month, day.day, 11, tzinfo=SEOUL), place="마을회관",
        )  # fmt: skip

    def item(self, meeting: Meeting, title: str = "사업계획 승인", **given) -> Item:
        if "effect" not in given:
            given.setdefault("matter", "plan_and_budget")
        return commands.add_item(self.act("system"), meeting_id=meeting.pk, title=title, **given)

    def call(self, meeting: Meeting) -> None:
        """Called and told in hand, both today."""
        commands.convene_meeting(self.act("secretariat"), meeting_id=meeting.pk)
        commands.note_notices(
            self.act("secretariat"), meeting_id=meeting.pk, way="in_hand",
            told_date=NOW.astimezone(SEOUL).date(),
        )  # fmt: skip

    def come(self, meeting: Meeting, parties_: list[int]) -> None:
        for party_id in parties_:
            commands.check_in(self.then(), meeting_id=meeting.pk, party_id=party_id)

    def open(self, meeting: Meeting, chair: int | None = None) -> Meeting:
        """Opened; the first member leads it, elected for it, unless it is the chair."""
        return commands.open_meeting(
            self.then(), meeting_id=meeting.pk, chair_id=chair or self.members[0],
            chair_reason="elected",
        )  # fmt: skip

    def code(self, meeting: Meeting, **given) -> str:
        """What hangs on the wall of the room."""
        return queries.room_code(self.then(**given), meeting)

    def then(self, *names: str, **given) -> Act:
        """An act on the day of the meeting."""
        return self.act(*(names or ("secretariat",)), days=given.pop("days", MEETING_DAYS), **given)

    def voter(self, party_id: int, **given) -> Act:
        """The member itself, on the day of the meeting."""
        made = self.then("member", actor_id=party_id, **given)
        assert Capacity("person", party_id) in made.standing
        return made

    def ready(self, meeting: Meeting, present: int) -> None:
        """Called, told, opened, with so many present."""
        self.call(meeting)
        self.come(meeting, self.members[:present])
        self.open(meeting)

    def voted(self, item: Item, yes: int, no: int = 0, abstain: int = 0) -> Vote:
        """A vote by name among the first members; closed."""
        vote = commands.open_vote(self.then(), item_id=item.pk, method="named")
        choices = ["yes"] * yes + ["no"] * no + ["abstain"] * abstain
        barred = set(vote.barred_voters.values_list("party_id", flat=True))
        voters = [one for one in self.members if one not in barred]
        for party_id, choice in zip(voters, choices, strict=False):
            commands.cast_vote(
                self.voter(party_id), vote_id=vote.pk, party_id=party_id, choice=choice
            )
        return commands.close_vote(self.then(), vote_id=vote.pk)


@pytest.fixture
def house(db, act):
    """Books open since January 2026, the usual classes, no members and no bodies yet."""
    parties.found_network(act("system"), name="한울 네트워크", legal_form="association")
    ledger.open_books(act("system"), first_date=STARTED)
    for code, name, who, may_vote in memberships.STARTING_CLASSES:
        memberships.add_member_class(
            act("system"), name=name, code=code, who=who, may_vote=may_vote
        )
    return House(act)


@pytest.fixture
def cooperative(house, act):
    """The same as a social co-operative of eleven members, with its general meeting."""
    bylaws.adopt_legal_form(
        act("secretariat"), form="social_cooperative", from_date=date(2026, 11, 20)
    )
    house.join(11)
    house.assembly()
    return house

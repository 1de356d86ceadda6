"""A membership ends: what only members hold ends with it; where no rule says so, people look."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.governance import commands, queries
from dure.domains.governance.models import Seat, Term
from dure.domains.memberships import commands as memberships
from dure.domains.memberships.models import Membership
from dure.domains.parties import commands as parties
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied
from dure.site.desk.bodies import seats as desk

from .conftest import STARTED
from .test_decisions import case_about

pytestmark = pytest.mark.django_db


def expelled(house, number: int = -1):
    """A member expelled by the general meeting; the resolution."""
    case = case_about(house, house.memberships[number])
    meeting = house.plan()
    item = house.item(
        meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    house.ready(meeting, present=6)
    return house.voted(item, yes=6).resolution


def only_members(house):
    bylaws.adopt_provision(
        house.act("system"), key="officers.members_only", value="yes", document="정관",
        article="제45조", from_date=date(2026, 11, 20),
    )  # fmt: skip


def whats(act) -> list[str]:
    return [one.what for one in queries.body_duties(act) if one.what != "rule"]


def test_where_the_bylaws_ask_for_members_the_term_ends_with_the_membership(cooperative):
    house = cooperative
    house.committee(11, kind="board")
    only_members(house)
    resolution = expelled(house)
    term = Term.objects.get(person=house.members[-1])
    left = Membership.objects.get(pk=house.memberships[-1]).left_date
    assert (term.until_date, term.ended_because) == (left, "not_member")
    assert Deed.objects.filter(name="governance.SeatsVacated").count() == 1
    assert Term.objects.filter(ended_because="").count() == 10
    after = house.act("secretariat", days=20)
    assert whats(after) == ["vacant"]
    commands.void_resolution(
        after, resolution_id=resolution.pk, reason="소집 절차의 흠", paper="판결 2026가합1"
    )
    assert whats(after) == ["vacant", "restored"]
    assert "돌려" in desk(after).steps[-1].text


def test_where_no_rule_says_so_the_seat_waits_on_the_desk(cooperative):
    house = cooperative
    house.committee(11, kind="board")
    expelled(house)
    assert Term.objects.get(person=house.members[-1]).ended_because == ""
    assert whats(house.act("secretariat", days=20)) == ["left"]


def test_the_seat_of_an_organisation_that_leaves_ends_but_not_among_outsiders(house):
    bylaws.adopt_legal_form(
        house.act("secretariat"), form="association", from_date=date(2026, 11, 20)
    )
    house.join(3)
    party = parties.add_organisation(house.act("system"), name="두레생협")
    member = memberships.enrol_member(
        house.act("system"), party_id=party.pk, member_class="organisation", joined_date=STARTED,
        decided_by="창립총회",
    )  # fmt: skip
    chairs = [
        commands.add_seat(
            house.act("system"), body_id=house.committee(0, kind=kind).pk, kind="by_organisation",
            organisation_id=party.pk,
        )
        for kind in ("steering_committee", "public_private")
    ]  # fmt: skip
    day = house.act("system").today + timedelta(days=30)
    memberships.leave_membership(
        house.act("secretariat"), membership_id=member.pk, left_date=day, decided_by="탈퇴서"
    )
    ended, kept = (Seat.objects.get(pk=one.pk) for one in chairs)
    assert (ended.until_date, ended.ended_because) == (day, "not_member")
    assert kept.until_date is None
    assert whats(house.act("secretariat", days=31)) == ["left"]


def test_nobody_does_it_by_hand(cooperative):
    with pytest.raises(Denied):
        commands.vacate_seats(
            cooperative.act("secretariat"), party_id=cooperative.members[0],
            until_date=date(2026, 12, 1),
        )  # fmt: skip

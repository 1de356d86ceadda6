"""Members demand a meeting, and the removal of an officer (민법 제70조, 협동조합 기본법 제40조)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from dure.domains.bylaws.queries import packs_of, shipped_packs
from dure.domains.bylaws.rules import Rulebook, RuleNotMet
from dure.domains.governance import commands, queries
from dure.domains.governance.models import Resolution, Term
from dure.domains.governance.rules.counting import needed
from dure.kernel.refusals import Denied
from dure.site.desk.governance import demanded
from tests.governance.conftest import MEETING_DAYS, STARTED

DAY = date(2026, 12, 2)
BOOK = Rulebook.of(
    [one for name in packs_of("social_cooperative") for one in shipped_packs()[name].provisions],
    DAY,
)


@given(st.integers(1, 300))
def test_a_fifth_of_the_members_is_exact(n):
    for key in ("meetings.demand_ratio", "officers.removal_demand_ratio"):
        least = needed(BOOK.provision(key).comparison, BOOK.ratio(key), n)
        assert BOOK.check(key, least, of=n).passed
        assert not BOOK.check(key, least - 1, of=n).passed
        assert 5 * least >= n > 5 * (least - 1)


def demand(house, signers, matter="business", purpose="조합비 사용을 알고 싶습니다."):
    made = commands.demand_meeting(
        house.act("member", actor_id=signers[0]), body_id=house.body.pk, party_id=signers[0],
        purpose=purpose, matter=matter,
    )  # fmt: skip
    for one in signers[1:]:
        commands.sign_demand(house.act("member", actor_id=one), demand_id=made.pk, party_id=one)
    made.refresh_from_db()
    return made


@pytest.mark.django_db
def test_signed_by_a_fifth_a_meeting_must_be_called_within_fourteen_days(cooperative):
    house = cooperative  # eleven: three are needed
    made = demand(house, house.members[:2])
    office = house.act("secretariat")
    assert made.call_by_date is None and demanded(office) is None
    own = house.members[0]
    with pytest.raises(commands.SignedAlready):
        commands.sign_demand(house.act("member", actor_id=own), demand_id=made.pk, party_id=own)
    with pytest.raises(Denied):
        commands.sign_demand(
            house.act("member", actor_id=own), demand_id=made.pk, party_id=house.members[5]
        )
    meeting = house.plan()
    with pytest.raises(commands.DemandNotReady):
        commands.answer_demand(office, demand_id=made.pk, meeting_id=meeting.pk)
    third = house.members[2]
    commands.sign_demand(house.act("member", actor_id=third), demand_id=made.pk, party_id=third)
    made = type(made).objects.get(pk=made.pk)
    assert (made.ready_date, made.call_by_date) == (date(2026, 11, 20), date(2026, 12, 4))
    assert demanded(office).tone == "warn"
    assert demanded(house.act("secretariat", days=15)).tone == "bad"
    with pytest.raises(Denied):
        commands.answer_demand(
            house.act("member", actor_id=own), demand_id=made.pk, meeting_id=meeting.pk
        )
    commands.answer_demand(house.act("secretariat"), demand_id=made.pk, meeting_id=meeting.pk)
    assert demanded(office) is None
    (card,) = queries.demands(office, body_id=house.body.pk)
    assert (card.signed, card.needed, card.whole, card.meeting_id) == (3, 3, 11, meeting.pk)


@pytest.mark.django_db
def test_who_is_no_voter_signs_nothing_and_a_committee_knows_no_demand(cooperative):
    house = cooperative
    made = demand(house, house.members[:1])
    stranger = house.memberships[0] + 9000
    with pytest.raises((commands.NotAVoter, Denied)):
        commands.sign_demand(
            house.act("member", actor_id=stranger), demand_id=made.pk, party_id=stranger
        )
    committee = house.committee(3)
    with pytest.raises(commands.NothingDemandedHere):
        commands.demand_meeting(
            house.act("member", actor_id=house.members[0]), body_id=committee.pk,
            party_id=house.members[0], purpose="회의",
        )  # fmt: skip


def officer(house) -> Term:
    board = commands.add_body(house.act("system"), name="이사회", kind="board", from_date=STARTED)
    seat = commands.add_seat(house.act("system"), body_id=board.pk, kind="elected", title="이사")
    return commands.fill_seat(
        house.act("system"), seat_id=seat.pk, person_id=house.members[9], from_date=STARTED,
        until_date=date(2028, 1, 1),
    )  # fmt: skip


@pytest.mark.django_db
def test_an_officer_is_removed_on_demand_of_a_fifth_and_having_been_told(cooperative):
    house = cooperative
    term = officer(house)
    with pytest.raises(Denied, match="총회"):
        commands.end_term(
            house.act("secretariat"), term_id=term.pk, until_date=date(2026, 12, 1),
            because="removed", ended_by="총회",
        )  # fmt: skip
    few = demand(house, house.members[:2], "officers", "이사 해임")
    enough = demand(house, house.members[:3], "officers", "이사 해임 요구")
    items = [
        house.item(
            meeting := house.plan(days=MEETING_DAYS), f"해임 {number}",
            effect="governance.remove_officer",
            effect_data={"term_id": term.pk, "demand_id": demand_id, "told_date": told},
        )
        for number, (demand_id, told) in enumerate(
            ((few.pk, "2026-11-22"), (enough.pk, ""), (enough.pk, "2026-11-22"))
        )
    ]  # fmt: skip
    assert meeting
    for item, article in ((items[0], "제40조제1항"), (items[1], "제40조제2항")):
        house.ready(item.meeting, present=6)
        with pytest.raises(RuleNotMet, match=article):
            commands.open_vote(house.then(), item_id=item.pk, method="named")
    house.ready(items[2].meeting, present=6)
    vote = house.voted(items[2], yes=4, no=2)
    term.refresh_from_db()
    assert (term.until_date, term.ended_because) == (date(2026, 12, 3), "removed")
    assert Resolution.objects.get(vote=vote).number in term.ended_by

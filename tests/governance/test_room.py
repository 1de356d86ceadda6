"""Who leads a meeting and how one comes in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.governance import commands, queries
from dure.domains.governance.models import Attendance, Meeting
from dure.domains.governance.rules.rooms import CODE_CHANGES, CODE_HOLDS, opens_room, room_code
from dure.domains.parties import commands as parties
from dure.kernel.refusals import Denied
from dure.site.desk.kept import SEATS, look
from tests.conftest import NOW

from .conftest import MEETING_DAYS, STARTED

pytestmark = pytest.mark.django_db
ON_TIME = NOW + timedelta(days=MEETING_DAYS)  # an hour before the meeting begins


@pytest.fixture
def called(cooperative):
    """A general meeting that everybody was told of today."""
    meeting = cooperative.plan()
    cooperative.item(meeting)
    cooperative.call(meeting)
    return meeting


def comes(house, meeting, at=ON_TIME, code="", party_id=None, act=None):
    one = party_id or house.members[0]
    act = act or house.act("member", actor_id=one, at=at)
    return commands.check_in(act, meeting_id=meeting.pk, party_id=one, code=code)


def test_oneself_checks_in_on_the_day_only_from_two_hours_before(cooperative, called):
    for at in (NOW, ON_TIME - timedelta(days=1)):
        with pytest.raises(commands.NotItsDay):
            comes(cooperative, called, at, cooperative.code(called))
    early = ON_TIME - timedelta(minutes=61)
    with pytest.raises(commands.CheckInNotYet, match="09:00"):
        comes(cooperative, called, early, "ABCDEF")
    with pytest.raises(commands.NotItsDay):  # the office does not note who will come, either
        comes(cooperative, called, act=cooperative.act("secretariat"))


def test_a_general_meeting_is_attended_in_the_room_by_the_code_on_its_wall(cooperative, called):
    for code in ("", "ABCDEF", "가나다"):
        with pytest.raises(commands.NotInTheRoom):
            comes(cooperative, called, code=code)
    assert comes(cooperative, called, code=cooperative.code(called).lower()).way == "room"
    cooperative.come(called, cooperative.members[1:2])
    assert Attendance.objects.get(party=cooperative.members[1]).way == "list"


def test_the_code_is_for_those_who_run_the_meeting(cooperative, called):
    with pytest.raises(Denied):
        queries.room_code(cooperative.voter(cooperative.members[0]), called)


def test_a_code_holds_for_minutes_and_for_its_meeting():
    code = room_code("secret", 7, NOW)
    last = NOW + timedelta(seconds=CODE_CHANGES * CODE_HOLDS)
    assert opens_room("secret", 7, last, f" {code[:3]}-{code[3:]} ".lower())
    assert not opens_room("secret", 7, last + timedelta(seconds=CODE_CHANGES), code)
    assert not opens_room("secret", 8, NOW, code) and not opens_room("other", 7, NOW, code)
    assert not opens_room("secret", 7, NOW, "")
    assert len({room_code("secret", 7, NOW + timedelta(minutes=n)) for n in range(300)}) == 300


def test_from_afar_only_where_the_rules_allow_it(cooperative, called):
    committee = cooperative.committee(3)
    online = cooperative.plan(committee)
    cooperative.item(online, matter="business")
    cooperative.call(online)
    assert comes(cooperative, online).way == "remote"
    with pytest.raises(commands.NotInTheRoom):
        comes(cooperative, called)
    bylaws.adopt_provision(
        cooperative.act("system"), key="meetings.remote_votes", value="yes",
        document="정관", article="제30조", from_date=STARTED, decided_by="총회",
    )  # fmt: skip
    assert comes(cooperative, called).way == "remote"


def test_a_person_sits_for_itself_or_by_a_written_proxy(cooperative, called):
    principal, other = cooperative.members[:2]
    with pytest.raises(commands.ProxyMissing):
        commands.check_in(
            cooperative.then(), meeting_id=called.pk, party_id=principal, person_id=other
        )
    given = commands.give_proxy(
        cooperative.voter(principal), meeting_id=called.pk, party_id=principal, person_id=other,
        paper="위임장 1",
    )  # fmt: skip
    with pytest.raises(commands.SitsByProxy):
        comes(cooperative, called, code=cooperative.code(called))
    commands.withdraw_proxy(cooperative.voter(principal), proxy_id=given.pk)
    assert comes(cooperative, called, code=cooperative.code(called)).person_id == principal


def test_nobody_was_told_before_the_call_and_nobody_twice_by_the_way(cooperative):
    meeting = cooperative.plan()
    cooperative.item(meeting)
    office = cooperative.act("secretariat")
    commands.convene_meeting(office, meeting_id=meeting.pk)
    today = NOW.date()

    def told(day, *who):
        return commands.note_notices(
            cooperative.act("secretariat"), meeting_id=meeting.pk, way="post", told_date=day,
            party_ids=who,
        )  # fmt: skip

    with pytest.raises(commands.ToldBeforeCall, match=today.isoformat()):
        told(today - timedelta(days=1))
    with pytest.raises(commands.ToldAfterMeeting):
        told(today + timedelta(days=1))
    stranger = parties.add_person(cooperative.act("system"), name="손님")
    with pytest.raises(commands.NobodyTold):
        told(today, stranger.pk)
    assert told(today) == 11
    with pytest.raises(commands.AllTold):
        told(today)


def test_the_chair_of_the_body_leads_or_whoever_is_named_with_the_reason(cooperative):
    committee = cooperative.committee(3)
    meetings = []
    for _one in range(3):
        meeting = cooperative.plan(committee)
        cooperative.item(meeting, matter="business")
        cooperative.call(meeting)
        meetings.append(meeting)
    chair, deputy, _third = cooperative.members[:3]
    first, second, third = meetings

    def opened(meeting, **given):
        return commands.open_meeting(cooperative.then(), meeting_id=meeting.pk, **given)

    with pytest.raises(commands.ChairMissing):
        opened(first)  # whoever presses the button does not become the chair
    with pytest.raises(commands.ChairUnexplained):
        opened(first, chair_id=deputy)
    made = opened(first, chair_id=deputy, chair_reason="deputy")
    assert (made.chair_id, made.chair_reason, made.state) == (deputy, "deputy", Meeting.State.OPEN)
    cooperative.come(second, [chair])
    made = opened(second)
    assert (made.chair_id, made.chair_reason) == (chair, "")
    made = commands.open_meeting(
        cooperative.then("chair", of=committee.pk, actor_id=chair), meeting_id=third.pk
    )
    assert made.chair_id == chair  # who opens it is there
    closed = commands.close_meeting(cooperative.then(), meeting_id=second.pk)
    assert (closed.voters_count, closed.came_count) == (3, 1)


def test_a_live_quorum_is_asked_for_cheaply_and_answers_nothing_new(
    furniture, cast, client_of, act, django_assert_max_num_queries
):
    """The page looks every few seconds; what did not change is not sent again."""
    member = client_of("member")
    address = f"/governance/meetings/{furniture.meeting_id}/quorum/"
    member.get(address)
    with django_assert_max_num_queries(8):
        first = member.get(address)
    assert 'hx-trigger="every 5s"' in first.text and "충족" in first.text
    again = member.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for party_id in (cast.member, cast.organisation):
        commands.check_out(act("secretariat"), meeting_id=furniture.meeting_id, party_id=party_id)
    changed = member.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and "미달" in changed.text


def test_the_forecast_follows_from_the_last_meetings(cooperative):
    for came in (6, 8):
        meeting = cooperative.plan()
        cooperative.item(meeting)
        cooperative.ready(meeting, present=came)
        commands.close_meeting(cooperative.then(), meeting_id=meeting.pk)
    meeting = cooperative.plan()
    cooperative.item(meeting)
    cooperative.call(meeting)
    live = queries.quorum_shown(cooperative.then(), meeting.pk)
    assert (live.forecast.expected, live.forecast.meetings) == (7, 2)  # 14 of 22, of 11
    assert live.quorum == queries.live_quorum(meeting)


def test_who_sits_for_two_is_seen_and_a_name_is_found_among_many(cooperative, called):
    holder, principal = cooperative.members[0], cooperative.members[10]
    commands.give_proxy(
        cooperative.voter(principal), meeting_id=called.pk, party_id=principal, person_id=holder,
        paper="위임장 1",
    )  # fmt: skip
    for party_id in (holder, principal):
        comes(cooperative, called, party_id=party_id, act=cooperative.then())
    lines = queries.presence_lines(cooperative.then(), called, "조합원 11")
    assert [(one.name, one.sits_for, one.votes) for one in lines] == [("조합원 11", "조합원 1", 2)]
    own = queries.presence_lines(cooperative.voter(cooperative.members[3]), called)
    assert [one.party_id for one in own] == [cooperative.members[3]]
    [given] = queries.proxies_of(cooperative.voter(principal), called)
    assert (given.name, given.person, given.withdrawn_at) == ("조합원 11", "조합원 1", None)
    assert queries.proxies_of(cooperative.voter(cooperative.members[3]), called) == []


def test_who_comes_and_goes_changes_no_seat(cooperative, called):
    """Else a hall full of people would be asked for their seats anew with everyone who comes in."""
    look()
    cooperative.plan()
    before = look().rooms
    cooperative.come(called, cooperative.members[:2])
    commands.check_out(cooperative.then(), meeting_id=called.pk, party_id=cooperative.members[0])
    after = look().rooms
    assert after[SEATS] == before[SEATS] and after["governance"] != before["governance"]
    cooperative.committee(1)
    assert look().rooms[SEATS] != before[SEATS]

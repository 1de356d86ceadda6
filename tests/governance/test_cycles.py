"""Cycles, hosts in turn, the calendar and its feeds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice

import icalendar
import pytest

from dure.domains.governance import commands, queries
from dure.domains.governance.documents import feed
from dure.domains.governance.models import CalendarKey, Meeting
from dure.domains.governance.rules.cycles import Rhythm, host_of, nth_weekday, turns
from dure.domains.parties import commands as parties
from dure.kernel.acts import SEOUL
from dure.kernel.dates import Month
from dure.kernel.refusals import Denied, NotFound
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def days(rhythm, most, holidays=()):
    return [turn.day for turn in islice(turns(rhythm, lambda day: day in holidays), most)]


@pytest.mark.parametrize(
    ("rhythm", "wanted"),
    [
        (
            Rhythm("biweekly", date(2026, 12, 24), 1, 3, "stays"),
            [date(2026, 12, 24), date(2027, 1, 7), date(2027, 1, 21)],
        ),
        (  # third Thursday of each month, from the middle of one on
            Rhythm("monthly", date(2026, 11, 20), 3, 3, "stays"),
            [date(2026, 12, 17), date(2027, 1, 21), date(2027, 2, 18)],
        ),
        (
            Rhythm("bimonthly", date(2026, 11, 1), 1, 0, "stays"),
            [date(2026, 11, 2), date(2027, 1, 4), date(2027, 3, 1)],
        ),
        (  # the last Friday of a quarter
            Rhythm("quarterly", date(2026, 12, 1), 5, 4, "stays"),
            [date(2026, 12, 25), date(2027, 3, 26), date(2027, 6, 25)],
        ),
        (
            Rhythm("yearly", date(2027, 2, 1), 4, 5, "stays"),
            [date(2027, 2, 27), date(2028, 2, 26), date(2029, 2, 24)],
        ),
    ],
)
def test_the_days_of_a_cycle(rhythm, wanted):
    assert days(rhythm, 3) == wanted


def test_a_holiday_moves_a_meeting_by_the_rule():
    christmas = (date(2026, 12, 25),)
    for moved, day in (
        ("stays", date(2026, 12, 25)),
        ("next_day", date(2026, 12, 26)),
        ("next_week", date(2027, 1, 1)),
    ):
        assert days(Rhythm("quarterly", date(2026, 12, 1), 5, 4, moved), 1, christmas) == [day]
    saturday = (date(2026, 12, 26),)  # then comes a Sunday
    assert days(Rhythm("monthly", date(2026, 12, 1), 4, 5, "next_day"), 1, saturday) == [
        date(2026, 12, 28)
    ]
    assert queries.is_holiday(date(2027, 2, 7)) and queries.is_holiday(date(2026, 10, 9))


def test_every_month_has_its_nth_weekday():
    for number in range(240):
        month = Month(2026, 1).plus(number)
        for weekday in range(7):
            found = [nth_weekday(month, nth, weekday) for nth in (1, 2, 3, 4, 5)]
            assert all(one in month and one.weekday() == weekday for one in found)
            assert found[4] + timedelta(weeks=1) not in month


def test_hosts_take_turns_also_when_one_was_called_off():
    four = list(islice(turns(Rhythm("monthly", date(2026, 1, 1), 1, 0, "stays"), bool), 4))
    assert [host_of((7, 8, 9), turn) for turn in four] == [7, 8, 9, 7]
    assert host_of((), four[0]) is None


def test_the_next_meetings_are_planned_one_by_one_at_their_hosts(cooperative, act):
    house = cooperative
    committee = house.committee(3)
    hosts = tuple(
        parties.add_organisation(act("system"), name=name, legal_form="association").pk
        for name in ("가온누리", "나래협동조합")
    )
    given = {
        "body_id": committee.pk, "every": "monthly", "first_date": date(2026, 11, 21), "nth": 3,
        "weekday": 3, "at": "19:00", "host_ids": hosts,
    }  # fmt: skip
    with pytest.raises(Denied):
        commands.set_cycle(act("member", actor_id=house.members[5]), **given)
    with pytest.raises(commands.CycleMissing):
        commands.plan_by_cycle(act("secretariat"), body_id=committee.pk)
    commands.set_cycle(act("secretariat"), **given)
    made = [commands.plan_by_cycle(act("secretariat"), body_id=committee.pk) for _two in range(2)]
    assert [one.starts_at for one in made] == [
        datetime(2026, 12, 17, 19, tzinfo=SEOUL), datetime(2027, 1, 21, 19, tzinfo=SEOUL)
    ]  # fmt: skip
    assert [one.host_id for one in made] == list(hosts)
    assert (made[0].title, made[0].place) == ("2026년 12월 운영위원회", "가온누리")
    commands.call_off_meeting(act("secretariat"), meeting_id=made[0].pk, reason="눈")
    card = queries.cycle_card(act("secretariat"), committee.pk)
    assert [one.day for one in card.coming[:2]] == [date(2026, 12, 17), date(2027, 2, 18)]
    assert (card.words, card.coming[1].host) == ("매달 셋째 목요일", "가온누리")
    due = queries.bodies_due(act("secretariat"), timedelta(days=30))
    assert due == [(committee.pk, "운영위원회", date(2026, 12, 17))]
    commands.end_cycle(act("secretariat"), body_id=committee.pk)
    assert queries.turns_to_come(committee, date(2026, 11, 21)) == []


def test_another_cycle_ends_the_one_before(cooperative, act):
    body = cooperative.committee(3)
    for every in ("monthly", "biweekly"):
        commands.set_cycle(
            act("secretariat"), body_id=body.pk, every=every, first_date=date(2026, 11, 26)
        )
    assert queries.cycle_card(act("secretariat"), body.pk).every == "biweekly"
    with pytest.raises(commands.CycleUnclear):
        commands.set_cycle(
            act("secretariat"), body_id=body.pk, every="daily", first_date=date(2026, 11, 26)
        )


def test_a_feed_is_read_by_any_calendar(cooperative, act):
    house = cooperative
    meeting = house.plan()
    title = (
        "정기총회; 2026, \\ 그리고 아주 길어서 한 줄에 다 들어가지 않는 이름의 회의입니다 정말로"
    )
    Meeting.objects.filter(pk=meeting.pk).update(title=title, link="https://example.org/방")
    off = house.plan()
    commands.call_off_meeting(act("secretariat"), meeting_id=off.pk, reason="눈")
    lines = queries.calendar(act("secretariat"), date(2026, 11, 1), date(2027, 1, 1))
    made = feed(lines, "한울 네트워크 회의", "https://hanul.example", NOW)
    rows = made.split(b"\r\n")
    assert made.endswith(b"END:VCALENDAR\r\n") and all(len(row) <= 75 for row in rows)
    assert all(b"\n" not in row for row in rows)
    first, second = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert str(first["SUMMARY"]) == title and str(first["LOCATION"]) == "마을회관"
    assert first["UID"] == f"meeting-{meeting.pk}@hanul.example"
    assert first["DTSTART"].dt == meeting.starts_at
    assert b"DTSTART;TZID=Asia/Seoul:20261202T110000" in made
    assert b"BEGIN:VTIMEZONE\r\nTZID:Asia/Seoul" in made and b"TZOFFSETTO:+0900" in made
    assert (str(first["STATUS"]), first["SEQUENCE"]) == ("TENTATIVE", 0)
    assert (str(second["STATUS"]), second["SEQUENCE"]) == ("CANCELLED", 4)


def test_everybody_learns_only_what_is_public_and_called(cooperative, act):
    house = cooperative
    meeting = house.plan()
    house.item(meeting)
    span = (date(2026, 11, 1), date(2027, 1, 1))
    Meeting.objects.filter(pk=meeting.pk).update(is_public=True, link="https://example.org/x")
    assert queries.public_calendar(*span) == []
    house.call(meeting)
    [line] = queries.public_calendar(*span)
    assert (line.id, line.link) == (meeting.pk, "")
    with pytest.raises(Denied):
        queries.calendar(act("visitor"), *span)


def test_mine_are_the_bodies_where_i_sit_or_vote(cooperative):
    house = cooperative
    house.plan()
    committee = house.plan(house.committee(3))
    span = (date(2026, 11, 1), date(2027, 1, 1))
    own = queries.calendar(house.act("member", actor_id=house.members[5]), *span, mine=True)
    assert committee.pk not in [one.id for one in own] and len(own) == 1
    sits = house.act("member", actor_id=house.members[1])
    assert committee.pk in [one.id for one in queries.calendar(sits, *span, mine=True)]


def test_an_address_made_anew_ends_the_one_before(cast, client_of, act):
    member = client_of("member")
    assert member.post("/governance/calendar/key/").status_code == 302
    mine = act("member", actor_id=cast.member)
    old = queries.calendar_token(mine)
    answer = member.get(f"/calendar/{old}/own.ics")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    visitor = client_of("visitor")
    assert visitor.get(f"/calendar/{old}/all.ics").status_code == 200  # the address suffices
    commands.renew_calendar_key(mine)
    assert CalendarKey.objects.get(person=cast.member).number == 2
    assert visitor.get(f"/calendar/{old}/own.ics").status_code == 404
    new = queries.calendar_token(mine)
    assert visitor.get(f"/calendar/{new}/own.ics").status_code == 200
    assert visitor.get(f"/calendar/{new}/body-x.ics").status_code == 404
    for bad in ("x", old[:-2], new + "a"):
        with pytest.raises(NotFound):
            queries.calendar_reader(bad)
    assert visitor.get("/calendar/public.ics").status_code == 200

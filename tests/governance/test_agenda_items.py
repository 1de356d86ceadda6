"""Items in their order, with papers and minutes, withdrawn; and what somebody has to do after them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given, strategies as st

from dure.domains.governance import commands, queries
from dure.domains.governance.commands import actions, items
from dure.domains.governance.models import ActionItem, Item, ItemPaper
from dure.domains.governance.queries import actions as duties
from dure.domains.governance.rules.agenda import arranged, labels
from dure.kernel.refusals import Denied, NotFound
from tests.conftest import NOW

TODAY = date(2026, 11, 20)


@pytest.fixture
def meeting(house):
    house.join(4)
    house.body = house.committee(3)
    return house.plan(house.body)


def titles(house, meeting):
    return [(one.label, one.title) for one in queries.meeting_card(house.then(), meeting.pk).items]


@pytest.mark.django_db
def test_items_are_put_in_order_before_the_call(house, meeting):
    one, two, three = (
        house.item(meeting, title=title, matter="business") for title in ("장터", "예산", "홍보")
    )
    office = house.act("secretariat")
    where = {"meeting_id": meeting.pk}
    with pytest.raises(Denied):
        items.arrange_agenda(house.act("member"), **where, places={})
    for places in ({one.pk: "1", two.pk: "1", three.pk: "2"}, {one.pk: "1", two.pk: "2"},
                   {one.pk: "1", two.pk: "3.1", three.pk: "2"}):  # fmt: skip
        with pytest.raises(items.PlaceUnclear):
            items.arrange_agenda(office, **where, places=places)
    items.arrange_agenda(office, **where, places={one.pk: "2", two.pk: "1", three.pk: "2.1"})
    assert titles(house, meeting) == [("1", "예산"), ("2", "장터"), ("2.1", "홍보")]
    house.call(meeting)
    with pytest.raises(commands.MeetingNotSo):
        items.arrange_agenda(house.act("secretariat"), **where, places={one.pk: "1"})


@pytest.mark.django_db
def test_what_people_were_told_of_is_withdrawn_with_a_reason_and_stays_to_be_seen(house, meeting):
    stays, goes = (
        house.item(meeting, title=title, matter="business") for title in ("예산", "장터")
    )
    house.ready(meeting, 3)
    office = house.then("secretariat")
    with pytest.raises(commands.ReasonMissing):
        items.withdraw_item(office, item_id=goes.pk, reason=" ")
    items.withdraw_item(house.then("secretariat"), item_id=goes.pk, reason="준비가 덜 되었습니다.")
    with pytest.raises(commands.agenda.ItemWithdrawnAlready):
        commands.open_vote(house.then(), item_id=goes.pk, method="named")
    [first, second] = queries.meeting_card(house.then(), meeting.pk).items
    assert (first.withdrawn, second.withdrawn) == ("", "준비가 덜 되었습니다.")
    house.voted(stays, yes=3)
    with pytest.raises(commands.ItemDecided):
        items.withdraw_item(house.then("secretariat"), item_id=stays.pk, reason="늦음")
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    assert queries.left_undecided(house.plan(house.body, days=40)) == []


@pytest.mark.django_db
def test_minutes_of_an_item_are_written_until_somebody_signs(house, meeting):
    item = house.item(meeting, title="장터", matter="business")
    left = house.item(meeting, title="홍보", matter="business")
    house.ready(meeting, 3)
    with pytest.raises(Denied):
        items.write_item_minutes(house.voter(house.members[3]), item_id=item.pk, minutes="…")
    items.write_item_minutes(
        house.then("chair", of=house.body.pk), item_id=item.pk, minutes="봄에 하기로 이야기함.",
        is_settled=True,
    )  # fmt: skip
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    items.write_item_minutes(house.then(), item_id=left.pk, minutes="다음에 이야기하기로 함.")
    commands.write_minutes(house.then(), meeting_id=meeting.pk, text="")
    assert queries.verify() == []
    assert [one.title for one in queries.left_undecided(house.plan(house.body, days=40))] == [
        "홍보"
    ]
    with pytest.raises(items.MinutesOfAllWritten):
        items.write_item_minutes(house.then(), item_id=item.pk, minutes="다르게")


@pytest.mark.django_db
def test_papers_are_kept_as_they_came(house, meeting):
    item = house.item(meeting, title="예산", matter="business")
    office = house.act("secretariat")
    with pytest.raises(Denied):
        items.add_item_paper(house.act("member"), item_id=item.pk, name="예산.pdf", content=b"%PDF")
    for name, content in (("바이러스.exe", b"MZ"), ("빈.pdf", b"")):
        with pytest.raises(items.PaperUnfit):
            items.add_item_paper(
                house.act("secretariat"), item_id=item.pk, name=name, content=content
            )
    paper = items.add_item_paper(
        office, item_id=item.pk, name="C:\\내 문서\\예산.pdf", content=b"%PDF-1"
    )
    with pytest.raises(items.PaperThereAlready):
        items.add_item_paper(
            house.act("secretariat"), item_id=item.pk, name="x.pdf", content=b"%PDF-1"
        )
    assert bytes(ItemPaper.objects.get(pk=paper.pk).content) == b"%PDF-1"
    [line] = queries.meeting_card(house.then(), meeting.pk).items
    assert line.papers == 1 and queries.papers_of(item.pk) == [(paper.pk, "예산.pdf", 6)]


def given_to(house, meeting, owner, days=20, **more):
    return actions.add_action(
        house.then("secretariat"), meeting_id=meeting.pk, text="견적을 두 곳에서 받습니다.",
        owner_id=owner, due_date=TODAY + timedelta(days=days), **more,
    )  # fmt: skip


@pytest.mark.django_db
def test_who_has_it_to_do_sees_it_until_it_is_done(house, meeting):
    item = house.item(meeting, title="장터", matter="business")
    house.ready(meeting, 3)
    vote = house.voted(item, yes=3)
    with pytest.raises(Denied):
        actions.add_action(
            house.voter(house.members[1]), meeting_id=meeting.pk, text="x",
            owner_id=house.members[1], due_date=TODAY + timedelta(days=30),
        )  # fmt: skip
    with pytest.raises(actions.DueBeforeToday):
        given_to(house, meeting, house.members[1], days=1)
    with pytest.raises(NotFound):
        given_to(house, meeting, 999_999)
    one = given_to(house, meeting, house.members[1], resolution_id=vote.resolution.pk)
    assert (one.item, one.resolution) == (item, vote.resolution)
    owner = house.voter(house.members[1])
    assert [row.pk for row in duties.own_actions(owner)] == [one.pk]
    assert duties.own_actions(house.voter(house.members[2])) == []
    with pytest.raises(Denied):
        actions.finish_action(house.voter(house.members[2]), action_id=one.pk, note="했음")
    with pytest.raises(actions.NoteMissing):
        actions.finish_action(owner, action_id=one.pk, note="")
    actions.finish_action(house.voter(house.members[1]), action_id=one.pk, note="두 곳에서 받음")
    assert duties.own_actions(house.voter(house.members[1])) == []
    with pytest.raises(actions.ActionSettled):
        actions.drop_action(house.then("secretariat"), action_id=one.pk, reason="그만")


@pytest.mark.django_db
def test_what_is_late_is_the_offices_and_the_next_meeting_hears_of_it(house, meeting):
    house.ready_ = house.item(meeting, title="장터", matter="business")
    one = given_to(house, meeting, house.members[1])
    assert duties.late_actions(house.act("secretariat", days=20)) == []
    assert [row.pk for row in duties.late_actions(house.act("secretariat", days=21))] == [one.pk]
    later = house.plan(house.body, days=40)
    [report] = commands.gather_agenda(house.act("secretariat"), meeting_id=later.pk)
    assert "견적을 두 곳에서 받습니다." in report.text and "조합원 2" in report.text
    assert not queries.waits_for_agenda(queries.meeting_card(house.act("secretariat"), later.pk))
    with pytest.raises(commands.NothingWaitsForAgenda):
        commands.gather_agenda(house.act("secretariat"), meeting_id=later.pk)


@pytest.mark.django_db
def test_one_is_reminded_before_the_day_and_once_when_it_is_over(house, meeting):
    house.item(meeting, title="장터", matter="business")
    one = given_to(house, meeting, house.members[1])
    told = []
    for days in range(45):
        act = house.act("system", at=NOW + timedelta(days=days))
        try:
            actions.remind_actions(act)
        except actions.NobodyToRemind:
            continue
        told.append(days)
    assert told == [17, 21]
    ActionItem.objects.filter(pk=one.pk).update(reminded_date=None)
    actions.drop_action(house.act("secretariat", days=1), action_id=one.pk, reason="필요 없어짐")
    with pytest.raises(actions.NobodyToRemind):
        actions.remind_actions(house.act("system", days=18))


@pytest.mark.django_db
def test_what_has_more_time_is_reminded_of_anew(house, meeting):
    house.item(meeting, title="장터", matter="business")
    one = given_to(house, meeting, house.members[1])
    actions.remind_actions(house.act("system", days=17))
    late = one.due_date + timedelta(days=10)
    asked = {"action_id": one.pk, "due_date": late, "reason": "견적이 늦음"}
    with pytest.raises(Denied):
        actions.postpone_action(house.voter(house.members[1]), **asked)
    office = house.act("secretariat", days=18)
    with pytest.raises(actions.NoteMissing):
        actions.postpone_action(office, **{**asked, "reason": " "})
    with pytest.raises(actions.DueOnThatDay):
        actions.postpone_action(office, **{**asked, "due_date": one.due_date})
    with pytest.raises(actions.DueBeforeToday):
        actions.postpone_action(office, **{**asked, "due_date": TODAY})
    actions.postpone_action(office, **asked)
    with pytest.raises(actions.NobodyToRemind):
        actions.remind_actions(house.act("system", days=21))
    assert duties.late_actions(house.act("secretariat", days=30)) == []
    assert actions.remind_actions(house.act("system", days=28)) == 1


@pytest.mark.django_db
def test_what_a_duplicate_had_to_do_the_party_kept_has(house, meeting):
    from dure.domains.parties import commands as parties

    house.item(meeting, title="장터", matter="business")
    double = parties.add_person(house.act("system"), name="조합원 두 번")
    one = given_to(house, meeting, double.pk)
    parties.merge_parties(
        house.act("secretariat"), kept_id=house.members[1], duplicate_id=double.pk
    )
    one.refresh_from_db()
    assert one.owner_id == house.members[1]


# -- rules ---------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 4), min_size=1, max_size=20))
def test_an_agenda_in_order_numbers_itself_the_same_again(parts):
    """Tops with so many parts each: arranged by their labels they stay where they are."""
    rows: list[tuple[int, int | None]] = []
    for count in parts:
        top = len(rows) + 1
        rows.append((top, None))
        rows += [(top + below, top) for below in range(1, count + 1)]
    assert arranged(labels(rows)) == rows


def test_places_that_say_nothing_are_refused():
    for places in ({1: "a"}, {1: "0"}, {1: "1", 2: "1"}, {1: "2.1"}, {1: "1.2.3"}, {1: ""}):
        assert arranged(places) is None
    assert arranged({7: "1", 8: "10", 9: " 2. "}) == [(7, None), (9, None), (8, None)]
    assert Item._meta.get_field("parent").null


@pytest.mark.django_db
def test_who_presents_an_item_and_how_long_is_said_on_its_page(furniture, cast, client_of):
    client = client_of("secretariat")
    url = reverse("governance:add_item", args=[furniture.meeting_id])
    about = {"title": "장터 결산", "matter": "", "owner_id": f"#{cast.representative}"}
    refused = client.post(url, {**about, "planned_minutes": "0"})
    assert refused.status_code == 422 and not Item.objects.filter(title="장터 결산").exists()
    assert client.post(url, {**about, "planned_minutes": "15"}).status_code == 302
    item = Item.objects.get(title="장터 결산")
    assert (item.owner_id, item.planned_minutes) == (cast.representative, 15)
    told = client.get(reverse("governance:item", args=[item.pk])).content.decode()
    assert "15분" in told

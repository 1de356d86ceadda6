"""Issues: raised, passed on, returned, merged, split, concluded; their path and the days at each body."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from dure.domains.governance import commands, queries
from dure.domains.governance.models import Issue, IssueStep
from dure.domains.governance.rules.agenda import stays
from dure.kernel.acts import Capacity
from dure.kernel.refusals import Denied, KeyReused

TODAY = date(2026, 11, 20)


@pytest.fixture
def tiers(house):
    """분과, 실무협의회, 위원회, each with three seats; the first member leads all of them."""
    house.join(6)
    made = {}
    for key, name, kind in (
        ("section", "협동화 분과", "section"),
        ("council", "실무협의회", "public_private"),
        ("committee", "육성위원회", "public_private"),
    ):
        made[key] = commands.add_body(
            house.act("system"), name=name, kind=kind, from_date=date(2026, 1, 1)
        )
    house.section, house.council, house.committee_ = made.values()
    return house


def raised(house, body=None, **given):
    given = {"title": "되살림 거점매장", **given}
    return commands.raise_issue(
        house.act("member", actor_id=house.members[0]), body_id=(body or house.section).pk, **given
    )


def passed(house, issue, to, days=0, **given):
    return commands.pass_on_issue(
        house.act("secretariat", days=days),
        issue_id=issue.pk,
        from_body_id=Issue.objects.get(pk=issue.pk).body_id,
        to_body_id=to.pk,
        **given,
    )


@pytest.mark.django_db
def test_a_member_raises_an_issue_and_a_stranger_does_not(tiers):
    house = tiers
    one = raised(house)
    assert (one.state, one.body, one.party_id) == ("waiting", house.section, house.members[0])
    with pytest.raises(Denied):
        commands.raise_issue(house.act("visitor"), title="남의 일", body_id=house.section.pk)
    with pytest.raises(Denied):  # in another's name
        commands.raise_issue(
            house.act("member", actor_id=house.members[0]),
            title="남의 이름", body_id=house.section.pk, party_id=house.members[1],
        )  # fmt: skip
    with pytest.raises(commands.IssueTitleMissing):
        raised(house, title=" ")
    with pytest.raises(commands.SurveyUnnamed):
        commands.raise_issue(
            house.act("secretariat"), title="텃밭", body_id=house.section.pk, source="survey"
        )


@pytest.mark.django_db
def test_the_same_key_raises_once(tiers):
    house = tiers
    act = house.act("member", actor_id=house.members[0])
    about = {"title": "공동텃밭", "body_id": house.section.pk}
    assert commands.raise_issue(act, **about).pk == commands.raise_issue(act, **about).pk
    assert Issue.objects.count() == 1
    with pytest.raises(KeyReused):
        commands.raise_issue(act, **{**about, "title": "다른 일"})


@pytest.mark.django_db
def test_only_the_chair_of_the_body_that_has_it_moves_it(tiers):
    house = tiers
    one = raised(house)
    chair = house.act("chair", of=house.section.pk)
    other = house.act("chair", of=house.council.pk)
    about = {"issue_id": one.pk, "from_body_id": house.section.pk, "to_body_id": house.council.pk}
    with pytest.raises(Denied):
        commands.pass_on_issue(other, **about)
    commands.pass_on_issue(chair, **about)
    with pytest.raises(Denied):  # it stands before the council now
        commands.return_issue(
            house.act("chair", of=house.section.pk),
            issue_id=one.pk, from_body_id=house.council.pk, reason="다시 논의",
        )  # fmt: skip
    assert Capacity("chair", house.council.pk) in other.standing
    commands.return_issue(
        other, issue_id=one.pk, from_body_id=house.council.pk, reason="현장 의견이 더 필요합니다."
    )
    one.refresh_from_db()
    assert one.body == house.section


@pytest.mark.django_db
def test_of_two_people_at_once_the_second_is_told_where_it_stands(tiers):
    house = tiers
    one = raised(house)
    about = {"issue_id": one.pk, "from_body_id": house.section.pk}
    commands.pass_on_issue(house.act("secretariat"), **about, to_body_id=house.council.pk)
    with pytest.raises(commands.IssueElsewhere, match="실무협의회"):
        commands.pass_on_issue(house.act("secretariat"), **about, to_body_id=house.committee_.pk)
    assert IssueStep.objects.filter(issue=one).count() == 2


@pytest.mark.django_db
def test_returned_it_goes_back_the_way_it_came_and_not_in_circles(tiers):
    house = tiers
    one = raised(house)
    with pytest.raises(commands.CameFromNowhere):
        commands.return_issue(
            house.act("secretariat"), issue_id=one.pk, from_body_id=house.section.pk, reason="안 됨"
        )
    passed(house, one, house.council, days=12)
    passed(house, one, house.committee_, days=20)
    back = {"issue_id": one.pk, "reason": "예산 근거를 붙여 주세요."}
    commands.return_issue(
        house.act("secretariat", days=50), **back, from_body_id=house.committee_.pk
    )
    with pytest.raises(commands.ReasonMissing):
        commands.return_issue(
            house.act("secretariat", days=51),
            issue_id=one.pk, reason=" ", from_body_id=house.council.pk,
        )  # fmt: skip
    commands.return_issue(house.act("secretariat", days=51), **back, from_body_id=house.council.pk)
    passed(house, one, house.council, days=60)
    passed(house, one, house.committee_, days=65)
    card = queries.issue_card(house.act("secretariat", days=70), one.pk)
    assert [(one.body, one.days) for one in card.stays] == [
        ("협동화 분과", 12), ("실무협의회", 8), ("육성위원회", 30), ("실무협의회", 1),
        ("협동화 분과", 9), ("실무협의회", 5), ("육성위원회", 5),
    ]  # fmt: skip
    assert sum(one.days for one in card.stays) == 70
    assert [one.kind for one in card.path] == [
        "raised", "passed_on", "passed_on", "returned", "returned", "passed_on", "passed_on",
    ]  # fmt: skip
    assert card.came_from == "실무협의회"


@pytest.mark.django_db
def test_merged_it_points_to_the_one_that_goes_on_and_never_in_a_circle(tiers):
    house = tiers
    one, two = raised(house), raised(house, title="되살림 매장 더 열기")
    there = {"from_body_id": house.section.pk}
    with pytest.raises(commands.MergedWithItself):
        commands.merge_issue(house.act("secretariat"), issue_id=one.pk, into_id=one.pk, **there)
    commands.merge_issue(house.act("secretariat"), issue_id=two.pk, into_id=one.pk, **there)
    with pytest.raises(commands.IssueConcluded):
        commands.merge_issue(house.act("secretariat"), issue_id=one.pk, into_id=two.pk, **there)
    card = queries.issue_card(house.act("secretariat"), two.pk)
    assert card.into == (one.pk, one.title) and not card.is_waiting
    assert queries.issue_card(house.act("secretariat"), one.pk).path[-1].other == two.title
    three = raised(house, body=house.council)
    with pytest.raises(commands.IssueElsewhere):
        commands.merge_issue(house.act("secretariat"), issue_id=one.pk, into_id=three.pk, **there)


@pytest.mark.django_db
def test_split_each_part_keeps_the_story_and_the_days(tiers):
    house = tiers
    one = raised(house)
    passed(house, one, house.council, days=10)
    act = house.act("secretariat", days=30)
    where = {"issue_id": one.pk, "from_body_id": house.council.pk}
    with pytest.raises(commands.TooFewParts):
        commands.split_issue(act, **where, titles=["하나뿐", " "])
    parts = commands.split_issue(act, **where, titles=["매장", "공동물류"])
    card = queries.issue_card(house.act("secretariat", days=40), parts[1].pk)
    assert [(one.body, one.days) for one in card.stays] == [("협동화 분과", 10), ("실무협의회", 30)]
    assert [one.kind for one in card.path] == ["raised", "passed_on", "split_off"]
    whole = queries.issue_card(house.act("secretariat", days=40), one.pk)
    assert whole.stays[-1].days == 20 and [title for _pk, title in whole.parts] == [
        "매장", "공동물류",
    ]  # fmt: skip


@pytest.mark.django_db
def test_concluded_it_waits_nowhere_and_says_why(tiers):
    house = tiers
    one = raised(house)
    where = {"issue_id": one.pk, "from_body_id": house.section.pk}
    commands.close_issue(house.act("secretariat", days=3), **where, reason="이미 하고 있습니다.")
    with pytest.raises(commands.IssueConcluded, match="마무리|concluded"):
        commands.close_issue(house.act("secretariat", days=4), **where, reason="또")
    card = queries.issue_card(house.act("secretariat", days=90), one.pk)
    assert (card.stays[-1].days, card.path[-1].reason) == (3, "이미 하고 있습니다.")


@pytest.mark.django_db
def test_waiting_longer_than_the_rule_allows_is_seen_by_the_chair_and_the_office(tiers):
    house = tiers
    one = raised(house)
    chair = house.act("chair", of=house.section.pk, days=60)
    assert [(row.pk, days, late) for row, days, late in queries.issues_waiting(chair)] == [
        (one.pk, 60, False)
    ]
    assert queries.issues_waiting(house.act("secretariat", days=60)) == []
    assert queries.issues_waiting(house.act("chair", of=house.council.pk, days=61)) == []
    assert [late for _row, _days, late in queries.issues_waiting(house.act("secretariat", days=61))]


@pytest.mark.django_db
def test_a_meeting_takes_up_what_waits_and_carries_over_what_was_left(tiers):
    house = tiers
    body = house.committee(3)
    issue = raised(house, body=body)
    meeting = house.plan(body)
    house.item(meeting, title="장터 날짜", matter="business")
    [item] = commands.gather_agenda(house.act("secretariat"), meeting_id=meeting.pk)
    assert (item.issue, item.title) == (issue, issue.title)
    with pytest.raises(commands.NothingWaitsForAgenda):
        commands.gather_agenda(house.act("secretariat"), meeting_id=meeting.pk)
    with pytest.raises(commands.IssueOnAgenda, match="임시총회"):
        passed(house, issue, house.council)
    house.ready(meeting, 3)
    house.voted(item, yes=2)
    later = house.plan(body, days=40)
    assert queries.left_undecided(later) == []  # the first is not over yet
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    carried = commands.gather_agenda(house.act("secretariat"), meeting_id=later.pk)
    assert sorted(one.title for one in carried) == ["되살림 거점매장", "장터 날짜"]
    assert {one.carried_from and one.carried_from.title for one in carried} == {"장터 날짜", None}
    path = queries.issue_card(house.then(), issue.pk).path
    assert [one.kind for one in path] == ["raised", "adopted", "agenda"]
    assert path[1].resolution  # by itself


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 5)), min_size=1, max_size=12),
    st.integers(0, 300),
)
def test_the_days_at_its_bodies_add_up_to_its_age(moves, more):
    days = sorted(day for day, _body in moves)
    way = [(TODAY + timedelta(days=day), body) for day, (_d, body) in zip(days, moves, strict=True)]
    today = way[-1][0] + timedelta(days=more)
    found = stays(way, None, today)
    assert sum(one.days for one in found) == (today - way[0][0]).days
    assert all(one.days >= 0 for one in found) and found[-1].until_date is None
    assert (
        sum(one.days for one in stays(way, today, today + timedelta(days=9)))
        == (today - way[0][0]).days
    )

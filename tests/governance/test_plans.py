"""Plans: 4 areas, 10 tasks, 34 projects; adopted by a resolution, changed by a later one, reported on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from dure.domains.governance import commands
from dure.domains.governance.commands import plans as commands_plans, progress
from dure.domains.governance.commands.plans import Indicator, PlanRow
from dure.domains.governance.models import PlanVersion
from dure.domains.governance.queries import plans
from dure.domains.governance.rules.plans import average_done, changes, read_value, said_value
from dure.kernel.refusals import Denied

AREAS = ("조직 발굴 육성", "시장조성 및 판매촉진", "협력시스템 구축", "인적물적자원 육성")
TASKS = (3, 2, 2, 3)  # ten
PROJECTS = (4, 3, 3, 4, 3, 3, 4, 4, 3, 3)  # thirty-four


def chungnam() -> list[PlanRow]:
    """충남 제2차 5개년계획 (2018-2022): 4대 영역 10대 과제 34개 실천사업."""
    rows, task = [], 0
    for area, tasks in zip(AREAS, TASKS, strict=True):
        for place in range(tasks):
            for one in range(PROJECTS[task]):
                rows.append(
                    PlanRow(
                        area, f"과제 {place + 1}", f"실천사업 {task + 1}-{one + 1}",
                        budgets=((2018, 10_000_000), (2019, 20_000_000)),
                        indicators=(Indicator("참여 조직", "곳", 0, 30_000),),
                    )
                )  # fmt: skip
            task += 1
    return rows


@pytest.fixture
def draft(house):
    version = commands_plans.add_plan(
        house.act("secretariat"), title="제2차 5개년계획", from_year=2018, until_year=2022
    )
    commands_plans.import_plan(house.act("secretariat"), version_id=version.pk, rows=chungnam())
    return version


def adopted(house, version):
    """Put to the vote by the steering committee, which was given this matter; all three in favour."""
    if house.body is None:
        house.join(3)
        house.body = house.committee(3)
        commands.grant_competence(
            house.act("system"), body_id=house.body.pk, matter="plan_and_budget", article="규정 5조"
        )
    meeting = house.plan(house.body)
    item = house.item(
        meeting, title="계획 승인", effect=commands_plans.ADOPTS,
        effect_data={"version_id": version.pk},
    )  # fmt: skip
    house.ready(meeting, 3)
    return item, meeting


@pytest.mark.django_db
def test_four_areas_ten_tasks_thirty_four_projects_and_their_money(house, draft):
    card = plans.plan_card(house.act("member"), draft.plan_id)
    assert card.counts == (4, 10, 34)
    assert card.budgets == ((2018, 340_000_000), (2019, 680_000_000))
    assert card.budget_won == 1_020_000_000
    first = card.lines[0]
    assert (first.label, first.title, first.projects, first.budget_won) == (
        "1", AREAS[0], 10, 300_000_000,
    )  # fmt: skip
    assert [one.label for one in card.lines[:6]] == ["1", "1.1", "1.1.1", "1.1.2", "1.1.3", "1.1.4"]
    # read once more, nothing is there twice
    again = commands_plans.import_plan(
        house.act("secretariat"), version_id=draft.pk, rows=chungnam()
    )
    assert again == 34 and plans.plan_card(house.act("member"), draft.plan_id).counts == (4, 10, 34)


@pytest.mark.django_db
def test_only_a_resolution_adopts_a_plan_and_then_it_stays(house, draft):
    with pytest.raises(Denied):
        commands_plans.adopt_plan(
            house.act("secretariat"), version_id=draft.pk, adopted_date=date(2026, 11, 20)
        )
    item, _meeting = adopted(house, draft)
    about = {"version_id": draft.pk, "title": "새 영역", "kind": "area"}
    with pytest.raises(commands_plans.PlanBeforeMeeting, match="임시총회"):  # it was sent out
        commands_plans.write_plan_line(house.act("secretariat"), **about)
    house.voted(item, yes=3)
    draft.refresh_from_db()
    assert (draft.state, draft.adopted_date) == ("adopted", house.then().today)
    assert draft.resolution is not None and draft.resolution.done == "carried_out"
    with pytest.raises(commands_plans.PlanNotADraft):
        commands_plans.write_plan_line(house.act("secretariat"), **about)
    assert plans.budget_of_year(draft.plan_id, 2019) == 680_000_000


@pytest.mark.django_db
def test_rejected_it_stays_a_draft(house, draft):
    item, _meeting = adopted(house, draft)
    house.voted(item, yes=1, no=2)
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.django_db
def test_each_project_says_which_resolution_made_and_changed_it(house, draft):
    item, meeting = adopted(house, draft)
    house.voted(item, yes=3)
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    change = commands_plans.revise_plan(
        house.then(), plan_id=draft.plan_id, reason="되살림 매장을 늘립니다."
    )
    with pytest.raises(commands_plans.PlanHasDraft):
        commands_plans.revise_plan(house.then(), plan_id=draft.plan_id)
    card = plans.plan_card(house.then(), draft.plan_id, change.number)
    one, other, last = card.lines[2], card.lines[3], card.lines[4]
    commands_plans.write_plan_line(
        house.then(), version_id=change.pk, part_id=one.part_id, title="되살림 6개 매장",
        budgets={2020: 50_000_000},
    )  # fmt: skip
    with pytest.raises(commands_plans.BudgetOutsidePlan):
        commands_plans.write_plan_line(
            house.then(), version_id=change.pk, part_id=one.part_id, title="x", budgets={2023: 1}
        )
    commands_plans.drop_plan_line(house.then(), version_id=change.pk, part_id=last.part_id)
    before = plans.part_card(house.then(), one.part_id)
    assert [said.kind for said in before.changes] == ["made"]  # a draft changes nothing yet
    assert before.line.title == "실천사업 1-1"
    vote_again(house, change)
    after = plans.part_card(house.then(), one.part_id)
    assert [(said.kind, said.version.number) for said in after.changes] == [
        ("made", 1), ("changed", 2),
    ]  # fmt: skip
    assert len({said.version.resolution for said in after.changes}) == 2
    assert (after.line.title, after.line.budget_won) == ("되살림 6개 매장", 50_000_000)
    assert [said.kind for said in plans.part_card(house.then(), other.part_id).changes] == ["made"]
    assert [said.kind for said in plans.part_card(house.then(), last.part_id).changes] == [
        "made", "dropped",
    ]  # fmt: skip
    assert plans.plan_card(house.then(), draft.plan_id, 1).counts == (4, 10, 34)


def vote_again(house, version):
    """A second meeting adopts the change."""
    item, _meeting = adopted(house, version)
    assert house.voted(item, yes=3).passed


@pytest.mark.django_db
def test_who_answers_reports_how_far_it_has_come_and_the_plan_adds_up(house, draft):
    house.join(2)
    project = plans.plan_card(house.act("member"), draft.plan_id).lines[2]
    commands_plans.write_plan_line(
        house.act("secretariat"), version_id=draft.pk, part_id=project.part_id,
        title=project.title, owner_id=house.members[0],
        indicators=[Indicator("참여 조직", "곳", 0, 30_000)],
    )  # fmt: skip
    owner = {"actor_id": house.members[0]}
    with pytest.raises(Denied):
        progress.report_progress(
            house.act("member", actor_id=house.members[1]), part_id=project.part_id, done_of_100=9
        )
    progress.report_progress(
        house.act("member", **owner), part_id=project.part_id, done_of_100=68, text="매장 4곳"
    )
    with pytest.raises(progress.NotOfWhole):
        progress.report_progress(
            house.act("member", **owner), part_id=project.part_id, done_of_100=101
        )
    progress.measure_indicator(
        house.act("member", **owner), part_id=project.part_id, name="참여 조직", value_milli=12_500
    )
    with pytest.raises(progress.NotMeasuredBy):
        progress.measure_indicator(
            house.act("member", **owner), part_id=project.part_id, name="매출", value_milli=1
        )
    card = plans.plan_card(house.act("member"), draft.plan_id)
    # 68 of one project in 34, of 4 in its task, of 10 in its area
    assert [card.done_of_100, *(one.done_of_100 for one in card.lines[:3])] == [2, 6, 17, 68]
    [indicator] = card.lines[2].indicators
    assert indicator.latest == (date(2026, 11, 20), "12.5")


@pytest.mark.django_db
def test_an_issue_becomes_a_project_under_a_task_in_a_draft_that_waits_for_its_vote(house, draft):
    item, meeting = adopted(house, draft)
    house.voted(item, yes=3)
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    task = plans.plan_card(house.then(), draft.plan_id).lines[1]
    issue = commands.raise_issue(
        house.then("secretariat"), title="되살림 거점매장", body_id=house.body.pk,
        party_id=house.members[0],
    )  # fmt: skip
    chair = house.then("chair", of=house.body.pk)
    commands.promote_issue(
        chair, issue_id=issue.pk, from_body_id=house.body.pk, part_id=task.part_id
    )
    issue.refresh_from_db()
    assert issue.state == "promoted" and issue.project is not None
    assert PlanVersion.objects.get(plan=draft.plan_id, state="draft").number == 2
    part = plans.part_card(house.then(), issue.project_id)
    assert part.line.title == issue.title and part.issues == ((issue.pk, issue.title),)
    with pytest.raises(commands.IssueConcluded):
        commands.promote_issue(
            house.then("chair", of=house.body.pk),
            issue_id=issue.pk,
            from_body_id=house.body.pk,
            part_id=task.part_id,
        )


# -- rules ---------------------------------------------------------------------------------------


@given(st.integers(-(10**14), 10**14))
def test_a_value_is_read_as_it_is_said(milli):
    assert read_value(said_value(milli)) == milli


@pytest.mark.parametrize(
    ("typed", "milli"),
    [
        ("12.5", 12_500),
        ("1,200", 1_200_000),
        (" 3 ", 3_000),
        ("-0.25", -250),
        ("다섯", None),
        ("1.2345", None),
    ],
)
def test_values_as_people_type_them(typed, milli):
    assert read_value(typed) == milli


@given(st.lists(st.integers(0, 100), min_size=1, max_size=60))
def test_an_average_lies_between_the_least_and_the_most(done):
    assert min(done) <= average_done(done) <= max(done)


@given(st.lists(st.dictionaries(st.integers(1, 6), st.integers(0, 2)), max_size=8))
def test_changes_replayed_give_the_last_version(versions):
    found = changes(versions)
    held: dict[int, int] = {}
    for key, said in found.items():
        for at, kind in said:
            held.pop(key, None) if kind == "dropped" else held.__setitem__(key, versions[at][key])
    assert held == (versions[-1] if versions else {})
    assert all(said[0][1] == "made" for said in found.values())

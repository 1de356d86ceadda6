"""The ladder: reminder, talk, relief, review; a person takes each step, none ends a membership."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import ArrearsStep, Charge, Membership
from dure.domains.memberships.rules.arrears import LADDER, Instalments, missing_before, next_step
from dure.kernel.dates import Month
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied

TODAY = date(2026, 11, 20)
DAYS = {"reminder": 14, "talk": 30, "relief": 60, "review": 90}


@pytest.fixture
def late(network, act):
    """Owes 30,000 of each month since January; a second member owes nothing."""
    network.plan("organisation", 30_000)
    member = network.organisation("햇살돌봄")
    network.person("김하늘")
    for month in range(1, 11):
        commands.bill_dues(act("bookkeeper"), month=Month(2026, month))
    return member


def due(act, member):
    [row] = [r for r in queries.arrears_ladder(act("bookkeeper")) if r.membership_id == member.pk]
    return row.next_step


def test_step_after_step_and_the_membership_stays(late, act):
    assert due(act, late) == "reminder"
    with pytest.raises(Denied):
        commands.note_arrears_talk(act("member", of=late.pk), membership_id=late.pk, note="x")
    with pytest.raises(commands.LadderStepsMissing):
        commands.ask_for_review(act("secretariat"), membership_id=late.pk, note="심의 요청")
    commands.remind_arrears(act("bookkeeper"), membership_ids=(late.pk,))
    assert due(act, late) == "talk"
    with pytest.raises(commands.NoteMissing):
        commands.note_arrears_talk(act("bookkeeper"), membership_id=late.pk, note=" ")
    commands.note_arrears_talk(
        act("bookkeeper"), membership_id=late.pk, note="봄부터 일감이 줄었대요"
    )
    assert due(act, late) == "relief"
    assert queries.steps_due(queries.arrears_ladder(act("bookkeeper"))) == {
        "reminder": 0, "talk": 0, "relief": 1, "review": 0,
    }  # fmt: skip
    plan = commands.agree_instalments(
        act("bookkeeper"),
        membership_id=late.pk,
        monthly_won=50_000,
        first_date=TODAY + timedelta(5),
    )
    assert due(act, late) == ""  # kept so far
    commands.end_instalments(act("bookkeeper"), instalments_id=plan.pk)
    with pytest.raises(commands.InstalmentsOver):
        commands.end_instalments(act("bookkeeper"), instalments_id=plan.pk)
    assert due(act, late) == "review"
    with pytest.raises(Denied):
        commands.ask_for_review(act("bookkeeper"), membership_id=late.pk, note="심의 요청")
    once = act("secretariat")
    for _ in range(2):
        commands.ask_for_review(once, membership_id=late.pk, note="심의 요청")
    assert [step.kind for step in queries.steps_of(act("bookkeeper"), late.pk)][::-1] == list(
        LADDER
    )
    assert due(act, late) == ""
    late.refresh_from_db()
    assert late.left_date is None  # arrears never end a membership by themselves
    assert not Deed.objects.filter(name="memberships.MembershipLeft").exists()


def test_a_year_of_days_ends_nobody_s_membership(late, act):
    """Nothing but people moves the ladder, however long one waits."""
    for days in (30, 365, 3650):
        rows = queries.arrears_ladder(act("bookkeeper", days=days))
        assert [row.next_step for row in rows] == ["reminder"]
    assert Membership.objects.filter(left_date=None).count() == 2
    assert not ArrearsStep.objects.exists()


def test_only_who_is_late(late, act):
    other = Membership.objects.exclude(pk=late.pk).get()
    with pytest.raises(commands.NotLate):
        commands.note_arrears_talk(act("bookkeeper"), membership_id=other.pk, note="안부")
    with pytest.raises(commands.NotLate):
        commands.agree_instalments(
            act("bookkeeper"), membership_id=other.pk, monthly_won=1, first_date=TODAY
        )
    for won in (0, 300_001):
        with pytest.raises(commands.InstalmentsUnclear):
            commands.agree_instalments(
                act("bookkeeper"), membership_id=late.pk, monthly_won=won, first_date=TODAY
            )
    terms = {"membership_id": late.pk, "monthly_won": 10_000, "first_date": TODAY}
    commands.agree_instalments(act("bookkeeper"), **terms)
    with pytest.raises(commands.InstalmentsStand):
        commands.agree_instalments(act("bookkeeper"), **terms)


def test_exempt_months_are_not_billed_and_nobody_exempts_themselves(late, act):
    given = {
        "membership_id": late.pk, "from_month": Month(2026, 11), "until_month": Month(2027, 1),
        "reason": "화재로 쉽니다",
    }  # fmt: skip
    with pytest.raises(Denied):
        commands.exempt_member(act("bookkeeper"), **given)
    with pytest.raises(Denied):
        commands.exempt_member(act("secretariat", actor_id=late.party_id), **given)
    for wrong in ({"reason": ""}, {"until_month": Month(2026, 11)}, {"kind": "x"}):
        with pytest.raises(commands.ExemptionUnclear):
            commands.exempt_member(act("secretariat"), **{**given, **wrong})
    commands.exempt_member(act("secretariat"), **given, decided_by="운영위원회 11월")
    for month in (Month(2026, 11), Month(2026, 12)):
        preview = queries.bill_preview(act("bookkeeper"), month)
        assert preview.count == 0 == commands.bill_dues(act("bookkeeper"), month=month).count
    assert Charge.objects.filter(membership=late).count() == 10
    assert ArrearsStep.objects.get().kind == "relief"


@given(st.integers(0, 400), st.sets(st.sampled_from(LADDER)))
def test_a_step_comes_due_after_its_days_and_after_those_before_it(days, taken):
    step = next_step(TODAY - timedelta(days=days), TODAY, taken, DAYS)
    if step is not None:
        assert step not in taken and days >= DAYS[step]
        assert set(missing_before(step, taken)) == set()


@given(st.integers(1, 100), st.integers(1, 100), st.integers(0, 200), st.integers(-40, 900))
def test_instalments_are_kept_while_enough_was_paid(total, monthly, paid, days):
    monthly = min(monthly, total)
    plan = Instalments(total, monthly, TODAY, paid)
    on = TODAY + timedelta(days=days)
    assert 0 <= plan.due_won(on) <= total
    assert plan.is_kept(on) == (plan.due_won(on) <= paid < total)
    if plan.is_kept(on):
        assert next_step(TODAY - timedelta(days=500), on, (), DAYS, plan) is None

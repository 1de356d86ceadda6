"""Resolutions that wait for an authority, and those that are void."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.bylaws import commands as bylaws, queries as rules
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.governance import commands, queries
from dure.domains.governance.models import Resolution
from dure.domains.governance.queries.effects import EffectUnfit
from dure.domains.memberships import commands as memberships
from dure.domains.memberships.models import ConductCase, Membership
from dure.kernel.refusals import Denied
from dure.site.desk.governance import unfinished
from tests.governance.conftest import MEETING_DAYS
from tests.governance.test_decisions import case_about

pytestmark = pytest.mark.django_db
LINES = "총회 소집을 알리는 기간 = 9 (제28조)\nbodies.notice_days = 5 (제32조) 2027-06-01\n"


def decided(house, item, yes=8, present=8) -> Resolution:
    house.ready(item.meeting, present=present)
    vote = house.voted(item, yes=yes, no=present - yes)
    return Resolution.objects.get(vote=vote)


def changes(house, lines=LINES, from_date="2026-12-05") -> Resolution:
    item = house.item(
        house.plan(), "정관 변경", effect="bylaws.adopt_provisions",
        effect_data={"document": "정관", "from_date": from_date, "lines": lines},
    )  # fmt: skip
    return decided(house, item)


def test_a_change_of_bylaws_has_no_force_before_the_authority_approved_it(cooperative):
    """협동조합 기본법 제86조제3항."""
    house = cooperative
    made = changes(house)
    assert made.done == Resolution.Done.APPROVAL
    assert rules.rules_on(date(2027, 1, 10)).number("meetings.notice_days") == 7
    with pytest.raises(commands.NothingToCarryOut):
        commands.carry_out_resolution(house.then(), resolution_id=made.pk)
    later = house.act("secretariat", days=40)
    given = {"resolution_id": made.pk, "paper": "고용노동부 2027-3"}
    for day in (date(2026, 12, 1), date(2027, 5, 1)):  # before it was decided; not yet
        with pytest.raises(commands.ApprovalUnproven):
            commands.note_approval(later, approval_date=day, **given)
    with pytest.raises(Denied):
        commands.note_approval(
            house.act("member", days=40), approval_date=date(2026, 12, 28), **given
        )
    assert unfinished(later) is not None
    approved = commands.note_approval(later, approval_date=date(2026, 12, 28), **given)
    assert approved.done == Resolution.Done.CARRIED_OUT
    assert rules.rules_on(date(2026, 12, 27)).number("meetings.notice_days") == 7
    assert rules.rules_on(date(2026, 12, 28)).number("meetings.notice_days") == 9
    assert rules.rules_on(date(2027, 6, 1)).number("bodies.notice_days") == 5
    with pytest.raises(commands.NoApprovalAwaited):
        commands.note_approval(
            house.act("secretariat", days=41), approval_date=date(2026, 12, 28), **given
        )
    assert queries.verify() == []


def test_what_the_authority_refuses_never_has_force(cooperative):
    made = changes(cooperative)
    commands.note_approval(
        cooperative.act("secretariat", days=40), resolution_id=made.pk, granted=False,
        approval_date=date(2026, 12, 28), paper="고용노동부 2027-3",
    )  # fmt: skip
    made.refresh_from_db()
    assert made.done == Resolution.Done.NOTHING
    assert rules.rules_on(date(2027, 6, 1)).number("meetings.notice_days") == 7


def test_a_line_that_cannot_be_read_and_a_day_gone_by_are_refused_before_the_vote(cooperative):
    for lines, day in (("meetings.notice_days 9", "2027-01-01"), (LINES, "2026-11-01")):
        with pytest.raises(EffectUnfit):
            cooperative.item(
                cooperative.plan(), effect="bylaws.adopt_provisions",
                effect_data={"document": "정관", "from_date": day, "lines": lines},
            )  # fmt: skip


def expelled(house) -> tuple[ConductCase, Resolution]:
    case = case_about(house, house.memberships[-1])
    item = house.item(
        house.plan(), "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    return case, decided(house, item, yes=7)


def test_an_expulsion_that_a_court_voids_never_was(cooperative):
    house = cooperative
    case, made = expelled(house)
    member = Membership.objects.get(pk=house.memberships[-1])
    assert member.left_date is not None
    later = house.act("secretariat", days=60)
    given = {"resolution_id": made.pk, "reason": "소집 절차의 흠", "paper": "법원 2027가합1"}
    with pytest.raises(Denied):
        commands.void_resolution(house.act("chair", of=house.body.pk, days=60), **given)
    with pytest.raises(commands.VoidUnproven):
        commands.void_resolution(later, **{**given, "paper": " "})
    void = commands.void_resolution(later, **given)
    member, case = type(member).objects.get(pk=member.pk), type(case).objects.get(pk=case.pk)
    assert (member.left_date, member.left_reason) == (None, "")
    assert member.spells.get().until_date is None  # without a gap
    assert case.state == ConductCase.State.REVERSED
    assert void.done == Resolution.Done.UNDONE and void.undone_text
    with pytest.raises(commands.VoidAlready):
        commands.void_resolution(house.act("secretariat", days=61), **given)
    card = queries.meeting_card(later, made.meeting_id)
    said = queries.minutes_draft(card).items[0].votes[0].done_text
    assert "법원 2027가합1" in said
    assert queries.verify() == []
    Resolution.objects.filter(pk=made.pk).update(void_reason="다른 까닭")
    assert {one.what for one in queries.verify()} == {"void"}


def test_what_cannot_be_undone_waits_on_the_desk_until_people_did(cooperative):
    house = cooperative
    case, made = expelled(house)
    member = Membership.objects.get(pk=house.memberships[-1])
    memberships.enrol_member(
        house.act("system", days=50), party_id=member.party_id, member_class="person",
        joined_date=date(2027, 1, 4), decided_by="이사회",
    )  # fmt: skip
    office = house.act("secretariat", days=60)
    void = commands.void_resolution(
        office, resolution_id=made.pk, reason="정족수 미달", paper="법원 2027가합2"
    )
    assert void.done == Resolution.Done.TO_UNDO
    case.refresh_from_db()
    assert case.state == ConductCase.State.UPHELD  # nothing half done
    assert unfinished(office).tone == "bad"
    commands.settle_void(
        house.act("secretariat", days=61), resolution_id=made.pk, undone="두 회원 자격을 합침"
    )
    assert unfinished(office) is None
    with pytest.raises(commands.NothingToSettle):
        commands.settle_void(
            house.act("secretariat", days=62), resolution_id=made.pk, undone="다시"
        )


def test_a_rule_not_yet_in_force_is_withdrawn_and_one_in_force_is_left_to_people(house, act):
    bylaws.adopt_legal_form(act("secretariat"), form="unincorporated", from_date=date(2026, 11, 20))
    house.join(11)
    house.assembly()
    made = changes(house, from_date="2027-06-01")
    assert made.done == Resolution.Done.CARRIED_OUT  # who is no corporation asks nobody
    assert rules.rules_on(date(2027, 7, 1)).number("meetings.notice_days") == 9
    void = commands.void_resolution(
        act("secretariat", days=60), resolution_id=made.pk, reason="흠", paper="의견서 1"
    )
    assert void.done == Resolution.Done.UNDONE
    assert rules.rules_on(date(2027, 7, 1)).number("meetings.notice_days") == 7
    begun = changes(house, "meetings.notice_days = 9 (제28조)", from_date="2026-12-10")
    assert begun.done == Resolution.Done.CARRIED_OUT
    void = commands.void_resolution(
        act("secretariat", days=60), resolution_id=begun.pk, reason="흠", paper="의견서 2"
    )
    assert void.done == Resolution.Done.TO_UNDO


def test_a_body_takes_back_its_own_resolution_by_a_later_one(cooperative):
    house = cooperative
    _case, made = expelled(house)
    data = {"resolution_id": made.pk, "reason": "다시 살펴보았습니다."}
    committee = house.committee(3)
    with pytest.raises(RuleNotMet, match="제29조제1항"):
        house.item(
            house.plan(committee), "되돌리기", effect="governance.void_resolution", effect_data=data
        )
    item = house.item(
        house.plan(days=MEETING_DAYS), "되돌리기", effect="governance.void_resolution",
        effect_data=data,
    )  # fmt: skip
    assert item.matter == "expulsion"  # as many as it needed
    later = decided(house, item)
    assert later.done == Resolution.Done.CARRIED_OUT
    made.refresh_from_db()
    assert made.voided_date is not None and made.void_paper.endswith(later.number)
    assert Membership.objects.get(pk=house.memberships[-1]).left_date is None

"""Warning, suspension, expulsion: nothing has effect without notice, hearing and the competent body."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dure.domains.bylaws import commands as bylaws, queries as bylaws_queries
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.memberships import commands
from dure.domains.memberships.models import ConductCase, Membership
from dure.domains.memberships.rules import conduct as rules
from dure.kernel import dates
from dure.kernel.refusals import Denied

pytestmark = pytest.mark.django_db
TOLD, MEETING = date(2026, 11, 20), date(2026, 12, 1)  # ten whole days between


def test_neither_the_day_of_telling_nor_of_the_meeting_counts():
    assert dates.clear_days(TOLD, MEETING) == 10
    assert dates.told_by(MEETING, 10) == TOLD
    assert dates.clear_days(date(2028, 2, 19), date(2028, 3, 1)) == 10  # a leap day between
    assert dates.clear_days(MEETING, MEETING) == 0


@pytest.fixture
def case(cast, act):
    bylaws.adopt_legal_form(
        act("secretariat"), form="social_cooperative", from_date=date(2026, 11, 20)
    )
    return commands.open_conduct_case(
        act("secretariat"),
        membership_id=cast.member_membership,
        kind="expulsion",
        ground="duties_not_met",
        article="정관 제14조",
        reason="출자금을 내지 않았습니다.",
    )


def told(act, case, on=TOLD, meeting=MEETING):
    commands.note_conduct_notice(
        act("secretariat"), case_id=case.pk, notice_date=on, way="post", meeting_date=meeting
    )


def heard(act, case):
    commands.note_conduct_hearing(
        act("secretariat", days=11), case_id=case.pk, hearing_date=MEETING, was_heard=False
    )


def decide(act, case, body="general_meeting", days=11, on=MEETING, **counts):
    counts = counts or {"present": len(case.roll), "in_favour": len(case.roll)}
    return commands.decide_conduct_case(
        act("operator", days=days),
        case_id=case.pk,
        body=body,
        outcome="upheld",
        decided_date=on,
        minutes="2026 임시총회 제2호",
        **counts,
    )


def test_a_member_is_expelled_by_the_general_meeting_after_notice_and_hearing(case, act):
    told(act, case)
    heard(act, case)
    decided = decide(act, case)
    membership = Membership.objects.get(pk=case.membership_id)
    assert (membership.left_date, membership.left_reason) == (date(2026, 12, 2), "expelled")
    assert decided.state == ConductCase.State.UPHELD
    assert {f["article"] for f in decided.findings} >= {"제25조제2항", "제25조제3항", "제29조제2항"}


def test_a_committee_of_a_cooperative_only_recommends(case, act):
    told(act, case)
    heard(act, case)
    commands.note_conduct_recommendation(
        act("secretariat", days=5),
        case_id=case.pk,
        body="qualification_committee",
        outcome="upheld",
        on_date=date(2026, 11, 25),
        minutes="자격심의위원회 3차",
    )
    with pytest.raises(RuleNotMet, match="제29조제1항"):
        decide(act, case, body="qualification_committee", seats=7, present=7, in_favour=7)
    assert Membership.objects.get(pk=case.membership_id).left_date is None


@pytest.mark.parametrize(("days_told", "article"), [(10, None), (11, "제25조제2항")])
def test_told_too_late_it_has_no_effect(case, act, days_told, article):
    meeting = TOLD + timedelta(days=21 - days_told)
    told(act, case, meeting=meeting)
    heard(act, case)
    if article is None:
        decide(act, case, on=meeting)
    else:
        with pytest.raises(RuleNotMet, match=article):
            decide(act, case, on=meeting)


def test_not_heard_it_has_no_effect(case, act):
    told(act, case)
    with pytest.raises(RuleNotMet, match="제25조제3항"):
        decide(act, case)


def test_the_special_majority_is_exact(case, act):
    told(act, case)
    heard(act, case)
    ConductCase.objects.filter(pk=case.pk).update(roll=list(range(300)))
    with pytest.raises(RuleNotMet, match="제29조제2항"):
        decide(act, case, present=150, in_favour=150)  # not more than half of 300
    with pytest.raises(RuleNotMet, match="제29조제2항"):
        decide(act, case, present=151, in_favour=100)  # 2/3 of 151 is 100 2/3
    decide(act, case, present=151, in_favour=101)


def test_nobody_is_expelled_by_a_note(cast, act):
    with pytest.raises(commands.ExpulsionNeedsResolution):
        commands.leave_membership(
            act("secretariat"),
            membership_id=cast.member_membership,
            left_date=date(2026, 12, 1),
            reason="expelled",
            decided_by="운영위원회",
        )


def test_upheld_on_appeal_the_member_has_been_one_without_a_gap(case, act, cast):
    told(act, case)
    heard(act, case)
    decide(act, case)
    with pytest.raises(Denied):
        commands.appeal_conduct_decision(act("member", days=20), case_id=case.pk, reason="억울")
    own = act("member", actor_id=cast.member, days=20)
    commands.appeal_conduct_decision(own, case_id=case.pk, reason="출자금을 냈습니다.")
    commands.decide_conduct_appeal(
        act("operator", days=40),
        case_id=case.pk,
        body="general_meeting",
        outcome="upheld",
        decided_date=date(2026, 12, 30),
        minutes="2026 임시총회 제5호",
    )
    membership = Membership.objects.get(pk=case.membership_id)
    assert membership.left_date is None
    assert membership.spells.filter(until_date=None).count() == 1


def test_an_appeal_comes_in_time(case, act, cast):
    told(act, case)
    heard(act, case)
    decide(act, case)
    late = act("member", actor_id=cast.member, days=11 + 31)
    with pytest.raises(commands.AppealTooLate):
        commands.appeal_conduct_decision(late, case_id=case.pk, reason="늦었지만")


def test_the_roll_is_that_of_the_day_the_case_was_opened(case, act):
    before = list(case.roll)
    joined = Membership.objects.order_by("-number").first()
    Membership.objects.filter(pk=joined.pk).update(joined_date=date(2026, 11, 1))
    assert list(ConductCase.objects.get(pk=case.pk).roll) == before
    assert case.membership_id in before


def test_a_suspension_ends_and_is_no_longer_than_the_rules_allow(cast, act):
    case = commands.open_conduct_case(
        act("secretariat"),
        membership_id=cast.member_membership,
        kind="suspension",
        ground="bylaw_reason",
        article="정관 제13조",
        reason="장터 규정을 거듭 어겼습니다.",
    )
    told(act, case)
    heard(act, case)
    given = {"seats": 9, "present": 5, "in_favour": 5, "body": "steering_committee"}
    with pytest.raises(commands.SuspensionEndless):
        decide(act, case, **given)
    with pytest.raises(RuleNotMet):
        decide(act, case, until_date=date(2027, 6, 3), **given)
    decide(act, case, until_date=date(2027, 6, 2), **given)
    assert Membership.objects.get(pk=case.membership_id).left_date is None


def test_the_member_reads_the_case_and_the_page_says_what_is_missing(case, client_of):
    shown = client_of("member").get(f"/memberships/conduct/{case.pk}/")
    assert shown.status_code == 200 and "출자금을 내지 않았습니다." in shown.content.decode()
    assert client_of("representative").get(f"/memberships/conduct/{case.pk}/").status_code == 403
    kept = client_of("secretariat").get(f"/memberships/conduct/{case.pk}/").content.decode()
    assert "총회" in kept and "10일" in kept


def test_an_expulsion_is_not_noted_but_brought_to_the_general_meeting(case, act, client_of):
    told(act, case)
    office = client_of("secretariat")
    answer = office.post(
        f"/memberships/conduct/{case.pk}/decide/",
        {
            "body": "steering_committee",
            "outcome": "upheld",
            "decided_date": "2026-11-20",
            "seats": "12",
            "present": "12",
            "in_favour": "12",
            "minutes": "운영위원회 제3호",
        },
    )
    assert answer.status_code == 403 and "의결할 일" in answer.content.decode()
    shown = office.get(f"/memberships/conduct/{case.pk}/").content.decode()
    assert f"/governance/bring/memberships.expel_member/?case_id={case.pk}" in shown
    assert Membership.objects.get(pk=case.membership_id).left_date is None


def test_a_case_is_kept_in_the_terminal_too(cast, act):
    from click.testing import CliRunner

    from dure.domains.memberships.cli.conduct import conduct
    from dure.ui import doors

    def run(*given: str):
        doors.set_cli_act(act("operator", via="cli"))
        answer = CliRunner().invoke(conduct, list(given))
        assert answer.exit_code == 0, (answer.output, answer.exception)
        return answer.output

    member = str(cast.member_membership)
    opened = run(
        "open", member, "--kind", "warning", "--article", "정관 제13조", "--reason", "지각"
    )
    case_id = opened.strip()
    minutes = ("--minutes", "운영위원회 1호")
    run("notice", case_id, "--on", "2026-11-20", "--way", "in_hand", "--meeting", "2026-11-21")
    run("hearing", case_id, "--on", "2026-11-20", "--not-heard")
    run(
        "decide",
        case_id,
        "--body",
        "secretariat",
        "--outcome",
        "upheld",
        "--on",
        "2026-11-20",
        *minutes,
    )
    assert '"state": "upheld"' in run("list", "--format", "json")


def test_no_expulsion_passes_without_notice_hearing_body_and_both_majorities(act, cast):
    """Every number of members from 1 to 300 at its edges, and every combination of what is missing."""
    bylaws.adopt_legal_form(
        act("secretariat"), form="social_cooperative", from_date=date(2026, 11, 20)
    )
    book = bylaws_queries.rules_on(MEETING)

    def passes(whole, present, in_favour, told=TOLD, heard=True, body="general_meeting"):
        facts = rules.Facts(
            rules.ConductKind.EXPULSION, rules.Body(body), "bylaw_reason", told, MEETING, heard,
            whole, present, in_favour,
        )  # fmt: skip
        return all(finding.passed for finding in rules.check_decision(book, facts))

    for whole in range(1, 301):
        for present in {0, whole // 2, whole // 2 + 1, whole}:
            least = -(-2 * present // 3)
            for in_favour in {max(least - 1, 0), least}:
                expected = 2 * present > whole and 3 * in_favour >= 2 * present
                assert passes(whole, present, in_favour) == expected, (whole, present, in_favour)
    for told_on in (None, TOLD, TOLD + timedelta(days=1)):
        for heard_or_not in (True, False):
            for body in rules.Body:
                complete = told_on == TOLD and heard_or_not and body == "general_meeting"
                assert passes(9, 9, 9, told_on, heard_or_not, body) == complete

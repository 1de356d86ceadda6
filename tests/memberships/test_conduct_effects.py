"""What surrounds a case: its letters, the desk, what follows and is undone, the review of late dues."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail

from dure.domains.bylaws import commands as bylaws
from dure.domains.memberships import commands, documents, queries
from dure.domains.memberships.models import Charge, ConductCase, ShareClaim
from dure.domains.parties import commands as parties
from dure.kernel import outbox
from dure.kernel.dates import Month
from dure.kernel.refusals import Denied
from dure.site.desk import conduct as desk

pytestmark = pytest.mark.django_db
TOLD, MEETING = date(2026, 11, 20), date(2026, 12, 1)


@pytest.fixture
def case(cast, act):
    bylaws.adopt_legal_form(
        act("secretariat"), form="social_cooperative", from_date=date(2026, 11, 20)
    )
    return open_case(cast, act, "expulsion")


def open_case(cast, act, kind, **given):
    return commands.open_conduct_case(
        act("secretariat"),
        membership_id=cast.member_membership,
        kind=kind,
        ground="duties_not_met",
        article="정관 제14조",
        reason="출자금을 내지 않았습니다.",
        **given,
    )


def told(act, case):
    commands.note_conduct_notice(
        act("secretariat"), case_id=case.pk, notice_date=TOLD, way="mail", meeting_date=MEETING
    )


def heard(act, case):
    commands.note_conduct_hearing(
        act("secretariat", days=11), case_id=case.pk, hearing_date=MEETING, was_heard=True
    )


def decide(act, case, outcome="upheld", **given):
    given = {
        "body": "general_meeting",
        "present": len(case.roll),
        "in_favour": len(case.roll),
    } | given
    return commands.decide_conduct_case(
        act("operator", days=11),
        case_id=case.pk,
        outcome=outcome,
        decided_date=MEETING,
        minutes="2026 임시총회 제2호",
        **given,
    )


def sent(act, kind):
    mail.outbox.clear()
    outbox.tell_due(act("system", days=60).at)
    return [one for one in mail.outbox if kind in one.subject]


def test_each_step_writes_its_letter_and_the_same_words_on_paper(case, act, cast, client_of):
    assert queries.case_letter("conduct_notice", case.pk) is None
    early = queries.case_letter("conduct_notice", case.pk, MEETING)  # to be printed first
    assert documents.letter_pdf("conduct_notice", early, act("system").at)[:4] == b"%PDF"
    told(act, case)
    [notice] = sent(act, "의견 진술 안내")
    assert notice.to == ["member@example.kr"]
    for said in (
        "2026-12-01",
        "정관 제14조",
        "출자금을 내지 않았습니다.",
        "총회",
        "의견을 말할 권리",
    ):
        assert said in notice.body
    heard(act, case)
    decide(act, case)
    [decision] = sent(act, "심의 결정 안내")
    assert "제명" in decision.body and "이의를 신청할 수 있고" in decision.body
    commands.appeal_conduct_decision(
        act("member", actor_id=cast.member, days=20), case_id=case.pk, reason="냈습니다."
    )
    commands.decide_conduct_appeal(
        act("operator", days=40), case_id=case.pk, body="general_meeting", outcome="upheld",
        decided_date=date(2026, 12, 30), minutes="2026 임시총회 제5호",
    )  # fmt: skip
    [answer] = sent(act, "이의 제기 결과")
    assert "빠진 날 없이" in answer.body
    for kind in ("notice", "decision", "appeal"):
        page = client_of("member").get(f"/memberships/conduct/{case.pk}/letter/{kind}/")
        assert page.status_code == 200 and page.content[:4] == b"%PDF"
    assert client_of("representative").get(
        f"/memberships/conduct/{case.pk}/letter/decision/"
    ).status_code in (403, 404)


def test_the_desk_says_what_a_case_waits_for_and_until_when(case, act, cast):
    office = act("secretariat", actor_id=cast.secretary)
    assert "사유 알리기" in desk.conduct(office).steps[0].text
    told(act, case)
    hearing = desk.conduct(office)
    assert "의견 듣기" in hearing.steps[0].text and "2026-12-01" in hearing.steps[0].text
    assert desk.conduct(act("secretariat", actor_id=cast.secretary, days=13)).tone == "bad"
    own = act("member", actor_id=cast.member, of=cast.member_membership)
    assert desk.own_cases(own) is not None
    assert desk.own_cases(act("representative", actor_id=cast.representative)) is None
    heard(act, case)
    decide(act, case)
    later = desk.conduct(act("secretariat", actor_id=cast.secretary, days=12))
    assert later.tone == "info" and "이의 신청 기간" in later.steps[0].text
    assert desk.conduct(act("secretariat", actor_id=cast.secretary, days=60)) is None


def test_an_expulsion_shows_and_does_its_effects_and_an_appeal_undoes_them(case, act, cast):
    parties.appoint_staff(
        act("administrator"), person_id=cast.member, office="bookkeeper", from_date=TOLD,
        decision="운영위원회",
    )  # fmt: skip
    commands.set_dues_plan(
        act("secretariat"), member_class="person", name="월회비", period="month",
        amount_won=10_000, from_month=Month(2026, 11),
    )  # fmt: skip
    commands.bill_dues(act("bookkeeper"), month=Month(2026, 11))
    card = queries.conduct_card(act("secretariat"), case.pk)
    before = queries.effects_of(act("secretariat"), card)
    assert before.ends and before.open_won == 10_000 and before.vote_rests
    assert [(one.is_staff, one.person) for one in before.offices] == [
        (True, before.offices[0].person)
    ]
    told(act, case)
    heard(act, case)
    decide(act, case)
    charges = Charge.objects.filter(membership=cast.member_membership)
    commands.bill_dues(act("bookkeeper", days=45), month=Month(2027, 1))
    assert charges.count() == 1 and charges.get().open_won == 10_000  # owed still, no more billed
    commands.appeal_conduct_decision(
        act("member", actor_id=cast.member, days=20), case_id=case.pk, reason="냈습니다."
    )
    commands.decide_conduct_appeal(
        act("operator", days=50), case_id=case.pk, body="general_meeting", outcome="upheld",
        decided_date=date(2027, 1, 8), minutes="2027 임시총회 제1호",
    )  # fmt: skip
    for month in (Month(2026, 12), Month(2027, 1)):
        commands.bill_dues(act("bookkeeper", days=51), month=month)
    assert charges.count() == 3  # owed again, for every month between
    assert not ShareClaim.objects.filter(membership=cast.member_membership).exists()


def test_the_effect_is_shown_before_it_is_done(cast, act, client_of):
    case = open_case(cast, act, "suspension")
    told(act, case)
    heard(act, case)
    office = client_of("secretariat")
    typed = {
        "body": "general_meeting", "outcome": "upheld", "decided_date": "2026-11-20",
        "present": str(len(case.roll)), "in_favour": str(len(case.roll)), "minutes": "임시총회 1호",
        "until_date": "2026-12-31",
    }  # fmt: skip
    refused = office.post(f"/memberships/conduct/{case.pk}/decide/", typed)
    assert refused.status_code == 409 and "두레 표준" in refused.content.decode()
    dismissed = office.post(
        f"/memberships/conduct/{case.pk}/decide/", typed | {"outcome": "dismissed"}
    )
    assert "아무 변화가 없습니다" in dismissed.content.decode()
    assert ConductCase.objects.get(pk=case.pk).state == ConductCase.State.OPEN


def test_a_review_has_no_effect_but_leads_to_a_case(cast, act, client_of):
    review = open_case(cast, act, "review")
    told(act, review)
    heard(act, review)
    done = decide(act, review, body="qualification_committee", seats=5, present=4, in_favour=3)
    assert done.from_date is None and done.appeal_until_date is None
    with pytest.raises(commands.NothingToAppeal):
        commands.appeal_conduct_decision(act("secretariat"), case_id=review.pk, reason="?")
    shown = client_of("secretariat").get(f"/memberships/conduct/{review.pk}/").content.decode()
    assert "이 결과로 심의 열기" in shown
    page = client_of("secretariat").get(
        f"/memberships/{cast.member_membership}/conduct/open/?follows={review.pk}"
    )
    assert "출자금을 내지 않았습니다." in page.content.decode()
    case = open_case(cast, act, "warning", follows_id=review.pk)
    assert case.follows_id == review.pk


def test_late_dues_go_on_to_a_review_with_the_figures_filled_in(network, act):
    network.plan("organisation", 30_000)
    late = network.organisation("햇살돌봄")
    for month in range(1, 11):
        commands.bill_dues(act("bookkeeper"), month=Month(2026, month))
    commands.remind_arrears(act("bookkeeper"), membership_ids=(late.pk,))
    commands.note_arrears_talk(act("bookkeeper"), membership_id=late.pk, note="일감이 줄었대요")
    plan = commands.agree_instalments(
        act("bookkeeper"), membership_id=late.pk, monthly_won=50_000, first_date=date(2026, 11, 25)
    )
    commands.end_instalments(act("bookkeeper"), instalments_id=plan.pk)
    with pytest.raises(Denied):
        commands.ask_for_review(act("bookkeeper"), membership_id=late.pk, note="심의 요청")
    commands.ask_for_review(act("secretariat"), membership_id=late.pk, note="심의 요청")
    case = ConductCase.objects.get(membership=late)
    assert (case.kind, case.ground, case.state) == ("review", "duties_not_met", "open")
    for said in ("300,000원", "심의 요청", "대화"):
        assert said in case.reason
    assert case.article


def test_who_is_erased_leaves_no_words_in_cases(case, act, cast):
    told(act, case)
    heard(act, case)
    decide(act, case)
    commands.erase_member_data(act("administrator", days=70), party_id=cast.member)
    case.refresh_from_db()
    assert case.reason == "—" and not case.notes.exclude(text="").exists()

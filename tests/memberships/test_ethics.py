"""The ethics code: made in stages, adopted as a version, signed by those it binds."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given, strategies as st

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import CodeSignature, EthicsCode
from dure.domains.memberships.rules import ethics as rules
from dure.kernel.models import News
from dure.kernel.refusals import Denied
from tests.furniture import PROCEDURE

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
TEXT = "## 1. 사회적으로 활동하는 경제조직\n- 사회적 목적을 정기적으로 점검한다.\n## 2. 상호신뢰\n- 함께 결정한 약속을 지킨다."


def adopt(act, days=0, **given):
    given = {
        "title": "윤리강령",
        "text": TEXT,
        "body": "steering_committee",
        "adopted_date": TODAY,
        "minutes": "2026년 제5차 운영위원회 제3호",
    } | given
    return commands.adopt_ethics_code(act("secretariat", days=days), **given)


def note(act, drafting, kind, **given):
    given = {"topic": "노동과 인권", "people": 12, "on_date": TODAY} | given
    return commands.note_drafting_stage(
        act("secretariat"), drafting_id=drafting.pk, kind=kind, **given
    )


def test_a_code_is_made_as_gwangjin_made_its_own(cast, act, client_of):
    with pytest.raises(Denied):
        commands.start_code_drafting(act("member"), title="윤리강령")
    drafting = commands.start_code_drafting(
        act("secretariat"), title="윤리강령 만들기", started_date=date(2026, 1, 10)
    )
    note(act, drafting, "workshop", topic="민주적 운영", notes="말다툼이 있었음")
    note(act, drafting, "workshop", topic="지역과 환경")
    with pytest.raises(commands.SurveyCountsWrong):
        note(act, drafting, "survey", asked=50, people=51, in_favour=10)
    note(act, drafting, "survey", topic="초안 설문", asked=69, people=48, in_favour=41)
    with pytest.raises(RuleNotMet, match="윤리강령"):  # nobody outside was heard
        adopt(act, drafting_id=drafting.pk)
    with pytest.raises(commands.StageUnclear):
        note(act, drafting, "hearing")
    note(act, drafting, "hearing", groups="구 마을공동체 네트워크, 시민회")
    code = adopt(act, drafting_id=drafting.pk)
    assert code.version == 1 and code.findings
    with pytest.raises(commands.CodeDraftingOver):
        note(act, drafting, "workshop")
    shown = client_of("visitor").get("/memberships/ethics/").content.decode()
    assert "함께 결정한 약속을 지킨다." in shown and "69명에게 물어 48명이 답하고" in shown
    assert "말다툼" not in shown  # notes are the office's
    assert "말다툼" in client_of("secretariat").get("/memberships/ethics/").content.decode()


def test_a_making_is_given_up(cast, act):
    drafting = commands.start_code_drafting(act("secretariat"), title="윤리강령")
    commands.end_code_drafting(act("secretariat"), drafting_id=drafting.pk, reason="다음 해로")
    with pytest.raises(commands.CodeDraftingOver):
        adopt(act, drafting_id=drafting.pk)


def test_versions_follow_each_other_and_never_change(cast, act):
    with pytest.raises(RuleNotMet):
        adopt(act, body="secretariat")
    first = adopt(act)
    with pytest.raises(commands.VersionTooEarly):
        adopt(act)
    second = adopt(act, days=5, adopted_date=date(2026, 11, 25), from_date=date(2027, 1, 1))
    assert queries.code_in_force(date(2026, 12, 31)) == first
    assert queries.code_in_force(date(2027, 1, 1)) == second
    assert [one.until_date for one in queries.code_versions()] == [None, date(2027, 1, 1)]
    with pytest.raises(DatabaseError), transaction.atomic():
        EthicsCode.objects.filter(pk=first.pk).update(text="다른 글")


def test_members_sign_the_version_in_force_and_who_did_not_is_asked(cast, act, client_of):
    own = act("member", actor_id=cast.member, of=cast.member_membership)
    with pytest.raises(commands.CodeNotInForce):
        commands.sign_ethics_code(own, membership_id=cast.member_membership, name="마루")
    code = adopt(act)
    with pytest.raises(Denied):
        commands.sign_ethics_code(own, membership_id=cast.organisation_membership, name="마루")
    assert [pk for pk, _name in queries.codes_to_sign(own)] == [cast.member_membership]
    page = client_of("member")
    url = f"/memberships/ethics/sign/{cast.member_membership}/"
    assert "함께 결정한 약속" in page.get(url).content.decode()
    assert page.post(url, {"name": "마루"}).status_code == 302
    signature = CodeSignature.objects.get(membership=cast.member_membership)
    assert signature.code == code and not signature.on_paper
    with pytest.raises(commands.CodeSignedAlready):
        commands.sign_ethics_code(own, membership_id=cast.member_membership, name="마루")
    assert queries.codes_to_sign(own) == []
    assert queries.unsigned_count(TODAY) == 1
    assert commands.ask_code_signatures(act("secretariat")) == 1
    assert News.objects.filter(kind="code_to_sign").count() == 1
    commands.sign_ethics_code(
        act("secretariat"), membership_id=cast.organisation_membership, name="다온", on_paper=True
    )
    with pytest.raises(commands.EverybodySigned):
        commands.ask_code_signatures(act("secretariat"))
    listed = client_of("secretariat").get("/memberships/ethics/signatures/?signed=no")
    assert listed.status_code == 200
    adopt(act, days=5, adopted_date=date(2026, 11, 25))  # a new version is signed anew
    assert queries.unsigned_count(date(2026, 11, 25)) == 2


def test_the_pledge_of_admission_refers_to_the_version_of_the_day(cast, act):
    adopt(act)
    commands.add_member_class(act("secretariat"), name="조합원", code="share", who="person")
    commands.load_procedure(
        act("secretariat"), member_class="share", from_date=date(2026, 1, 1),
        file=PROCEDURE.split('[[step]]\nkind = "shares"')[0],
    )  # fmt: skip
    application = commands.apply_for_membership(
        act("secretariat"), member_class="share", kind="person", name="새봄",
        email="new@example.kr",
    )  # fmt: skip
    one = {"application_id": application.pk}
    commands.note_step(act("secretariat"), **one, step="papers", item="가입신청서")
    commands.sign_pledge(act("secretariat"), **one, step="pledge", name="새봄", on_paper=True)
    commands.sponsor_application(
        act("secretariat"), **one, step="sponsors", party_id=cast.member, on_paper=True
    )
    decided = commands.decide_application(
        act("secretariat"), **one, seats=3, present=3, in_favour=3, minutes="1차 회의"
    )
    assert decided.membership_id is not None
    signature = CodeSignature.objects.get(membership=decided.membership_id)
    assert (signature.code.version, signature.name) == (1, "새봄")


def test_a_suspended_member_sponsors_nobody(cast, act):
    from tests.memberships.test_duties import lay_down, suspend

    lay_down(act, use="sponsor", text="가입 추천", article="회원 규정 제6조")
    suspend(act, cast.member_membership)
    commands.add_member_class(act("secretariat"), name="조합원", code="share", who="person")
    commands.load_procedure(
        act("secretariat"), member_class="share", from_date=date(2026, 1, 1), file=PROCEDURE
    )
    application = commands.apply_for_membership(
        act("secretariat"), member_class="share", kind="person", name="새봄",
        email="new@example.kr",
    )  # fmt: skip
    with pytest.raises(commands.BenefitRests, match="가입 추천"):
        commands.sponsor_application(
            act("secretariat"), application_id=application.pk, step="sponsors",
            party_id=cast.member, on_paper=True,
        )  # fmt: skip


@given(st.integers(-3, 60), st.integers(-3, 60), st.integers(-3, 60))
def test_the_counts_of_a_survey_fit(asked, answered, in_favour):
    assert rules.counts_fit(asked, answered, in_favour) == (
        in_favour >= 0 and in_favour <= answered <= asked
    )


def test_a_code_is_read_as_headings_and_items():
    first, second = rules.articles(TEXT)
    assert first.heading.startswith("1.") and first.items == ("사회적 목적을 정기적으로 점검한다.",)
    assert second.items == ("함께 결정한 약속을 지킨다.",)
    assert rules.articles("그냥 글") == (rules.Article("", ("그냥 글",)),)


def test_the_code_is_kept_in_the_terminal_too(cast, act, tmp_path):
    from click.testing import CliRunner

    from dure.domains.memberships.cli.ethics import ethics, terms
    from dure.ui import doors

    def run(group, *given: str):
        doors.set_cli_act(act("operator", via="cli"))
        answer = CliRunner().invoke(group, list(given))
        assert answer.exit_code == 0, (answer.output, answer.exception)
        return answer.output

    making = run(ethics, "start", "윤리강령 만들기").strip()
    on = ("--on", "2026-11-20")
    run(ethics, "note", making, "--kind", "workshop", *on, "--topic", "노동", "--people", "9")
    run(ethics, "note", making, "--kind", "survey", *on, "--topic", "설문", "--people", "5",
        "--asked", "9", "--in-favour", "4")  # fmt: skip
    run(ethics, "note", making, "--kind", "hearing", *on, "--topic", "의견", "--groups", "시민회")
    text = tmp_path / "code.md"
    text.write_text(TEXT, encoding="utf-8")
    version = run(
        ethics, "adopt", str(text), "--title", "윤리강령", "--body", "steering_committee", *on,
        "--minutes", "5차", "--drafting", making,
    )  # fmt: skip
    assert version.strip() == "1"
    run(ethics, "sign", str(cast.member_membership), "--name", "마루")
    assert run(ethics, "ask").strip() == "1"
    assert '"signed": false' in run(ethics, "signatures", "--unsigned", "--format", "json")
    assert "윤리강령" in run(ethics, "list")
    other = run(ethics, "start", "둘째 판").strip()
    run(ethics, "give-up", other, "--reason", "나중에")
    term = run(
        terms, "add", "person", "--kind", "benefit", "--text", "기금 이용", "--article", "제5조",
        "--from", "2026-01-01", "--use", "fund",
    ).strip()  # fmt: skip
    run(terms, "end", term, "--until", "2026-12-31")
    assert "기금 이용" in run(terms, "list", "person", "--format", "json")

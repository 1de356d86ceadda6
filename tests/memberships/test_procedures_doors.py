"""Procedures by pages, API and command line: a reader of bylaws, an applicant without account."""

from __future__ import annotations

import json
import re
from datetime import date
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.core import mail
from django.urls import reverse

from dure.domains.memberships import commands, documents, queries
from dure.domains.memberships.cli import group
from dure.domains.memberships.models import Application, Membership, Procedure, StepNote
from dure.domains.memberships.rules import procedures as rules
from dure.kernel.models import News
from dure.ui.doors import set_cli_act

from .conftest import Network

SINCE = date(2026, 1, 1)


def send(client, path, data, *, confirm=True):
    """Post a form; where the effect is shown first, confirm it."""
    answer = client.post(path, {"key": str(uuid4()), **data})
    if confirm and answer.status_code == 200:
        seal = re.search(r'name="confirmed" value="(\w+)"', answer.content.decode())
        assert seal, answer.content.decode()[-3000:]
        answer = client.post(path, {"key": str(uuid4()), **data, "confirmed": seal[1]})
    return answer


@pytest.fixture
def office(client_of):
    return client_of("secretariat")


def load(office, profile="cheonan", member_class="organisation"):
    answer = send(
        office,
        "/memberships/procedures/load/",
        {"member_class": member_class, "from_date": "2026-11-01", "profile": profile},
    )
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def test_a_procedure_is_laid_down_and_changed_without_code(office, cast):
    where = load(office)
    shown = office.get(where).content.decode()
    assert "천안사회적경제연대 가입 절차" in shown and "운영위원회" in shown and "50%" in shown
    steps = f"{where}steps/"
    sponsors = {
        "title": "추천",
        "way_members": "2",
        "way_committee": "0",
        "way_secretariat": "1",
        "article": "제5조",
        "from_date": "2026-11-20",
    }
    assert office.get(f"{steps}add/?kind=sponsors").status_code == 200
    changed = send(office, f"{steps}add/?kind=sponsors", sponsors)
    assert changed.status_code == 302, changed.content.decode()
    now = Procedure.objects.get(pk=int(changed["Location"].split("/")[-2])).read()
    assert [s.key for s in now.steps][-3:] == ["sponsors", "decision", "appeal"]
    assert [(w.by, w.limit.value) for w in now.step("sponsors").ways] == [
        ("members", 2),
        ("secretariat", 1),
    ]
    assert str(now.step("sponsors").sheet).endswith("제5조")
    decision = f"{changed['Location']}steps/decision/"
    form = office.get(decision).content.decode()
    assert "운영위원회" in form
    terms = {"title": "의결", "body": "운영위원회", "base": "seats", "from_date": "2026-11-20"}
    wrong = send(office, decision, {**terms, "majority_value": "많이"})
    assert wrong.status_code == 422 and "많이" in wrong.content.decode()
    right = send(office, decision, {**terms, "majority_value": "2/3", "quorum_free": "on"})
    now = Procedure.objects.get(pk=int(right["Location"].split("/")[-2])).read()
    assert str(now.step("decision").limit("majority").value) == "2/3"
    assert now.step("decision").limit("quorum") is None
    assert now.step("decision").limit("within").rule == "admission.decide_within_days"
    up = office.post(f"{right['Location']}steps/sponsors/up/", {"key": str(uuid4())})
    now = Procedure.objects.get(pk=int(up["Location"].split("/")[-2])).read()
    assert [s.key for s in now.steps][:4] == ["papers", "pledge", "sponsors", "interview"]
    gone = office.post(f"{up['Location']}steps/interview/remove/", {"key": str(uuid4())})
    now = Procedure.objects.get(pk=int(gone["Location"].split("/")[-2])).read()
    assert now.step("interview") is None
    no = office.post(f"{gone['Location']}steps/decision/remove/", {"key": str(uuid4())})
    assert no.status_code == 422 and "decision" in no.content.decode()
    assert (
        Procedure.objects.count() == 5 and "/file/" in office.get(gone["Location"]).content.decode()
    )
    file = office.get(f"{gone['Location']}file/")
    assert rules.read_procedure(file.content.decode()) == now


@pytest.mark.parametrize("kind", [k.value for k in rules.StepKind])
def test_every_kind_of_step_has_its_form(office, cast, kind):
    where = load(office, "gangneung")
    assert office.get(f"{where}steps/add/?kind={kind}").status_code == 200
    assert office.get(f"{where}steps/add/?kind=x").status_code == 404


def test_an_applicant_without_account_follows_signs_appeals(office, client_of, cast, act, settings):
    load(office)
    visitor = client_of("visitor")
    sent = send(
        visitor,
        "/memberships/apply/?class=organisation&kind=organisation",
        {"name": "새벽빵집", "contact_name": "한새벽", "email": "bread@example.kr"},
    )
    status = sent["Location"]
    application = Application.objects.get()
    page = visitor.get(status)
    assert page["Referrer-Policy"] == "no-referrer" and page["X-Robots-Tag"] == "noindex"
    assert "아직 남은 것" in page.content.decode() and "가입동의서" in page.content.decode()
    assert visitor.get(status[:-3] + "xx/").status_code == 404
    assert visitor.get(f"/memberships/applications/{application.pk}/").status_code != 200
    assert send(visitor, f"{status}sign/pledge/", {"name": "한새벽"}).status_code == 302
    note = StepNote.objects.get()
    assert (note.said["version"], note.on_paper) == ("1", False)
    one = f"/memberships/applications/{application.pk}/"
    checklist = office.get(one).content.decode()
    assert "다음" in checklist or "아직 남은 것" in checklist
    assert (
        send(office, f"{one}steps/papers/", {"item": "가입동의서", "waived": "on"}).status_code
        == 422
    )
    assert send(office, f"{one}steps/papers/", {"item": "가입동의서"}).status_code == 302
    answers = {f"answer_{n}": "네" for n in range(3)}
    visit = {
        "visit_date": "2026-11-20",
        "form": "visit",
        "interviewers": "김하늘",
        "opinion": "neutral",
    }
    assert send(office, f"{one}interview/", visit).status_code == 422
    assert send(office, f"{one}interview/", {**visit, **answers}).status_code == 302
    votes = {
        "minutes": "5차 2호",
        "decided_date": "2026-11-20",
        "seats": "12",
        "present": "10",
        "in_favour": "5",
        "against": "5",
        "abstaining": "0",
    }
    shown = send(office, f"{one}decide/", votes, confirm=False).content.decode()
    assert "거절" in shown and Application.objects.get().state == "interviewed"
    no = send(office, f"{one}decide/", {**votes, "reason": "목적과 달라요"})
    assert no.status_code == 302 and Application.objects.get().state == "refused"
    shown = visitor.get(status).content.decode()
    assert "목적과 달라요" in shown and "총회" in shown
    letter = documents.letter(
        "application_refused", {"application_id": application.pk}, "https://x"
    )
    assert letter and "총회" in letter.body and f"https://x{status}" in letter.body
    assert send(visitor, f"{status}appeal/", {"text": "다시 보아 주세요"}).status_code == 302
    yes = {
        "granted": "yes",
        "minutes": "총회 1호",
        "decided_date": "2026-11-20",
        "reason": "좋아요",
    }
    assert send(office, f"{one}appeal/decide/", yes).status_code == 302
    assert Membership.objects.filter(application=application).exists()
    letter = documents.letter("appeal_decided", {"application_id": application.pk}, "https://x")
    assert letter and "좋아요" in letter.body
    kinds = set(News.objects.values_list("kind", flat=True))
    assert {"application_received", "application_refused", "appeal_decided"} <= kinds
    assert not mail.outbox  # letters are the worker's


def test_a_member_sponsors_by_its_own_log_in(office, client_of, cast):
    load(office, "national_network")
    send(
        client_of("visitor"),
        "/memberships/apply/?class=organisation&kind=organisation",
        {"name": "새벽빵집", "contact_name": "한새벽", "email": "bread@example.kr"},
    )
    application = Application.objects.get()
    path = reverse("memberships:sponsor_own", args=[queries.sponsors_letter(application.pk)])
    assert client_of("visitor").get(path).status_code in (302, 403)
    for who, party in (("member", cast.member), ("representative", cast.organisation)):
        page = client_of(who).get(path).content.decode()
        assert "새벽빵집" in page and "bread@example.kr" not in page
        assert send(client_of(who), path, {"party_id": party}).status_code == 302
    again = send(client_of("member"), path, {"party_id": cast.member})
    assert again.status_code == 409
    [judged] = queries.judged(application, date(2026, 11, 20))
    assert judged.done
    one = f"/memberships/applications/{application.pk}/steps/sponsors/sponsor/"
    assert "정마루" in office.get(f"{one}?q=정마루").content.decode()
    assert send(office, one, {"by": "secretariat"}).status_code == 302


def post(client, path, data):
    return client.post(
        f"/api/v1/memberships/{path}",
        json.dumps(data),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )


def test_the_same_by_the_api_and_once_per_key(client_of, cast, act):
    office, visitor = client_of("secretariat"), client_of("visitor")
    Network(act).lay_down_shares()
    commands.set_member_class(act("system"), code="organisation", share_minimum_won=100_000)
    wrong = post(
        office,
        "procedures",
        {"member_class": "organisation", "from_date": "2026-01-01", "file": "[procedure"},
    )
    assert (wrong.status_code, wrong.json()["title"]) == (422, "PackMalformed")
    made = post(
        office,
        "procedures",
        {"member_class": "organisation", "from_date": "2026-01-01", "profile": "gwangjin"},
    )
    assert made.status_code == 201 and "광진" in made.json()["file"]
    sent = post(
        visitor,
        "apply",
        {"member_class": "organisation", "kind": "organisation", "name": "빵", "email": "b@x.kr"},
    ).json()
    assert visitor.get(sent["status_path"]).status_code == 200
    one = f"applications/{Application.objects.get().pk}"
    hearing = [
        {"name": "opinion", "value": "favourable"},
        {"name": "date", "value": "2026-11-19"},
    ]
    for path, data, status in (
        (f"{one}/steps/papers", {"item": "가입신청서"}, 201),
        (f"{one}/steps/pledge/sign", {"name": "한새벽", "on_paper": True}, 201),
        (f"{one}/steps/hearing", {"values": hearing[:1]}, 422),
        (f"{one}/steps/hearing", {"values": hearing, "text": "좋음"}, 201),
        (f"{one}/steps/nothing", {}, 404),
        (f"{one}/paid", {"amount_won": 100_000}, 409),
    ):
        assert post(office, path, data).status_code == status, path
    found = office.get(f"/api/v1/memberships/{one}/checklist").json()
    assert [s["done"] for s in found["steps"]] == [True, True, True]
    ballot = {"seats": 5, "present": 4, "in_favour": 3, "against": 1, "minutes": "이사회 1호"}
    decided = post(office, f"{one}/decide", ballot).json()
    assert (decided["state"], decided["pay_until_date"]) == ("approved", "2026-12-20")
    page = visitor.get(sent["status_path"]).content.decode()
    assert "100,000원" in page or "10만 원" in page
    assert post(visitor, f"{one}/paid", {"amount_won": 100_000}).status_code == 401
    key = str(uuid4())
    for _again in range(2):
        paid = office.post(
            f"/api/v1/memberships/{one}/paid",
            json.dumps({"amount_won": 100_000}),
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )
        assert paid.status_code == 201, paid.content.decode()
    assert Membership.objects.filter(application__isnull=False).count() == 1
    desk = office.get("/desk/").content.decode()
    assert "마무리할 가입" not in desk


def test_the_desk_says_what_is_late_and_what_is_unpaid(client_of, furniture, act):
    office = client_of("secretariat")
    desk = office.get("/desk/").content.decode()
    assert "마무리할 가입 2건" in desk and "두리" in desk and "서이" in desk
    commands.load_procedure(
        act("system"), member_class="person", from_date=SINCE, profile="gangneung"
    )
    commands.apply_for_membership(
        act("secretariat"),
        member_class="person",
        kind="person",
        name="늦둥이",
        email="late@example.kr",
        applied_date=date(2026, 10, 1),
    )
    assert "늦둥이: 2026-10-15" in office.get("/desk/").content.decode()


def test_the_command_line(cast, act, tmp_path):
    def run(*words, code=0):
        set_cli_act(act("operator", via="cli"))
        done = CliRunner().invoke(group, [*words], standalone_mode=False)
        assert (done.exit_code == 0) == (code == 0), (done.output, done.exception)
        return done.output if code == 0 else done.exception

    assert "cheonan" in run("procedure", "profiles")
    file = tmp_path / "우리.toml"
    file.write_text(queries.profiles()["gangneung"].file, encoding="utf-8")
    run("procedure", "load", str(file), "--class", "organisation", "--from", "2026-01-01")
    assert "강릉" in run("procedure", "list")
    assert "[procedure]" in run("procedure", "show", str(Procedure.objects.get().pk))
    unknown = run("procedure", "load", "x", "--class", "person", "--from", "2026-01-01", code=1)
    assert unknown.code == "ProfileUnknown"
    application = commands.apply_for_membership(
        act("visitor"),
        member_class="organisation",
        kind="organisation",
        name="새벽빵집",
        email="b@example.kr",
    )
    one = str(application.pk)
    run("note-step", one, "papers", "--item", "가입신청서")
    run("sign-pledge", one, "pledge", "--name", "한새벽")
    assert "pledge" in run("checklist", one)
    decided = run(
        "decide", one, "--seats", "7", "--present", "5", "--in-favour", "2", "--against", "3",
        "--minutes", "3차", "--reason", "아직", "--format", "json",
    )  # fmt: skip
    assert json.loads(decided)["state"] == "refused"
    run("appeal", one, "--text", "다시")
    run("decide-appeal", one, "--granted", "--minutes", "총회", "--reason", "좋음")
    assert Application.objects.get().state == "admitted"
    assert run("lapse", code=1).code == "NothingLapses"


def test_the_public_page_says_how_one_joins_and_what_is_closed(office, client_of, cast):
    load(office)
    load(office, "okcheon", "person")
    shown = client_of("visitor").get("/memberships/apply/").content.decode()
    assert "서류 제출 → 윤리강령 동의 → 현장 인터뷰 → 운영위원회 의결" in shown
    assert "인가 전" in shown and "?class=organisation" in shown and "?class=person" not in shown
    refused = send(
        client_of("visitor"),
        "/memberships/apply/?class=person&kind=person",
        {"name": "한새벽", "email": "h@example.kr"},
    )
    assert refused.status_code == 409 and "인가" in refused.content.decode()

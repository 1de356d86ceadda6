"""A member takes part and claims on the phone; a committee decides; the office pays."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.governance import commands as governance
from dure.domains.governance.queries.effects import Decided, Place
from dure.domains.ledger import commands as ledger
from dure.domains.mutual_aid import commands, queries
from dure.domains.mutual_aid.models import AidClaim, AidEnrolment
from dure.domains.mutual_aid.rules.lines import AidLineUnreadable, read_benefits, read_refunds
from dure.kernel.verdict import Denied
from dure.site.effects import EFFECTS

from .conftest import TODAY

PLAN = {
    "name": "두레 상호부조", "code": "helping", "article": "상호부조 규정 제4조",
    "decided_by": "이사회 2호", "from_date": "2026-11-01", "monthly_won": "1만원", "due_day": "25",
    "waiting_months": "0", "benefits": "사망; 부모; 50만원; 0; ; 사망진단서\n혼례; 본인; 300,000",
    "per_year_won": "", "per_person_won": "300만원", "refunds": "12; 50%",
}  # fmt: skip


@pytest.fixture
def allowed(cast, act):
    """The bylaws let the network run mutual aid, for two events."""
    ledger.open_fund(act("system"), code="mutual_aid")
    for key, value, kind, comparison in (
        ("mutual_aid.allowed", "yes", "yes_no", "exactly"),
        ("mutual_aid.reasons", "marriage, death", "choice", "one_of"),
    ):
        bylaws.adopt_provision(
            act("secretariat"), key=key, value=value, kind=kind, comparison=comparison, label=key,
            document="정관", article="제40조", from_date=date(2026, 1, 1), decided_by="총회",
        )  # fmt: skip


@pytest.fixture
def plan(allowed, act):
    return commands.lay_down_aid_plan(
        act("secretariat"), code="helping", name="두레 상호부조", article="상호부조 규정 제4조",
        decided_by="이사회", from_date=date(2026, 11, 1), monthly_won=10_000, waiting_months=0,
        per_person_won=3_000_000, benefits=read_benefits(PLAN["benefits"]),
    )  # fmt: skip


@pytest.fixture
def made(cast, act, plan):
    wish = commands.apply_for_aid(
        act(actor_id=cast.member), membership_id=cast.member_membership, plan_id=plan.pk
    )
    commands.approve_aid_enrolment(
        act("secretariat"), enrolment_id=wish.pk, decided_by="심사위원회 1호"
    )
    return commands.sign_aid_contract(act(actor_id=cast.member), enrolment_id=wish.pk)


def confirmed(client, address, given):
    """Sent twice: the effect is shown, then it is done."""
    shown = client.post(address, given).content.decode()
    seal = shown.split('name="confirmed" value="')[1].split('"')[0]
    return shown, client.post(address, {**given, "confirmed": seal})


def test_lines_of_a_plan_are_read_as_people_type_them():
    assert read_benefits("marriage; self; 1만원; 3; 1; 증명서, 사본")[0].evidence == "증명서, 사본"
    assert read_refunds("12; 1/2\n\n36; 80%")[1].paid_months == 36
    for wrong in ("혼례; 사촌; 1만원", "혼례; 본인; 많이", "혼례"):
        with pytest.raises(AidLineUnreadable):
            read_benefits(wrong)


def test_the_office_lays_a_plan_down_on_the_page(allowed, client_of):
    office = client_of("secretariat")
    address = "/mutual_aid/plans/lay-down/"
    assert office.post(address, {**PLAN, "benefits": "혼례 본인"}).status_code == 422
    low = office.post(address, {**PLAN, "benefits": "출산; 본인; 10만원"})
    assert low.status_code == 409 and "제40조" in low.content.decode()
    assert office.post(address, PLAN).status_code == 302
    assert "사망진단서" in client_of("member").get("/mutual_aid/plans/").content.decode()


def test_from_the_wish_to_the_money_on_pages(cast, client_of, act, plan):
    member, office = client_of("member"), client_of("secretariat")
    assert "참여 신청" in member.get("/mutual_aid/mine/").content.decode()
    address = f"/mutual_aid/apply/{cast.member_membership}/"
    shown, sent = confirmed(member, address, {"plan_id": plan.pk})
    wish = AidEnrolment.objects.get()
    here = f"/mutual_aid/{wish.pk}/"
    assert "모든 규칙에 맞습니다" in shown and sent["Location"] == here
    assert client_of("representative").get(here).status_code == 403
    day = TODAY.isoformat()
    assert "정마루" in office.get("/mutual_aid/").content.decode()
    office.post(f"{here}approve/", {"decided_by": "심사위원회", "decided_date": day})
    assert member.post(f"{here}sign/").status_code == 302
    paper = member.get(f"{here}contract.pdf")
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF-")
    assert office.post(f"{here}receive/", {"won": "1만원", "paid_date": day}).status_code == 302
    told = {"event": "death", "relation": "parent", "event_date": day, "about": "어머니를 보내고"}
    assert member.post(f"{here}claim/", told).status_code == 422  # no consent
    shown, sent = confirmed(member, f"{here}claim/", {**told, "consented": "on"})
    claim = AidClaim.objects.get()
    there = f"/mutual_aid/claims/{claim.pk}/"
    assert (
        "500,000원" in shown and "사망진단서" in shown and sent["Location"] == f"{there}evidence/"
    )
    photo = SimpleUploadedFile("사망진단서.jpg", b"\xff\xd8\xff-photo")
    assert member.post(f"{there}evidence/", {"file": photo}).status_code == 302
    page = office.get(there).content.decode()
    assert "어머니를 보내고" in page and "사망진단서.jpg" in page
    kept = page.split(f"{there}evidence/")[2].split("/")[0]
    assert office.get(f"{there}evidence/{kept}/").content == b"\xff\xd8\xff-photo"
    books = client_of("bookkeeper").get(there).content.decode()
    assert "어머니" not in books and "사망진단서" not in books
    assert client_of("bookkeeper").get(f"{there}evidence/{kept}/").status_code == 403
    office.post(
        f"{there}refuse/", {"decided_by": "심사위원회", "decided_date": day, "reason": "서류"}
    )
    assert "2026-12-20" in member.get(there).content.decode()
    assert member.post(f"{there}appeal/", {"text": "붙였습니다"}).status_code == 302
    second = {"granted": "yes", "decided_by": "이사회", "decided_date": day, "reason": "확인"}
    assert office.post(f"{there}decide-appeal/", second).status_code == 302
    _shown, short = confirmed(client_of("bookkeeper"), f"{there}pay/", {"paid_date": day})
    assert short.status_code == 409 and "기금" in short.content.decode()
    _shown, ended = confirmed(member, f"{here}end/", {"ended_date": day})
    assert ended.status_code == 302


def decided(adopted, body_id):
    given = dict.fromkeys(Decided.__dataclass_fields__)
    return Decided(
        **given | {
            "body_kind": "committee", "body": "심사위원회", "body_id": body_id, "adopted": adopted,
            "on_date": TODAY, "reference": f"결의 {body_id}", "roll": 3, "present": 3, "yes": 3,
            "no": 0, "abstain": 0,
        }
    )  # fmt: skip


def test_a_committee_decides_and_the_old_door_is_closed(cast, act, made):
    since = {"from_date": date(2026, 1, 1), "decided_by": "총회"}
    bodies = [
        governance.add_body(act("system"), name=name, kind="committee", **since)
        for name in ("심사위원회", "이의위원회")
    ]
    for body in bodies:
        governance.grant_competence(
            act("system"), body_id=body.pk, matter="mutual_aid", from_date=since["from_date"]
        )
    claim = commands.file_aid_claim(
        act(actor_id=cast.member), enrolment_id=made.pk, event="death", relation="parent",
        event_date=TODAY, about="어머니를 보내고", consented=True,
    )  # fmt: skip
    with pytest.raises(Denied, match="심사위원회"):
        commands.approve_aid_claim(act("secretariat"), claim_id=claim.pk, decided_by="사무국")
    sits = act("seat", of=bodies[0].pk)
    assert queries.aid_claim(sits, claim.pk).about == "어머니를 보내고"
    first, second = EFFECTS["mutual_aid.approve_aid_claim"], EFFECTS["mutual_aid.decide_aid_appeal"]
    data = {"claim_id": str(claim.pk)}
    setting = first.setting(data, Place(bodies[0].pk, "committee", TODAY))
    assert setting.concerned == {cast.member} and all(one.passed for one in setting.findings)
    assert [pk for pk, _text in first.form().fields["claim_id"].choices] == [claim.pk]
    first.run(act("resolution"), data, decided(False, bodies[0].pk))
    commands.appeal_aid_refusal(act(actor_id=cast.member), claim_id=claim.pk, text="다시")
    with pytest.raises(commands.AidAppealSameBody):
        second.run(act("resolution"), data, decided(True, bodies[0].pk))
    with pytest.raises(RuleNotMet, match="사망진단서"):
        second.run(act("resolution"), data, decided(True, bodies[1].pk))
    data["waived"] = "빈소에서 확인"
    second.run(act("resolution"), data, decided(True, bodies[1].pk))
    claim.refresh_from_db()
    assert (claim.state, claim.second_by) == ("approved", f"결의 {bodies[1].pk}")

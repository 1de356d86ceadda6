"""Papers through pages, API and command line; the check that anybody may make."""

import io
import json
import zipfile
from datetime import date
from urllib.parse import unquote
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dure.domains.bylaws import commands as bylaws
from dure.domains.memberships import commands
from dure.domains.memberships.cli import group
from dure.domains.memberships.forms.papers import CHECKS_AN_HOUR
from dure.domains.memberships.models import IssuedPaper
from dure.domains.memberships.rules.papers import shown_code
from dure.ui.doors import set_cli_act


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_secretary_issues_prints_and_revokes(client_of, cast):
    staff = client_of("secretariat")
    url = reverse("memberships:issue_paper", args=[cast.organisation_membership])
    assert staff.get(url).status_code == 200
    wrong = staff.post(url, {"kind": "banknote", "language": "ko", "key": uuid4()})
    assert wrong.status_code == 422
    sent = {"kind": "member_certificate", "language": "ko", "key": uuid4()}
    first, again = staff.post(url, sent), staff.post(url, sent)
    assert first.status_code == 302 and first.headers["Location"] == again.headers["Location"]
    paper = IssuedPaper.objects.get()
    shown = staff.get(first.headers["Location"])
    assert "2026-회원-0001" in shown.content.decode()
    printed = staff.get(reverse("memberships:print_paper", args=[paper.pk]))
    assert printed.headers["Content-Type"] == "application/pdf" and body(printed)[:5] == b"%PDF-"
    assert "2026-회원-0001" in url_of_name(printed)
    revoke = reverse("memberships:revoke_paper", args=[paper.pk])
    assert staff.post(revoke, {"reason": "", "key": uuid4()}).status_code == 422
    assert staff.post(revoke, {"reason": "오기", "key": uuid4()}).status_code == 302
    again = staff.post(revoke, {"reason": "오기", "key": uuid4()})
    assert again.status_code == 409 and "2026-회원-0001" in again.content.decode()
    assert "오기" in staff.get(first.headers["Location"]).content.decode()
    listed = staff.get(reverse("memberships:papers"), {"q": "제2026-회원-0001호"})
    assert "햇살돌봄" in listed.content.decode()
    assert body(staff.get(reverse("memberships:papers"), {"as": "xlsx"}))[:2] == b"PK"


def url_of_name(answer):
    return unquote(answer.headers["Content-Disposition"])


def test_a_member_issues_their_own_from_their_page(client_of, cast):
    member = client_of("member")
    mine = reverse("memberships:issue_paper", args=[cast.member_membership])
    assert mine in member.get(reverse("me")).content.decode()
    page = member.get(mine).content.decode()
    assert "yearly_statement" in page and "share_certificate" not in page
    made = member.post(mine, {"kind": "yearly_statement", "language": "en", "key": uuid4()})
    assert made.status_code == 302
    assert member.get(made.headers["Location"]).status_code == 200
    theirs = reverse("memberships:issue_paper", args=[cast.organisation_membership])
    assert member.get(theirs).status_code == 403
    forged = member.post(mine, {"kind": "share_certificate", "language": "ko", "key": uuid4()})
    assert forged.status_code == 422


def test_many_are_issued_in_parts_and_taken_along(client_of, cast):
    keeper = client_of("bookkeeper")
    url = reverse("memberships:issue_papers")
    assert keeper.get(url, {"kind": "nonsense", "year": "soon"}).status_code == 200
    given = {"kind": "yearly_statement", "year": "2026", "language": "ko", "key": uuid4()}
    done = keeper.post(url, given)
    assert done.status_code == 302 and IssuedPaper.objects.count() == 2
    assert keeper.get(done.headers["Location"]).status_code == 200
    nothing = keeper.post(url, {**given, "key": uuid4()})
    assert nothing.status_code == 409
    asked = {"kind": "yearly_statement", "year": "2026"}
    folder = body(keeper.get(reverse("memberships:printed_papers", args=["zip"]), asked))
    with zipfile.ZipFile(io.BytesIO(folder)) as opened:
        names = opened.namelist()
        assert opened.testzip() is None
    assert names == [
        "2026-연간-0001_햇살돌봄 사회적협동조합.pdf",
        "2026-연간-0002_정마루.pdf",
    ]
    one = body(keeper.get(reverse("memberships:printed_papers", args=["pdf"]), asked))
    assert one[:5] == b"%PDF-"
    beyond = keeper.get(reverse("memberships:printed_papers", args=["pdf"]), asked | {"part": "9"})
    assert beyond.status_code == 404


def test_a_stranger_checks_a_paper_and_its_file(client_of, cast, act):
    visitor, staff = client_of("visitor"), client_of("secretariat")
    paper = commands.issue_paper(
        act("secretariat"), kind="member_certificate", membership_id=cast.member_membership
    )
    led = visitor.get(reverse("check:check"), {"q": f" {shown_code(paper.code).lower()} "})
    shown = visitor.get(led.headers["Location"]).content.decode()
    assert "정○○" in shown and "정마루" not in shown
    by_number = visitor.get(reverse("check:paper", args=[str(paper)])).content.decode()
    assert "정○○" not in by_number and "2026-회원-0001" in by_number
    unknown = visitor.get(reverse("check:paper", args=["AAAA-BBBB-CCCC"]))
    assert unknown.status_code == 404
    url = reverse("check:paper", args=[shown_code(paper.code)])
    genuine = staff.get(reverse("memberships:print_paper", args=[paper.pk])).content
    for content, tone in ((genuine, "note ok"), (genuine + b" ", "note warn")):
        answer = visitor.post(url, {"file": SimpleUploadedFile("x.pdf", content)})
        assert answer.status_code == 200 and tone in answer.content.decode()
    assert visitor.post(url).status_code == 422
    commands.revoke_paper(act("secretariat"), paper_id=paper.pk, reason="오기")
    told = visitor.get(url).content.decode()
    assert "bd bad" in told and "오기" not in told
    answer = visitor.post(url, {"file": SimpleUploadedFile("x.pdf", genuine)})
    assert "note ok" in answer.content.decode()


def test_nobody_tries_codes_by_the_thousand(client_of, cast):
    visitor = client_of("visitor")
    url = reverse("check:paper", args=["AAAA-BBBB-CCCC"])
    answers = {visitor.get(url).status_code for _time in range(CHECKS_AN_HOUR)}
    assert answers == {404}
    assert visitor.get(url).status_code == 429
    api = visitor.get("/api/v1/memberships/papers/check/AAAA-BBBB-CCCC")
    assert api.status_code == 429
    assert client_of("secretariat").get(url).status_code == 404  # the office is not counted


def test_the_same_over_http(client_of, cast):
    staff, member, visitor = client_of("secretariat"), client_of("member"), client_of("visitor")
    root = "/api/v1/memberships"

    def post(client, path, data):
        return client.post(
            f"{root}/{path}",
            json.dumps(data),
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )

    path = f"members/{cast.member_membership}/papers"
    made = post(staff, path, {"kind": "dues_statement", "year": 2026})
    assert made.status_code == 201 and made.json()["number"] == "2026-회비-0001"
    assert post(staff, path, {"kind": "dues_statement", "year": 2090}).status_code == 422
    refused = post(member, path, {"kind": "share_certificate"})
    assert refused.status_code == 403
    assert post(visitor, path, {"kind": "dues_statement"}).status_code == 401
    pk, code = made.json()["id"], made.json()["code"]
    assert staff.get(f"{root}/papers/{pk}/pdf").content[:5] == b"%PDF-"
    assert [one["id"] for one in member.get(f"{root}/papers").json()] == [pk]
    assert post(staff, "papers/many", {"kind": "yearly_statement", "year": 2026}).json() == {
        "count": 2
    }
    register = post(staff, "papers/register", {"on": "2026-11-20"})
    assert register.status_code == 201 and register.json()["party_id"] is None
    assert post(staff, f"papers/{pk}/revoke", {"reason": "오기"}).json()["revoked_at"]
    checked = visitor.get(f"{root}/papers/check/{code}").json()
    assert (checked["subject"], bool(checked["revoked_at"])) == ("정○○", True)
    assert visitor.get(f"{root}/papers/check/nothing").status_code == 404


def test_the_same_in_a_terminal(cast, act, tmp_path):
    def run(*arguments):
        set_cli_act(act("operator", via="cli"))
        answer = CliRunner().invoke(group, ["paper", *arguments], catch_exceptions=False)
        assert answer.exit_code == 0, answer.output
        return answer.output

    members = [str(cast.organisation_membership), str(cast.member_membership)]
    out = run("issue", "member_certificate", *members, "--out", str(tmp_path), "--format", "json")
    made = json.loads(out)
    assert [one["number"] for one in made] == ["2026-회원-0001", "2026-회원-0002"]
    assert {file.name for file in tmp_path.iterdir()} == {
        "2026-회원-0001_햇살돌봄 사회적협동조합.pdf",
        "2026-회원-0002_정마루.pdf",
    }
    checked = json.loads(run("check", made[1]["code"], "--format", "json"))
    assert checked["subject"] == "정○○"
    folder = tmp_path / "all.zip"
    run("issue-all", "yearly_statement", "--year", "2026", "--out", str(folder))
    assert zipfile.ZipFile(folder).testzip() is None
    run("issue-all", "yearly_statement", "--year", "2026")  # nothing more
    run("register", "--on", "2026-11-20", "--out", str(tmp_path / "register.pdf"))
    run("print", str(made[0]["paper_id"]), "--out", str(tmp_path / "again.pdf"))
    assert (tmp_path / "again.pdf").read_bytes()[:5] == b"%PDF-"
    run("revoke", str(made[0]["paper_id"]), "--reason", "오기")
    assert IssuedPaper.objects.count() == 5


def test_the_donation_receipts_through_the_doors(client_of, cast, act):
    receipt = commands.enter_receipt(
        act("system"), receipt_date=date(2026, 5, 3), amount_won=100_000, payer="정마루"
    )
    commands.book_receipt_as(
        act("system"), receipt_id=receipt.pk, purpose="donation", donor_id=cast.member
    )
    staff, member = client_of("secretariat"), client_of("member")
    donors = reverse("memberships:donors")
    assert "정마루" in staff.get(donors).content.decode()
    assert member.get(donors).status_code == 403
    url = reverse("memberships:issue_donation_receipt", args=[cast.member])
    sent = {"year": "2026", "language": "ko", "key": uuid4()}
    assert staff.get(url).status_code == 200 and member.get(url).status_code == 403
    refused = staff.post(url, sent)
    assert refused.status_code == 409 and "두레 표준 운영 기준" in refused.content.decode()
    bylaws.adopt_provision(
        act("secretariat"),
        key="papers.donation_receipts",
        value="예",
        document="재정경제부고시",
        article="제2026-1호",
        from_date=date(2026, 1, 1),
        origin="regulation",
        decided_by="이사회",
    )
    many = reverse("memberships:issue_donation_receipts")
    shown = staff.post(many, sent)
    assert shown.status_code == 200 and "100,000" in shown.content.decode()
    assert not IssuedPaper.objects.exists()
    made = staff.post(url, {**sent, "key": uuid4()})
    assert made.status_code == 302
    card = staff.get(made.headers["Location"]).content.decode()
    assert "재정경제부고시 제2026-1호" in card
    listed = reverse("memberships:donation_receipts")
    assert "2026-기부-0001" in staff.get(listed, {"year": "2026"}).content.decode()
    assert body(staff.get(listed, {"as": "xlsx"}))[:2] == b"PK"
    assert staff.post(url, {**sent, "key": uuid4()}).status_code == 409
    told = staff.get("/api/v1/memberships/donors?year=2026").json()
    assert [one["open_won"] for one in told] == [0]
    again = staff.post(
        "/api/v1/memberships/donors/receipts",
        json.dumps({"party_id": cast.member, "year": 2026}),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert (again.status_code, again.json()["title"]) == (409, "NothingDonated")
    set_cli_act(act("operator", via="cli"))
    answer = CliRunner().invoke(group, ["paper", "donors", "--year", "2026", "--format", "json"])
    assert json.loads(answer.output)[0]["receipted_won"] == 100_000

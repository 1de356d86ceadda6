"""The rules as everyone meets them: pages, API, terminal, paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.test.utils import CaptureQueriesContext

from dure.domains.bylaws import commands, queries, rules
from dure.domains.bylaws.cli import group
from dure.kernel.models import Deed
from dure.kernel.refusals import NotFound
from dure.ui.doors import set_cli_act
from tests.bylaws.test_files import GOOD

DAY = date(2026, 11, 20)
OWN = {
    "value": "14", "origin": "bylaws", "document": "정관", "article": "제14조",
    "from_date": "2026-07-01", "decided_by": "2026 정기총회 3호", "text": "14일 전까지 알린다.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def social(act, cast):
    commands.adopt_legal_form(act("secretariat"), form="social_cooperative", from_date=DAY)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def confirmed(client: Any, url: str, given: dict[str, str]) -> Any:
    """Post a form, and once more as the effect asks to."""
    first = client.post(url, given)
    assert first.status_code == 200, text_of(first)
    seal = text_of(first).split('name="confirmed" value="')[1].split('"')[0]
    return client.post(url, {**given, "confirmed": seal})


def test_a_visitor_reads_article_beside_rule(client_of, django_assert_max_num_queries):
    client = client_of("visitor")
    with django_assert_max_num_queries(15):
        page = text_of(client.get("/bylaws/"))
    assert "납입 출자금 총액의 2/3 이하" in page and "제94조제1항" in page
    assert "소액대출은 납입 출자금 총액의 3분의 2를 초과할 수 없다" in page
    assert "새 규칙" not in page and page.index("협동조합 기본법") < page.index("개인정보 보호법")


def test_the_page_is_narrowed_and_goes_back_in_time(client_of, act):
    client = client_of("secretariat")
    page = text_of(client.get("/bylaws/?area=expulsion&on=2013-01-01"))
    assert "10일 이상" in page and "2/3" not in page
    assert "2025-10-01 본문에서 읽음" in page
    own = text_of(client.get("/bylaws/?origin=bylaws"))
    assert "찾으시는 규칙이 없어요" in own
    assert client.get("/bylaws/?on=그제&area=nothing").status_code == 200


def test_a_rule_is_tightened_on_the_page_and_never_loosened(client_of):
    client, url = client_of("secretariat"), "/bylaws/adopt/?key=expulsion.notice_days"
    refused = client.post(url, {**OWN, "value": "7일"})
    assert refused.status_code == 409 and "제25조제2항" in text_of(refused)
    assert 'value="7일"' in text_of(refused)  # nothing typed is lost
    assert confirmed(client, url, OWN).status_code == 302
    page = text_of(client.get("/bylaws/expulsion.notice_days/"))
    assert "14일 이상" in page and "2026 정기총회 3호" in page and "14일 전까지 알린다." in page
    elsewhere = text_of(client.get("/bylaws/"))
    assert page.count("김하늘") > elsewhere.count("김하늘")  # who, told to the office alone
    assert "김하늘" not in text_of(client_of("visitor").get("/bylaws/expulsion.notice_days/"))
    tried = text_of(client.get("/bylaws/expulsion.notice_days/?value=10"))
    assert "맞지 않음" in tried
    assert "맞음" in text_of(client.get("/bylaws/expulsion.notice_days/?value=14일"))
    assert client.get("/bylaws/expulsion.notice_days/?value=열흘").status_code == 422
    ended = client.post(
        "/bylaws/expulsion.notice_days/repeal/",
        {**OWN, "from_date": "2027-01-01", "article": "부칙 제2조"},
    )
    assert ended.status_code == 302
    assert queries.rules_on(date(2027, 1, 1)).number("expulsion.notice_days") == 10
    assert queries.rules_on(DAY).number("expulsion.notice_days") == 14


def test_a_rule_that_no_law_knows_is_made_on_the_page(client_of):
    given = OWN | {
        "rule_key": "dues.full_member_won", "label": "정회원 월 회비", "kind": "won", "value": "3만원",
        "comparison": "at_least", "area": "dues",
    }  # fmt: skip
    client = client_of("secretariat")
    assert confirmed(client, "/bylaws/adopt/", given).status_code == 302
    assert queries.rules_on(DAY).number("dues.full_member_won") == 30_000
    for number in (1, 2):  # whoever writes no code names it by its words only
        unnamed = given | {"rule_key": "", "label": f"분담금 {number}"}
        assert confirmed(client, "/bylaws/adopt/", unnamed).status_code == 302
        assert queries.rules_on(DAY).provision(f"dues.own_{number}").label == f"분담금 {number}"
    assert client.post("/bylaws/adopt/", given | {"rule_key": "Dues"}).status_code == 422
    again = client.post("/bylaws/adopt/", given)
    assert again.status_code == 409 and "이미" in text_of(again)


def test_a_share_of_a_whole_is_tried_on_the_page(client_of):
    client, url = client_of("member"), "/bylaws/loans.ceiling_ratio/"
    assert "맞음" in text_of(client.get(url, {"value": "6천만", "whole": "90,000,000"}))
    assert "맞지 않음" in text_of(client.get(url, {"value": "60,000,001", "whole": "9천만"}))
    assert "맞음" in text_of(client.get(url, {"value": "3분의 2"}))
    assert client.get("/bylaws/no.such_rule/").status_code == 404


def test_a_file_is_shown_first_and_taken_over_whole(client_of):
    client, text = client_of("secretariat"), GOOD
    wrong = client.post("/bylaws/import/", {"file": text.replace("label", "lable")})
    assert (
        wrong.status_code == 422 and "8번째 줄" in text_of(wrong) and "20번째 줄" in text_of(wrong)
    )
    loose = client.post("/bylaws/import/", {"file": text.replace('"14"', '"3"')})
    assert "24번째 줄" in text_of(loose) and "제28조제5항" in text_of(loose)
    assert client.post("/bylaws/import/", {}).status_code == 422
    done = confirmed(client, "/bylaws/import/", {"file": text.replace("\n", "\r\n")})
    assert done.status_code == 302
    assert queries.rules_on(DAY).number("meetings.notice_days") == 14


def test_an_uploaded_file_comes_back_as_text_to_confirm(client_of):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of("secretariat")
    page = client.post("/bylaws/import/", {"upload": SimpleUploadedFile("a.toml", GOOD.encode())})
    assert page.status_code == 200 and "정회원 월 회비" in text_of(page)
    old = client.post(
        "/bylaws/import/", {"upload": SimpleUploadedFile("a.toml", GOOD.encode("cp949"))}
    )
    assert old.status_code == 422 and "UTF-8" in text_of(old)


def test_another_legal_form_shows_what_it_changes_and_what_it_outgrows(client_of, act):
    """R-172: a civil group becomes an association; its own loose rule gives way to the law."""
    client = client_of("secretariat")
    commands.adopt_legal_form(act("secretariat"), form="civil_group", from_date=date(2026, 11, 20))
    commands.adopt_provision(
        act("secretariat"), key="meetings.notice_days", value="3", document="회칙", article="제9조",
        from_date=date(2026, 11, 20),
    )  # fmt: skip
    assert queries.rules_on(DAY).number("meetings.notice_days") == 3
    given = {"form": "association", "from_date": "2027-03-01"}
    first = text_of(client.post("/bylaws/form/", given))
    assert "사단법인" in first and "회칙 제9조" in first and "민법 제71조" in first
    assert confirmed(client, "/bylaws/form/", given).status_code == 302
    assert queries.rules_on(date(2027, 2, 28)).number("meetings.notice_days") == 3
    assert queries.rules_on(date(2027, 3, 1)).number("meetings.notice_days") == 7
    assert "법보다 느슨함" in text_of(client.get("/bylaws/?on=2027-03-01"))


def test_an_article_is_written_once_and_read_beside_its_rules(client_of):
    client = client_of("secretariat")
    given = {
        "document": "정관",
        "article": "제14조",
        "text": "사유를 알린다.",
        "from_date": "2020-01-01",
    }
    assert client.post("/bylaws/article/", given).status_code == 302
    assert "사유를 알린다." in text_of(client.get("/bylaws/"))
    assert client.post("/bylaws/article/", given).status_code == 409


def test_the_paper_is_a_pdf_and_the_same_twice(client_of):
    client = client_of("visitor")
    paper = client.get("/bylaws/rules.pdf?on=2026-01-01")
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")
    assert paper.content == client.get("/bylaws/rules.pdf?on=2026-01-01").content


# -- programs ----------------------------------------------------------------------------------


def send(client: Any, path: str, given: Any, key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(
        f"/api/v1/bylaws{path}", json.dumps(given), content_type="application/json", headers=headers
    )


def test_programs_read_and_check_without_a_token(client_of):
    client = client_of("visitor")
    found = client.get("/api/v1/bylaws/rules?area=expulsion").json()
    assert found["form"] == "social_cooperative" and len(found["rules"]) > 4
    checked = client.get("/api/v1/bylaws/check/loans.ceiling_ratio?value=60000001&of=90000000")
    assert checked.json()["passed"] is False and checked.json()["article"] == "제94조제1항"
    assert client.get("/api/v1/bylaws/check/loans.ceiling_ratio?value=x").status_code == 422
    assert client.get("/api/v1/bylaws/rules/no.such_rule").status_code == 404
    assert client.get("/api/v1/bylaws/rules/expulsion.notice_days").json()[0]["value"] == "10"


def test_a_program_lays_rules_down_once_per_key_and_is_told_why_not(client_of):
    given = OWN | {"key": "expulsion.notice_days"}
    assert send(client_of("visitor"), "/provisions", given).status_code == 401
    assert send(client_of("member"), "/provisions", given).status_code == 403
    client, key = client_of("secretariat"), str(uuid4())
    first = send(client, "/provisions", given, key)
    assert (
        first.status_code == 200 and send(client, "/provisions", given, key).json() == first.json()
    )
    refused = send(client, "/provisions", given | {"value": "7"})
    assert refused.status_code == 409 and refused.json()["title"] == "LoosensTheRule"
    wrong = send(client, "/files", {"file": GOOD.replace("kind", "knid")})
    assert wrong.status_code == 422 and wrong.json()["params"]["line"] == 9
    assert [fault["line"] for fault in wrong.json()["params"]["faults"]] == [9, 21]
    assert send(client, "/files", {"file": GOOD}).json() == {"count": 2}
    assert send(client, "/packs", {}).json() == {"count": 0}


# -- terminal ----------------------------------------------------------------------------------


@pytest.fixture
def run(act) -> Iterator[Callable[..., Any]]:
    def go(*words: str, code: int = 0) -> Any:
        set_cli_act(act("operator", via="cli"))
        answer = CliRunner().invoke(group, words)
        if answer.exception and not isinstance(answer.exception, SystemExit):
            raise answer.exception
        assert answer.exit_code == code, answer.output
        return json.loads(answer.output) if "json" in words else answer.output

    yield go


def test_the_terminal_shows_checks_and_lays_down(run, tmp_path: Path):
    assert run("show", "shares.cap_ratio", "--format", "json")["value"] == "3/10"
    assert len(run("show", "--area", "expulsion", "--origin", "law", "--format", "json")) == 5
    run("check", "shares.cap_ratio", "30%")
    failed = run("check", "shares.cap_ratio", "31", "--of", "100", "--format", "json", code=1)
    assert failed["passed"] is False and failed["citation" if "citation" in failed else "article"]
    with pytest.raises(NotFound):
        run("check", "no.such_rule", "1")
    words = ("--document", "정관", "--article", "제14조", "--from", "2026.7.1", "--format", "json")
    assert run("adopt", "expulsion.notice_days", "14", *words)["value"] == "14"
    with pytest.raises(rules.LoosensTheRule):
        run("adopt", "expulsion.notice_days", "7", *words)
    assert [row["value"] for row in run("history", "expulsion.notice_days", "--format", "json")][
        :2
    ] == ["14", "10"]
    file = tmp_path / "ours.toml"
    file.write_text(GOOD, "utf-8")
    before = Deed.objects.count()
    assert len(run("import", str(file), "--preview", "--format", "json")) == 2
    assert Deed.objects.count() == before
    assert run("import", str(file), "--format", "json") == {"count": 2}
    file.write_bytes(GOOD.encode("cp949"))
    with pytest.raises(rules.PackMalformed):
        run("import", str(file))
    end = ("--document", "정관", "--article", "부칙", "--from", "2027-01-01", "--format", "json")
    assert run("repeal", "expulsion.notice_days", *end)["value"] == "10"
    changed = run("form", "association", "--from", "2027-01-01", "--preview", "--format", "json")
    assert any(row["rule"] == "정관을 바꾸는 동의" for row in changed)
    run("form", "association", "--from", "2027-01-01")
    assert "bylaws.change_ratio" in queries.rules_on(date(2027, 1, 1))
    run("article", "정관", "제1조", "이 모임은 …", "--from", "2020-01-01")
    assert run("load-packs", "--format", "json") == {"count": 0}


def test_a_page_of_rules_asks_few_questions(client_of, django_assert_max_num_queries):
    from django.db import connection

    client = client_of("secretariat")
    client.get("/bylaws/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/bylaws/expulsion.notice_days/?value=10")
    assert len(asked) <= 15

"""The first page of an empty installation."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.site import founding

ANSWERS: dict[str, Any] = {
    "name": "한울 사회연대경제 네트워크",
    "legal_form": "association",
    "fiscal_year_start_month": "3",
    "classes": "단체회원\n개인회원\n청년회원",
    "person_name": "김하늘",
    "email": "first@example.kr",
    "password": "맑은 물 한 바가지",
    "again": "맑은 물 한 바가지",
}


@pytest.mark.django_db
def test_a_network_is_founded_in_the_browser_by_whoever_has_the_code() -> None:
    browser = Client()
    assert browser.get("/").headers["Location"] == "/welcome/"
    assert "id_name" not in browser.get("/welcome/").content.decode()
    assert browser.get("/welcome/?code=wrong").status_code == 422
    assert browser.post("/welcome/", {**ANSWERS, "code": "wrong"}).status_code == 422
    assert founding.is_needed()
    code = founding.code()
    assert "id_name" in browser.get(f"/welcome/?code={code}").content.decode()
    differing = {**ANSWERS, "code": code, "again": "다른 말을 적었습니다"}
    kept = browser.post("/welcome/", differing)
    assert kept.status_code == 422 and "청년회원" in kept.content.decode()
    done = browser.post("/welcome/", {**ANSWERS, "code": code})
    assert (done.status_code, done.headers["Location"]) == (302, "/account/security/")
    profile = parties.network_profile()
    assert profile is not None and profile.fiscal_year_start_month == 3
    assert ledger.books_are_open()
    assert [found.name for found in memberships.member_classes()] == [
        "단체회원",
        "개인회원",
        "청년회원",
    ]
    assert browser.get("/account/security/").status_code == 200
    assert Client().get(f"/welcome/?code={code}").headers["Location"] == "/"


@pytest.mark.django_db
def test_all_or_nothing() -> None:
    twice = {**ANSWERS, "classes": "단체회원\n단체회원 \n" + "가" * 500, "code": founding.code()}
    answer = Client().post("/welcome/", twice)
    if answer.status_code != 302:
        assert founding.is_needed()
        assert not ledger.books_are_open()

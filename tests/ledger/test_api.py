"""The books over the JSON API: the same commands, problems as problem+json."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from dure.domains.ledger import queries
from tests.cast import Cast

ClientOf = Callable[[str], Client]
ROOT = "/api/v1/ledger"
ENTRY: dict[str, Any] = {
    "date": "2026-03-10",
    "text": "후원금",
    "sides": [
        {"account": "보통예금", "fund": "일반회계", "amount_won": 50_000},
        {"account": "4110", "fund": "general", "amount_won": -50_000},
    ],
}


def send(client: Client, path: str, given: Any, key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(
        f"{ROOT}{path}", json.dumps(given), content_type="application/json", headers=headers
    )


def read(client: Client, path: str) -> Any:
    answer = client.get(f"{ROOT}{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def keeper(client_of: ClientOf) -> Client:
    return client_of("bookkeeper")


def test_an_entry_is_posted_once_per_key_and_reversed(keeper: Client) -> None:
    key = str(uuid4())
    first = send(keeper, "/entries", ENTRY, key)
    assert first.status_code == 200, first.content
    again = send(keeper, "/entries", ENTRY, key)
    assert again.json() == first.json()
    other = send(keeper, "/entries", {**ENTRY, "text": "다른 것"}, key)
    assert (other.status_code, other.json()["title"]) == (409, "KeyReused")
    entry = first.json()
    assert read(keeper, "/balance?account=1010&fund=general")["balance_won"] == 50_000
    assert read(keeper, f"/entries/{entry['id']}")["causes"]
    undone = send(
        keeper, f"/entries/{entry['id']}/reverse", {"date": "2026-03-11", "reason": "잘못"}
    )
    assert undone.json()["number"] == entry["number"] + 1
    assert read(keeper, "/balance?account=1010&fund=general&on=2026-03-10")["balance_won"] == 50_000
    twice = send(
        keeper, f"/entries/{entry['id']}/reverse", {"date": "2026-03-11", "reason": "잘못"}
    )
    assert (twice.status_code, twice.json()["title"]) == (409, "AlreadyReversed")


@pytest.mark.parametrize(
    ("change", "status", "title"),
    [
        ({"sides": ENTRY["sides"][:1]}, 422, "EntryEmpty"),
        ({"date": "2026-02-30"}, 422, None),
        ({"date": "2020-01-01"}, 409, "BeforeBooks"),
        ({"text": "  "}, 422, "TextMissing"),
        ({"sides": [{"account": "1010", "fund": "general", "amount_won": 1.5}] * 2}, 422, None),
        ({"sides": [{"account": "1010", "fund": "general", "amount_won": 10**30}] * 2}, 422, None),
        ({"sides": [{"account": "9999", "fund": "general", "amount_won": 1}] * 2}, 404, None),
    ],
)
def test_bad_input_is_a_problem(
    keeper: Client, change: dict[str, Any], status: int, title: str | None
) -> None:
    answer = send(keeper, "/entries", {**ENTRY, **change})
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert title is None or answer.json()["title"] == title
    assert not queries.balance("1010", "general")


def test_every_reading_answers(keeper: Client, cast: Cast) -> None:
    send(keeper, "/entries", ENTRY)
    send(keeper, "/drafts", ENTRY)
    span = "fund=general&from_month=2026-03&to_month=2026-03"
    assert read(keeper, f"/statement?{span}")["closing_won"] == 50_000
    assert read(keeper, f"/activities?{span}")["income_won"] == 50_000
    assert read(keeper, f"/trial-balance?{span}")["debit_won"] == 50_000
    assert read(keeper, "/balance-sheet?on=2026-03-31")["assets_won"] == 50_000
    assert len(read(keeper, "/drafts")) == 1
    days = "from_date=2026-01-01&until_date=2027-01-01"
    assert read(keeper, f"/accounts/1010/lines?{days}")["rows"][0]["balance_won"] == 50_000
    assert read(keeper, f"/parties/{cast.organisation}/lines?{days}")["party_name"]
    for path in ("/funds", "/accounts", "/fund-rules", "/entries", "/periods"):
        assert read(keeper, path) is not None


def test_projects_and_strange_letters(keeper: Client) -> None:
    sides = [
        {**ENTRY["sides"][0], "project": " 청년  사업 "},
        {**ENTRY["sides"][1], "project": "청년 사업"},
    ]
    made = send(keeper, "/entries", {**ENTRY, "sides": sides, "note": "나중에"})
    assert made.status_code == 200, made.content
    days = "from_date=2026-01-01&until_date=2027-01-01"
    assert read(keeper, f"/projects?{days}")[0]["income_won"] == 50_000
    assert read(keeper, f"/projects/lines?project=청년 사업&{days}")["count"] == 2
    assert read(keeper, f"/entries/{made.json()['id']}")["note"] == "나중에"
    assert send(keeper, "/entries", {**ENTRY, "note": "a\x00b"}).status_code == 400
    for path in ("/balance-sheet?on=9999-12-31", "/balance-sheet?on=0001-01-01"):
        assert keeper.get(f"{ROOT}{path}").status_code == 422


def test_who_may(client_of: ClientOf, cast: Cast) -> None:
    for role, statement, entries, post in (
        ("visitor", 401, 401, 401),
        ("member", 200, 403, 403),
        ("representative", 200, 403, 403),
        ("bookkeeper", 200, 200, 200),
        ("secretariat", 200, 200, 200),
    ):
        client = client_of(role)
        span = "from_month=2026-03&to_month=2026-03"
        assert client.get(f"{ROOT}/statement?{span}").status_code == statement, role
        assert client.get(f"{ROOT}/entries").status_code == entries, role
        assert send(client, "/entries", ENTRY).status_code == post, role
    own = client_of("representative")
    days = "from_date=2026-01-01&until_date=2027-01-01"
    assert own.get(f"{ROOT}/parties/{cast.organisation}/lines?{days}").status_code == 200
    assert own.get(f"{ROOT}/parties/{cast.member}/lines?{days}").status_code == 403


def test_months_and_chart(client_of: ClientOf) -> None:
    head = client_of("secretariat")
    assert send(head, "/funds", {"code": "grant"}).json()["name"] == "보조금 사업"
    assert (
        send(head, "/accounts", {"code": "5920", "name": "수수료", "kind": "expense"}).status_code
        == 200
    )
    rule = {
        "kind": "money_floor_won",
        "amount_won": 0,
        "article": "제1조",
        "from_date": "2026-01-01",
    }
    assert send(head, "/fund-rules", rule).status_code == 200
    closed = send(head, "/periods/2026-01/close", {})
    assert closed.json()["state"] == "closed"
    kept = read(head, "/periods/2026-01/statements")
    assert json.loads(kept[0]["content"])["statement"] == "TrialBalance"
    assert send(head, "/periods/2026-01/reopen", {"reason": "빠진 것"}).json()["state"] == "open"
    move = {
        "date": "2026-03-10", "from_fund": "general", "to_fund": "grant", "amount_won": 5, "text": "x",
    }  # fmt: skip
    refused = send(head, "/moves", move)
    assert (refused.status_code, refused.json()["title"]) == (409, "FundBelowFloor")
    assert "제1조" in refused.json()["detail"]


def test_accounts_and_funds_are_retired_by_the_office(client_of: ClientOf, keeper: Client) -> None:
    office = client_of("secretariat")
    account = {"code": "1099", "name": "옛 통장", "kind": "asset"}
    assert send(office, "/accounts", account).status_code == 200
    assert send(keeper, "/accounts/1099/retire", {}).status_code == 403
    assert send(office, "/accounts/1099/retire", {}).json()["code"] == "1099"
    rows = {row["code"]: row["is_active"] for row in read(keeper, "/accounts")}
    assert (rows["1099"], rows["1010"]) == (False, True)
    for path, title in (
        ("/accounts/1099/retire", "AccountInactive"),
        ("/accounts/1010/retire", "AccountHasRole"),
        ("/funds/general/retire", "GeneralFundStays"),
        ("/funds/general/revive", "StillInUse"),
    ):
        answer = send(office, path, {})
        assert (answer.status_code, answer.json()["title"]) == (409, title)
    assert send(office, "/accounts/1099/revive", {}).status_code == 200

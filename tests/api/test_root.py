"""The root of the API: tokens and scopes, problems, keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dure.domains.parties.commands import access as commands
from dure.kernel import clock
from dure.kernel.refusals import Denied
from dure.site.access_pages import new_token
from tests.cast import Cast
from tests.conftest import NOW, MakeAct

ClientOf = Callable[[str], Client]
MakeToken = Callable[..., str]


@pytest.fixture
def token_of(act: MakeAct, cast: Cast, client_of: ClientOf) -> MakeToken:
    """A token of someone with scopes: `token_of("secretariat", "parties:read")`."""
    people = {
        "secretariat": cast.secretary,
        "member": cast.member,
        "administrator": cast.administrator,
    }

    def make(role: str, *scopes: str, days: int = 90) -> str:
        token, digest, prefix = new_token()
        commands.issue_token(
            act(actor_id=people[role]),
            account_id=cast.accounts[role],
            name="시험",
            scopes=scopes,
            digest=digest,
            prefix=prefix,
            days=days,
        )
        return token

    return make


def me(token: str = "", **headers: str) -> Any:
    sent = {"authorization": f"Bearer {token}"} if token else {}
    return Client().get("/api/v1/me", headers={**sent, **headers})


def problem(answer: Any) -> dict[str, Any]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = json.loads(answer.content)
    assert found["status"] == answer.status_code
    assert {"type", "title", "detail"} <= found.keys()
    return found


def test_who_am_i_by_token_and_by_session(
    token_of: MakeToken, cast: Cast, client_of: ClientOf
) -> None:
    answer = me(token_of("secretariat", "me:read"))
    assert answer.status_code == 200
    assert answer.json()["name"] == "김하늘"
    assert {"name": "secretariat", "of": None} in answer.json()["standing"]
    assert client_of("member").get("/api/v1/me").json()["person_id"] == cast.member


def test_a_stranger_gets_a_problem_in_the_language_asked_for(client_of: ClientOf) -> None:
    client_of("visitor")
    korean, english = problem(me()), problem(me(**{"accept-language": "en-GB,en;q=0.8"}))
    assert korean["title"] == english["title"] == "NotLoggedIn"
    assert korean["detail"] != english["detail"] == "Log in, or send a valid token."
    assert problem(me("dure_wrong"))["status"] == 401


def test_a_token_reaches_as_far_as_its_scopes(token_of: MakeToken) -> None:
    found = problem(me(token_of("member", "ledger:read")))
    assert (found["status"], found["params"]["scope"]) == (403, "me:read")


def test_tokens_end(
    token_of: MakeToken, act: MakeAct, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of("member", "me:read", days=7)
    assert me(token).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=7))
    assert me(token).status_code == 401
    monkeypatch.setattr(clock, "now", lambda: NOW)
    commands.revoke_token(act("administrator"), token_id=_last_token())
    assert me(token).status_code == 401


def test_the_last_use_of_a_token_is_noted_to_the_hour(
    token_of: MakeToken, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of("member", "me:read")
    mine = client_of("member")
    assert "쓴 적 없음" in mine.get("/account/tokens/").content.decode()
    assert me(token).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        assert me(token).status_code == 200
    assert not [query for query in seen if query["sql"].startswith("UPDATE")]
    assert "2026-11-20 (금) 10:00" in mine.get("/account/tokens/").content.decode()
    later = NOW + timedelta(hours=2, minutes=59)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert me(token).status_code == 200
    assert "2026-11-20 (금) 12:00" in mine.get("/account/tokens/").content.decode()


def _last_token() -> int:
    from dure.domains.parties.models import ApiToken

    return int(ApiToken.objects.order_by("-pk").values_list("pk", flat=True)[0])


def test_no_token_is_administrator_even_in_an_open_session(
    token_of: MakeToken, client_of: ClientOf
) -> None:
    client_of("open_administrator")
    names = {c["name"] for c in me(token_of("administrator", "me:read")).json()["standing"]}
    assert "administrator" not in names and "appointed_administrator" not in names


def test_a_token_is_made_by_its_person_only(act: MakeAct, cast: Cast) -> None:
    _token, digest, prefix = new_token()
    about: dict[str, Any] = {
        "account_id": cast.accounts["member"],
        "name": "x",
        "digest": digest,
        "prefix": prefix,
    }
    with pytest.raises(Denied):
        commands.issue_token(
            act("secretariat", actor_id=cast.secretary), scopes=("me:read",), **about
        )
    with pytest.raises(Denied):
        commands.issue_token(act(actor_id=cast.member, via="api"), scopes=("me:read",), **about)
    for wrong in (("everything",), (), ("ledger:delete",)):
        with pytest.raises(commands.NotAScope):
            commands.issue_token(act(actor_id=cast.member), scopes=wrong, **about)
    with pytest.raises(commands.TokenLifeTooLong):
        commands.issue_token(act(actor_id=cast.member), scopes=("me:read",), days=4000, **about)
    commands.issue_token(act(actor_id=cast.member), scopes=("me:read",), **about)


def test_the_token_is_shown_once_and_never_stored(client_of: ClientOf, cast: Cast) -> None:
    from dure.domains.parties.models import ApiToken

    browser = client_of("member")
    page = browser.post(
        "/account/tokens/",
        {"name": "엑셀", "scopes": ["me:read"], "days": "90", "key": str(uuid4())},
    ).content.decode()
    token = page.split("<code>dure_")[1].split("</code>")[0]
    assert me("dure_" + token).status_code == 200
    assert "dure_" + token not in browser.get("/account/tokens/").content.decode()
    assert not ApiToken.objects.filter(digest__contains=token).exists()


def test_an_address_that_leads_nowhere_is_a_problem_too(client_of: ClientOf) -> None:
    assert problem(client_of("visitor").get("/api/v1/nothing/here"))["title"] == "NotFound"


def test_the_guide_page_needs_no_script(client_of: ClientOf) -> None:
    page = client_of("visitor").get("/api/")
    assert page.status_code == 200
    assert "/api/v1/me" in page.content.decode()


def add_person(token: str, name: str, key: str = "") -> Any:
    sent = {"authorization": f"Bearer {token}", **({"idempotency-key": key} if key else {})}
    return Client().post(
        "/api/v1/parties/people", {"name": name}, content_type="application/json", headers=sent
    )


def test_the_same_key_acts_once_and_another_input_is_told(token_of: MakeToken) -> None:
    token, key = token_of("secretariat", "parties:write"), str(uuid4())
    first, again = add_person(token, "한새벽", key), add_person(token, "한새벽", key)
    assert first.status_code == again.status_code and first.status_code < 300
    assert first.json() == again.json()
    other = problem(add_person(token, "두새벽", key))
    assert (other["status"], other["title"]) == (409, "KeyReused")
    assert problem(add_person(token, "셋째", "not a uuid"))["title"] == "NotAKey"


def test_a_refusal_by_policy_and_input_that_cannot_be_read(token_of: MakeToken) -> None:
    denied = problem(add_person(token_of("member", "parties:write"), "한새벽"))
    assert (denied["status"], denied["title"]) == (403, "Denied")
    token = token_of("secretariat", "parties:write")
    assert problem(add_person(token, "x" * 5000))["status"] == 422
    sent = {"authorization": f"Bearer {token}"}
    broken = Client().post(
        "/api/v1/parties/people", "{", content_type="application/json", headers=sent
    )
    assert problem(broken)["status"] == 400
    nul = Client().post(
        "/api/v1/parties/people",
        '{"name":"a\\u0000b"}',
        content_type="application/json",
        headers=sent,
    )
    assert problem(nul)["status"] == 400


def test_a_browser_session_needs_its_csrf_token(cast: Cast, client_of: ClientOf) -> None:
    from django.contrib.auth import get_user_model

    client_of("visitor")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(get_user_model()._default_manager.get(pk=cast.accounts["secretariat"]))
    answer = browser.post(
        "/api/v1/parties/people", {"name": "한새벽"}, content_type="application/json"
    )
    assert problem(answer)["status"] == 403


def test_a_number_larger_than_any_is_no_crash(token_of: MakeToken, client_of: ClientOf) -> None:
    huge = 10**30
    token = token_of("secretariat", "parties:read")
    sent = {"authorization": f"Bearer {token}"}
    answer = problem(Client().get(f"/api/v1/parties/people/{huge}", headers=sent))
    assert answer["status"] in {404, 422}
    assert client_of("secretariat").get(f"/parties/{huge}/").status_code == 404


def test_a_method_an_address_does_not_know(client_of: ClientOf) -> None:
    answer = client_of("secretariat").delete("/api/v1/me")
    assert problem(answer)["title"] == "MethodNotAllowed"
    assert "GET" in answer.headers["Allow"]

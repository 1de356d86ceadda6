"""The root of the API: tokens and scopes, problems, keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

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

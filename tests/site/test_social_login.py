"""Kakao and Naver: an address nobody proved never opens somebody's account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.test import Client

from dure.domains.parties.commands import access as commands
from dure.site import social_login
from tests.cast import PASSWORD, Cast
from tests.conftest import MakeAct

ClientOf = Callable[[str], Client]
REFUSED = "아직 두레 계정과 이어져 있지 않아요"


class Provider:
    """Answers as Kakao and Naver do: a token for a code, then a profile for the token."""

    def __init__(self) -> None:
        self.profile: dict[str, Any] = {}
        self.is_down = False

    def __enter__(self) -> Provider:
        return self

    def __exit__(self, *_raised: object) -> None:
        return None

    def answer(self, told: dict[str, Any]) -> requests.Response:
        if self.is_down:
            raise requests.ConnectionError
        response = requests.Response()
        response.status_code = 200
        response.headers["content-type"] = "application/json"
        response.json = lambda **_asked: told
        return response

    def request(self, _method: str, _url: str, **_asked: Any) -> requests.Response:
        return self.answer({"access_token": "a-token", "expires_in": 60})

    def get(self, _url: str, **_asked: Any) -> requests.Response:
        return self.answer(self.profile)

    def kakao(self, email: str, *, valid: Any = True, verified: Any = True, uid: int = 7) -> None:
        account = {"email": email, "is_email_valid": valid, "is_email_verified": verified}
        account["profile"] = {"nickname": "새벽", "profile_image_url": "https://k.kakaocdn.net/x"}
        self.profile = {"id": uid, "kakao_account": account}

    def naver(self, email: str) -> None:
        told = {"id": "n-1", "email": email, "name": "한새벽", "mobile": "010-1234-5678"}
        self.profile = {"resultcode": "00", "response": told}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    made = Provider()
    monkeypatch.setattr(social_login.Adapter, "get_requests_session", lambda _adapter: made)
    return made


def come(browser: Client, name: str, process: str = "login", **answer: str) -> Any:
    """To the provider and back, as a browser goes."""
    there = browser.post(f"/account/{name}/login/?process={process}").headers["Location"]
    host = {"kakao": "kauth.kakao.com", "naver": "nid.naver.com"}[name]
    assert urlsplit(there).hostname == host
    [state] = parse_qs(urlsplit(there).query)["state"]
    back = {"code": "a-code", **answer, "state": state}
    return browser.get(f"/account/{name}/login/callback/", back, follow=True)


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def address(cast: Cast, role: str, email: str) -> None:
    """Let the account of a role have this proven address."""
    EmailAddress.objects.filter(user_id=cast.accounts[role]).update(email=email)


def test_a_proven_address_comes_in_and_nothing_of_the_profile_is_kept(
    client_of: ClientOf, provider: Provider
) -> None:
    browser = client_of("visitor")
    provider.kakao("Member@Example.kr")
    come(browser, "kakao")
    assert is_in(browser)
    [joined] = SocialAccount.objects.all()
    assert (joined.uid, joined.extra_data) == ("7", {})
    again = Client()
    provider.kakao("moved@elsewhere.kr", verified=False)  # joined: the number counts from now on
    come(again, "kakao")
    assert is_in(again)
    joined.refresh_from_db()
    assert joined.extra_data == {}


@pytest.mark.parametrize(
    ("valid", "verified"), [(True, False), (False, True), (True, None), (True, "true")]
)
def test_an_address_kakao_does_not_vouch_for_takes_no_account_over(
    client_of: ClientOf, provider: Provider, valid: Any, verified: Any
) -> None:
    browser = client_of("visitor")
    provider.kakao("member@example.kr", valid=valid, verified=verified)
    answer = come(browser, "kakao")
    assert answer.status_code == 409 and REFUSED in answer.content.decode()
    assert not is_in(browser) and not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("email", "comes_in"),
    [
        ("member@example.kr", False),
        ("member@naver.com.example.kr", False),
        ("member@naver.com", True),
    ],
)
def test_naver_is_believed_about_its_own_addresses_only(
    cast: Cast, client_of: ClientOf, provider: Provider, email: str, comes_in: bool
) -> None:
    address(cast, "member", email)
    browser = client_of("visitor")
    provider.naver(email)
    answer = come(browser, "naver")
    assert is_in(browser) is comes_in
    assert (REFUSED in answer.content.decode()) is not comes_in


def test_an_address_not_proven_here_is_no_account(
    cast: Cast, client_of: ClientOf, provider: Provider
) -> None:
    EmailAddress.objects.filter(user_id=cast.accounts["member"]).update(verified=False)
    browser = client_of("visitor")
    provider.kakao("member@example.kr")
    assert REFUSED in come(browser, "kakao").content.decode()
    provider.kakao("stranger@example.kr")
    assert REFUSED in come(browser, "kakao").content.decode()
    assert not is_in(browser) and get_user_model().objects.count() == len(cast.accounts)


def test_the_second_factor_is_asked_all_the_same(
    cast: Cast, client_of: ClientOf, provider: Provider
) -> None:
    user = get_user_model()._default_manager.get(pk=cast.accounts["member"])
    TOTP.activate(user, generate_totp_secret())
    browser = client_of("visitor")
    provider.kakao("member@example.kr")
    answer = come(browser, "kakao")
    assert "한 단계 더 남았어요" in answer.content.decode() and not is_in(browser)


def test_closed_and_erased_accounts_do_not_come_in(
    act: MakeAct, cast: Cast, client_of: ClientOf, provider: Provider
) -> None:
    browser = client_of("visitor")
    provider.kakao("member@example.kr")
    come(browser, "kakao")
    assert is_in(browser)
    commands.close_account(act("operator"), account_id=cast.accounts["member"], reason="퇴사")
    late = Client()
    come(late, "kakao")
    assert not is_in(late)


def test_joining_by_hand_asks_for_the_password_and_can_be_parted(
    client_of: ClientOf, provider: Provider
) -> None:
    browser = client_of("member")
    provider.kakao("private@example.com", verified=False)
    page = come(browser, "kakao", process="connect").content.decode()
    assert "본인이 맞나요?" in page and not SocialAccount.objects.exists()
    given = {"password": PASSWORD}
    page = browser.post("/account/reauthenticate/", given, follow=True).content.decode()
    assert "계정을 이었습니다" in page and "카카오" in page
    visitor = Client()
    come(visitor, "kakao")
    assert is_in(visitor)
    other = client_of("representative")
    come(other, "kakao", process="connect")
    page = other.post("/account/reauthenticate/", given, follow=True).content.decode()
    assert "이미 다른 사람의 두레 계정과 이어져 있습니다" in page
    [joined] = SocialAccount.objects.all()
    parted = browser.post("/account/social/", {"account": joined.pk}, follow=True)
    assert "계정을 끊었습니다" in parted.content.decode() and not SocialAccount.objects.exists()


def test_turning_back_forged_answers_and_a_silent_provider_are_told_in_korean(
    client_of: ClientOf, provider: Provider
) -> None:
    browser = client_of("visitor")
    answer = come(browser, "kakao", code="", error="access_denied")
    assert "로그인을 그만두었어요" in answer.content.decode()
    forged = browser.get("/account/kakao/login/callback/", {"code": "x", "state": "guessed"})
    assert "로그인하지 못했어요" in forged.content.decode()
    provider.is_down = True
    assert "로그인하지 못했어요" in come(browser, "naver").content.decode()
    assert not is_in(browser)


def test_the_log_in_offers_both(client_of: ClientOf) -> None:
    page = client_of("visitor").get("/account/login/").content.decode()
    assert "카카오" in page and "네이버" in page

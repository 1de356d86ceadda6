"""Keys of second factors at rest, and the words people read about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from tests.cast import PASSWORD, Cast

ClientOf = Callable[[str], Client]


def account_of(cast: Cast, role: str) -> Any:
    return get_user_model()._default_manager.get(pk=cast.accounts[role])


def test_keys_do_not_lie_open_in_the_database(cast: Cast) -> None:
    user, secret = account_of(cast, "secretariat"), generate_totp_secret()
    codes = TOTP.activate(user, secret)
    recovery = RecoveryCodes.activate(user)
    stored = " ".join(str(one.data) for one in Authenticator.objects.filter(user=user))
    assert secret not in stored
    seed = get_adapter().decrypt(recovery.instance.data["seed"])
    assert seed not in stored
    assert get_adapter().decrypt(codes.instance.data["secret"]) == secret
    assert recovery.validate_code(recovery.get_unused_codes()[0])


def test_codes_bear_the_name_of_the_network(cast: Cast) -> None:
    assert get_adapter().get_totp_issuer() == "한울 사회연대경제 네트워크"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/account/2fa/", "두 번째 인증"),
        ("/account/2fa/webauthn/", "등록한 패스키가 없어요"),
        ("/account/2fa/recovery-codes/generate/", "본인이 맞나요?"),
        ("/account/2fa/totp/activate/", "본인이 맞나요?"),
    ],
)
def test_pages_of_the_second_factor_speak_our_words(
    client_of: ClientOf, address: str, words: str
) -> None:
    page = client_of("member").get(address, follow=True).content.decode()
    assert words in page


def test_a_wrong_code_and_a_wrong_password_are_told_in_korean(
    cast: Cast, client_of: ClientOf
) -> None:
    TOTP.activate(account_of(cast, "member"), generate_totp_secret())
    browser = client_of("visitor")
    given = {"login": "member@example.kr", "password": "틀린 비밀번호예요"}
    assert "비밀번호가 맞지 않아요" in browser.post("/account/login/", given).content.decode()
    given["password"] = PASSWORD
    page = browser.post("/account/login/", given, follow=True).content.decode()
    assert "한 단계 더 남았어요" in page
    page = browser.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "코드가 맞지 않거나 시간이 지났어요" in page
    assert "_auth_user_id" not in browser.session


def test_a_forgotten_password_is_chosen_anew_by_a_letter_that_names_the_network(
    cast: Cast, client_of: ClientOf
) -> None:
    TOTP.activate(account_of(cast, "member"), generate_totp_secret())
    browser = client_of("visitor")
    for email in ("member@example.kr", "nobody@example.kr"):
        answer = browser.post("/account/password/reset/", {"email": email}, follow=True)
        assert "메일을 보냈어요" in answer.content.decode(), "the page tells nobody who is known"
    known, unknown = mail.outbox
    assert known.subject == "한울 사회연대경제 네트워크: 새 비밀번호"
    assert "testserver입니다" not in known.body and "계정은 없습니다" in unknown.body
    link = next(word for word in known.body.split() if "/password/reset/key/" in word)
    page = browser.get(link, follow=True)
    here = page.redirect_chain[-1][0]
    chosen = {"password1": "새 물 두 바가지 더", "password2": "새 물 두 바가지 더"}
    assert "비밀번호를 바꿨어요" in browser.post(here, chosen, follow=True).content.decode()
    assert "_auth_user_id" not in browser.session
    used = Client().get(link, follow=True).content.decode()
    assert "이미 썼거나 기한이 지났습니다" in used
    given = {"login": "member@example.kr", "password": "새 물 두 바가지 더"}
    page = browser.post("/account/login/", given, follow=True)
    assert "한 단계 더 남았어요" in page.content.decode(), "the second factor is still asked"

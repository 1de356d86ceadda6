"""The first person of a new network comes in, with a passkey, a one-time code, a recovery code.

Unlike the other journeys these keep the site's Content-Security-Policy: scripts of passkeys must
run under it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests import blank

from .conftest import DURE, WIDTHS, Network, served, surroundings
from .people import expect_said
from .sound import expect_sound

EMAIL, PASSWORD = "office@example.kr", "맑은 물 한 바가지"
HALF_MINUTE = 30


@dataclass(frozen=True)
class Fresh:
    """A network nobody has entered yet, and the letters that open accounts in it."""

    network: Network
    letter: str


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    home = tmp_path_factory.mktemp("fresh")
    blank.copy_to(home / "dure.sqlite3")
    begin = [
        DURE,
        "init",
        "--yes",
        "--name",
        "한울 네트워크",
        "--person",
        "김사무",
        "--email",
        EMAIL,
    ]
    told = subprocess.run(
        begin, env=surroundings(home), check=True, capture_output=True, text=True
    ).stdout
    letter = re.search(r"/account/invitation/\S+", told)
    assert letter, told
    with served(home) as network:
        yield Fresh(network, letter[0])


@pytest.fixture
def page(chromium: Browser, fresh: Fresh) -> Iterator[Page]:
    wide, high = WIDTHS["phone"]
    context = chromium.new_context(
        base_url=fresh.network.url, viewport={"width": wide, "height": high}, locale="ko-KR"
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda m: troubles.append(m.text) if "Content Security" in m.text else None)
    yield page
    context.close()
    assert not troubles, troubles


@dataclass(frozen=True)
class Device:
    """A telephone or notebook that keeps passkeys and knows the finger of its owner."""

    devtools: CDPSession
    id: str

    def forget(self) -> None:
        self.devtools.send("WebAuthn.clearCredentials", {"authenticatorId": self.id})


@pytest.fixture
def device(page: Page) -> Device:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    can = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": kind | can})
    return Device(devtools, made["authenticatorId"])


def code_of(secret: str, ahead: int = 0) -> str:
    """The six figures an authenticator app shows for a key (RFC 6238), `ahead` half minutes later."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counted = struct.pack(">Q", int(time.time()) // HALF_MINUTE + ahead)
    digest = hmac.new(key, counted, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name, exact=True).click()


def leave(page: Page) -> None:
    """Go out as people do, and stand at the door again."""
    page.locator(".top .menu summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="로그아웃").click()
    page.goto("/account/login/")


def give_password(page: Page) -> None:
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    press(page, "로그인")


def give_code(page: Page, code: str) -> None:
    page.fill("[name=code]", code)
    press(page, "로그인")


def test_staff_set_up_a_second_factor_and_come_in_with_each(
    page: Page, device: Device, fresh: Fresh, axe: str
) -> None:
    page.goto(fresh.letter)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    press(page, "계정 열기")

    # an office rests until there is a second factor, and the page says where to set one up
    expect_said(page, "직책을 맡고 계세요")
    page.goto("/ledger/")
    expect_said(page, "두 번째 인증이 필요해요")
    follow(page, "등록하기")
    expect_sound(page, axe)

    # a passkey, and the recovery codes that come with the first one
    follow(page, "패스키 등록")
    expect_sound(page, axe)
    page.fill("[name=name]", "사무실 노트북")
    press(page, "추가")
    expect_said(page, "패스키를 등록했습니다")
    expect_sound(page, axe)
    recovery = page.locator(".codes code").all_inner_texts()
    assert len(set(recovery)) == 10
    follow(page, "잘 보관했어요")
    expect_said(page, "사무실 노트북")
    expect_sound(page, axe)

    leave(page)
    with page.expect_navigation(url=re.compile("/desk/")):
        page.get_by_role("button", name="패스키로").click()

    # one-time codes beside it
    page.goto("/account/2fa/totp/activate/")
    expect_said(page, "본인이 맞나요?")
    expect_sound(page, axe)
    page.fill("[name=password]", PASSWORD)
    press(page, "계속")
    expect_sound(page, axe)
    secret = page.locator("#authenticator_secret").inner_text()
    page.fill("[name=code]", code_of(secret))
    press(page, "등록")
    expect_said(page, "일회용 코드를 등록했습니다")

    # password and code; a wrong one is refused with a reason
    leave(page)
    give_password(page)
    expect_sound(page, axe)
    give_code(page, "000000")
    expect_said(page, "코드가 맞지 않거나 시간이 지났어요")
    expect_sound(page, axe)
    give_code(page, code_of(secret, ahead=1))
    expect(page).to_have_url(re.compile("/desk/"))

    # a recovery code lets in once, and once only
    leave(page)
    give_password(page)
    give_code(page, recovery[0])
    expect(page).to_have_url(re.compile("/desk/"))
    leave(page)
    give_password(page)
    give_code(page, recovery[0])
    expect_said(page, "코드가 맞지 않거나 시간이 지났어요")

    # a device that does not know the passkey: the page says so and stays
    device.forget()
    page.get_by_role("button", name="패스키 쓰기").click()
    expect_said(page, "패스키를 읽지 못했어요")
    give_code(page, recovery[1])
    expect(page).to_have_url(re.compile("/desk/"))

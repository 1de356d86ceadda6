"""A small loan in Chromium, at a desk and on a phone: told why not, then why yes; decided, paid out."""

from __future__ import annotations

import os
import subprocess

from playwright.sync_api import Page, expect

from .conftest import DURE, Network, surroundings
from .people import expect_said, log_in, send
from .sound import expect_sound

OFFER = (
    "--code", "bridge", "--name", "이음 대출", "--article", "소액대출 규정 제5조", "--decided-by",
    "이사회", "--from", "2024-01-01", "--most-won", "3000000", "--longest-months", "24", "--rate",
    "3", "--late-rate", "4.5",
)  # fmt: skip


def offered(network: Network) -> None:
    """The fund and the product, once for both widths."""
    env = surroundings(network.home)
    listed = subprocess.run(
        [DURE, "loans", "products"], env=env, check=True, capture_output=True, text=True
    )
    if "bridge" not in listed.stdout:
        late = ("--document", "소액대출 규정", "--article", "제7조", "--from", "2024-01-01")
        for words in (
            ("ledger", "open-fund", "microloan"),
            ("bylaws", "adopt", "loans.late_dues_won", "1000000", *late),
            ("loans", "lay-down-product", *OFFER),
        ):
            subprocess.run([DURE, *words], env=env, check=False, capture_output=True)


def look(page: Page, name: str, width: str) -> None:
    if folder := os.environ.get("DURE_SHOTS"):
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_a_member_asks_for_three_million_won(
    page: Page, network: Network, axe: str, width: str
) -> None:
    offered(network)
    log_in(page, "member")
    page.goto("/loans/mine/")
    expect_said(page, "이음 대출")
    expect_sound(page, axe)
    look(page, "mine", width)
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="대출 신청").first.click()
    page.fill("[name=won]", "300만원")
    page.fill("[name=months]", "36")
    look(page, "ask", width)
    expect_sound(page, axe)
    page.get_by_role("button", name="규칙의 답 보기").click()
    expect(page.locator("#refusal")).to_contain_text("가장 긴 기간")
    expect(page.locator("[name=won]")).to_have_value("300만원")
    look(page, "no", width)
    expect_sound(page, axe)
    page.fill("[name=won]", "10만원" if width == "phone" else "20만원")
    page.fill("[name=months]", "12")
    with page.expect_navigation():
        page.get_by_role("button", name="규칙의 답 보기").click()
    look(page, "yes", width)
    expect_said(page, "모든 규칙에 맞습니다")
    expect_sound(page, axe)
    with page.expect_navigation():
        page.get_by_role("button", name="네, 진행할게요").click()
    look(page, "wish", width)
    expect_said(page, "신청했습니다")
    loan = page.url
    page.context.clear_cookies()
    log_in(page, "secretariat")
    page.goto("/loans/")
    look(page, "desk", width)
    expect_sound(page, axe)
    page.goto(f"{loan}refuse/")
    page.fill("[name=decided_by]", "심사위원회 제1차")
    page.fill("[name=reason]", "다음 달에 다시 신청해 주세요")
    send(page)
    expect_said(page, "다음 달에 다시 신청해 주세요")
    look(page, "refused", width)
    expect_sound(page, axe)
    page.goto("/loans/products/")
    expect_sound(page, axe)
    look(page, "products", width)

"""The main journeys of a network, from end to end, at a desk and on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, expect

from .people import expect_said, log_in, send
from .sound import expect_sound


def test_an_applicant_becomes_a_member_is_billed_pays_and_stands_in_the_statement(
    page: Page, axe: str, width: str
) -> None:
    name = f"여정 {width}"
    page.goto("/")
    with page.expect_navigation():
        page.get_by_role("link", name="가입 신청하기").first.click()
    expect_sound(page, axe)
    page.get_by_role("link", name="개인회원 신청하기").click()
    page.fill("[name=name]", name)
    page.fill("[name=email]", f"journey-{width}@example.org")
    page.fill("[name=motivation]", "이웃과 함께 일하고 싶습니다.")
    page.get_by_label("개인정보 수집·이용 동의").check()
    expect_sound(page, axe)
    send(page)
    expect_said(page, "접수번호")
    expect_sound(page, axe)

    log_in(page, "secretariat")
    expect_sound(page, axe)
    page.goto("/memberships/applications/")
    with page.expect_navigation():
        page.get_by_role("link", name=name).click()
    card = page.url
    page.goto(f"{card}interview/")
    page.fill("[name=interviewers]", "사무국")
    page.get_by_label("찬성").check()
    page.fill("[name=text]", "뜻이 맞습니다.")
    send(page)
    page.goto(f"{card}admit/")
    page.fill("[name=decided_by]", "2026년 11월 운영위원회")
    page.fill("[name=reason]", "목적에 동의하고 함께 일할 뜻이 뚜렷합니다.")
    expect_sound(page, axe)
    send(page)
    expect_said(page, name)
    expect_sound(page, axe)

    log_out(page)
    log_in(page, "bookkeeper")
    page.goto("/memberships/dues/bill/")
    send(page)
    expect_sound(page, axe)
    page.goto(f"/memberships/arrears/?q={name}")
    page.goto("/memberships/receipts/enter/")
    page.fill("[name=amount_won]", "1만원")
    page.fill("[name=payer]", name)
    send(page)
    expect_sound(page, axe)
    page.goto("/memberships/receipts/waiting/")
    expect_said(page, name)
    expect_sound(page, axe)

    page.goto("/ledger/funds/general/")
    expect_said(page, "회비 수입")
    expect_sound(page, axe)
    number = page.get_by_role("link", name=re.compile(r"^[\d,]{5,}")).first
    with page.expect_navigation():
        number.click()
    expect_sound(page, axe)


def log_out(page: Page) -> None:
    page.context.clear_cookies()


def test_the_directory_counts_and_finds_inflected_words(page: Page, axe: str) -> None:
    page.goto("/directory/")
    for count in ("166", "14", "46", "106", "79", "5", "82"):
        expect_said(page, count)
    for words, found in (
        ("돌봄이 필요한", "한국돌봄사회적협동조합"),
        ("원주에서", "원주협동사회경제네트워크"),
    ):
        page.goto(f"/directory/?q={words}")
        expect_said(page, found)
        expect_sound(page, axe)
    page.get_by_role("link", name="원주협동사회경제네트워크").first.click()
    expect_said(page, "033-734-1844")
    expect_sound(page, axe)


def test_mobile_numbers_are_not_shown_to_visitors(page: Page) -> None:
    page.goto("/directory/?q=센터협의회")
    expect(page.locator("body")).not_to_contain_text(re.compile(r"010-\d{4}-\d{4}"))


def test_what_cannot_be_read_is_named_and_nothing_typed_is_lost(page: Page, axe: str) -> None:
    log_in(page, "bookkeeper")
    page.goto("/memberships/receipts/enter/")
    page.fill("[name=amount_won]", "열두만 원쯤")
    page.fill("[name=payer]", "홍길동")
    page.locator("main form[method=post] button.pri").last.click()
    expect_said(page, "120,000")
    expect(page.locator("[name=payer]")).to_have_value("홍길동")
    expect_sound(page, axe)


def test_the_desk_is_one_click_from_what_waits(page: Page) -> None:
    log_in(page, "secretariat")
    page.goto("/desk/")
    links = page.locator("main a.btn")
    assert links.count() >= 4
    targets = {links.nth(i).get_attribute("href") for i in range(links.count())}
    for target in sorted(t for t in targets if t):
        answer = page.goto(target)
        assert answer is not None and answer.ok, target


def test_everything_can_be_done_by_keyboard_alone(page: Page) -> None:
    page.goto("/account/login/")
    page.keyboard.press("Tab")
    assert "본문" in page.evaluate("document.activeElement.innerText"), "the skip link comes first"
    tab_to(page, "[name=login]")
    page.keyboard.type("secretariat@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type("dure-demo-2015")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    page.goto("/memberships/receipts/enter/")
    tab_to(page, "[name=amount_won]")
    page.keyboard.type("3만 5천원")
    tab_to(page, "[name=payer]")
    page.keyboard.type("자판으로만")
    tab_to(page, "main form[method=post] button.pri")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/memberships/receipts/waiting/")
    expect_said(page, "자판으로만")
    expect_said(page, "35,000")


def tab_to(page: Page, selector: str) -> None:
    for _step in range(80):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert seen != "none", f"no visible focus on {selector}"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"cannot tab to {selector} on {page.url}")


def test_pages_work_without_javascript(context: BrowserContext, chromium, network) -> None:
    bare = chromium.new_context(base_url=network.url, java_script_enabled=False, locale="ko-KR")
    page = bare.new_page()
    log_in(page, "bookkeeper")
    page.goto("/memberships/receipts/enter/")
    page.fill("[name=amount_won]", "7,000")
    page.fill("[name=payer]", "스크립트 없이")
    send(page)
    page.goto("/memberships/receipts/waiting/")
    expect_said(page, "스크립트 없이")
    page.goto("/ledger/statements/")
    assert page.locator("h1").count() == 1
    bare.close()

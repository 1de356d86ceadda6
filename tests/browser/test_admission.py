"""Joining by a procedure in Chromium: an applicant without account, and the office, turn by turn."""

from __future__ import annotations

from playwright.sync_api import Page

from .people import expect_said, log_in, send
from .sound import expect_sound


def test_from_the_public_form_through_three_steps(page: Page, axe: str, width: str) -> None:
    name = f"세걸음협동조합 {width}"
    page.goto("/memberships/apply/")
    expect_said(page, "현장 인터뷰")
    page.get_by_role("link", name="단체회원 신청하기").click()
    page.fill("[name=name]", name)
    page.fill("[name=contact_name]", "한걸음")
    page.fill("[name=email]", f"steps-{width}@example.org")
    page.get_by_label("개인정보 수집·이용 동의").check()
    send(page)
    expect_said(page, "아직 남은 것")
    expect_sound(page, axe)
    status = page.url
    page.get_by_role("link", name="읽고 서명하기").click()
    page.fill("[name=name]", "한걸음")
    expect_sound(page, axe)
    send(page)
    assert page.url == status

    log_in(page, "secretariat")
    page.goto("/memberships/applications/")
    with page.expect_navigation():
        page.get_by_role("link", name=name).click()
    card = page.url
    expect_sound(page, axe)
    page.goto(f"{card}steps/papers/")
    expect_sound(page, axe)
    send(page)
    page.get_by_role("link", name="인터뷰 기록").first.click()
    page.fill("[name=interviewers]", "사무국")
    page.get_by_label("찬성").check()
    for number in range(3):
        page.fill(f"[name=answer_{number}]", "함께 합니다.")
    send(page)
    with page.expect_navigation():
        page.get_by_role("link", name="운영위원회 결정 기록").click()
    expect_sound(page, axe)
    page.fill("[name=minutes]", "5차 2호")
    for field, count in (("seats", "12"), ("present", "12"), ("in_favour", "7"), ("against", "5")):
        page.fill(f"[name={field}]", count)
    send(page)
    expect_said(page, "가입을 승인하는 찬성")
    expect_sound(page, axe)
    page.context.clear_cookies()
    page.goto(status)
    expect_said(page, "반갑습니다")
    expect_sound(page, axe)

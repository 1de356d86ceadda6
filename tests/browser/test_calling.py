"""A voter on the way to a meeting in Chromium: the letter, the code on the wall, the live quorum; the
cycle and the calendar that led there."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from dure.kernel import clock
from dure.kernel.acts import SEOUL

from .conftest import WIDTHS, Network
from .people import expect_said, follow, log_in, make_body, plan_meeting, press, send
from .sound import expect_sound


def test_a_voter_is_told_checks_in_by_the_code_and_sees_the_quorum(
    page: Page, chromium: Browser, network: Network, axe: str, width: str
) -> None:
    name = f"맞이위원회 {width}"
    log_in(page, "secretariat")
    body = make_body(page, name, "secretariat", "bookkeeper")

    # how often it meets, and the next meeting by one click
    page.goto(f"{body}cycle/")
    page.select_option("[name=every]", "monthly")
    page.select_option("[name=nth]", "3")
    page.select_option("[name=weekday]", "3")
    page.fill("[name=at]", "19시")
    page.fill("[name=place]", "사무실")
    expect_sound(page, axe)
    send(page)
    expect_said(page, "매달 셋째 목요일")
    expect_sound(page, axe)
    press(page, "준비하기")
    expect_said(page, name)
    page.goto("/governance/calendar/")
    expect_sound(page, axe)
    press(page, re.compile("주소 (새로 )?만들기"))
    feed = page.locator("dd a").first.get_attribute("href") or ""
    answer = page.request.get(feed)
    assert answer.ok and "BEGIN:VCALENDAR" in answer.text() and name in answer.text()

    # a meeting of today: called, its letters sent
    at = f"{clock.now().astimezone(SEOUL):%H:%M}"
    meeting = plan_meeting(page, body, f"제1차 {name}", at)
    page.goto(f"{meeting}items/add/")
    page.fill("[name=title]", "장터 날짜")
    send(page)
    page.goto(meeting)
    press(page, "소집하기")
    expect_sound(page, axe)
    letter = _letter(network.home, f"제1차 {name}")
    assert "1. 장터 날짜" in letter and meeting.removeprefix(network.url) in letter
    page.goto(f"{meeting}room/")
    expect_sound(page, axe)
    code = page.locator("#code .kpi b").inner_text()

    # the voter, on a phone
    wide, high = WIDTHS["phone"]
    other = chromium.new_context(
        base_url=network.url, viewport={"width": wide, "height": high}, locale="ko-KR"
    )
    phone = other.new_page()
    log_in(phone, "bookkeeper")
    phone.goto(f"{meeting}?code={code.replace('-', '')}")
    press(phone, "출석하기")
    expect_said(phone, "출석했어요")
    expect(phone.locator("#quorum")).to_contain_text("1명 더 필요")
    page.goto(f"{meeting}attendance/?q=")
    expect_sound(page, axe)
    expect_said(page, "회의장에서 코드로")
    press(page, "출석하기")
    expect(phone.locator("#quorum")).to_contain_text("충족", timeout=20_000)  # by itself
    page.goto(f"{meeting}proxies/")
    expect_sound(page, axe)
    follow_open(page, meeting)
    other.close()


def follow_open(page: Page, meeting: str) -> None:
    page.goto(meeting)
    follow(page, "개회하기")
    send(page)
    expect_said(page, "개회했습니다")


def _letter(home: Path, title: str) -> str:
    """The letter as the server without a mail server writes it down; the worker takes some seconds."""
    for _try in range(60):
        for part in (home / "server.log").read_bytes().split(b"-" * 79):
            told = message_from_bytes(part[part.find(b"Content-Type:") :], policy=policy.default)
            if title in str(told["Subject"] or ""):
                return str(told.get_content())
        time.sleep(0.5)
    raise AssertionError(f"no letter about {title}")

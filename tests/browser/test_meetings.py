"""A committee in Chromium: made, called, attended, voted by name, at a desk and on a phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .people import expect_said, follow, log_in, make_body, plan_meeting, press, send
from .sound import expect_sound


def test_a_committee_from_its_seats_to_a_vote(page: Page, axe: str, width: str) -> None:
    name = f"시험위원회 {width}"
    log_in(page, "secretariat")
    page.goto("/governance/bodies/")
    expect_sound(page, axe)
    follow(page, "기구 만들기")
    expect_sound(page, axe)
    body = make_body(page, name, "secretariat", "bookkeeper")
    expect_said(page, "의결권 2명")
    expect_sound(page, axe)

    follow(page, "회의 준비하기")
    meeting = plan_meeting(page, body, f"제1차 {name}")
    for title in ("장터 날짜", "워크숍 장소"):
        page.goto(f"{meeting}items/add/")
        page.fill("[name=title]", title)
        expect_sound(page, axe)
        send(page)
    press(page, "소집하기")
    page.goto(f"{meeting}notices/")
    expect_sound(page, axe)
    for _second in range(
        30
    ):  # the letters are on their way: the worker of the house takes them along
        page.goto(meeting)
        if "2명 가운데 2명에게 알렸어요" in page.locator("main").inner_text():
            break
        page.wait_for_timeout(1000)
    expect_said(page, "2명 가운데 2명에게 알렸어요")
    follow(page, "개회하기")
    expect_sound(page, axe)
    send(page)
    expect_said(page, "2명 더 필요")
    expect_sound(page, axe)
    page.goto(f"{meeting}attendance/")
    expect_sound(page, axe)
    for _one in range(2):
        press(page, "출석하기")
    page.goto(meeting)
    expect(page.locator("#quorum")).to_contain_text("충족")

    follow(page, "표결하기")
    expect_sound(page, axe)
    page.get_by_label("기명", exact=True).check()
    send(page)
    expect_sound(page, axe)
    press(page, "찬성")
    expect_said(page, "투표한 뒤에는 바꿀 수 없어요")

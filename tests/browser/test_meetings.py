"""A committee in Chromium: made, called, attended, voted by name, at a desk and on a phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from dure.kernel import clock
from dure.kernel.acts import SEOUL

from .people import expect_said, expect_sound, log_in, send


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def test_a_committee_from_its_seats_to_a_vote(page: Page, axe: str, width: str) -> None:
    name, today = f"시험위원회 {width}", clock.now().astimezone(SEOUL).date()
    log_in(page, "secretariat")
    page.goto("/governance/bodies/")
    expect_sound(page, axe)
    follow(page, "기구 만들기")
    page.fill("[name=name]", name)
    page.select_option("[name=kind]", "committee")
    expect_sound(page, axe)
    send(page)
    body = page.url
    for office in ("secretariat", "bookkeeper"):
        page.goto(f"{body}seats/add/?kind=ex_officio")
        page.select_option("[name=office]", office)
        if office == "secretariat":
            page.get_by_label("회의를 이끎(의장)").check()
        send(page)
    expect_said(page, "의결권 2명")
    expect_sound(page, axe)

    follow(page, "회의 준비하기")
    page.fill("[name=title]", f"제1차 {name}")
    page.fill("[name=day]", today.isoformat())
    page.fill("[name=at]", "14시")
    page.fill("[name=place]", "사무실")
    send(page)
    meeting = page.url
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

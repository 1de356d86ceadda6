"""An issue in Chromium: raised by a member, carried from a section to a committee, returned, decided."""

from __future__ import annotations

from playwright.sync_api import Page

from dure.kernel import clock
from dure.kernel.acts import SEOUL

from .people import expect_said, follow, log_in, make_body, plan_meeting, press, send
from .sound import expect_sound


def step(page: Page, issue: str, name: str, axe: str, **given: str) -> None:
    page.goto(f"{issue}next/?step={name}")
    expect_sound(page, axe)
    for field, value in given.items():
        found = page.locator(f"main form [name={field}]")
        if found.evaluate("e => e.tagName") == "SELECT":
            found.select_option(label=value)
        else:
            found.fill(value)
    send(page)


def again(page: Page, role: str) -> None:
    page.context.clear_cookies()
    log_in(page, role)


def test_an_issue_goes_from_a_section_to_a_committee(page: Page, axe: str, width: str) -> None:
    section, committee = f"시험 협동화 분과 {width}", f"시험 육성위원회 {width}"
    title = f"되살림 거점매장 {width}"
    today = clock.now().astimezone(SEOUL).date()
    log_in(page, "secretariat")
    make_body(page, section, "secretariat", kind="section")
    place = make_body(page, committee, "secretariat")

    again(page, "member")
    page.goto("/governance/issues/raise/")
    expect_sound(page, axe)
    page.fill("[name=title]", title)
    page.fill("[name=text]", "동네마다 되살림 매장이 있으면 좋겠습니다.")
    page.select_option("[name=body_id]", label=section)
    send(page)
    issue = page.url
    expect_said(page, section)
    expect_sound(page, axe)

    again(page, "secretariat")
    step(page, issue, "pass_on", axe, to_body_id=committee, reason="분과에서 뜻을 모았습니다.")
    expect_said(page, committee)
    step(page, issue, "return", axe, reason="예산의 근거를 붙여 주세요.")
    expect_said(page, "예산의 근거를 붙여 주세요.")
    step(page, issue, "pass_on", axe, to_body_id=committee, reason="근거를 붙였습니다.")

    # the committee takes it up and decides
    meeting = plan_meeting(page, place, f"제1차 {committee}")
    page.goto(f"{meeting}gather/")
    expect_sound(page, axe)
    page.get_by_label(title).check()
    send(page)
    expect_said(page, title)
    press(page, "소집하기")
    page.goto(f"{meeting}notices/told/")
    page.fill("[name=told_date]", today.isoformat())
    send(page)
    page.goto(f"{meeting}attendance/")
    press(page, "출석하기")
    page.goto(meeting)
    follow(page, "개회하기")
    send(page)
    follow(page, "표결하기")
    page.get_by_label("기명", exact=True).check()
    send(page)
    press(page, "찬성")
    press(page, "표결 마치기")
    expect_said(page, "가결")

    again(page, "member")
    page.goto(issue)
    expect_sound(page, axe)
    for said in (section, committee, "예산의 근거를 붙여 주세요.", "가결"):
        expect_said(page, said)

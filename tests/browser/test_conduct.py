"""A case about a member's conduct and the ethics code, as the secretariat and the member meet them."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import BrowserContext, Page

from dure.kernel import clock
from dure.kernel.acts import SEOUL
from tests.browser.people import expect_said, log_in, send
from tests.browser.sound import expect_sound


def test_a_member_is_told_of_a_case_and_reads_the_code(
    context: BrowserContext, page: Page, axe: str, width: str
) -> None:
    """One case a member at a time: at the phone's width the office goes on where the desk began."""
    today = clock.now().astimezone(SEOUL).date()
    log_in(page, "member")
    page.goto("/me/")
    found = re.search(r"/memberships/(\d+)/", page.content())
    assert found is not None
    member = found[1]
    page.context.clear_cookies()
    log_in(page, "secretariat")
    page.goto(f"/memberships/{member}/")
    case = re.search(r"/memberships/conduct/(\d+)/\"", page.content())
    if case is None:
        page.goto(f"/memberships/{member}/conduct/open/")
        page.select_option("[name=kind]", "suspension")
        page.fill("[name=article]", "정관 제13조")
        page.fill("[name=reason]", "장터 규정을 거듭 어겼습니다.")
        send(page)
        case = re.search(r"/memberships/conduct/(\d+)/", page.url)
    assert case is not None
    url = f"/memberships/conduct/{case[1]}/"
    page.goto(f"{url}notice/")
    page.fill("[name=notice_date]", today.isoformat())
    page.fill("[name=meeting_date]", (today + timedelta(days=9)).isoformat())
    send(page)
    expect_said(page, "결정되면 일어날 일")
    expect_said(page, "제23조제1항")  # the vote stays
    expect_sound(page, axe)
    letter = page.request.get(f"{url}letter/notice/")
    assert letter.status == 200 and letter.body().startswith(b"%PDF")
    page.goto("/memberships/ethics/signatures/?signed=no")
    expect_sound(page, axe)

    page.context.clear_cookies()
    log_in(page, "member")
    page.goto("/me/")
    expect_said(page, "본인에 관한 심의")
    page.goto(url)
    expect_said(page, "이런 권리가 있어요")
    expect_sound(page, axe)
    page.goto("/memberships/ethics/")
    expect_said(page, "만들어진 과정")
    expect_sound(page, axe)
    page.goto("/memberships/classes/organisation/terms/")
    expect_sound(page, axe)

"""A committee elects three in secret in Chromium: candidates, ballots by phone, receipts, seats."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from dure.kernel import clock
from dure.kernel.acts import SEOUL

from .conftest import WIDTHS, Network
from .people import expect_said, follow, log_in, make_body, plan_meeting, press, send
from .sound import expect_sound

VOTERS = ("secretariat", "bookkeeper", "administrator")
BALLOTS = ((1, 2, 3), (1, 2, 3), (1, 4, 2))


def people(page: Page, many: int) -> list[str]:
    """The numbers of some people of the network: asked for by a name that several have."""
    page.fill("[name=person_id]", "김")
    send(page)
    return re.findall(r"#\d+", page.locator("main .msg").first.inner_text())[:many]


def test_three_of_five_are_elected_in_secret(
    page: Page, chromium: Browser, network: Network, axe: str, width: str
) -> None:
    today = clock.now().astimezone(SEOUL).date()
    log_in(page, "secretariat")

    chosen = make_body(page, f"두레위원회 {width}")
    for _seat in range(3):
        page.goto(f"{chosen}seats/add/?kind=elected")
        page.fill("[name=title]", "위원")
        send(page)
    voters = make_body(page, f"선출위원회 {width}", *VOTERS)
    page.goto(f"{voters}competence/")
    page.select_option("[name=matter]", "bodies")
    send(page)
    meeting = plan_meeting(page, voters, f"위원 선출 {width}")
    page.goto(f"{meeting}items/add/?effect=governance.elect_to_seats")
    page.fill("[name=title]", "위원 3명 선출")
    page.select_option("[name=body_id]", label=f"두레위원회 {width}")
    page.fill("[name=from_date]", today.isoformat())
    expect_sound(page, axe)
    send(page)

    follow(page, "후보 0명")
    expect_sound(page, axe)
    item = page.url
    page.goto(f"{item}add/")
    for person in people(page, 5):
        page.goto(f"{item}add/")
        page.fill("[name=person_id]", person)
        page.get_by_label("후보가 되기로 본인이 동의했습니다").check()
        page.fill("[name=statement]", "함께 일하겠습니다.")
        expect_sound(page, axe)
        send(page)
    expect_sound(page, axe)
    names = [
        re.sub(r"^\d+\. ", "", one) for one in page.locator("main section h2").all_inner_texts()
    ]
    assert len(names) == 5

    page.goto(meeting)
    press(page, "소집하기")
    page.goto(f"{meeting}notices/told/")
    page.fill("[name=told_date]", today.isoformat())
    send(page)
    page.goto(f"{meeting}attendance/")
    for _one in VOTERS:
        press(page, "출석하기")
    page.goto(f"{meeting}open/")
    send(page)
    page.goto(meeting)
    follow(page, "표결하기")
    expect_sound(page, axe)
    page.get_by_label("무기명(비밀)", exact=True).check()
    send(page)
    vote = page.url
    expect_sound(page, axe)

    receipts = []
    for voter, ballot in zip(VOTERS, BALLOTS, strict=True):
        wide, high = WIDTHS["phone"]
        phone = chromium.new_context(
            base_url=network.url, viewport={"width": wide, "height": high}, locale="ko-KR",
            timezone_id="Asia/Seoul", bypass_csp=True,
        )  # fmt: skip
        hand = phone.new_page()
        log_in(hand, voter)
        hand.goto(vote)
        follow(hand, "투표하러 가기")
        expect_sound(hand, axe)
        for number in range(1, 5):
            hand.locator(f"[name=marked][value='{number}']").check()
        send(hand)
        expect_said(hand, "3명까지만 고를 수 있습니다")
        for number in range(1, 5):
            hand.locator(f"[name=marked][value='{number}']").set_checked(number in ballot)
        send(hand)
        expect_sound(hand, axe)
        receipts.append(hand.locator("main section b").inner_text())
        phone.close()

    page.goto(vote)
    press(page, "표결 마치기")
    expect_said(page, f"선출: {', '.join(names[:3])}")
    expect_sound(page, axe)
    page.goto(f"{vote}?receipt={receipts[2]}")
    expect_said(page, "이 확인번호의 표가 집계되었어요")
    page.goto(chosen)
    for name in names[:3]:
        expect(page.locator("main")).to_contain_text(name)
    expect(page.locator("main")).not_to_contain_text(names[4])
    expect_sound(page, axe)

"""Money coming in, in real Chromium: a bank's file never seen before, debits, the ladder."""

from playwright.sync_api import Page

from tests.browser.people import expect_said, log_in, send
from tests.browser.sound import expect_sound
from tests.memberships.bank_samples import SAMPLES

RENAMED = "우리 통장\n언제,누가,나감,들어옴,남음\n" + "".join(
    f"2026-0{month}-0{day},낯선사람{day},0,{day}000,{day * (day + 1) // 2}000\n"
    for month, day in ((6, 1), (6, 2), (6, 3), (6, 4))
)


def take_in(page: Page, name: str, text: str) -> None:
    page.goto("/memberships/receipts/import/")
    page.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": text.encode("cp949")}
    )
    send(page)


def test_a_bank_s_file_from_columns_to_receipts(page: Page, axe: str, width: str) -> None:
    log_in(page, "bookkeeper")
    text = RENAMED if width == "desk" else RENAMED.replace("2026-06", "2026-05")
    take_in(page, "통장.csv", text)
    if "/columns/" in page.url:  # the second width finds them known
        expect_said(page, "어느 열이 무엇인가요?")
        expect_sound(page, axe)
        send(page)
    expect_said(page, "새 입금")
    expect_sound(page, axe)
    send(page)
    expect_said(page, "4")
    page.goto("/memberships/receipts/waiting/")
    expect_sound(page, axe)
    with page.expect_navigation():
        page.get_by_role("link", name="고르기").first.click()
    expect_sound(page, axe)
    with page.expect_navigation():
        page.get_by_role("link", name="누구의 회비도 아니에요").click()
    expect_sound(page, axe)
    send(page)
    expect_sound(page, axe)


def test_a_known_bank_is_read_at_once(page: Page, axe: str, width: str) -> None:
    log_in(page, "bookkeeper")
    text = SAMPLES["국민"].replace("2026.11", "2026.06" if width == "desk" else "2026.05")
    take_in(page, "국민.csv", text)
    expect_said(page, "햇살돌봄")
    expect_sound(page, axe)


def test_debits_and_the_ladder(page: Page, axe: str) -> None:
    log_in(page, "secretariat")
    for path in ("/memberships/debits/", "/memberships/debits/request/"):
        page.goto(path)
        expect_sound(page, axe)
    page.goto("/memberships/arrears/ladder/")
    expect_said(page, "밀린 회비 돌보기")
    expect_sound(page, axe)
    first = page.locator("tbody a[href$='/arrears/']").first
    if first.count():
        with page.expect_navigation():
            first.click()
        expect_sound(page, axe)
        page.get_by_role("link", name="대화 적기").click()
        page.fill("textarea[name=note]", "전화해서 사정을 들었어요.")
        send(page)
        expect_said(page, "전화해서 사정을 들었어요.")

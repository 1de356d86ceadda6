"""The stopwatch: a secretary closes a month on a bank file never seen before, in real Chromium.

By keyboard alone at the desk, by touch on the phone. The file has columns under names of its own, a
foot, withdrawals, a payment taken back, a member in three spellings, and a stranger's money.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import WIDTHS, Network, served
from tests.browser.people import expect_said, log_in
from tests.browser.sound import expect_sound

FIVE_MINUTES = 300
STEPS_MAX = 24  # so often somebody does something: a button, a file
TABS_MAX = 40
NOW = "main [aria-current=step]"


@dataclass
class Hands:
    """Presses what is to be pressed, by keyboard or by touch, and counts."""

    page: Page
    by_keyboard: bool
    done: int = 0
    keys: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def press(self, button: Locator) -> None:
        self.done += 1
        if self.by_keyboard:
            self._go_to(button)
        with self.page.expect_navigation():
            if self.by_keyboard:
                self._key("Enter")
            else:
                button.click()

    def give(self, name: str, content: bytes) -> None:
        """A file into the form of the step; how the system asks for it is the system's."""
        self.done += 1
        self.page.set_input_files(
            f"{NOW} input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": content}
        )

    def _go_to(self, wanted: Locator) -> None:
        if not self.page.evaluate(
            "document.querySelector('main').contains(document.activeElement)"
        ):
            self._key("Tab")
            self._key("Enter")  # past the menu: the first link of every page
        for _ in range(TABS_MAX):
            self._key("Tab")
            if wanted.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"not reached by keyboard: {wanted} at {self.page.url}")

    def _key(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)


@pytest.fixture
def own(network: Network, tmp_path: Path) -> Iterator[Network]:
    """The demo once more, to close a month of."""
    shutil.copytree(
        network.home, tmp_path / "own", ignore=shutil.ignore_patterns("*.sqlite3*", "*.lock")
    )
    name = "dure.sqlite3"
    with (
        closing(sqlite3.connect(network.home / name)) as source,
        closing(sqlite3.connect(tmp_path / "own" / name)) as copy,
    ):
        source.backup(copy)
    with served(tmp_path / "own") as found:
        yield found


@pytest.fixture
def page(chromium: Browser, own: Network, width: str) -> Iterator[Page]:
    wide, high = WIDTHS[width]
    context = chromium.new_context(
        base_url=own.url,
        viewport={"width": wide, "height": high},
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        bypass_csp=True,
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def bank_file(home: Path, month: str) -> bytes:
    """The month at a bank nobody has met."""
    with closing(sqlite3.connect(home / "dure.sqlite3")) as db:
        late = db.execute(
            "SELECT p.name, p.kind, min(c.amount_won), count(*) FROM memberships_charge c"
            " JOIN memberships_membership m ON m.id = c.membership_id"
            " JOIN parties_party p ON p.id = m.party_id"
            " WHERE c.amount_won > c.paid_won + c.waived_won AND c.paid_won = 0"
            " AND c.from_date <= ? GROUP BY m.id ORDER BY m.id",
            (f"{month}-01",),
        ).fetchall()
    house, won = next((n, w) for n, kind, w, count in late if kind == "organisation" and count > 2)
    friend, dues = next((n, w) for n, kind, w, _count in late if kind == "person")
    bare = house.removeprefix("주식회사 ")
    rows = [
        ("06", "이체", friend, 0, dues),
        ("08", "이체", bare, 0, won),
        ("12", "카드", "문구점", 12_000, 0),
        ("15", "이체", house.replace(" ", ""), 0, won),
        ("20", "이체", "잘못보낸이", 0, 30_000),
        ("20", "이체취소", "잘못보낸이", 0, -30_000),
        ("22", "이체", f"{bare[:2]} {bare[2:-1]}", 0, won),
        ("27", "이체", "정체모를이", 0, 77_000),
    ]
    left, lines = (
        1_000_000,
        ["모두의조합은행 통장 내역", "언제,무엇,누구,빠진 돈,들어온 돈,남은 돈"],
    )
    for day, what, who, out, came in rows:
        left += came - out
        lines.append(f"{month.replace('-', '.')}.{day},{what},{who},{out},{came},{left}")
    lines += [f"모두 더하면,,,12000,{left - 1_000_000 + 12_000},", "※ 참고용입니다,,,,,"]
    return "\n".join(lines).encode("cp949")


def step_now(page: Page) -> str:
    """The heading of the step that is next."""
    assert page.locator(NOW).count() == 1, (page.url, page.locator("main").inner_text())
    return page.locator(f"{NOW} h2").inner_text()


def test_a_month_is_closed_in_five_minutes(
    page: Page, own: Network, axe: str, width: str, record_property
) -> None:
    log_in(page, "secretariat")
    hands = Hands(page, by_keyboard=width == "desk")
    hands.press(page.locator("main a[href*='/month-end/']").first)
    month = page.url.rstrip("/").rsplit("/", 1)[1]
    expect_sound(page, axe)

    hands.give("모두의조합.csv", bank_file(own.home, month))
    hands.press(page.get_by_role("button", name="파일 읽기"))
    expect_said(page, "어느 열이 무엇인가요?")  # guessed right already
    hands.press(page.get_by_role("button", name="이렇게 읽기"))
    expect(page.locator("tbody input[name=row]")).to_have_count(5)
    hands.press(page.locator("main form:has(input[name=row]) button.pri"))
    hands.press(page.locator("main p.row a.btn.pri"))  # back to the run

    while "마감하기" not in step_now(page):
        assert hands.done < STEPS_MAX, step_now(page)
        expect_sound(page, axe)
        first = page.locator(f"{NOW} button.pri")
        hands.press((first if first.count() else page.locator(f"{NOW} button")).first)
    hands.press(page.locator(f"{NOW} button.pri"))

    expect_said(page, "이달에 할 일을 모두 마쳤습니다.")
    expect_sound(page, axe)
    assert hands.seconds < FIVE_MINUTES and hands.done < STEPS_MAX
    record_property("stopwatch", f"{hands.seconds:.0f} s, {hands.done} deeds, {hands.keys} keys")
    report = page.locator("a[href$='report.pdf']").get_attribute("href")
    answer = page.request.get(str(report))
    assert answer.status == 200 and answer.body()[:5] == b"%PDF-"
    page.goto("/memberships/receipts/waiting/")
    expect_said(
        page, "정체모를이"
    )  # a stranger's money waits in suspense, the rest found its member
    assert not re.search("잘못보낸이", page.locator("main").inner_text())

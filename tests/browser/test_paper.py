"""What offices print: the page without the frame, whole tables, Korean letters, numbered pages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .people import log_in

BETWEEN_MARGINS = {"width": 680, "height": 990}  # A4 in CSS pixels
PRINTED = {
    "bookkeeper": (
        "/ledger/funds/general/",
        "/ledger/statements/balance-sheet/",
        "/ledger/entries/",
        "/ledger/periods/",
        "/memberships/arrears/",
    ),
    "secretariat": ("/memberships/", "/parties/", "/help/dues/"),
}
SCREEN_ONLY = "nav, button, .btn, .filters, .pager, .top, .foot, .crumbs, input:not([type=hidden])"
CUT = """() => [...document.querySelectorAll('main table, main .kpis, main svg.chart')]
  .filter(one => one.getClientRects().length && one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def width() -> str:
    return "desk"


@pytest.mark.parametrize("role", list(PRINTED))
def test_paper_holds_what_the_page_says_and_nothing_of_its_frame(page: Page, role: str) -> None:
    log_in(page, role)
    page.set_viewport_size(BETWEEN_MARGINS)
    page.emulate_media(media="print")
    for path in PRINTED[role]:
        answer = page.goto(path)
        assert answer is not None and answer.ok, path
        shown = [one for one in page.locator(SCREEN_ONLY).all() if one.is_visible()]
        assert not shown, (path, [one.inner_text() for one in shown])
        assert page.evaluate(CUT) == [], path
        expect(page.locator(".paper")).to_contain_text(re.compile(r"네트워크.*\d{4}-\d{2}-\d{2}"))


def test_printed_lists_repeat_their_head_and_number_their_pages(context: BrowserContext) -> None:
    page = context.new_page()
    log_in(page, "secretariat")
    page.goto("/memberships/")
    page.emulate_media(media="print")
    head = page.evaluate("getComputedStyle(document.querySelector('main thead')).display")
    assert head == "table-header-group"
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", printed)) > 1
    assert b"Pretendard" in printed, "the Korean letters travel along"
    assert b"/MediaBox [0 0 594" in printed or b"/MediaBox [0 0 595" in printed  # A4 in points

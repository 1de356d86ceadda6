"""The frame in a real Chromium: accessible, within the screen, by keyboard alone, without scripts."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test import override_settings
from django.utils import translation
from playwright.sync_api import Browser, Dialog, Page

pytestmark = pytest.mark.browser

WIDTHS = {"desk": 1280, "phone": 390}
AXE = next((Path(__file__).parent.parent / "browser/vendor").glob("axe-core-*/axe.min.js"))


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def served() -> Iterator[str]:
    with override_settings(
        MIDDLEWARE=[
            "tests.ui.stage.acting",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
        LANGUAGE_CODE="ko",
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
    ):
        handler = StaticFilesHandler(WSGIHandler())

        def korean(environ: Any, start: Any) -> Any:
            translation.activate("ko")
            return handler(environ, start)

        # threads: Chromium opens connections ahead of need, and one that says nothing would hold
        # up a server that answers one at a time
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.set_app(korean)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(5)
        server.server_close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, served: str) -> Iterator[Open]:
    opened = []

    def visit(url: str, width: str = "desk", **how: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": WIDTHS[width], "height": 900}, base_url=served, locale="ko-KR", **how
        )
        opened.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield visit
    for context in opened:
        context.close()


def violations(page: Page) -> list[Any]:
    page.add_script_tag(path=str(AXE))
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    return page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(r => r.violations.map(v => [v.id, v.impact, v.nodes.map(n => n.html.slice(0, 160))]))",
        rules,
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("contrast", ["normal", "more"])
def test_every_part_is_accessible_and_fits(open_page: Open, width, contrast):
    page = open_page("/guide/", width)
    if contrast == "more":
        page.get_by_role("button", name="고대비로 보기").click()
        page.locator("html[data-contrast=more]").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
    for fold in page.locator("details.fold summary").all():
        fold.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]


@pytest.mark.parametrize("width", WIDTHS)
def test_words_that_are_far_too_long_stay_on_the_screen(open_page: Open, width):
    page = open_page("/long/", width)
    beyond = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter(e => !e.closest(".tw") && !e.closest(".vh") && !e.closest(".skip") && e.checkVisibility()
        && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(e => e.tagName + "." + e.className).slice(0, 12)"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width], beyond
    assert beyond == []


def test_what_is_pressed_is_large_enough(open_page: Open):
    page = open_page("/guide/", "phone")
    small = page.evaluate(
        """() => [...document.querySelectorAll("a.btn, button, input:not([type=hidden]), select, summary, nav a")]
        .filter(e => e.checkVisibility() && !e.closest("label"))
        .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height]).filter(([_, h]) => h > 0 && h < 36)"""
    )
    assert small == []


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(open_page: Open):
    page = open_page("/guide/", "phone")
    assert not page.get_by_role("link", name="장부").is_visible()
    page.get_by_role("button", name="메뉴").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="장부").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="장부").is_visible()
    assert page.evaluate("document.activeElement.textContent").strip() == "메뉴"


def test_the_first_tab_skips_to_the_content(open_page: Open):
    page = open_page("/members/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_account_menu_closes_on_escape(open_page: Open):
    page = open_page("/guide/")
    page.locator("details.menu summary").click()
    assert page.get_by_role("link", name="내 정보").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="내 정보").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_list_is_searched_and_turned_with_and_without_scripts(open_page: Open, scripts):
    page = open_page("/members/", java_script_enabled=scripts)
    page.get_by_role("searchbox").fill("회원00")
    page.get_by_role("button", name="찾기", exact=True).click()
    page.get_by_text("9건").wait_for()
    assert "q=%ED%9A%8C" in page.url
    page.goto("/members/")
    page.get_by_role("link", name="다음 쪽").click()
    page.get_by_text("10쪽 가운데 2쪽").wait_for()
    assert "page=2" in page.url
    page.get_by_role("link", name="납부").click()
    page.locator("th[aria-sort=ascending]", has_text="납부").wait_for()
    page.wait_for_url("**sort=**")  # the list of before may be sorted, too
    page.go_back()
    page.get_by_text("10쪽 가운데 2쪽").wait_for()


def test_the_keyboard_goes_on_where_a_list_was_turned(open_page: Open):
    page = open_page("/members/")
    page.get_by_role("link", name="다음 쪽").focus()
    page.keyboard.press("Enter")
    page.get_by_text("10쪽 가운데 2쪽").wait_for()
    page.wait_for_function("document.activeElement.className === 'count'")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Excel"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_keeps_what_was_typed_shows_its_effect_and_acts_once(open_page: Open, scripts):
    stage_calls().clear()
    page = open_page("/bill/", java_script_enabled=scripts)
    page.get_by_label("날짜").fill("2026.11.20")
    page.get_by_label("금액").fill("열두 개")
    page.get_by_label("내용").fill("회비")
    page.get_by_role("button", name="받기").click()
    page.get_by_role("heading", name="1곳을 고쳐 주세요.").wait_for()
    assert page.evaluate("document.activeElement.id") == "errors" if scripts else True
    assert page.get_by_label("금액").input_value() == "열두 개"
    page.get_by_label("금액").fill("12만원")
    page.get_by_role("button", name="받기").click()
    page.get_by_text("120,000원이 21명에게 청구됩니다.").wait_for()
    page.get_by_role("button", name="네, 진행할게요").click()
    page.get_by_role("heading", name="찾는 화면이 없습니다").wait_for()
    [(act, given)] = stage_calls()
    assert given["amount_won"] == 120_000 and act.actor_id == 3


def stage_calls() -> list[Any]:
    return sys.modules[settings.ROOT_URLCONF].CALLS  # the stage that the server plays


def test_what_was_typed_outlives_the_log_in(open_page: Open, monkeypatch):
    stage = sys.modules[settings.ROOT_URLCONF]
    page = open_page("/strict/")
    page.get_by_label("내용").fill("회비 열두 달")
    page.get_by_label("금액").fill("12만원")
    monkeypatch.setattr(stage, "LOGGED_IN", False)
    page.get_by_role("button", name="받기").click()
    page.get_by_text("Only a treasurer takes money.").wait_for()
    monkeypatch.setattr(stage, "LOGGED_IN", True)
    page.goto("/strict/")
    assert page.get_by_label("금액").input_value() == "12만원"
    assert page.get_by_label("내용").input_value() == "회비 열두 달"
    page.get_by_label("날짜").fill("2026.11.20")
    page.get_by_role("button", name="받기").click()
    page.get_by_role("heading", name="찾는 화면이 없습니다").wait_for()
    page.goto("/strict/")
    assert page.get_by_label("금액").input_value() == ""


def test_leaving_with_unsaved_typing_asks(open_page: Open):
    page = open_page("/bill/")
    asked = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.get_by_label("내용").press_sequentially("회비")
    page.goto("/members/")
    assert asked == ["beforeunload"]


def test_paper_shows_the_list_without_the_frame(open_page: Open):
    page = open_page("/guide/", "phone")  # paper is narrow too, and still gets tables
    page.emulate_media(media="print")
    assert (
        page.locator("#organisations thead").is_visible()
        and page.get_by_text("광진 사회적경제 네트워크").last.is_visible()
    )
    assert not page.get_by_text("표로 보기").first.is_visible()
    assert not page.get_by_role("navigation", name="주 메뉴").is_visible()
    assert (
        not page.locator(".pager").is_visible()
        and page.locator("#organisations table").is_visible()
    )

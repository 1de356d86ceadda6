"""What the people of the journeys do at a page, in words."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from dure.site.demo.logins import EMAILS, PASSWORD

SERIOUS = {"serious", "critical"}


def log_in(page: Page, role: str) -> None:
    page.goto("/account/login/")
    page.fill("[name=login]", EMAILS[role])
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def send(page: Page) -> None:
    """Press the main button of the page's form, and once more where the effect is shown first."""
    button = page.locator("main form[method=post] button.pri").last
    with page.expect_navigation():
        button.click()
    confirm = page.get_by_role("button", name="네, 진행할게요")
    if confirm.count():
        with page.expect_navigation():
            confirm.click()


def flaws(page: Page, axe: str) -> list[str]:
    """What axe-core finds serious, and what does not fit into the window."""
    page.evaluate(axe)
    result: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    found = [
        f"{v['id']}: {v['help']}: {[n['html'][:120] for n in v['nodes'][:3]]}"
        for v in result["violations"]
        if v["impact"] in SERIOUS
    ]
    found += misfits(page)
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} h1 headings")
    return found


def misfits(page: Page) -> list[str]:
    """What would make people scroll sideways."""
    wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    return ["the page is wider than the window"] if wider else []


def expect_sound(page: Page, axe: str) -> None:
    assert flaws(page, axe) == [], page.url


def expect_said(page: Page, text: str) -> None:
    expect(page.locator("body")).to_contain_text(text)

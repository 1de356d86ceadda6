"""What the people of the journeys do at a page, in words."""

from __future__ import annotations

from re import Pattern

from playwright.sync_api import Page, expect

from dure.kernel import clock
from dure.kernel.acts import SEOUL
from dure.site.demo.logins import EMAILS, PASSWORD


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


def press(page: Page, name: str | Pattern[str]) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def make_body(page: Page, name: str, *offices: str, kind: str = "committee") -> str:
    """A body with a seat for each of these offices, led by the secretariat; its address."""
    page.goto("/governance/bodies/add/")
    page.fill("[name=name]", name)
    page.select_option("[name=kind]", kind)
    send(page)
    address = page.url
    for office in offices:
        page.goto(f"{address}seats/add/?kind=ex_officio")
        page.select_option("[name=office]", office)
        if office == "secretariat":
            page.get_by_label("회의를 이끎(의장)").check()
        send(page)
    page.goto(address)
    return address


def plan_meeting(page: Page, body: str, title: str, at: str = "14시") -> str:
    """A meeting of a body for today; its address."""
    page.goto(f"{body}meetings/plan/")
    page.fill("[name=title]", title)
    page.fill("[name=day]", clock.now().astimezone(SEOUL).date().isoformat())
    page.fill("[name=at]", at)
    page.fill("[name=place]", "사무실")
    send(page)
    return page.url


def expect_said(page: Page, text: str) -> None:
    expect(page.locator("body")).to_contain_text(text)

"""Every page a role can reach by links is sound: axe-core finds nothing serious at the width that
role works at, and nothing overflows at a desk's or a phone's.

Who may do less comes after who may do more, and opens what both reach without looking at it again:
the answer's status, and where its links lead.
"""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Error, Page

from .conftest import WIDTHS
from .people import log_in
from .sound import flaws, misfits

STARTS = {
    "visitor": ["/", "/directory/", "/help/", "/memberships/apply/", "/account/login/"],
    "member": ["/me/"],
    "representative": ["/me/"],
    "secretariat": ["/desk/"],
    "bookkeeper": ["/desk/", "/ledger/"],
}
CRAWLS = [
    ("desk", ["secretariat", "bookkeeper"]),
    ("phone", ["member", "representative"]),
    ("phone", ["visitor"]),
]
PAGES_MAX = 400  # of all shapes a role can reach; more is a list whose addresses `shape` must learn
LINKS = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
FILES = re.compile(r"\.(pdf|xlsx|csv|zip|ics|json|png)$|[?&]as=|data\.zip|/export|kept/|/logout")


def shape(path: str) -> str:
    """One address for all things of a kind: a page is tried once, not for each of 69 members."""
    bare = urlsplit(path).path
    bare = re.sub(r"/bylaws/[a-z0-9_]+\.[a-z0-9_.]+/", "/bylaws/R/", bare)
    bare = re.sub(r"/\d{4}-\d{2}(-\d{2})?/", "/M/", bare)
    return re.sub(r"/\d+(?=/|$)", "/N", re.sub(r"/(accounts|funds)/[^/]+/", r"/\1/X/", bare))


@pytest.mark.parametrize(("width", "roles"), CRAWLS)
def test_every_page_a_role_can_reach_is_sound(
    page: Page, axe: str, width: str, roles: list[str]
) -> None:
    looked_at: set[str] = set()
    found: dict[str, list[str]] = {}
    for role in roles:
        if role != "visitor":
            page.context.clear_cookies()
            log_in(page, role)
        seen = crawl(page, axe, role, width, looked_at, found)
        assert 3 < len(seen) < PAGES_MAX, sorted(seen)
        looked_at |= seen
    assert not found, "\n".join(f"{path}: {told}" for path, told in found.items())


def crawl(
    page: Page, axe: str, role: str, width: str, looked_at: set[str], found: dict[str, list[str]]
) -> set[str]:
    """The shapes of all pages this role reaches; what is wrong with them is added to `found`."""
    waiting, seen = deque(STARTS[role]), set[str]()
    while waiting and len(seen) < PAGES_MAX:
        path = waiting.popleft()
        if shape(path) in seen or FILES.search(path):
            continue
        if role != "visitor" and path.startswith("/help/"):
            continue  # the same for everyone
        seen.add(shape(path))
        if shape(path) in looked_at:
            troubles, links = opened(page, path)
        else:
            troubles, links = looked(page, axe, path, width)
        if troubles:
            found[f"{role} {path}"] = troubles
        for link in links:
            target = urlsplit(urldefrag(link).url)
            if target.netloc == urlsplit(page.url).netloc:
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    return seen


def looked(page: Page, axe: str, path: str, width: str) -> tuple[list[str], list[str]]:
    """What is wrong with a page in the browser, and where its links lead; a file has neither."""
    try:
        answer = page.goto(path)
    except Error as broken:
        if "Download is starting" in str(broken):
            return [], []
        raise
    if answer is None or "text/html" not in answer.headers.get("content-type", ""):
        return [], []
    troubles = flaws(page, axe) + misfits_elsewhere(page, width)
    if answer.status >= 400:
        troubles.append(f"status {answer.status}")
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return troubles, [urljoin(page.url, link) for link in links]


def opened(page: Page, path: str) -> tuple[list[str], list[str]]:
    """Whether a page opens, and where its links lead, without drawing it."""
    answer = page.request.get(path)
    if "text/html" not in answer.headers.get("content-type", ""):
        return [], []
    links = [unescape(link) for link in LINKS.findall(answer.text())]
    return [f"status {answer.status}"] if answer.status >= 400 else [], [
        urljoin(answer.url, link) for link in links
    ]


def misfits_elsewhere(page: Page, width: str) -> list[str]:
    """What does not fit into the window at the other widths."""
    found = []
    for other in WIDTHS.keys() - {width}:
        size(page, other)
        found += [f"{other}: {told}" for told in misfits(page)]
    size(page, width)
    return found


def size(page: Page, width: str) -> None:
    wide, high = WIDTHS[width]
    page.set_viewport_size({"width": wide, "height": high})

"""Every page a role can reach by links is sound: axe-core finds nothing serious, nothing overflows,
and no English is left in the Korean."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Page

from .people import flaws, log_in

STARTS = {
    "visitor": ["/", "/directory/", "/help/", "/memberships/apply/", "/account/login/"],
    "member": ["/me/"],
    "representative": ["/me/"],
    "bookkeeper": ["/desk/", "/ledger/"],
    "secretariat": ["/desk/"],
}
PAGES_MAX = 70
FILES = re.compile(r"\.(pdf|xlsx|csv|zip|ics|json|png)$|[?&]as=|data\.zip|/export|kept/|/logout")


def shape(path: str) -> str:
    """One address for all things of a kind: a page is tried once, not for each of 69 members."""
    bare = urlsplit(path).path
    bare = re.sub(r"/bylaws/[a-z0-9_]+\.[a-z0-9_.]+/", "/bylaws/R/", bare)
    bare = re.sub(r"/\d{4}-\d{2}(-\d{2})?/", "/M/", bare)
    return re.sub(r"/\d+(?=/|$)", "/N", re.sub(r"/(accounts|funds)/[^/]+/", r"/\1/X/", bare))


@pytest.mark.parametrize("role", list(STARTS))
def test_every_page_a_role_can_reach_is_sound(page: Page, axe: str, role: str) -> None:
    if role != "visitor":
        log_in(page, role)
    waiting, seen, found = deque(STARTS[role]), set[str](), dict[str, list[str]]()
    while waiting and len(seen) < PAGES_MAX:
        path = waiting.popleft()
        if shape(path) in seen or FILES.search(path):
            continue
        seen.add(shape(path))
        answer = page.goto(path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        troubles = flaws(page, axe)
        if answer.status >= 400:
            troubles.append(f"status {answer.status}")
        if troubles:
            found[path] = troubles
        for link in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
            target = urlsplit(urldefrag(link).url)
            if target.netloc == urlsplit(page.url).netloc:
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    assert not found, "\n".join(f"{path}: {told}" for path, told in found.items())
    assert len(seen) > 3

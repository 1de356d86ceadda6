"""Every page a role can reach by links is sound: axe-core finds nothing serious at the width that
role works at, and nothing overflows at a desk's or a phone's."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Error, Page, Response

from .conftest import WIDTHS
from .people import log_in
from .sound import flaws, misfits

STARTS = {
    ("visitor", "phone"): ["/", "/directory/", "/help/", "/memberships/apply/", "/account/login/"],
    ("member", "phone"): ["/me/"],
    ("representative", "phone"): ["/me/"],
    ("bookkeeper", "desk"): ["/desk/", "/ledger/"],
    ("secretariat", "desk"): ["/desk/"],
}
PAGES_MAX = 400  # of all shapes a role can reach; more is a list whose addresses `shape` must learn
FILES = re.compile(r"\.(pdf|xlsx|csv|zip|ics|json|png)$|[?&]as=|data\.zip|/export|kept/|/logout")


def shape(path: str) -> str:
    """One address for all things of a kind: a page is tried once, not for each of 69 members."""
    bare = urlsplit(path).path
    bare = re.sub(r"/bylaws/[a-z0-9_]+\.[a-z0-9_.]+/", "/bylaws/R/", bare)
    bare = re.sub(r"/\d{4}-\d{2}(-\d{2})?/", "/M/", bare)
    return re.sub(r"/\d+(?=/|$)", "/N", re.sub(r"/(accounts|funds)/[^/]+/", r"/\1/X/", bare))


@pytest.mark.parametrize(("role", "width"), list(STARTS))
def test_every_page_a_role_can_reach_is_sound(page: Page, axe: str, role: str, width: str) -> None:
    if role != "visitor":
        log_in(page, role)
    waiting, seen, found = deque(STARTS[role, width]), set[str](), dict[str, list[str]]()
    while waiting and len(seen) < PAGES_MAX:
        path = waiting.popleft()
        if shape(path) in seen or FILES.search(path):
            continue
        if role != "visitor" and path.startswith("/help/"):
            continue  # the same for everyone
        seen.add(shape(path))
        answer = visit(page, path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        troubles = flaws(page, axe) + misfits_elsewhere(page, width)
        if answer.status >= 400:
            troubles.append(f"status {answer.status}")
        if troubles:
            found[path] = troubles
        for link in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
            target = urlsplit(urldefrag(link).url)
            if target.netloc == urlsplit(page.url).netloc:
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    assert not found, "\n".join(f"{path}: {told}" for path, told in found.items())
    assert 3 < len(seen) < PAGES_MAX, sorted(seen)


def visit(page: Page, path: str) -> Response | None:
    """The page's answer; None where the address hands out a file."""
    try:
        return page.goto(path)
    except Error as broken:
        if "Download is starting" in str(broken):
            return None
        raise


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

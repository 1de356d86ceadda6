"""Search everywhere: organisations and people, entries by number, pages of the guide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy as _

from dure.domains.ledger import queries as ledger
from dure.domains.parties import queries as parties
from dure.kernel.refusals import Denied, NotFound
from dure.ui.doors import act_of, page

from .. import guide as pages
from ..navigation import address

FOUND_MAX = 20
QUERY_MAX = 100


def search(request: HttpRequest) -> HttpResponse:
    """What the office finds under a few letters; each a click from its page."""
    act = act_of(request)
    if not act.holds("secretariat", "bookkeeper", "administrator"):
        raise Denied(
            _("Searching everywhere is for the office. The directory is open to everyone.")
        )
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:QUERY_MAX]
    found = parties.search_parties(asked, limit=FOUND_MAX) if asked else []
    return page(
        request,
        "site/search.html",
        {
            "asked": asked,
            "parties": [(one, address("parties:party", one.id)) for one in found],
            "entry_url": _entry(asked),
            "helps": _helps(asked, get_language() or "ko") if asked else [],
            "entries_url": address("ledger:entries"),
            "directory_url": address("directory:directory"),
        },
    )


def _entry(asked: str) -> str:
    """The entry of this number, if a number was typed and there is one."""
    bare = asked.removesuffix("번").strip().removeprefix("#")
    if not (bare.isascii() and bare.isdigit() and len(bare) < 16):
        return ""
    try:
        return address("ledger:entry", ledger.entry_numbered(int(bare)))
    except NotFound:
        return ""


def _helps(asked: str, language: str) -> list[pages.GuidePage]:
    """Pages of the guide that speak of it, those with it in the title first."""
    words = asked.lower().split()
    every = [one for group in pages.groups(language) for one in group.pages]
    hits = [
        one
        for one in every
        if all(word in f"{one.title} {one.lead} {one.body}".lower() for word in words)
    ]
    return sorted(hits, key=lambda one: not any(word in one.title.lower() for word in words))[:6]

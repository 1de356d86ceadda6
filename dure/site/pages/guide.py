"""The guide under /help/: a page per task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from dure.ui.doors import act_of, page

from .. import guide as pages
from ..navigation import navigation
from .front import base_for


def guide(request: HttpRequest) -> HttpResponse:
    """All pages of the guide, by who needs them."""
    return page(
        request,
        "site/guide.html",
        {"base": base_for(request), "groups": pages.groups(get_language() or "ko")},
    )


def guide_page(request: HttpRequest, slug: str) -> HttpResponse:
    """How one task is done."""
    language = get_language() or "ko"
    shown = pages.find(slug, language)
    if shown is None:
        raise Http404
    groups = pages.groups(language)
    order = [found for group in groups for found in group.pages]
    at = next(i for i, found in enumerate(order) if found.slug == slug)
    return page(
        request,
        "site/guide_page.html",
        {
            "base": base_for(request),
            "shown": replace(shown, body=pages.linked_for(shown.body, _may_open(request))),
            "groups": groups,
            "before": order[at - 1] if at else None,
            "after": order[at + 1] if at + 1 < len(order) else None,
        },
    )


EVERYBODYS = ("/help/", "/directory/", "/api/", "/about/", "/privacy/")


def _may_open(request: HttpRequest) -> Callable[[str], bool]:
    """Which places of the site the reader finds in the own navigation, or may open beside it."""
    own = {item.url for group in navigation(request).get("nav", ()) for item in group.items}
    act = act_of(request)
    books = act.holds("secretariat", "bookkeeper", "administrator")
    return lambda url: (
        url in own or url.startswith(EVERYBODYS) or (books and url.startswith("/ledger/"))
    )


def guide_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture of the guide."""
    file = pages.picture(name)
    if file is None:
        raise Http404
    response = FileResponse(file.open("rb"))
    response["Cache-Control"] = "public, max-age=86400"
    return response

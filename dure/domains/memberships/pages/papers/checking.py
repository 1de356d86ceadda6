"""Is this paper genuine? Anybody may ask, by the number or the code printed on it."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.refusals import InvalidInput, Refusal
from dure.ui.doors import page, refused

from ... import documents, queries
from ...forms.papers import FILE_MAX, not_too_many_checks

TYPED_MAX = 40


class NoSuchPaper(Refusal):
    """No paper of this network has the number or code."""

    text = _("This network issued no paper with the number or code “%(given)s”.")
    remedy = _(
        "Type it again as printed. If it is printed so, ask the network: the paper may be forged."
    )
    status = 404


class NotComparable(InvalidInput):
    """There is no file to compare, or nothing left to compare it with."""

    text = _("Choose the PDF file of this paper, up to 5 MB.")


def check(request: HttpRequest) -> HttpResponse:
    """The form; what was typed leads to the paper's own address."""
    if given := request.GET.get("q", "").strip():
        return redirect("check:paper", given[:TYPED_MAX].replace("/", " "))
    return page(request, "memberships/paper_check.html", {"given": ""})


def paper(request: HttpRequest, given: str) -> HttpResponse:
    """What may be told of one paper; a file that was sent along is compared with it."""
    about = {"given": given[:TYPED_MAX]}
    template = "memberships/paper_check.html"
    try:
        not_too_many_checks(request)
        found = queries.check_paper(given[:TYPED_MAX])
        if found is None:
            raise NoSuchPaper(given=given[:TYPED_MAX])
        shown = {**about, "found": found}
        if request.method == "POST":
            shown["compared"] = _compared(request, given)
        return page(request, template, shown)
    except Refusal as refusal:
        return refused(request, refusal, template, about)


def _compared(request: HttpRequest, given: str) -> tuple[str, str]:
    """(tone, words): whether the file is the paper as this network prints it."""
    sent = request.FILES.get("file")
    paper = queries.printed_for_check(given)
    if sent is None or (sent.size or 0) > FILE_MAX or paper is None:
        raise NotComparable
    genuine = documents.papers_pdf([replace(paper, revoked=False)])
    if sent.read() == genuine:
        return "ok", _now("The file is unaltered: byte for byte what this network issued.")
    return "warn", _now(
        "The file is not what this network issued. It was altered, or saved again by another program. Compare it with the paper, or ask the network."
    )


urlpatterns = [
    path("", check, name="check"),
    path("<str:given>/", paper, name="paper"),
]

"""Refusals that no page showed itself, and addresses that lead nowhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from dure.kernel.refusals import Denied, Refusal
from dure.ui.doors import refused, wants_part


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as a page. A visitor who is denied is asked to log in first, and comes back."""
    if isinstance(refusal, Denied) and request.person_id is None and request.method in {"GET", "HEAD"}:  # type: ignore[attr-defined]
        return to_login(request)
    if isinstance(refusal, Denied) and request.whole_standing.wants_second_factor:  # type: ignore[attr-defined]
        return refused(request, refusal, "site/second_factor_wanted.html")
    return refused(request, refusal)


def to_login(request: HttpRequest) -> HttpResponse:
    address = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    if wants_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if request.path.startswith("/api/v1/"):
        from .api import problem

        return problem(404, "NotFound", _("There is nothing at this address."))
    return render(request, "404.html", {"status": 404}, status=404)

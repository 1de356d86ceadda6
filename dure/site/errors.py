"""Refusals that no page showed itself, and addresses that lead nowhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy as _lazy

from dure.kernel.refusals import Denied, InvalidInput, NotFound, Refusal
from dure.ui.doors import refused, wants_part


class OutOfRange(InvalidInput):
    """A number is larger than any the database can hold, so there is no such thing either."""

    text = _lazy("A number is too large.")
    status = 422


def is_out_of_range(exception: Exception) -> bool:
    """Whether a number asked for does not fit into 64 bits: an input nobody checked before."""
    if isinstance(exception, OverflowError):
        return "too large to convert" in str(exception)
    return isinstance(exception, DataError) and "out of range" in str(exception)


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as a page. (A visitor who only looks is led to the log-in by the middleware.)"""
    if isinstance(refusal, Denied) and request.whole_standing.wants_second_factor:  # type: ignore[attr-defined]
        return refused(request, refusal, "site/second_factor_wanted.html")
    return refused(request, refusal)


def to_login(request: HttpRequest) -> HttpResponse:
    address = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    if wants_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def too_large_page(request: HttpRequest) -> HttpResponse:
    """An address with a number that cannot exist leads nowhere; a form with one is refused."""
    return refused(request, NotFound() if request.method in {"GET", "HEAD"} else OutOfRange())


def wrong_method(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """The API's own answer to a method an address does not know."""
    from .api import problem

    told = problem(
        405,
        "MethodNotAllowed",
        _("This address does not answer to %(method)s.") % {"method": request.method or ""},
    )
    if "Allow" in response.headers:
        told.headers["Allow"] = response.headers["Allow"]
    return told


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if request.path.startswith("/api/v1/"):
        from .api import problem

        return problem(404, "NotFound", _("There is nothing at this address."))
    return render(request, "404.html", {"status": 404}, status=404)

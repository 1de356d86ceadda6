"""Refusals and errors as pages that explain: what was asked, why not, what can be done next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dure.kernel.refusals import Refusal

def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return _page(request, refusal.status, str(refusal), refusal.advice)


def _page(request: HttpRequest, status: int, reason: str, remedy: str = "") -> HttpResponse:
    titles = {
        400: _("This request cannot be understood"),
        403: _("This is not open to you"),
        404: _("There is nothing here"),
        409: _("Someone was faster"),
        422: _("This cannot be done"),
        500: _("Something broke"),
    }
    return render(
        request,
        "site/refused.html",
        {"title": titles.get(status, titles[422]), "reason": reason, "remedy": remedy, "status": status},
        status=status,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, _("The address or the form is damaged."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, str(exception) or _("Your role does not include this page."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        404,
        _("The page may have moved, or the address has a typing error."),
        _("Start from the first page or use the search."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("The form was open for too long, or cookies are off, so we could not be sure it was you."),
        _("Go back, reload the page and send it again."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """No template logic that could break a second time: a plain page."""
    from django.template.loader import render_to_string

    try:
        page = render_to_string("site/broken.html", {"title": _("Something broke")})
    except Exception:  # noqa: BLE001 the last door: it must answer
        page = "<!doctype html><title>500</title><h1>500</h1>"
    return HttpResponse(page, status=500)

"""The screens of the frame itself: contrast, and the style guide for those who build pages."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from . import styleguide

app_name = "ui"

YEAR_SECONDS = 365 * 24 * 3600


@require_POST
def contrast(request: HttpRequest) -> HttpResponse:
    """Remember in a cookie whether this browser wants high contrast, and go back."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(back if safe else "/")
    if request.POST.get("contrast") == "more":
        response.set_cookie(
            "contrast", "more", max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie("contrast", samesite="Lax")
    return response


def guide(request: HttpRequest) -> HttpResponse:
    """The style guide, on developers' servers."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "ui/styleguide.html", styleguide.shown(request))


urlpatterns = [
    path("contrast/", contrast, name="contrast"),
    path("styleguide/", guide, name="styleguide"),
]

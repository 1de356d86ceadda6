"""What every request passes: headers, language, who acts in which standing, refusals as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from dure.domains.bylaws import queries as rules
from dure.domains.parties import queries as parties
from dure.kernel import clock
from dure.kernel.refusals import Refusal

from . import errors, standing

Answer = Callable[[HttpRequest], HttpResponseBase]
API = "/api/v1/"
READING = ("GET", "HEAD")

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self' https://kauth.kakao.com https://nid.naver.com",
    )
)


class SecurityHeaders:
    """No inline script, no frames, nothing from other hosts; personal pages are not kept."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class Language:
    """The language a person chose, else Korean; the API follows Accept-Language."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(API):
            language = _asked_of_api(request)
        else:
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
            language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(
            response, ("Accept-Language",) if request.path.startswith(API) else ("Cookie",)
        )
        return response


def _asked_of_api(request: HttpRequest) -> str:
    known = dict(settings.LANGUAGES)
    for part in request.headers.get("Accept-Language", "").split(",")[:10]:
        code = part.split(";")[0].strip().lower().split("-")[0]
        if code in known:
            return code
    return settings.LANGUAGE_CODE


class Acting:
    """Reads the clock once and finds who asks, and in which standing."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.at = clock.now()  # type: ignore[attr-defined]
        request.names_of = parties.names_of  # type: ignore[attr-defined]
        standing.attach(request, standing.of_session(request))
        if request.method not in READING:
            return self.get_response(request)
        with rules.one_reading():
            return self.get_response(request)


class Refusals:
    """A refusal that a page did not show itself becomes a page that explains it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 405 and request.path.startswith(API):
            return errors.wrong_method(request, response)
        if (
            response.status_code == 403
            and request.method in {"GET", "HEAD"}
            and not request.user.is_authenticated
            and not request.path.startswith(API)
        ):
            return errors.to_login(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal) and not request.path.startswith(API):
            return errors.refusal_page(request, exception)
        if errors.is_out_of_range(exception):
            return errors.too_large_page(request)
        return None

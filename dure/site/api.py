"""The root of the JSON API at /api/v1/: who asks, how far they may go, how errors look.

Errors are application/problem+json (RFC 9457): `title` is the refusal's name, `detail` its text in
the language asked for, the refusal's parameters stand beside them.
"""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _now, gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.security import HttpBearer, SessionAuth

import dure
from dure.domains.parties.queries import access
from dure.kernel.refusals import Denied, Refusal
from dure.ui.api import KEY_HEADER

from . import errors, standing
from .month_end.api import router as month_end
from .rooms import doors

PROBLEM = "application/problem+json"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_log = logging.getLogger("dure.api")


class ScopeMissing(Denied):
    """The token does not reach this far."""

    def __init__(self, scope: str) -> None:
        Refusal.__init__(
            self, reason=_("This token lacks the scope %(scope)s.") % {"scope": scope}, scope=scope
        )


class Token(HttpBearer):
    """`Authorization: Bearer …`: a token made at /account/tokens/ or by `dure people token`."""

    openapi_name = "token"

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        digest = hashlib.sha256(token.encode()).hexdigest()
        at = request.at  # type: ignore[attr-defined]
        holder = access.token_holder(digest, at)
        if holder is None:
            return None
        scope = scope_of(request)
        if scope not in holder.scopes:
            raise ScopeMissing(scope)
        standing.attach(request, standing.of_token(holder, at))
        return holder


def scope_of(request: HttpRequest) -> str:
    """The scope an address asks for: its first part, to read or to write."""
    first = request.path.removeprefix("/api/v1/").split("/")[0]
    return f"{first}:{'read' if request.method in SAFE else 'write'}"


class Session(SessionAuth):
    """The browser's own session, with Django's CSRF protection; its person's whole standing."""

    openapi_name = "session"

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user if request.user.is_authenticated else None


class CleanParser(Parser):
    """No engine keeps the NUL character; better said at the door than in the middle of a deed."""

    def parse_body(self, request: HttpRequest) -> Any:
        if b"\\u0000" in request.body or b"\0" in request.body:
            raise HttpError(400, _now("The NUL character cannot be kept."))
        return super().parse_body(request)

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        if any(
            "\0" in value
            for values in data.lists()
            for value in values[1]
            if isinstance(value, str)
        ):
            raise HttpError(400, _now("The NUL character cannot be kept."))
        return super().parse_querydict(data, list_fields, request)


class Root(NinjaAPI):
    """Adds to every operation what the root answers: problems, the idempotency key, scopes."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**given)
        components = schema.setdefault("components", {})
        components.setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
        components["responses"] = {
            name: {
                "description": text,
                "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }
            for name, text in PROBLEMS.items()
        }
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                _complete(path, method, operation)
        return schema


PROBLEMS = {
    "400": "The request cannot be read",
    "401": "Log in, or send a valid token",
    "403": "The policy or the token's scope does not allow it",
    "404": "There is no such thing, or you may not see it",
    "409": "The rules do not allow it now; or the key was used for other input; or someone was faster",
    "422": "Something in the input cannot be read or is out of range",
    "429": "Too many of these came from your connection; try again later",
}
PROBLEM_SCHEMA = {
    "title": "Problem",
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "The name of the refusal"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "The reason, in the language asked for"},
        "advice": {"type": "string", "description": "What can be done next"},
        "params": {"type": "object", "description": "The values in the reason"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status in PROBLEMS:
        if status in {"401", "403"} and not operation.get("security"):
            continue
        if status == "429" and (operation.get("security") or method.upper() in SAFE):
            continue  # only what visitors may send is counted
        responses.setdefault(status, {"$ref": f"#/components/responses/{status}"})
    if method.upper() not in SAFE:
        operation.setdefault("parameters", []).append(
            {
                "in": "header",
                "name": KEY_HEADER,
                "required": False,
                "schema": {"type": "string", "format": "uuid"},
                "description": "The same key with the same input answers with the first result.",
            }
        )
    if operation.get("security"):
        first = path.removeprefix("/api/v1/").split("/")[0]
        operation["x-scope"] = f"{first}:{'read' if method.upper() in SAFE else 'write'}"


api = Root(
    title="Dure",
    version="1",
    description="The deeds and lists of one network. Money is whole won; days are ISO 8601.",
    urls_namespace="api",
    docs_url=None,
    parser=CleanParser(),
    auth=[Token(), Session()],
)


# -- errors ------------------------------------------------------------------------------------


def problem(status: int, title: str, detail: str, *, advice: str = "", **more: Any) -> HttpResponse:
    body = {
        "type": "about:blank" if title == "about" else f"/api/#{title}",
        "title": title,
        "status": status,
        "detail": detail,
        **({"advice": advice} if advice else {}),
        **more,
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False, default=str), status=status, content_type=PROBLEM
    )
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Refusal)
def on_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    params = {
        name: str(value) if isinstance(value, Promise) else value
        for name, value in refusal.params.items()
    }
    return problem(refusal.status, refusal.code, str(refusal), advice=refusal.advice, params=params)


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(401, "NotLoggedIn", _now("Log in, or send a valid token."))


@api.exception_handler(PermissionDenied)
def on_denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, "Denied", str(error) or _now("You may not do this."))


@api.exception_handler(Http404)
def on_absent(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "NotFound", _now("There is no such thing, or you may not see it."))


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"at": "/".join(str(part) for part in found["loc"]), "reason": found["msg"]}
        for found in error.errors
    ]
    return problem(
        422,
        "InvalidInput",
        _now("%(count)d values cannot be read.") % {"count": len(errors)},
        errors=errors,
    )


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, "BadRequest", str(error))


@api.exception_handler(Exception)
def on_bug(request: HttpRequest, error: Exception) -> HttpResponse:
    """Bugs crash: they are logged and told as such, without their insides."""
    if errors.is_out_of_range(error):
        return on_refusal(request, errors.OutOfRange())
    got_request_exception.send(sender=api, request=request)
    _log.exception("%s %s", request.method, request.path)
    return problem(500, "Broken", _now("Something broke. It has been logged."))


# -- the site's own operations -----------------------------------------------------------------


class CapacityOut(Schema):
    name: str
    of: int | None


class MeOut(Schema):
    person_id: int
    name: str
    standing: list[CapacityOut]


@api.get("/me", operation_id="me", response=MeOut, tags=["me"])
def me(request: HttpRequest) -> MeOut:
    """Who I am here, and in which standing."""
    from dure.domains.parties import queries as parties

    person_id: int = request.person_id  # type: ignore[attr-defined]
    capacities = sorted(request.standing, key=lambda c: (c.name, c.of or 0))  # type: ignore[attr-defined]
    return MeOut(
        person_id=person_id,
        name=parties.party_name(person_id),
        standing=[CapacityOut(name=c.name, of=c.of) for c in capacities],
    )


api.add_router("/month_end/", month_end)
for _room, _router in doors("api", "router"):
    api.add_router(f"/{_room}/", _router)


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document, as it is committed and served."""
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))  # type: ignore[no-any-return]


def describe(request: HttpRequest) -> HttpResponse:
    """The API on one page, written from the document, without any script."""
    found = document()
    operations = [
        {"method": method.upper(), "path": path, **operation}
        for path, of_path in found["paths"].items()
        for method, operation in of_path.items()
    ]
    rooms: dict[str, list[dict[str, Any]]] = {}
    for operation in operations:
        rooms.setdefault((operation.get("tags") or ["site"])[0], []).append(operation)
    return render(
        request,
        "site/api.html",
        {"title": "API", "rooms": rooms, "problems": PROBLEMS, "version": dure.__doc__},
    )

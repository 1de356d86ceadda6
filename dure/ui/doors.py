"""The door pattern of pages and CLI: parse, one call, present.

A page makes its act with `act_of(request)`, a CLI command with `cli_act()`. `form_page` is the
whole life of a form: show it, read it, show the effect first where that is asked, make the one
call, and come back to the same page with everything typed when it is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from dure.kernel.acts import Act
from dure.kernel.refusals import Denied, Refusal, type_text
from dure.kernel.verdict import Verdict

# -- acts ------------------------------------------------------------------------------------


def act_of(request: HttpRequest) -> Act:
    """The act of this request: who and when the site has found out, under the form's key.

    A GET, or a form without a key, acts under a new key. A key that is no UUID is a bad request:
    quietly replacing it would let a repeated form act twice.
    """
    return Act(
        actor_id=request.person_id,  # type: ignore[attr-defined]
        at=request.at,  # type: ignore[attr-defined]
        key=_key_of(request),
        via="web",
        standing=request.standing,  # type: ignore[attr-defined]
    )


def _key_of(request: HttpRequest) -> UUID:
    given = request.POST.get("key", "") if request.method == "POST" else ""
    if not given:
        return uuid4()
    try:
        return UUID(given)
    except ValueError as error:
        raise BadRequest("The key of the form is not a UUID.") from error


_cli: ContextVar[tuple[Act, list[int]] | None] = ContextVar("cli_act", default=None)


def set_cli_act(act: Act) -> None:
    """Called once by the site's CLI root, before the command runs."""
    _cli.set((act, [0]))


def cli_act() -> Act:
    """The act of this CLI call. Every further one has its own key, derived from the first,
    so that `--key` makes a whole call repeatable."""
    held = _cli.get()
    assert held is not None, "the CLI root did not set the act"
    act, used = held
    used[0] += 1
    return act if used[0] == 1 else replace(act, key=uuid5(act.key, str(used[0])))


# -- answers ---------------------------------------------------------------------------------


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page. Restoring history wants the whole."""
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-History-Restore-Request") != "true"
        and request.headers.get("HX-Boosted") != "true"
    )


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page, or only its part when htmx asks for it and the page has one."""
    shown = part if part and wants_part(request) else template
    response = render(request, shown, dict(context or {}), status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def refused(
    request: HttpRequest,
    refusal: Refusal,
    template: str = "ui/refused.html",
    context: Mapping[str, Any] | None = None,
    *,
    part: str = "",
    status: int | None = None,
) -> HttpResponse:
    """Show a refusal on a page: `refusal` is in the context, the status is the refusal's own."""
    status = status or refusal.status
    about = {"status": status, "back": _came_from(request), **(context or {}), "refusal": refusal}
    response = page(request, template, about, part=part, status=status)
    if wants_part(request) and not part:  # a whole page where a part was to go: show its content
        response["HX-Retarget"] = response["HX-Reselect"] = "#main"
        response["HX-Reswap"] = "outerHTML"
    return response


def _came_from(request: HttpRequest) -> str:
    """The page of ours that led here; empty when there is none, or it is this one."""
    there = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        there, {request.get_host()}, require_https=request.is_secure()
    )
    return there if ours and there != request.build_absolute_uri() else ""


def away(request: HttpRequest, to: Any, said: type_text = "") -> HttpResponse:
    """Redirect after a post, with a message. `to` is a URL, a view name or (name, *arguments); or
    the answer itself, where something is shown only once.
    """
    if isinstance(to, HttpResponse):
        return to
    if said:
        messages.success(request, str(said))
    url = resolve_url(*to) if isinstance(to, tuple) else resolve_url(to)
    if wants_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def onward(request: HttpRequest, otherwise: Any) -> Any:
    """Where a form says it wants to go on (`next`, a path of ours), else `otherwise`."""
    there = request.POST.get("next", "") or request.GET.get("next", "")
    ours = there.startswith("/") and url_has_allowed_host_and_scheme(there, None)
    return there if ours else otherwise


# -- forms -----------------------------------------------------------------------------------

type_context = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


def form_page(
    request: HttpRequest,
    *,
    form: type[forms.Form] | Callable[..., forms.Form],
    template: str,
    call: Callable[[Act, dict[str, Any]], Any],
    done: Callable[[Any], Any],
    said: type_text | Callable[[Any], type_text] = "",
    preview: Callable[[Act, dict[str, Any]], Any] | None = None,
    may: Callable[[Act], Verdict] | None = None,
    initial: dict[str, Any] | None = None,
    context: type_context | None = None,
    part: str = "",
) -> HttpResponse:
    """The whole life of a form on one page.

    GET shows the form; `may` is the policy asked first, so that a page one may not use says why.
    POST reads it (422 with the errors when it cannot be read), shows the effect when there is a
    `preview` that was not seen yet, makes the one `call(act, given)` and goes to `done(result)`.
    A refusal comes back to the same page, with its own status, with everything typed kept.
    """
    act = act_of(request)
    about = dict(context() if callable(context) else context or {})
    if may is not None:
        verdict = may(act)
        if not verdict:
            return refused(request, Denied(verdict.reason), context=about)
    if request.method != "POST":
        return page(request, template, {**about, "form": form(initial=initial)}, part=part)
    bound = form(request.POST, request.FILES, initial=initial)
    about["form"] = bound
    if not bound.is_valid():
        return page(request, template, about, part=part, status=422)
    try:
        if preview is not None:
            effect = preview(act, bound.cleaned_data)
            seal = _seal(request, effect)
            if request.POST.get("confirmed") != seal:
                about |= {"preview": effect, "confirmed": seal}
                return page(request, template, about, part=part)
        result = call(act, bound.cleaned_data)
    except Refusal as refusal:
        return refused(request, refusal, template, about, part=part)
    return away(request, done(result), said(result) if callable(said) else said)


def form_about(
    request: HttpRequest,
    at: Any,
    *,
    title: type_text,
    form: type[forms.Form] | Callable[..., forms.Form],
    call: Callable[[Act, dict[str, Any]], Any],
    said: type_text | Callable[[Any], type_text] = "",
    name: type_text = "",
    template: str = "ui/form.html",
    done: Callable[[Any], Any] | None = None,
    preview: Callable[[Act, dict[str, Any]], Any] | None = None,
    may: Callable[[Act], Verdict] | None = None,
    initial: dict[str, Any] | None = None,
    **more: Any,
) -> HttpResponse:
    """A `form_page` about one thing, whose page is `at`: there one is afterwards (unless `done` leads
    on), and there one is back without having done it. `title` says what is done, also on the button;
    `name` what to. `more` goes into the context of a template of its own."""
    return form_page(
        request,
        form=form,
        template=template,
        call=call,
        done=done or (lambda made: at),
        said=said,
        preview=preview,
        may=may,
        initial=initial,
        context={
            "title": title,
            "name": name,
            "back": resolve_url(*at) if isinstance(at, tuple) else resolve_url(at),
            **more,
        },
    )


def action(
    request: HttpRequest,
    *,
    call: Callable[[Act], Any],
    back: Any,
    done: Callable[[Any], Any] | None = None,
    said: type_text | Callable[[Any], type_text] = "",
) -> HttpResponse:
    """A button without a form: one call, then back where it stands, unless `done(result)` leads on; a
    refusal is told at `back`."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    try:
        result = call(act_of(request))
    except Refusal as refusal:
        return refused(
            request,
            refusal,
            context={"back": resolve_url(*back) if isinstance(back, tuple) else resolve_url(back)},
        )
    to = back if done is None else done(result)
    return away(request, to, said(result) if callable(said) else said)


def _seal(request: HttpRequest, effect: Any) -> str:
    """What was typed and the effect that was shown, as one digest: a changed form or a changed
    effect is shown again before it is done."""
    typed = {
        name: request.POST.getlist(name)
        for name in sorted(request.POST)
        if name not in ("key", "confirmed", "csrfmiddlewaretoken")
    }
    told = re.sub(r" at 0x[0-9a-f]+", "", repr(effect))  # places in memory are no part of an effect
    seen = json.dumps([typed, str(effect), told], ensure_ascii=False)
    return hashlib.sha256(seen.encode()).hexdigest()[:32]

"""What becomes of a resolution after the vote: approved, declared void, undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.refusals import type_text
from dure.kernel.verdict import Verdict
from dure.ui.doors import act_of, form_page

from .. import commands, policies, queries
from ..forms import resolutions as forms


def _about(
    request: HttpRequest,
    resolution_id: int,
    form: type[django_forms.Form],
    may: Callable[[Act], Verdict],
    call: Callable[..., Any],
    title: str,
    said: type_text | Callable[[Any], type_text],
) -> HttpResponse:
    act = act_of(request)
    may(act).enforce()
    card = queries.resolution_card(act, resolution_id)
    return form_page(
        request,
        form=form,
        template="governance/form.html",
        may=may,
        call=lambda act, given: call(act, resolution_id=resolution_id, **given),
        done=lambda made: ("governance:resolution", resolution_id),
        said=said,
        context={
            "title": title,
            "name": f"{card.number} · {card.question}",
            "back": reverse("governance:resolution", args=[resolution_id]),
        },
    )


def note_approval(request: HttpRequest, resolution_id: int) -> HttpResponse:
    return _about(
        request,
        resolution_id,
        forms.NoteApproval,
        policies.can_note_approval,
        commands.note_approval,
        _now("Note the approval"),
        lambda row: row.done_text or _now("Noted."),
    )


def void_resolution(request: HttpRequest, resolution_id: int) -> HttpResponse:
    return _about(
        request,
        resolution_id,
        forms.VoidResolution,
        policies.can_void_resolution,
        commands.void_resolution,
        _now("Declare the resolution void"),
        lambda row: row.undone_text or _now("The resolution is void."),
    )


def settle_void(request: HttpRequest, resolution_id: int) -> HttpResponse:
    return _about(
        request,
        resolution_id,
        forms.SettleVoid,
        policies.can_settle_void,
        commands.settle_void,
        _now("Note what was undone"),
        _("Noted."),
    )


urlpatterns = [
    path("resolutions/<int:resolution_id>/approval/", note_approval, name="note_approval"),
    path("resolutions/<int:resolution_id>/void/", void_resolution, name="void_resolution"),
    path("resolutions/<int:resolution_id>/undone/", settle_void, name="settle_void"),
]

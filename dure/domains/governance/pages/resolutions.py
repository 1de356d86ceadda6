"""What becomes of a resolution after the vote: approved, declared void, undone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.ui.doors import act_of, form_about

from .. import commands, policies, queries
from ..forms import resolutions as forms


def note_approval(request: HttpRequest, resolution_id: int) -> HttpResponse:
    return form_about(
        request,
        ("governance:resolution", resolution_id),
        title=_now("Note the approval"),
        name=queries.resolution_named(act_of(request), resolution_id),
        form=forms.NoteApproval,
        may=policies.can_note_approval,
        call=lambda act, given: commands.note_approval(act, resolution_id=resolution_id, **given),
        said=lambda row: row.done_text or _now("Noted."),
    )


def void_resolution(request: HttpRequest, resolution_id: int) -> HttpResponse:
    return form_about(
        request,
        ("governance:resolution", resolution_id),
        title=_now("Declare the resolution void"),
        name=queries.resolution_named(act_of(request), resolution_id),
        form=forms.VoidResolution,
        may=policies.can_void_resolution,
        call=lambda act, given: commands.void_resolution(act, resolution_id=resolution_id, **given),
        said=lambda row: row.undone_text or _now("The resolution is void."),
    )


def settle_void(request: HttpRequest, resolution_id: int) -> HttpResponse:
    return form_about(
        request,
        ("governance:resolution", resolution_id),
        title=_now("Note what was undone"),
        name=queries.resolution_named(act_of(request), resolution_id),
        form=forms.SettleVoid,
        may=policies.can_settle_void,
        call=lambda act, given: commands.settle_void(act, resolution_id=resolution_id, **given),
        said=_("Noted."),
    )


urlpatterns = [
    path("resolutions/<int:resolution_id>/approval/", note_approval, name="note_approval"),
    path("resolutions/<int:resolution_id>/void/", void_resolution, name="void_resolution"),
    path("resolutions/<int:resolution_id>/undone/", settle_void, name="settle_void"),
]

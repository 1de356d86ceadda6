"""Meetings: planned, called, told of, attended; the live quorum."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.kernel.acts import Act, day_of
from dure.kernel.reads import note_read
from dure.kernel.refusals import type_text
from dure.ui.doors import act_of, action, form_about, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, forms, policies, queries
from ..queries.effects import Effect
from ..rules.bodies import MATTERS

CODE_MAX = 12  # letters of a code as somebody may type it

MATTER_LABELS = dict(MATTERS)
MEETINGS = Table(
    id="meetings",
    title=_("Meetings"),
    columns=(
        Column("starts_at", pgettext_lazy("governance", "When"), kind="moment", sort="starts_at"),
        Column("title", _("Meeting"), link=lambda m: reverse("governance:meeting", args=[m.pk])),
        Column("body", _("Body"), "body.name"),
        Column("place", _("Place")),
        Column("state", _("State"), "get_state_display"),
    ),
    sort="-starts_at",
    empty_title=_("No meetings yet"),
    empty_text=_("A meeting is planned on the page of its body."),
)


def meetings(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request, MEETINGS)
    return show(
        request, MEETINGS, asked, queries.meetings(act_of(request)), "governance/meetings.html"
    )


def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A meeting: when and where, what is on, whether enough are there."""
    act = act_of(request)
    card = queries.meeting_card(act, meeting_id)
    runs = bool(policies.can_run_meeting(act, card))
    return page(
        request,
        "governance/meeting.html",
        {
            "card": card,
            "runs": runs,
            "waits": runs and queries.waits_for_agenda(card),
            "live": queries.quorum_shown(act, meeting_id, request.whole_standing.deeds),  # type: ignore[attr-defined]
            "code": request.GET.get("code", "")[:CODE_MAX],
        },
    )


def plan_meeting(request: HttpRequest, body_id: int) -> HttpResponse:
    return form_about(
        request,
        ("governance:body", body_id),
        title=_now("Plan a meeting"),
        name=queries.body_card(act_of(request), body_id).name,
        form=forms.PlanMeeting,
        may=lambda act: policies.can_plan_meeting(act, body_id),
        call=lambda act, given: commands.plan_meeting(act, body_id=body_id, **given),
        done=lambda made: ("governance:meeting", made.pk),
        said=_("The meeting is planned. Put its agenda together, then call it."),
    )


OF_ITEM = ("title", "matter", "text", "owner_id", "planned_minutes")  # whatever its effect asks


def add_item(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """An item to talk about; or, with an effect from the table, one whose resolution does it. Offered
    is what this body may decide on."""
    act = act_of(request)
    row = queries.meeting_row(act, meeting_id)
    policies.can_add_item(act, row).enforce()
    name, offered = request.GET.get("effect", ""), queries.effects_for(row)
    wired = queries.effect_named(name) if name else None
    if wired is not None and name not in dict(offered):
        raise commands.BodyNotCompetent(body=row.body.name, matter=str(wired.label))
    fields: tuple[type[django_forms.Form], ...] = (forms.Presented, forms.AddItem)
    if wired is not None:
        fields = (forms.Presented, wired.form, forms.AddEffectItem)
        if wired.names_people:  # whose cases and claims they are is seen
            note_read(act, None, "governance.choices")
    form = type("AddItem", fields, {})

    def call(act: Act, given: dict[str, Any]) -> Any:
        own = {key: given.pop(key) for key in OF_ITEM if key in given}
        if wired is None:
            own["matter"] = own["matter"] or "business"
        about = {key: _plain(value) for key, value in given.items()}
        return commands.add_item(act, meeting_id=meeting_id, effect=name, effect_data=about, **own)

    return form_about(
        request,
        ("governance:meeting", meeting_id),
        title=_now("Put an item on the agenda"),
        name=row.title,
        template="governance/add_item.html",
        form=form,
        may=lambda act: policies.can_add_item(act, row),
        call=call,
        said=_("The item is on the agenda."),
        initial={"title": str(wired.label), **request.GET.dict()} if wired else {},
        effects=_by_matter(offered),
        effect=name,
    )


def _by_matter(
    offered: tuple[tuple[str, Effect], ...],
) -> list[tuple[type_text, list[tuple[str, type_text]]]]:
    """The effects under the matters they belong to."""
    found: dict[str, list[tuple[str, type_text]]] = {}
    for name, one in offered:
        found.setdefault(one.matter, []).append((name, one.label))
    return [(MATTER_LABELS[matter], listed) for matter, listed in found.items()]


def bring_item(request: HttpRequest, effect: str) -> HttpResponse:
    """Where something can be decided that only a body decides: its meetings to come."""
    act = act_of(request)
    wired, places = queries.effect_named(effect), queries.places_for(act, effect)
    asked = QueryDict(mutable=True)
    asked.update({**request.GET.dict(), "effect": effect})
    about = {"title": wired.label, "places": places, "asked": asked.urlencode()}
    return page(request, "governance/bring_item.html", about)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def convene_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.convene_meeting(act, meeting_id=meeting_id),
        done=lambda row: ("governance:notices", meeting_id),
        said=_(
            "The meeting is called. Letters go to all who can be mailed; see who is left to be told."
        ),
        back=("governance:meeting", meeting_id),
    )


def open_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Opened on its day; its chair leads, or whoever is named with the reason."""
    row = queries.meeting_row(act_of(request), meeting_id)
    chair = queries.chair_of(row.body, day_of(row.starts_at))
    return form_about(
        request,
        ("governance:meeting", meeting_id),
        title=_now("Open the meeting"),
        name=row.title,
        form=forms.OpenMeeting,
        may=lambda act: policies.can_open_meeting(act, row),
        call=lambda act, given: commands.open_meeting(act, meeting_id=meeting_id, **given),
        said=_("The meeting is open."),
        initial={"chair_id": f"#{chair}" if chair else ""},
    )


def close_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.close_meeting(act, meeting_id=meeting_id),
        said=_("The meeting is closed."),
        back=("governance:meeting", meeting_id),
    )


def call_off_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    row = queries.meeting_row(act_of(request), meeting_id)
    return form_about(
        request,
        ("governance:meeting", meeting_id),
        title=_now("Call the meeting off"),
        name=row.title,
        form=forms.CallOff,
        may=lambda act: policies.can_call_off_meeting(act, row),
        call=lambda act, given: commands.call_off_meeting(act, meeting_id=meeting_id, **given),
        said=_("The meeting is called off."),
    )


def reconvene_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    row = queries.meeting_row(act_of(request), meeting_id)
    return form_about(
        request,
        ("governance:meeting", meeting_id),
        title=_now("Call the meeting again"),
        name=row.title,
        form=forms.Reconvene,
        may=lambda act: policies.can_reconvene_meeting(act, row),
        call=lambda act, given: commands.reconvene_meeting(act, meeting_id=meeting_id, **given),
        done=lambda made: ("governance:notices", made.pk),
        said=_(
            "The meeting is called again, with its agenda. Letters go to all who can be mailed."
        ),
    )


urlpatterns = [
    path("meetings/", meetings, name="meetings"),
    path("bodies/<int:body_id>/meetings/plan/", plan_meeting, name="plan_meeting"),
    path("meetings/<int:meeting_id>/", meeting, name="meeting"),
    path("meetings/<int:meeting_id>/items/add/", add_item, name="add_item"),
    path("bring/<str:effect>/", bring_item, name="bring_item"),
    path("meetings/<int:meeting_id>/convene/", convene_meeting, name="convene_meeting"),
    path("meetings/<int:meeting_id>/open/", open_meeting, name="open_meeting"),
    path("meetings/<int:meeting_id>/close/", close_meeting, name="close_meeting"),
    path("meetings/<int:meeting_id>/call-off/", call_off_meeting, name="call_off_meeting"),
    path("meetings/<int:meeting_id>/again/", reconvene_meeting, name="reconvene_meeting"),
]

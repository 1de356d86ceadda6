"""Demands for a meeting: made, signed, answered."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.ui.doors import act_of, action, form_about, page

from .. import commands, policies, queries
from ..forms import demands as forms


def demands(request: HttpRequest, body_id: int) -> HttpResponse:
    """What meetings are demanded of a body, how many have signed, and by when they are to be called."""
    act = act_of(request)
    card = queries.body_card(act, body_id)
    about = {
        "card": card,
        "demands": queries.demands(act, body_id=body_id),
        "may_demand": queries.may_demand(act, body_id),
        "runs": bool(policies.can_plan_meeting(act, body_id)),
    }
    return page(request, "governance/demands.html", about)


def demand_meeting(request: HttpRequest, body_id: int) -> HttpResponse:
    act = act_of(request)
    card, voters = queries.body_card(act, body_id), queries.voters_for(act, body_id)
    return form_about(
        request,
        ("governance:demands", body_id),
        title=_now("Demand a meeting"),
        name=card.name,
        form=partial(forms.DemandMeeting, voters=voters),
        may=policies.can_see_bodies,
        call=lambda act, given: commands.demand_meeting(act, body_id=body_id, **given),
        said=_("The demand is made and signed by you. Others sign it on this page."),
    )


def sign_demand(request: HttpRequest, demand_id: int, party_id: int) -> HttpResponse:
    card = queries.demand_card(act_of(request), demand_id)
    return action(
        request,
        call=lambda act: commands.sign_demand(act, demand_id=demand_id, party_id=party_id),
        said=_("Signed."),
        back=("governance:demands", card.body_id),
    )


def answer_demand(request: HttpRequest, demand_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.demand_card(act, demand_id)
    coming: list[tuple[int, Any]] = [
        (one.pk, one.title)
        for one in queries.meetings(act, body_id=card.body_id)
        if one.state in ("planned", "convened")
    ]
    return form_about(
        request,
        ("governance:demands", card.body_id),
        title=_now("Name the meeting that was demanded"),
        name=card.purpose[:120],
        form=partial(forms.AnswerDemand, meetings=coming),
        may=lambda act: policies.can_answer_demand(act, card),
        call=lambda act, given: commands.answer_demand(act, demand_id=demand_id, **given),
        said=_("Noted: this is the meeting that was demanded."),
    )


urlpatterns = [
    path("bodies/<int:body_id>/demands/", demands, name="demands"),
    path("bodies/<int:body_id>/demands/new/", demand_meeting, name="demand_meeting"),
    path("demands/<int:demand_id>/sign/<int:party_id>/", sign_demand, name="sign_demand"),
    path("demands/<int:demand_id>/answer/", answer_demand, name="answer_demand"),
]

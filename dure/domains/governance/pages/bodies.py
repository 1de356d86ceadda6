"""Bodies: the list, one with its seats and what it may decide, and how they change."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.ui.doors import act_of, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, forms, policies, queries

BODIES = Table(
    id="bodies",
    title=_("Bodies"),
    columns=(
        Column("name", _("Name"), link=lambda b: reverse("governance:body", args=[b.pk])),
        Column("kind", pgettext_lazy("governance", "Kind"), "get_kind_display"),
        Column("from_date", _("From"), kind="day"),
        Column("until_date", _("Ends on"), kind="day"),
    ),
    empty_title=_("No bodies yet"),
    empty_text=_("Begin with the general meeting; then the board or the steering committee."),
)


def bodies(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request, BODIES)
    act = act_of(request)
    rows = queries.bodies(act)
    may = {"may_add": bool(policies.can_add_body(act))}
    return show(request, BODIES, asked, rows, "governance/bodies.html", may)


def body(request: HttpRequest, body_id: int) -> HttpResponse:
    """A body: who sits there, what it may decide, when it meets."""
    act = act_of(request)
    return page(
        request,
        "governance/body.html",
        {
            "card": queries.body_card(act, body_id),
            "meetings": queries.meetings(act, body_id=body_id)[:10],
            "resolutions": queries.resolutions(act, body_id=body_id)[:10],
            "office": bool(policies.can_add_body(act)),
            "may_plan": bool(policies.can_plan_meeting(act, body_id)),
        },
    )


def add_body(request: HttpRequest) -> HttpResponse:
    return form_page(
        request,
        form=forms.AddBody,
        template="governance/form.html",
        may=policies.can_add_body,
        call=lambda act, given: commands.add_body(act, **given),
        done=lambda made: ("governance:body", made.pk),
        said=_("The body is there. Give it its seats next."),
        context={"title": _now("Add a body"), "back": reverse("governance:bodies")},
    )


def grant_competence(request: HttpRequest, body_id: int) -> HttpResponse:
    card = queries.body_card(act_of(request), body_id)
    return form_page(
        request,
        form=forms.GrantCompetence,
        template="governance/form.html",
        may=policies.can_grant_competence,
        call=lambda act, given: commands.grant_competence(act, body_id=body_id, **given),
        done=lambda given: ("governance:body", body_id),
        said=_("The body may decide on this from now on."),
        context={
            "title": _now("Let the body decide on a matter"),
            "name": card.name,
            "back": reverse("governance:body", args=[body_id]),
        },
    )


def add_seat(request: HttpRequest, body_id: int) -> HttpResponse:
    card = queries.body_card(act_of(request), body_id)
    return form_page(
        request,
        form=forms.AddSeat,
        template="governance/form.html",
        may=policies.can_add_seat,
        call=lambda act, given: commands.add_seat(act, body_id=body_id, **given),
        done=lambda seat: ("governance:body", body_id),
        said=_("The seat is there."),
        context={
            "title": _now("Add a seat"),
            "name": card.name,
            "back": reverse("governance:body", args=[body_id]),
        },
    )


def fill_seat(request: HttpRequest, seat_id: int) -> HttpResponse:
    act = act_of(request)
    policies.can_fill_seat(act).enforce()
    body_id, name, title = queries.seat_named(act, seat_id)
    return form_page(
        request,
        form=forms.FillSeat,
        template="governance/form.html",
        may=policies.can_fill_seat,
        call=lambda act, given: commands.fill_seat(act, seat_id=seat_id, **given),
        done=lambda term: ("governance:body", body_id),
        said=_("The seat is filled."),
        context={
            "title": _now("Fill a seat"),
            "name": f"{name} · {title}" if title else name,
            "back": reverse("governance:body", args=[body_id]),
        },
    )


urlpatterns = [
    path("bodies/", bodies, name="bodies"),
    path("bodies/add/", add_body, name="add_body"),
    path("bodies/<int:body_id>/", body, name="body"),
    path("bodies/<int:body_id>/competence/", grant_competence, name="grant_competence"),
    path("bodies/<int:body_id>/seats/add/", add_seat, name="add_seat"),
    path("seats/<int:seat_id>/fill/", fill_seat, name="fill_seat"),
]

"""Bodies: the list, one with its seats and what it may decide, and how they change."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.ui.doors import act_of, form_about, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, policies, queries
from ..forms import bodies as forms
from ..rules.bodies import SEAT_KINDS, SeatKind

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
    """A body: who sits there, whether by the rules, what it may decide, how it meets."""
    act = act_of(request)
    card = queries.body_card(act, body_id)
    return page(
        request,
        "governance/body.html",
        {
            "card": card,
            "figures": queries.body_figures(act, body_id, card.sittings),
            "composition": queries.composition_of(act, card),
            "meetings": queries.meetings(act, body_id=body_id)[:5],
            "resolutions": queries.resolutions(act, body_id=body_id)[:5],
            "office": bool(policies.can_add_body(act)),
            "may_plan": bool(policies.can_plan_meeting(act, body_id)),
            "cycle": queries.cycle_card(act, body_id),
        },
    )


def member_record(request: HttpRequest, party_id: int) -> HttpResponse:
    """What somebody did and does in the bodies of the network."""
    return page(
        request,
        "governance/member_record.html",
        {"card": queries.member_record(act_of(request), party_id)},
    )


def add_body(request: HttpRequest) -> HttpResponse:
    return form_about(
        request,
        "governance:bodies",
        title=_now("Add a body"),
        form=forms.AddBody,
        may=policies.can_add_body,
        call=lambda act, given: commands.add_body(act, **given),
        done=lambda made: ("governance:body", made.pk),
        said=_("The body is there. Give it its seats next."),
    )


def change_body(request: HttpRequest, body_id: int) -> HttpResponse:
    card = queries.body_card(act_of(request), body_id)
    return form_about(
        request,
        ("governance:body", body_id),
        title=_now("Change what is said about the body"),
        name=card.name,
        form=forms.ChangeBody,
        may=policies.can_change_body,
        call=lambda act, given: commands.change_body(act, body_id=body_id, **given),
        said=_("It is changed."),
        initial={
            "name": card.name,
            "purpose": card.purpose,
            "convenor_id": f"#{card.convenor_id}" if card.convenor_id else "",
            "ends_when": card.ends_when,
        },
    )


def end_body(request: HttpRequest, body_id: int) -> HttpResponse:
    return form_about(
        request,
        ("governance:body", body_id),
        title=_now("End the body"),
        name=queries.body_card(act_of(request), body_id).name,
        form=forms.EndBody,
        may=policies.can_end_body,
        call=lambda act, given: commands.end_body(act, body_id=body_id, **given),
        said=_("The body ends on that day; what it decided stays."),
    )


def grant_competence(request: HttpRequest, body_id: int) -> HttpResponse:
    return form_about(
        request,
        ("governance:body", body_id),
        title=_now("Let the body decide on a matter"),
        name=queries.body_card(act_of(request), body_id).name,
        form=forms.GrantCompetence,
        may=policies.can_grant_competence,
        call=lambda act, given: commands.grant_competence(act, body_id=body_id, **given),
        said=_("The body may decide on this from now on."),
    )


def end_competence(request: HttpRequest, competence_id: int) -> HttpResponse:
    body_id, name, matter = queries.competence_named(act_of(request), competence_id)
    return form_about(
        request,
        ("governance:body", body_id),
        title=_now("Take the matter back"),
        name=f"{name} · {matter}",
        form=forms.EndOn,
        may=policies.can_end_competence,
        call=lambda act, given: commands.end_competence(act, competence_id=competence_id, **given),
        said=_("From that day on the body decides on this no more."),
    )


def lay_down_quota(request: HttpRequest, body_id: int) -> HttpResponse:
    return form_about(
        request,
        ("governance:body", body_id),
        title=_now("Lay down a quota"),
        name=queries.body_card(act_of(request), body_id).name,
        form=forms.LayDownQuota,
        may=policies.can_lay_down_quota,
        call=lambda act, given: commands.lay_down_quota(act, body_id=body_id, **given),
        said=_("The quota holds from today."),
    )


def end_quota(request: HttpRequest, quota_id: int) -> HttpResponse:
    body_id, name, group = queries.quota_named(act_of(request), quota_id)
    return form_about(
        request,
        ("governance:body", body_id),
        title=_now("End the quota"),
        name=f"{name} · {group}",
        form=forms.EndOn,
        may=policies.can_end_quota,
        call=lambda act, given: commands.end_quota(act, quota_id=quota_id, **given),
        said=_("The quota holds no more from that day on."),
    )


def add_seat(request: HttpRequest, body_id: int) -> HttpResponse:
    """One form for each way to come to sit: `?kind=`."""
    card = queries.body_card(act_of(request), body_id)
    kind = request.GET.get("kind", "")
    kind = kind if kind in forms.SEAT_FORMS else str(SeatKind.ELECTED)
    return form_about(
        request,
        ("governance:body", body_id),
        title=_now("Add a seat"),
        name=card.name,
        template="governance/add_seat.html",
        form=forms.SEAT_FORMS[kind],
        may=policies.can_add_seat,
        call=lambda act, given: commands.add_seat(act, body_id=body_id, kind=kind, **given),
        said=_("The seat is there."),
        kinds=[(str(code), label) for code, label in SEAT_KINDS],
        kind=kind,
    )


def end_seat(request: HttpRequest, seat_id: int) -> HttpResponse:
    body_id, name, title = queries.seat_named(act_of(request), seat_id)
    return form_about(
        request,
        ("governance:body", body_id),
        title=_now("Give the seat up"),
        name=_joined(name, title),
        form=forms.EndOn,
        may=policies.can_end_seat,
        call=lambda act, given: commands.end_seat(act, seat_id=seat_id, **given),
        said=_("The seat is there no more from that day on."),
    )


def fill_seat(request: HttpRequest, seat_id: int) -> HttpResponse:
    body_id, name, title = queries.seat_named(act_of(request), seat_id)
    return form_about(
        request,
        ("governance:body", body_id),
        title=_now("Fill a seat"),
        name=_joined(name, title),
        form=forms.FillSeat,
        may=policies.can_fill_seat,
        call=lambda act, given: commands.fill_seat(act, seat_id=seat_id, **given),
        said=_("The seat is filled."),
    )


def end_term(request: HttpRequest, seat_term_id: int) -> HttpResponse:
    body_id, name, who = queries.term_named(act_of(request), seat_term_id)
    return form_about(
        request,
        ("governance:body", body_id),
        title=_now("End the term"),
        name=f"{name} · {who}",
        form=forms.EndTerm,
        may=policies.can_end_term,
        call=lambda act, given: commands.end_term(act, term_id=seat_term_id, **given),
        said=_("The term ends on that day."),
    )


def _joined(name: str, title: str) -> str:
    return f"{name} · {title}" if title else name


urlpatterns = [
    path("bodies/", bodies, name="bodies"),
    path("bodies/add/", add_body, name="add_body"),
    path("bodies/<int:body_id>/", body, name="body"),
    path("bodies/<int:body_id>/change/", change_body, name="change_body"),
    path("bodies/<int:body_id>/end/", end_body, name="end_body"),
    path("competences/<int:competence_id>/end/", end_competence, name="end_competence"),
    path("bodies/<int:body_id>/quotas/add/", lay_down_quota, name="lay_down_quota"),
    path("quotas/<int:quota_id>/end/", end_quota, name="end_quota"),
    path("seats/<int:seat_id>/end/", end_seat, name="end_seat"),
    path("terms/<int:seat_term_id>/end/", end_term, name="end_term"),
    path("records/<int:party_id>/", member_record, name="member_record"),
    path("bodies/<int:body_id>/competence/", grant_competence, name="grant_competence"),
    path("bodies/<int:body_id>/seats/add/", add_seat, name="add_seat"),
    path("seats/<int:seat_id>/fill/", fill_seat, name="fill_seat"),
]

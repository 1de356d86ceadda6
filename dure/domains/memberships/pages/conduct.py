"""Cases about conduct: opened, noted step by step, decided; the member reads and appeals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.refusals import type_text
from dure.kernel.verdict import Verdict
from dure.ui.doors import act_of, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, policies, queries
from ..forms import conduct as forms

CASES = Table(
    id="conduct_cases",
    title=_("Conduct cases"),
    columns=(
        Column("opened_date", _("Opened"), kind="day", sort="opened_date"),
        Column(
            "name",
            _("Member"),
            "membership.party.name",
            link=lambda c: reverse("memberships:conduct_case", args=[c.pk]),
        ),
        Column("kind", _("Kind"), "get_kind_display"),
        Column("article", _("Article")),
        Column("meeting_date", _("Meeting"), kind="day", sort="meeting_date"),
        Column("state", _("State"), "get_state_display"),
    ),
    sort="-opened_date",
    empty_title=_("No cases"),
    empty_text=_("Nobody's conduct is under review. That is how it should be."),
)


def conduct_cases(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request, CASES)
    rows = queries.conduct_cases(act_of(request))
    return show(request, CASES, asked, rows, "memberships/conduct_cases.html")


def conduct_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """A case: what was noted, what is missing, and what can be done next."""
    act = act_of(request)
    card = queries.conduct_card(act, case_id)
    return page(
        request,
        "memberships/conduct_case.html",
        {"card": card, "office": bool(policies.can_see_conduct_cases(act))},
    )


def open_conduct_case(request: HttpRequest, membership_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.member_card(act, membership_id)
    return form_page(
        request,
        form=forms.OpenConductCase,
        template="memberships/conduct_form.html",
        may=lambda act: policies.can_open_conduct_case(act, card),
        call=lambda act, given: commands.open_conduct_case(
            act, membership_id=membership_id, **given
        ),
        done=lambda case: ("memberships:conduct_case", case.pk),
        said=_("The case is open. Next the member is told the reason."),
        context={
            "title": _now("Open a case"),
            "name": card.name,
            "back": reverse("memberships:member", args=[membership_id]),
            "submit": _now("Open the case"),
        },
    )


def _step(
    request: HttpRequest,
    case_id: int,
    form: type[django_forms.Form],
    may: Callable[[Act, Any], Verdict],
    call: Callable[[Act, dict[str, Any]], Any],
    title: str,
    said: type_text,
) -> HttpResponse:
    act = act_of(request)
    card = queries.conduct_card(act, case_id)
    return form_page(
        request,
        form=form,
        template="memberships/conduct_form.html",
        may=lambda act: may(act, card),
        call=call,
        done=lambda case: ("memberships:conduct_case", case_id),
        said=said,
        context={
            "title": title,
            "name": card.name,
            "card": card,
            "back": reverse("memberships:conduct_case", args=[case_id]),
            "submit": title,
        },
    )


def note_conduct_notice(request: HttpRequest, case_id: int) -> HttpResponse:
    return _step(
        request,
        case_id,
        forms.NoteNotice,
        policies.can_note_conduct_notice,
        lambda act, given: commands.note_conduct_notice(act, case_id=case_id, **given),
        _now("Note how the member was told"),
        _("Noted."),
    )


def note_conduct_hearing(request: HttpRequest, case_id: int) -> HttpResponse:
    return _step(
        request,
        case_id,
        forms.NoteHearing,
        policies.can_note_conduct_hearing,
        lambda act, given: commands.note_conduct_hearing(act, case_id=case_id, **given),
        _now("Note the hearing"),
        _("Noted."),
    )


def note_conduct_recommendation(request: HttpRequest, case_id: int) -> HttpResponse:
    return _step(
        request,
        case_id,
        forms.NoteRecommendation,
        policies.can_note_conduct_recommendation,
        lambda act, given: commands.note_conduct_recommendation(act, case_id=case_id, **given),
        _now("Note a recommendation"),
        _("Noted. A recommendation has no effect of its own."),
    )


def decide_conduct_case(request: HttpRequest, case_id: int) -> HttpResponse:
    return _step(
        request,
        case_id,
        forms.DecideCase,
        policies.can_decide_conduct_case,
        lambda act, given: commands.decide_conduct_case(act, case_id=case_id, **given),
        _now("Note the decision"),
        _("The decision is noted."),
    )


def withdraw_conduct_case(request: HttpRequest, case_id: int) -> HttpResponse:
    return _step(
        request,
        case_id,
        forms.WithdrawCase,
        policies.can_withdraw_conduct_case,
        lambda act, given: commands.withdraw_conduct_case(act, case_id=case_id, **given),
        _now("Withdraw the case"),
        _("The case is withdrawn."),
    )


def appeal_conduct_decision(request: HttpRequest, case_id: int) -> HttpResponse:
    return _step(
        request,
        case_id,
        forms.Appeal,
        policies.can_appeal_conduct_decision,
        lambda act, given: commands.appeal_conduct_decision(act, case_id=case_id, **given),
        _now("Appeal"),
        _("The appeal is noted. Another body decides on it."),
    )


def decide_conduct_appeal(request: HttpRequest, case_id: int) -> HttpResponse:
    return _step(
        request,
        case_id,
        forms.DecideAppeal,
        policies.can_decide_conduct_appeal,
        lambda act, given: commands.decide_conduct_appeal(act, case_id=case_id, **given),
        _now("Note the decision on the appeal"),
        _("The decision on the appeal is noted."),
    )


urlpatterns = [
    path("conduct/", conduct_cases, name="conduct_cases"),
    path("<int:membership_id>/conduct/open/", open_conduct_case, name="open_conduct_case"),
    path("conduct/<int:case_id>/", conduct_case, name="conduct_case"),
    path("conduct/<int:case_id>/notice/", note_conduct_notice, name="note_conduct_notice"),
    path("conduct/<int:case_id>/hearing/", note_conduct_hearing, name="note_conduct_hearing"),
    path(
        "conduct/<int:case_id>/recommend/",
        note_conduct_recommendation,
        name="note_conduct_recommendation",
    ),
    path("conduct/<int:case_id>/decide/", decide_conduct_case, name="decide_conduct_case"),
    path("conduct/<int:case_id>/withdraw/", withdraw_conduct_case, name="withdraw_conduct_case"),
    path("conduct/<int:case_id>/appeal/", appeal_conduct_decision, name="appeal_conduct_decision"),
    path(
        "conduct/<int:case_id>/appeal/decide/", decide_conduct_appeal, name="decide_conduct_appeal"
    ),
]

"""For applicants and sponsors, by the letters sent to them; and procedures, for the office."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act, Capacity
from dure.ui.doors import act_of, action, form_page, page

from .. import commands, policies, queries
from ..forms import admission_steps as forms


def application_status(request: HttpRequest, letter: str) -> HttpResponse:
    """How far the application is, what is missing, what can be done about it. No account needed."""
    act = act_of(request)
    context = {"status": queries.status_of(act, letter), "letter": letter}
    response = page(request, "memberships/application_status.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def sign_own_pledge(request: HttpRequest, letter: str, step: str) -> HttpResponse:
    act = act_of(request)
    status = queries.status_of(act, letter)
    asked = next((one for one in status.pledges if one.key == step), None)
    return form_page(
        request,
        form=forms.SignPledge,
        template="memberships/application_own_form.html",
        call=lambda act, given: commands.sign_pledge(
            _by_letter(act, status.id), application_id=status.id, step=step, **given
        ),
        done=lambda note: ("memberships:application_status", letter),
        said=_("Thank you. The signature was kept."),
        context={
            "status": status,
            "letter": letter,
            "step": asked,
            "heading": _("Sign"),
            "code": queries.code_in_force(act.today),
        },
    )


def appeal_own_refusal(request: HttpRequest, letter: str) -> HttpResponse:
    status = queries.status_of(act_of(request), letter)
    return form_page(
        request,
        form=forms.AppealRefusal,
        template="memberships/application_own_form.html",
        call=lambda act, given: commands.appeal_refusal(
            _by_letter(act, status.id), application_id=status.id, **given
        ),
        done=lambda made: ("memberships:application_status", letter),
        said=_("The appeal was received."),
        context={"status": status, "letter": letter, "heading": _("Appeal against the refusal")},
    )


def withdraw_own_application(request: HttpRequest, letter: str) -> HttpResponse:
    application_id = queries.application_of(letter)
    return action(
        request,
        call=lambda act: commands.withdraw_application(
            _by_letter(act, application_id), application_id=application_id
        ),
        said=_("The application was withdrawn."),
        back=("memberships:application_status", letter),
    )


def sponsor_own(request: HttpRequest, letter: str) -> HttpResponse:
    """A member sponsors by its own log-in; the applicant passed the address on."""
    act = act_of(request)
    about = queries.sponsored(act, letter)
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.OwnSponsor(*args, own=about.own, **kwargs),
        template="memberships/application_sponsoring.html",
        call=lambda act, given: commands.sponsor_application(
            act, application_id=about.id, step=about.step.key, by="members", **given
        ),
        done=lambda note: "home",
        said=_("Thank you. You sponsor this application now."),
        may=lambda act: policies.can_sponsor_own(act),
        context={"about": about, "letter": letter},
    )


def _by_letter(act: Act, application_id: int) -> Act:
    """The act of an applicant whom a letter lets in: for this one application."""
    return replace(act, standing=act.standing | {Capacity("applying", application_id)})


urlpatterns = [
    path("apply/status/<str:letter>/", application_status, name="application_status"),
    path("apply/status/<str:letter>/sign/<slug:step>/", sign_own_pledge, name="sign_own_pledge"),
    path("apply/status/<str:letter>/appeal/", appeal_own_refusal, name="appeal_own_refusal"),
    path(
        "apply/status/<str:letter>/withdraw/",
        withdraw_own_application,
        name="withdraw_own_application",
    ),
    path("apply/sponsor/<str:letter>/", sponsor_own, name="sponsor_own"),
]

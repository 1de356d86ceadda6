"""At the office: the steps of an application, the decision, the payment, the appeal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.kernel.money import format_won
from dure.kernel.refusals import NotFound
from dure.ui.doors import act_of, form_page

from .. import commands, policies, queries
from ..forms import admission_steps as forms
from .shares.holders import paying_form, receipt_named


def note_step(request: HttpRequest, application_id: int, step: str) -> HttpResponse:
    act = act_of(request)
    card = queries.asked_step(act, application_id, step)
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.NoteStep(
            *args, step=card.step, kind=card.kind, **kwargs
        ),
        template="memberships/application_step.html",
        call=lambda act, given: commands.note_step(
            act, application_id=application_id, step=step, **given
        ),
        done=lambda note: ("memberships:application", application_id),
        said=_("It was noted."),
        may=policies.can_see_applications,
        initial={"date": act.today, "item": card.next_item},
        context={"card": card, "step": card.step, "heading": card.step.title},
    )


def sign_pledge(request: HttpRequest, application_id: int, step: str) -> HttpResponse:
    """The office notes what was signed on paper."""
    act = act_of(request)
    card = queries.asked_step(act, application_id, step)
    return form_page(
        request,
        form=forms.SignPledge,
        template="memberships/application_step.html",
        call=lambda act, given: commands.sign_pledge(
            act, application_id=application_id, step=step, on_paper=True, **given
        ),
        done=lambda note: ("memberships:application", application_id),
        said=_("The signature was noted."),
        may=policies.can_see_applications,
        initial={"name": card.contact_name or card.name},
        context={"card": card, "step": card.step, "heading": card.step.title},
    )


def sponsor_application(request: HttpRequest, application_id: int, step: str) -> HttpResponse:
    """The office notes who sponsors; the sponsor is searched for by name."""
    act = act_of(request)
    card = queries.asked_step(act, application_id, step)
    search = request.GET.get("q", "")
    found = parties.search_parties(search, limit=20) if search.strip() else []
    choices = [(one.id, f"{one.name} {one.hint}".strip()) for one in found]
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.SponsorApplication(
            *args, step=card.step, found=choices, **kwargs
        ),
        template="memberships/application_sponsor.html",
        call=lambda act, given: commands.sponsor_application(
            act, application_id=application_id, step=step, on_paper=True, **given
        ),
        done=lambda note: ("memberships:application", application_id),
        said=_("The sponsor was noted."),
        may=policies.can_see_applications,
        initial={"party_id": found[0].id} if len(found) == 1 else {},
        context={"card": card, "step": card.step, "heading": card.step.title, "search": search},
    )


def decide_application(request: HttpRequest, application_id: int) -> HttpResponse:
    """How the body voted; what follows is shown before it is done."""
    act = act_of(request)
    card = queries.application_card(act, application_id)
    if card.checklist is None:
        raise NotFound
    body = card.checklist.body

    def effect(act: Act, given: dict[str, Any]) -> str:
        votes = {name: given[name] for name in ("seats", "present", "in_favour")}
        if not queries.would_pass(act, application_id, on=given["decided_date"], **votes):
            return _now("The votes do not suffice: the application is refused.")
        if card.checklist and card.checklist.owed_won:
            return _now("The application is approved; %(won)s of shares is to be paid.") % {
                "won": format_won(card.checklist.owed_won)
            }
        return _now("%(name)s becomes a member from %(date)s.") % {
            "name": card.name,
            "date": format_date(given["decided_date"]),
        }

    return form_page(
        request,
        form=lambda *args, **kwargs: forms.DecideApplication(*args, card=card, **kwargs),
        template="memberships/application_decision.html",
        call=lambda act, given: commands.decide_application(
            act, application_id=application_id, **given
        ),
        preview=effect,
        done=lambda made: ("memberships:application", application_id),
        said=_("The decision was recorded."),
        may=policies.can_see_applications,
        initial={"decided_date": act.today, "against": 0, "abstaining": 0},
        context={"card": card, "heading": _("Decision of %(body)s") % {"body": body}},
    )


def complete_admission(request: HttpRequest, application_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.application_card(act, application_id)
    owed = card.checklist.owed_won if card.checklist else 0
    return form_page(
        request,
        form=paying_form(forms.CompleteAdmission, act, owed),
        template="memberships/application_form.html",
        call=lambda act, given: commands.complete_admission(
            act, application_id=application_id, **given
        ),
        preview=lambda act, given: (
            _now("%(won)s of shares is booked; %(name)s is a member from %(date)s.")
            % {
                "won": format_won(given["amount_won"]),
                "name": card.name,
                "date": format_date(given["paid_date"]),
            }
        ),
        done=lambda membership: ("memberships:member", membership.pk),
        said=lambda membership: (
            _("Admitted as member no. %(number)s.") % {"number": membership.number}
        ),
        may=policies.can_see_applications,
        initial={"receipt_id": receipt_named(request), "amount_won": owed},
        context={"card": card, "heading": _("The shares are paid")},
    )


def appeal_refusal(request: HttpRequest, application_id: int) -> HttpResponse:
    """The office notes an appeal that came on paper."""
    card = queries.application_card(act_of(request), application_id)
    return form_page(
        request,
        form=forms.AppealRefusal,
        template="memberships/application_form.html",
        call=lambda act, given: commands.appeal_refusal(
            act, application_id=application_id, **given
        ),
        done=lambda made: ("memberships:application", application_id),
        said=_("The appeal was noted."),
        may=policies.can_see_applications,
        context={"card": card, "heading": _("Appeal against the refusal")},
    )


def decide_appeal(request: HttpRequest, application_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.application_card(act, application_id)
    return form_page(
        request,
        form=forms.DecideAppeal,
        template="memberships/application_form.html",
        call=lambda act, given: commands.decide_appeal(act, application_id=application_id, **given),
        done=lambda made: ("memberships:application", application_id),
        said=_("The decision was recorded."),
        may=policies.can_see_applications,
        initial={"decided_date": act.today},
        context={"card": card, "heading": _("Decision on the appeal")},
    )


_ONE = "applications/<int:application_id>"
urlpatterns = [
    path(f"{_ONE}/steps/<slug:step>/", note_step, name="note_step"),
    path(f"{_ONE}/steps/<slug:step>/sign/", sign_pledge, name="sign_pledge"),
    path(f"{_ONE}/steps/<slug:step>/sponsor/", sponsor_application, name="sponsor_application"),
    path(f"{_ONE}/decide/", decide_application, name="decide_application"),
    path(f"{_ONE}/paid/", complete_admission, name="complete_admission"),
    path(f"{_ONE}/appeal/", appeal_refusal, name="appeal_refusal"),
    path(f"{_ONE}/appeal/decide/", decide_appeal, name="decide_appeal"),
]

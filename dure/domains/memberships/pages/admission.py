"""Applying, in public; deciding, at the office."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, policies, queries
from ..forms import admission as forms
from ..forms.limits import not_too_many

TONES = {
    "applied": "info",
    "interviewed": "info",
    "admitted": "ok",
    "refused": "bad",
    "withdrawn": "plain",
    "approved": "warn",
    "lapsed": "plain",
}


class Filters(django_forms.Form):
    state = django_forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            ("waiting", _("still waiting")),
            ("approved", _("approved, waiting for payment")),
            ("admitted", _("admitted")),
            ("refused", _("refused")),
            ("withdrawn", _("withdrawn")),
            ("lapsed", _("lapsed, not paid in time")),
        ],
    )


APPLICATIONS = Table(
    id="applications",
    title=_("Applications"),
    columns=(
        Column(
            "name",
            _("Applicant"),
            sort="name",
            link=lambda a: reverse("memberships:application", args=[a.pk]),
        ),
        Column(
            "member_class", _("Kind of member"), "member_class.name", sort="member_class__position"
        ),
        Column("applied_at", _("Received"), kind="day", sort="applied_at"),
        Column(
            "state",
            _("State"),
            lambda a: a.get_state_display(),
            sort="state",
            tone=lambda a: TONES[a.state],
        ),
        Column("decided_date", _("Decided"), kind="day", sort="decided_date"),
        Column("reference", _("Reference"), kind="id"),
    ),
    sort="-applied_at",
    filters=Filters,
    empty_title=_("No applications"),
    empty_text=_("When someone applies on the public page, it appears here."),
)


def apply_for_membership(request: HttpRequest) -> HttpResponse:
    """Step 1: which kind; step 2: who; step 3: look it over and send."""
    act = act_of(request)
    chosen = next((c for c in queries.open_classes() if c.code == request.GET.get("class")), None)
    if chosen is None:
        context = {"classes": queries.class_offers(act.today)}
        return page(request, "memberships/choose_class.html", context)
    kinds = queries.kind_choices(chosen)
    kind = request.GET.get("kind", kinds[0][0])
    if kind not in dict(kinds):
        kind = kinds[0][0]

    def form(*args: Any, **kwargs: Any) -> forms.Apply:
        return forms.Apply(
            *args,
            kind=kind,
            on=act.today,
            own=_own(act, kind),
            asks_consent=not policies.can_see_applications(act),
            **kwargs,
        )

    def call(act: Act, given: dict[str, Any]) -> Any:
        not_too_many(request)
        return commands.apply_for_membership(
            act, member_class=chosen.code, kind=kind, **_plain(given)
        )

    return form_page(
        request,
        form=form,
        template="memberships/apply_for_membership.html",
        call=call,
        done=lambda made: (
            ("memberships:application", made.pk)
            if policies.can_see_applications(act)
            else ("memberships:application_status", queries.status_letter(made.pk))
        ),
        preview=lambda act, given: (
            _now("%(name)s applies for “%(class)s”.")
            % {
                "name": given.get("name") or parties.party_name(given["party_id"]),
                "class": chosen.name,
            }
        ),
        may=lambda act: policies.can_apply_for_membership(act, chosen),
        context={"chosen": chosen, "kind": kind, "kinds": kinds},
    )


def applications(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request, APPLICATIONS)
    rows = queries.applications_visible_to(
        act_of(request), state=asked.given.get("state") or "", search=asked.search
    )
    return show(request, APPLICATIONS, asked, rows, "memberships/applications.html")


def application(request: HttpRequest, application_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.application_card(act, application_id)
    may_erase = card.may_be_erased and policies.can_erase_application(act)
    return page(request, "memberships/application.html", {"card": card, "may_erase": may_erase})


def note_interview(request: HttpRequest, application_id: int) -> HttpResponse:
    act = act_of(request)
    questions = queries.interview_questions(application_id)
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.NoteInterview(*args, questions=questions, **kwargs),
        template="memberships/note_interview.html",
        call=lambda act, given: commands.note_interview(
            act, application_id=application_id, **given
        ),
        done=lambda note: ("memberships:application", application_id),
        said=_("The interview was noted."),
        may=policies.can_see_applications,
        initial={"visit_date": act.today},
        context=lambda: {"card": queries.application_card(act, application_id)},
    )


def admit_member(request: HttpRequest, application_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.application_card(act, application_id)
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.AdmitMember(*args, card=card, **kwargs),
        template="memberships/admit_member.html",
        call=lambda act, given: commands.admit_member(act, application_id=application_id, **given),
        preview=lambda act, given: (
            _now("%(name)s becomes a member from %(date)s.")
            % {
                "name": card.name,
                "date": format_date(given["joined_date"]),
            }
        ),
        done=lambda membership: ("memberships:member", membership.pk),
        said=lambda membership: (
            _("Admitted as member no. %(number)s.") % {"number": membership.number}
        ),
        may=policies.can_see_applications,
        initial={
            "decided_date": act.today,
            "joined_date": act.today,
            "member_class": card.class_code,
        },
        context={"card": card},
    )


def refuse_application(request: HttpRequest, application_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.application_card(act, application_id)
    return form_page(
        request,
        form=forms.RefuseApplication,
        template="memberships/refuse_application.html",
        call=lambda act, given: commands.refuse_application(
            act, application_id=application_id, **given
        ),
        done=lambda made: ("memberships:application", application_id),
        said=_("The application was refused and the applicant is told."),
        may=policies.can_see_applications,
        initial={"decided_date": act.today},
        context={"card": card},
    )


def withdraw_application(request: HttpRequest, application_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.withdraw_application(act, application_id=application_id),
        said=_("The application was withdrawn."),
        back=("memberships:application", application_id),
    )


def erase_application(request: HttpRequest, application_id: int) -> HttpResponse:
    """Erase what is known of an applicant who never belonged; the effect is shown first."""
    card = queries.application_card(act_of(request), application_id)
    effect = _(
        "Name, contact and everything written in and about application %(reference)s are erased "
        "for ever, also in the log."
    ) % {"reference": card.reference}
    return form_page(
        request,
        form=forms.EraseApplication,
        template="memberships/erase_application.html",
        call=lambda act, given: commands.erase_application(
            act, application_id=application_id, **given
        ),
        preview=lambda act, given: str(effect),
        done=lambda made: ("memberships:application", application_id),
        said=_("The personal data was erased."),
        may=policies.can_erase_application,
        context={"card": card},
    )


def enrol_member(request: HttpRequest) -> HttpResponse:
    """Take over a member from before: search the directory, then say since when."""
    act = act_of(request)
    policies.can_enrol_member(act, 0).enforce()
    given = request.GET.get("party", "")
    party = parties.party_card(int(given)) if given.isascii() and given.isdigit() else None
    if party is None:
        search = request.GET.get("q", "")
        found = parties.search_parties(search, limit=20) if search.strip() else []
        return page(request, "memberships/enrol_member.html", {"search": search, "found": found})
    return form_page(
        request,
        form=forms.EnrolMember,
        template="memberships/enrol_member.html",
        call=lambda act, given: commands.enrol_member(act, party_id=party.id, **given),
        done=lambda membership: ("memberships:member", membership.pk),
        said=lambda membership: (
            _("Taken over as member no. %(number)s.") % {"number": membership.number}
        ),
        context={"party": party},
    )


def _plain(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _own(act: Act, kind: str) -> tuple[tuple[int, str], ...]:
    """The party itself, or the organisations the actor speaks for."""
    if act.actor_id is None:
        return ()
    ids = [act.actor_id] if kind == "person" else sorted(act.things("representative"))
    names = parties.names_of(ids)
    return tuple((pk, names[pk]) for pk in ids if pk in names)


urlpatterns = [
    path("apply/", apply_for_membership, name="apply_for_membership"),
    path("applications/", applications, name="applications"),
    path("applications/<int:application_id>/", application, name="application"),
    path("applications/<int:application_id>/interview/", note_interview, name="note_interview"),
    path("applications/<int:application_id>/admit/", admit_member, name="admit_member"),
    path(
        "applications/<int:application_id>/refuse/", refuse_application, name="refuse_application"
    ),
    path(
        "applications/<int:application_id>/withdraw/",
        withdraw_application,
        name="withdraw_application",
    ),
    path("applications/<int:application_id>/erase/", erase_application, name="erase_application"),
    path("enrol/", enrol_member, name="enrol_member"),
]

"""The ethics code: for everybody to read; how it is made; who signed it."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, policies, queries
from ..forms import ethics as forms


def ethics_code(request: HttpRequest) -> HttpResponse:
    """The code in force, or that there is none; its history and its making."""
    act = act_of(request)
    code = queries.code_in_force(act.today)
    return _code(request, queries.code_card(code.version) if code else None)


def ethics_code_version(request: HttpRequest, version: int) -> HttpResponse:
    return _code(request, queries.code_card(version))


def _code(request: HttpRequest, card: queries.CodeCard | None) -> HttpResponse:
    act = act_of(request)
    office = bool(policies.can_adopt_ethics_code(act))
    return page(
        request,
        "memberships/ethics_code.html",
        {
            "card": card,
            "versions": queries.code_versions(),
            "making": queries.code_drafting_of(act, card) if card else None,
            "draftings": [one for one in queries.code_draftings() if office or one.is_open],
            "to_sign": queries.codes_to_sign(act),
            "unsigned": queries.unsigned_count(act.today) if office else 0,
            "office": office,
            "today": act.today,
        },
    )


def code_drafting(request: HttpRequest, drafting_id: int) -> HttpResponse:
    """How a code is being made, or was."""
    act = act_of(request)
    card = queries.code_drafting(act, drafting_id)
    office = bool(policies.can_note_drafting_stage(act))
    return page(request, "memberships/code_drafting.html", {"card": card, "office": office})


def start_code_drafting(request: HttpRequest) -> HttpResponse:
    return form_page(
        request,
        form=forms.StartCodeDrafting,
        template="memberships/conduct_form.html",
        may=policies.can_start_code_drafting,
        call=lambda act, given: commands.start_code_drafting(act, **given),
        done=lambda made: ("memberships:code_drafting", made.pk),
        said=_("It has begun. Note the workshops as they are held."),
        initial={"started_date": act_of(request).today},
        context=_about(_now("Begin to make a code"), "", reverse("memberships:ethics_code")),
    )


def note_drafting_stage(request: HttpRequest, drafting_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.code_drafting(act, drafting_id)
    back = reverse("memberships:code_drafting", args=[drafting_id])
    return form_page(
        request,
        form=forms.NoteDraftingStage,
        template="memberships/conduct_form.html",
        may=policies.can_note_drafting_stage,
        call=lambda act, given: commands.note_drafting_stage(act, drafting_id=drafting_id, **given),
        done=lambda made: ("memberships:code_drafting", drafting_id),
        said=_("Noted."),
        initial={"on_date": act.today, "kind": request.GET.get("kind", "")},
        context=_about(_now("Note a stage"), card.title, back),
    )


def end_code_drafting(request: HttpRequest, drafting_id: int) -> HttpResponse:
    card = queries.code_drafting(act_of(request), drafting_id)
    back = reverse("memberships:code_drafting", args=[drafting_id])
    return form_page(
        request,
        form=forms.EndCodeDrafting,
        template="memberships/conduct_form.html",
        may=policies.can_end_code_drafting,
        call=lambda act, given: commands.end_code_drafting(act, drafting_id=drafting_id, **given),
        done=lambda made: ("memberships:code_drafting", drafting_id),
        said=_("It is given up."),
        context=_about(_now("Give it up"), card.title, back),
    )


def adopt_ethics_code(request: HttpRequest) -> HttpResponse:
    """A new version: of the making in the address, or one that was there before."""
    act = act_of(request)
    given = request.GET.get("drafting", "")
    drafting = (
        queries.code_drafting(act, int(given)) if given.isascii() and given.isdigit() else None
    )
    last = queries.code_in_force(act.today)
    back = reverse("memberships:ethics_code")
    return form_page(
        request,
        form=forms.AdoptEthicsCode,
        template="memberships/conduct_form.html",
        may=policies.can_adopt_ethics_code,
        call=lambda act, given: commands.adopt_ethics_code(
            act, drafting_id=drafting.id if drafting else None, **given
        ),
        done=lambda made: ("memberships:ethics_code_version", made.version),
        said=_("The code is adopted. Members can sign it now."),
        initial={
            "title": drafting.title if drafting else last.title if last else "",
            "text": last.text if last else "",
            "adopted_date": act.today,
            "body": "steering_committee",
        },
        context=_about(_now("Adopt a code"), drafting.title if drafting else "", back),
    )


class Filters(django_forms.Form):
    signed = django_forms.ChoiceField(
        label=_("Signed"),
        required=False,
        choices=(("", _("all")), ("yes", _("yes")), ("no", _("not yet"))),
    )


SIGNATURES = Table(
    id="code_signatures",
    title=_("Signatures of the ethics code"),
    columns=(
        Column("number", _("No."), kind="id", sort="number"),
        Column(
            "name",
            _("Member"),
            "party.name",
            sort="party__name",
            link=lambda m: reverse("memberships:member", args=[m.pk]),
        ),
        Column("signed", _("Signed"), lambda m: _now("yes") if m.has_signed else _now("not yet")),
    ),
    sort="number",
    filters=Filters,
    empty_title=_("Nobody"),
    empty_text=_("No member is in this list."),
)


def code_signatures(request: HttpRequest) -> HttpResponseBase:
    """Who has signed the version in force, and who has not."""
    act = act_of(request)
    policies.can_see_code_signatures(act).enforce()
    code = queries.code_in_force(act.today)
    asked = ask(request, SIGNATURES)
    signed = asked.given.get("signed") or ""
    rows = queries.code_signatures(act, code, act.today, signed=signed, search=asked.search)
    if asked.export:
        note_read(act, None, "memberships.code_signatures", rows.count(), download=True)
    return show(
        request,
        SIGNATURES,
        asked,
        rows,
        "memberships/code_signatures.html",
        {"code": code, "unsigned": queries.unsigned_count(act.today)},
    )


def ask_code_signatures(request: HttpRequest) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.ask_code_signatures(act),
        said=_("The letters are on their way."),
        back="memberships:code_signatures",
    )


def sign_ethics_code(request: HttpRequest, membership_id: int) -> HttpResponse:
    """A member reads and signs; the office notes what was signed on paper."""
    act = act_of(request)
    card = queries.member_card(act, membership_id)
    code = queries.code_in_force(act.today)
    if code is None:
        raise NotFound
    on_paper = bool(policies.can_see_code_signatures(act)) and card.party_id != act.actor_id
    return form_page(
        request,
        form=forms.SignEthicsCode,
        template="memberships/sign_ethics_code.html",
        may=lambda act: policies.can_sign_ethics_code(act, card),
        call=lambda act, given: commands.sign_ethics_code(
            act, membership_id=membership_id, on_paper=on_paper, **given
        ),
        done=lambda made: "memberships:ethics_code",
        said=_("Thank you. The signature was kept."),
        context={"card": queries.code_card(code.version), "name": card.name, "on_paper": on_paper},
    )


def _about(title: str, name: str, back: str) -> dict[str, Any]:
    return {"title": title, "name": name, "back": back, "submit": title}


urlpatterns = [
    path("ethics/", ethics_code, name="ethics_code"),
    path("ethics/<int:version>/", ethics_code_version, name="ethics_code_version"),
    path("ethics/adopt/", adopt_ethics_code, name="adopt_ethics_code"),
    path("ethics/making/start/", start_code_drafting, name="start_code_drafting"),
    path("ethics/making/<int:drafting_id>/", code_drafting, name="code_drafting"),
    path("ethics/making/<int:drafting_id>/note/", note_drafting_stage, name="note_drafting_stage"),
    path("ethics/making/<int:drafting_id>/end/", end_code_drafting, name="end_code_drafting"),
    path("ethics/signatures/", code_signatures, name="code_signatures"),
    path("ethics/signatures/ask/", ask_code_signatures, name="ask_code_signatures"),
    path("ethics/sign/<int:membership_id>/", sign_ethics_code, name="sign_ethics_code"),
]

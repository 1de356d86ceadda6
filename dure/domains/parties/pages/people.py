"""Staff pages about people, and duplicates of both kinds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, policies, queries
from ..forms import EraseForm, PersonForm
from ..rules.fields import LABELS

PEOPLE = Table(
    id="people",
    title=_("People"),
    columns=(
        Column("name", _("Name"), "party.name", sort="party__name", link=lambda one: reverse("parties:party", args=[one.pk])),
        Column("email", LABELS["email"], sort="email"),
        Column("phone", LABELS["phone"], kind="id"),
        Column("number", _("No."), lambda one: f"#{one.pk}", kind="id"),
    ),
    empty_title=_("No people yet."),
)  # fmt: skip


def people(request: HttpRequest) -> HttpResponseBase:
    """All people of the register; that one reads them is logged."""
    act = act_of(request)
    policies.can_read_parties(act).enforce()
    asked = ask(request, PEOPLE)
    rows = queries.people_visible_to(act, search=asked.search)

    def dress(some: list[Any]) -> Iterable[Any]:
        queries.note_people_read(act, len(some), download=bool(asked.export))
        return some

    may_add = policies.can_add_person(act)
    return show(
        request, PEOPLE, asked, rows, "parties/people.html", {"may_add": may_add}, dress=dress
    )


def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: contact, offices, whom the person speaks for, consents, history."""
    act = act_of(request)
    card = queries.person_card(act, person_id)
    return page(
        request,
        "parties/person.html",
        {
            "card": card,
            "merged_into": card.merged_into_id and queries.party_card(card.merged_into_id),
            "representations": queries.representations_of(person_id),
            "offices": sorted(queries.offices_of(person_id, act.today)),
            "consents": (consents := queries.consents_of(act, person_id)),
            "texts": _open_texts(consents, act),
            "may_bank": (may_bank := policies.can_record_bank_account(act, person_id)),
            "bank": queries.bank_account_of(act, person_id) if may_bank else None,
            "history": queries.history_of(act, person_id),
            "may_read": policies.can_read_parties(act),
            "may_change": policies.can_change_person(act, person_id),
            "may_consent": policies.can_withdraw_consent(act, person_id),
            "may_declare": policies.can_see_relations(act, person_id),
            "may_erase": policies.can_erase_person(act),
        },
    )


def _open_texts(consents: list[queries.ConsentCard], act: Act) -> list[queries.ConsentTextCard]:
    """The texts in force that the person has not agreed to."""
    given = {one.text_id for one in consents if one.withdrawn_at is None}
    return [text for text in queries.consent_texts(act.today) if text.id not in given]


def add_person(request: HttpRequest) -> HttpResponse:
    """Add a person."""
    return form_page(
        request,
        form=PersonForm,
        template="parties/form.html",
        call=lambda act, given: commands.add_person(act, **given),
        done=lambda made: ("parties:party", made.pk),
        said=_("The person was added."),
        may=policies.can_add_person,
        context={"heading": _("Add a person"), "back": reverse("parties:people")},
    )


def change_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Change a person's contact data."""
    card = queries.person_card(act_of(request), person_id)
    return form_page(
        request,
        form=PersonForm,
        template="parties/form.html",
        call=lambda act, given: commands.change_person(act, person_id=person_id, **given),
        done=lambda party: ("parties:party", party.pk),
        said=_("The changes were saved."),
        may=lambda act: policies.can_change_person(act, person_id),
        initial={
            "name": card.name,
            "email": card.email,
            "phone": card.phone,
            "address": card.address,
        },
        context={
            "own": not policies.can_read_parties(act_of(request)),
            "heading": _("Change %(name)s") % {"name": card.name},
            "back": reverse("parties:party", args=[person_id]),
        },
    )


def erase_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Erase personal data by law; the effect is shown first."""
    name = queries.party_name(person_id)
    effect = _(
        "Name, contact, bank account and log-in of %(name)s are erased for ever, also in the log. "
        "Entries, sums and days stay, without the name."
    ) % {"name": name}
    return form_page(
        request,
        form=EraseForm,
        template="parties/form.html",
        call=lambda act, given: commands.erase_person(act, person_id=person_id, **given),
        preview=lambda act, given: str(effect),
        done=lambda party: "parties:people",
        said=_("The personal data was erased."),
        may=policies.can_erase_person,
        context={
            "heading": _("Erase the data of %(name)s") % {"name": name},
            "back": reverse("parties:party", args=[person_id]),
        },
    )


def duplicates(request: HttpRequest) -> HttpResponse:
    """Entries that may be one and the same."""
    return page(
        request, "parties/duplicates.html", {"groups": queries.duplicate_groups(act_of(request))}
    )


def merge_parties(request: HttpRequest, kept_id: int, duplicate_id: int) -> HttpResponse:
    """Show what a merge would do, and do it."""
    if request.method != "POST":
        act = act_of(request)
        effect = queries.effect_of_merge(act, kept_id, duplicate_id)
        return page(request, "parties/merge_parties.html", {"effect": effect})
    return action(
        request,
        call=lambda act: commands.merge_parties(act, kept_id=kept_id, duplicate_id=duplicate_id),
        done=lambda party: ("parties:party", party.pk),
        said=_("The two entries are one now."),
        back="parties:duplicates",
    )


def give_consent(request: HttpRequest, person_id: int, text_id: int) -> HttpResponse:
    """Agree to a text, or note what was agreed on paper."""
    return action(
        request,
        call=lambda act: commands.give_consent(act, person_id=person_id, text_id=text_id),
        said=_("The consent was noted."),
        back=("parties:party", person_id),
    )


def withdraw_consent(request: HttpRequest, person_id: int, consent_id: int) -> HttpResponse:
    """Withdraw a consent; what that does is shown first."""
    return withdrawing(request, consent_id, ("parties:party", person_id))


def withdrawing(request: HttpRequest, consent_id: int, back: Any) -> HttpResponse:
    """What a withdrawal does, and the button that does it; also for one's own page."""
    effect = queries.withdrawal_effect(act_of(request), consent_id)
    return form_page(
        request,
        form=forms.Form,
        template="parties/withdraw_consent.html",
        call=lambda act, given: commands.withdraw_consent(act, consent_id=consent_id),
        done=lambda consent: back,
        said=_("The consent was withdrawn."),
        context={"effect": effect, "back": resolve_url(*back)},
    )


urlpatterns = [
    path("people/", people, name="people"),
    path("people/add/", add_person, name="add_person"),
    path("people/<int:person_id>/change/", change_person, name="change_person"),
    path("people/<int:person_id>/erase/", erase_person, name="erase_person"),
    path("people/<int:person_id>/consents/<int:consent_id>/withdraw/", withdraw_consent, name="withdraw_consent"),
    path("people/<int:person_id>/consents/<int:text_id>/give/", give_consent, name="give_consent"),
    path("duplicates/", duplicates, name="duplicates"),
    path("duplicates/<int:kept_id>/<int:duplicate_id>/", merge_parties, name="merge_parties"),
]  # fmt: skip

"""Staff pages about organisations; their representatives see and change their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, policies, queries
from ..forms import (
    BankAccountForm,
    ChangeOrganisationForm,
    DesignationForm,
    EndForm,
    OrganisationForm,
    OwnOrganisationForm,
    RegisterFilters,
    RepresentativeForm,
)
from ..rules.fields import LABELS
from ..rules.numbers import format_business_number
from ..rules.regions import region_name

PARTIES = Table(
    id="organisations",
    title=_("Organisations"),
    columns=(
        Column("name", _("Name"), "party.name", sort="party__name", link=lambda one: reverse("parties:party", args=[one.pk])),
        Column("business_number", LABELS["business_number"], lambda one: format_business_number(one.business_number), kind="id"),
        Column("legal_form", LABELS["legal_form"], lambda one: one.get_legal_form_display()),
        Column("region", LABELS["region_code"], lambda one: region_name(one.sigungu_code or one.sido_code), sort=("sido_code", "sigungu_code")),
        Column("workers", LABELS["workers"], kind="number", sort="workers"),
        Column("phone", LABELS["phone"], kind="id"),
        Column("is_published", LABELS["is_published"], kind="text"),
        Column("email", LABELS["email"], shown=False),
        Column("website", LABELS["website"], shown=False),
        Column("address", LABELS["address"], shown=False),
        Column("offers", LABELS["offers"], shown=False),
        Column("needs", LABELS["needs"], shown=False),
    ),
    filters=RegisterFilters,
    empty_title=_("No organisation yet."),
    empty_text=_("Add one, or bring in a file."),
)  # fmt: skip


def parties(request: HttpRequest) -> HttpResponseBase:
    """All organisations of the register."""
    asked = ask(request, PARTIES)
    published = {"yes": True, "no": False}.get(asked.given.get("published") or "")
    act = act_of(request)
    rows = queries.organisations_visible_to(
        act,
        search=asked.search,
        region=asked.given.get("region") or "",
        kind=asked.given.get("kind") or "",
        published=published,
    )
    return show(
        request, PARTIES, asked, rows, "parties/parties.html",
        {"may_add": policies.is_staff(act), "may_read": policies.can_read_parties(act)},
    )  # fmt: skip


def party(request: HttpRequest, party_id: int) -> HttpResponse:
    """One party: an organisation here, a person on its own page."""
    card = queries.party_card(party_id)
    if card is None:
        raise NotFound
    if card.kind == "person":
        from .people import person

        return person(request, party_id)
    act = act_of(request)
    full = queries.organisation_in_full(act, party_id)
    return page(
        request,
        "parties/party.html",
        {
            "card": full,
            "merged_into": full.merged_into_id and queries.party_card(full.merged_into_id),
            "representatives": queries.representatives_of(party_id),
            "may_bank": (may_bank := policies.can_record_bank_account(act, party_id)),
            "bank": queries.bank_account_of(act, party_id) if may_bank else None,
            "history": queries.history_of(act, party_id),
            "staff": policies.is_staff(act),
            "may_read": policies.can_read_parties(act),
            "may_change": policies.can_change_organisation(act, party_id, ()),
        },
    )


class _Alike:
    """What adding an organisation may repeat: shown before it is done."""

    def __init__(self, found: list[queries.PartyFound], name: str) -> None:
        self.found, self.name = found, name

    def __repr__(self) -> str:
        return repr((self.name, [one.id for one in self.found]))

    def __str__(self) -> str:
        if not self.found:
            return str(_("“%(name)s” is added to the register.") % {"name": self.name})
        names = ", ".join(f"{one.name} {one.hint} (#{one.id})" for one in self.found)
        return str(
            _("There are similar entries: %(names)s. “%(name)s” is added beside them.")
            % {"names": names, "name": self.name}
        )


def add_organisation(request: HttpRequest) -> HttpResponse:
    """Add an organisation; names alike are shown first."""

    def call(act: Act, given: dict[str, Any]) -> Any:
        given = {**given, "designations": tuple(given["designations"])}
        given["workers"], given["members"] = _count(given["workers"]), _count(given["members"])
        return commands.add_organisation(act, **given)

    return form_page(
        request,
        form=OrganisationForm,
        template="parties/form.html",
        call=call,
        preview=lambda act, given: _Alike(
            queries.alike_organisations(given["name"]), given["name"]
        ),
        done=lambda made: ("parties:party", made.pk),
        said=_("The organisation was added."),
        may=policies.can_add_organisation,
        context={"heading": _("Add an organisation"), "back": reverse("parties:parties")},
    )


def _count(text: str) -> int | None:
    from ..rules.texts import read_count

    return read_count(text)


def change_organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Change what is known of an organisation; representatives change a part of it."""
    act = act_of(request)
    card = queries.organisation_in_full(act, organisation_id)
    whole = policies.is_staff(act)
    form: type[forms.Form] = ChangeOrganisationForm if whole else OwnOrganisationForm
    initial = {name: getattr(card, name) for name in form.base_fields}

    def call(act: Act, given: dict[str, Any]) -> Any:
        changes = tuple(
            (name, value)
            for name, value in given.items()
            if (value or None) != (initial[name] or None) and str(value) != str(initial[name])
        )
        return commands.change_organisation(act, organisation_id=organisation_id, changes=changes)

    return form_page(
        request,
        form=form,
        template="parties/form.html",
        call=call,
        done=lambda party: ("parties:party", party.pk),
        said=_("The changes were saved."),
        may=lambda asked: policies.can_change_organisation(asked, organisation_id, ()),
        initial=initial,
        context={
            "heading": _("Change %(name)s") % {"name": card.name},
            "back": reverse("parties:party", args=[organisation_id]),
        },
    )


def designate_organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Note a designation."""
    return form_page(
        request,
        form=DesignationForm,
        template="parties/form.html",
        call=lambda act, given: commands.designate_organisation(
            act, organisation_id=organisation_id, **given
        ),
        done=lambda made: ("parties:party", organisation_id),
        said=_("The designation was noted."),
        may=policies.can_designate_organisation,
        context=lambda: _about(organisation_id, _("Note a designation of %(name)s")),
    )


def end_designation(
    request: HttpRequest, organisation_id: int, designation_id: int
) -> HttpResponse:
    """End a designation."""
    return form_page(
        request,
        form=EndForm,
        template="parties/form.html",
        call=lambda act, given: commands.end_designation(
            act, designation_id=designation_id, **given
        ),
        done=lambda made: ("parties:party", organisation_id),
        said=_("The designation ends."),
        may=policies.can_end_designation,
        initial={"until_date": act_of(request).today},
        context=lambda: _about(organisation_id, _("End a designation of %(name)s")),
    )


def name_representative(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Name who speaks for the organisation."""
    return form_page(
        request,
        form=RepresentativeForm,
        template="parties/form.html",
        call=lambda act, given: commands.name_representative(
            act, organisation_id=organisation_id, **given
        ),
        done=lambda made: ("parties:party", organisation_id),
        said=_("The representative was named."),
        may=policies.can_name_representative,
        initial={"from_date": act_of(request).today},
        context=lambda: _about(organisation_id, _("Name a representative of %(name)s")),
    )


def end_representative(
    request: HttpRequest, organisation_id: int, representative_id: int
) -> HttpResponse:
    """End a term."""
    return form_page(
        request,
        form=EndForm,
        template="parties/form.html",
        call=lambda act, given: commands.end_representative(
            act, representative_id=representative_id, **given
        ),
        done=lambda made: ("parties:party", organisation_id),
        said=_("The term ends."),
        may=policies.can_end_representative,
        initial={"until_date": act_of(request).today},
        context=lambda: _about(organisation_id, _("End a term at %(name)s")),
    )


def record_bank_account(request: HttpRequest, party_id: int) -> HttpResponse:
    """Record where a party is paid to."""
    return form_page(
        request,
        form=BankAccountForm,
        template="parties/form.html",
        call=lambda act, given: commands.record_bank_account(act, party_id=party_id, **given),
        done=lambda made: ("parties:party", party_id),
        said=_("The bank account was recorded."),
        may=lambda act: policies.can_record_bank_account(act, party_id),
        context=lambda: {
            **_about(party_id, _("Bank account of %(name)s")),
            "own": not policies.can_read_parties(act_of(request)),
        },
    )


def publish_organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Show the organisation in the public directory, or take it out."""
    shown = request.POST.get("publish") == "1"
    return action(
        request,
        call=lambda act: commands.change_organisation(
            act, organisation_id=organisation_id, changes=(("is_published", shown),)
        ),
        said=_("The directory was changed."),
        back=("parties:party", organisation_id),
    )


def _about(party_id: int, heading: Any) -> dict[str, Any]:
    return {
        "heading": heading % {"name": queries.party_name(party_id)},
        "back": reverse("parties:party", args=[party_id]),
    }


urlpatterns = [
    path("", parties, name="parties"),
    path("add/", add_organisation, name="add_organisation"),
    path("<int:party_id>/", party, name="party"),
    path("<int:organisation_id>/change/", change_organisation, name="change_organisation"),
    path("<int:organisation_id>/publish/", publish_organisation, name="publish_organisation"),
    path("<int:organisation_id>/designations/add/", designate_organisation, name="designate_organisation"),
    path("<int:organisation_id>/designations/<int:designation_id>/end/", end_designation, name="end_designation"),
    path("<int:organisation_id>/representatives/add/", name_representative, name="name_representative"),
    path("<int:organisation_id>/representatives/<int:representative_id>/end/", end_representative, name="end_representative"),
    path("<int:party_id>/bank-account/", record_bank_account, name="record_bank_account"),
]  # fmt: skip

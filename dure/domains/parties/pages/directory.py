"""The public directory: nobody needs to log in."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import act_of, page
from dure.ui.tables import Column, Table, ask, show

from .. import queries
from ..forms import directory_filters
from ..rules.codes import Openness
from ..rules.fields import LABELS

TONES = {Openness.OPEN.value: "ok", Openness.CLOSED.value: "bad", Openness.UNKNOWN.value: "plain"}

DIRECTORY = Table(
    id="directory",
    title=_("Directory"),
    columns=(
        Column("name", _("Name"), link=lambda one: reverse("directory:organisation", args=[one.id])),
        Column("region", LABELS["region_code"]),
        Column("category", LABELS["category"]),
        Column("kinds", LABELS["designations"], lambda one: ", ".join(one.kinds)),
        Column(
            "openness", LABELS["openness"], lambda one: one.openness_label,
            tone=lambda one: TONES[one.openness],
        ),
        Column("phone", LABELS["phone"], kind="id"),
        Column("section", LABELS["section"], shown=False),
        Column("section_number", LABELS["section_number"], kind="number", shown=False),
        Column("website", LABELS["website"], shown=False),
        Column("offers", LABELS["offers"], shown=False),
        Column("requirement", LABELS["requirement"], shown=False),
    ),
    per_page=30,
)  # fmt: skip


def directory(request: HttpRequest) -> HttpResponseBase:
    """Search and filters over what is published."""
    asked_words = queries.question_of(request.GET)
    facets = queries.directory_facets(asked_words)
    table = replace(DIRECTORY, filters=directory_filters(facets, asked_words.region))
    asked = ask(request, table)
    found = queries.directory(asked_words, [one.value for one in facets.sections])
    context = {
        "facets": facets,
        "chips": [
            *(_chip(request, "section", choice) for choice in facets.sections),
            *(_chip(request, "openness", choice) for choice in facets.openness),
        ],
    }
    return show(
        request, table, asked, found, "parties/directory.html", context,
        dress=queries.directory_entries,
        part="parties/_directory.html",
    )  # fmt: skip


def _chip(request: HttpRequest, name: str, choice: queries.Choice) -> tuple[queries.Choice, str]:
    """A choice as a link: it sets its filter, or takes it off, and leaves the rest of the question."""
    address = request.GET.copy()
    for passing in ("page", "as"):
        address.pop(passing, None)
    if choice.chosen:
        address.pop(name, None)
    else:
        address[name] = choice.value
    query = address.urlencode()
    return choice, f"{request.path}?{query}" if query else request.path


def organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """The public page of one organisation; one that was merged leads to what it became."""
    kept = queries.resolve(organisation_id)
    if kept != organisation_id:
        return redirect("directory:organisation", kept, permanent=True)
    card = queries.organisation_card(organisation_id)
    act = act_of(request)
    may_change = act.holds("secretariat", "administrator") or act.holds(
        "representative", of=organisation_id
    )
    return page(
        request,
        "parties/directory_organisation.html",
        {"card": card, "tone": TONES[card.openness], "may_change": may_change},
    )


directory_urlpatterns = [
    path("", directory, name="directory"),
    path("<int:organisation_id>/", organisation, name="organisation"),
]

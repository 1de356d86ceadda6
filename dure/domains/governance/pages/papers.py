"""What meetings leave: the record that a resolution is valid, and the checks behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.domains.parties import queries as parties
from dure.ui import pdf
from dure.ui.doors import act_of, page
from dure.ui.tables import Column, Table, ask, show

from .. import documents, policies, queries

ROLL = Table(
    id="roll",
    title=_("Roll of a vote"),
    columns=(
        Column("name", _("Voter")),
        Column("told", _("Told")),
        Column("attended", _("There")),
        Column("sat_by", _("Sat for it")),
        Column("voted", pgettext_lazy("governance", "Vote")),
    ),
)


def resolution(request: HttpRequest, resolution_id: int) -> HttpResponse:
    """A resolution with everything that makes it valid."""
    act = act_of(request)
    record = queries.validity_record(act, resolution_id)
    return page(
        request,
        "governance/resolution.html",
        {
            "record": record,
            "card": record.card,
            "runs": bool(policies.can_carry_out_resolution(act, record)),
            "office": bool(policies.can_void_resolution(act)),
            "may_see_roll": bool(policies.can_see_roll(act, record)),
        },
    )


def resolution_pdf(request: HttpRequest, resolution_id: int) -> HttpResponse:
    """The same on paper; with the roll for those who may see who was told and there."""
    act = act_of(request)
    record = queries.validity_record(act, resolution_id, names=None)
    network = parties.network_profile()
    made = documents.validity_pdf(record, network.name if network else "", act.at)
    return pdf.answer(made, f"{_now('Validity of a resolution')}_{record.card.number}.pdf")


def resolution_roll(request: HttpRequest, resolution_id: int) -> HttpResponseBase:
    """Who could vote: told, there, sat for, voted; to be taken along as a spreadsheet."""
    record = queries.validity_record(act_of(request), resolution_id, names=True)
    asked = ask(request, ROLL)
    rows = [one for one in record.lines if asked.search.casefold() in one.name.casefold()]
    about = {"card": record.card}
    return show(request, ROLL, asked, rows, "governance/resolution_roll.html", about)


CHECKS = Table(
    id="checks",
    title=_("Results that do not follow"),
    columns=(
        Column("question", _("Question")),
        Column("label", _("What")),
        Column("found", _("As kept")),
        Column("expected", _("As it follows")),
    ),
    searchable=False,
)


def checks(request: HttpRequest) -> HttpResponseBase:
    """Every vote and meeting computed again: what does not follow, or that everything does."""
    policies.can_see_checks(act_of(request)).enforce()
    asked = ask(request, CHECKS)
    return show(request, CHECKS, asked, queries.verify(), "governance/checks.html")


urlpatterns = [
    path("checks/", checks, name="checks"),
    path("resolutions/<int:resolution_id>/", resolution, name="resolution"),
    path("resolutions/<int:resolution_id>/pdf/", resolution_pdf, name="resolution_pdf"),
    path("resolutions/<int:resolution_id>/roll/", resolution_roll, name="resolution_roll"),
]

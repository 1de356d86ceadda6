"""Loans that are late, all loans by age, and what is set aside for them."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.ui.doors import act_of
from dure.ui.tables import Column, Table, ask, show

from .. import forms, queries

LATE = Table(
    id="late_loans",
    title=_("Late loans"),
    columns=(
        Column("id", _("No."), kind="id", link=lambda one: reverse("loans:loan", args=[one.id])),
        Column("name", _("Member")),
        Column("class_label", pgettext_lazy("loan", "Class")),
        Column("days", _("Days late"), kind="number"),
        Column("late_since", _("Late since"), kind="day"),
        Column("arrears_won", _("Past due (won)"), kind="won"),
        Column("outstanding_won", _("Left (won)"), kind="won"),
        Column("last_letter", _("Last letter")),
        Column("provision_won", _("Set aside (won)"), kind="won"),
    ),
    filters=forms.LenderAsked,
    empty_title=_("No loan is late"),
    empty_text=_("Whoever is late appears here the day after the due day."),
)


def late_loans(request: HttpRequest) -> HttpResponseBase:
    """Loans by age and those that are late, as of the last day that was run."""
    act = act_of(request)
    asked = ask(request, LATE)
    fund = asked.given.get("fund") or ""
    return show(
        request, LATE, asked, queries.loans_late(act, fund=fund), "loans/late_loans.html",
        {"ageing": queries.ageing(act, fund)},
    )  # fmt: skip


urlpatterns = [path("late/", late_loans, name="late_loans")]

"""Seizures and insolvencies: noted and lifted by the office."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.ui.doors import act_of, form_about

from .. import commands, forms, policies, queries


def bar_from_clearing(request: HttpRequest) -> HttpResponse:
    """Nothing of a member is set off from now on."""
    return form_about(
        request,
        "trade:clearings",
        title=_now("Note a seizure or an insolvency"),
        form=forms.BarForm,
        may=policies.can_bar_from_clearing,
        call=lambda act, given: commands.bar_from_clearing(act, **given),
        said=_("Noted. An open round was reckoned without the member."),
        initial={"from_date": act_of(request).today},
    )


def lift_clearing_bar(request: HttpRequest, bar_id: int) -> HttpResponse:
    """It is over."""
    return form_about(
        request,
        "trade:clearings",
        title=_now("The seizure or insolvency is over"),
        name=queries.clearing_bar(act_of(request), bar_id).name,
        form=forms.LiftBarForm,
        may=policies.can_lift_clearing_bar,
        call=lambda act, given: commands.lift_clearing_bar(act, bar_id=bar_id, **given),
        said=_("Noted. The next round asks the member again."),
        initial={"lifted_date": act_of(request).today},
    )


urlpatterns = [
    path("clearing/bars/note/", bar_from_clearing, name="bar_from_clearing"),
    path("clearing/bars/<int:bar_id>/lift/", lift_clearing_bar, name="lift_clearing_bar"),
]

"""Bundles are made, sold, ended; they stand on the page of group buys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.ui.doors import act_of, action, form_about

from .. import commands, forms, policies, queries


def make_bundle(request: HttpRequest) -> HttpResponse:
    """Lay one down."""
    return form_about(
        request,
        "trade:group_buys",
        title=_now("Make a bundle"),
        form=lambda *args, **given: forms.BundleForm(
            *args, members=queries.member_suppliers(act_of(request).today), **given
        ),
        may=policies.can_make_bundle,
        call=lambda act, given: commands.make_bundle(act, **given),
        said=_("The bundle can be sold."),
    )


def sell_bundle(request: HttpRequest, bundle_id: int) -> HttpResponse:
    """So many were sold."""
    act = act_of(request)
    return form_about(
        request,
        "trade:group_buys",
        title=_now("Enter a sale"),
        name=queries.bundle(act, bundle_id).name,
        form=forms.BundleSaleForm,
        may=policies.can_sell_bundle,
        call=lambda act, given: commands.sell_bundle(act, bundle_id=bundle_id, **given),
        said=_("The sale is entered, each member with its share."),
        initial={"count": 1, "sold_date": act.today},
    )


def end_bundle(request: HttpRequest, bundle_id: int) -> HttpResponse:
    """Sell it no longer."""
    return action(
        request,
        call=lambda act: commands.end_bundle(act, bundle_id=bundle_id),
        said=_("The bundle is sold no longer."),
        back="trade:group_buys",
    )


urlpatterns = [
    path("bundles/make/", make_bundle, name="make_bundle"),
    path("bundles/<int:bundle_id>/sell/", sell_bundle, name="sell_bundle"),
    path("bundles/<int:bundle_id>/end/", end_bundle, name="end_bundle"),
]

"""Pages that gather several rooms: the first page, the desk, mine, an organisation's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from dure.domains.parties import queries as parties
from dure.kernel.refusals import Denied
from django.utils.translation import gettext_lazy as _
from dure.ui.doors import act_of, page

OFFICES = ("secretariat", "bookkeeper", "administrator")


def home(request: HttpRequest) -> HttpResponse:
    """Where a person's day begins: the desk, one's own page, or the network's front."""
    if parties.network_profile() is None:
        return HttpResponseRedirect(reverse("welcome"))
    act = act_of(request)
    if act.holds(*OFFICES):
        return HttpResponseRedirect(reverse("desk"))
    if act.actor_id is not None:
        return HttpResponseRedirect(reverse("me"))
    return page(request, "site/home.html")


def desk(request: HttpRequest) -> HttpResponse:
    """What needs a hand today."""
    act = act_of(request)
    if not act.holds(*OFFICES):
        raise Denied(_("The desk is the secretariat's."))
    return page(request, "site/desk.html")


def me(request: HttpRequest) -> HttpResponse:
    """My membership, dues and data."""
    act = act_of(request)
    if act.actor_id is None:
        raise Denied(_("Log in to see this page."))
    return page(request, "site/me.html")


def organisation(request: HttpRequest, party_id: int) -> HttpResponse:
    """An organisation for those who speak for it."""
    act = act_of(request)
    if not act.holds("representative", *OFFICES, of=party_id):
        raise Denied(_("This page is for those who speak for the organisation."))
    return page(request, "site/organisation.html", {"card": parties.organisation_card(party_id)})


def found_network(request: HttpRequest) -> HttpResponse:
    """The first steps of an installation, while there is no network yet."""
    return page(request, "site/found_network.html")

"""The desk: what needs a hand today, each one click from done, and the figures beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.kernel.refusals import Denied
from dure.ui.doors import act_of, page

from ..desk.figures import figures
from ..desk.kept import last_deed
from ..desk.waiting import office_waiting

OFFICES = ("secretariat", "bookkeeper", "administrator")


def desk(request: HttpRequest) -> HttpResponse:
    """The desk of the office held; whoever holds none has their own page for it."""
    act = act_of(request)
    if not act.holds(*OFFICES):
        if act.actor_id is None:
            raise Denied(_("The desk is the secretariat's."))
        return HttpResponseRedirect(reverse("me"))
    deed = last_deed()
    return page(
        request,
        "site/desk.html",
        {"waiting": office_waiting(act, deed), "figures": figures(act, deed), "today": act.today},
    )

"""The desk: what needs a hand today, each one click from done, and the figures beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.kernel.refusals import Denied
from dure.ui.doors import act_of, page

from ..desk.admission import ADMISSION_SOURCES
from ..desk.agenda import AGENDA_SOURCES
from ..desk.aid import AID_SOURCES
from ..desk.bodies import BODY_SOURCES
from ..desk.conduct import CONDUCT_SOURCES
from ..desk.figures import figures
from ..desk.governance import GOVERNANCE_SOURCES
from ..desk.kept import look
from ..desk.loans import LOAN_SOURCES
from ..desk.meetings import MEETING_SOURCES
from ..desk.personal import BREACH_SOURCES, PRIVACY_SOURCES
from ..desk.shares import SHARE_SOURCES
from ..desk.waiting import OFFICE_SOURCES, waiting_for

OFFICES = ("secretariat", "bookkeeper", "administrator")


def desk(request: HttpRequest) -> HttpResponse:
    """The desk of the office held; whoever holds none has their own page for it."""
    act = act_of(request)
    if not act.holds(*OFFICES):
        if act.actor_id is None:
            raise Denied(_("The desk is the secretariat's."))
        return HttpResponseRedirect(reverse("me"))
    deeds = look()
    return page(
        request,
        "site/desk.html",
        {
            "waiting": waiting_for(
                act,
                (
                    *BREACH_SOURCES,
                    *OFFICE_SOURCES,
                    *ADMISSION_SOURCES,
                    *CONDUCT_SOURCES,
                    *GOVERNANCE_SOURCES,
                    *SHARE_SOURCES,
                    *LOAN_SOURCES,
                    *AID_SOURCES,
                    *BODY_SOURCES,
                    *MEETING_SOURCES,
                    *AGENDA_SOURCES,
                    *PRIVACY_SOURCES,
                ),
                deeds,
            ),
            "figures": figures(act, deeds),
            "today": act.today,
        },
    )

"""What everyone may see: the network's first page, what Dure is, how personal data is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.ui.doors import act_of, page

from ..desk.figures import front_figures
from ..navigation import address

OFFICES = ("secretariat", "bookkeeper", "administrator")

# Whose data, what, why, how long: the table of the privacy notice.
KEPT = (
    (
        _("Applicants"),
        _("Name or organisation, contact person, e-mail, phone, why they want to join"),
        _("To decide on the application and to answer"),
        _("Until one year after a refusal or withdrawal"),
    ),
    (
        _("Members and representatives"),
        _(
            "Name, e-mail, phone, address where the register must name it, office and term, consents"
        ),
        _("Membership, dues, votes, letters"),
        _("While the membership lasts; then as the law demands"),
    ),
    (
        _("Who pays"),
        _("Dues, payments, the name as the bank printed it"),
        _("Keeping the books"),
        _("Ten years after the end of the fiscal year, as the law demands for books"),
    ),
    (
        _("Users of this site"),
        _("E-mail, password (only as a digest), time of log-in, log of what was done"),
        _("To protect the network's data"),
        _("While the account exists; the log of reads of personal data at least two years"),
    ),
)


def base_for(request: HttpRequest) -> str:
    """The frame of a page that visitors see too."""
    return "ui/base.html" if request.person_id is not None else "ui/base_public.html"  # type: ignore[attr-defined]


def home(request: HttpRequest) -> HttpResponse:
    """Where a person's day begins: the desk, one's own page, or the network's front."""
    profile = parties.network_profile()
    if profile is None:
        return HttpResponseRedirect(reverse("welcome"))
    act = act_of(request)
    if act.holds(*OFFICES):
        return HttpResponseRedirect(reverse("desk"))
    if act.actor_id is not None:
        return HttpResponseRedirect(reverse("me"))
    return page(
        request,
        "site/home.html",
        {
            "directory_url": address("parties:directory"),
            "apply_url": address("memberships:apply_for_membership"),
            "figures": front_figures(profile, act.today),
        },
    )


def about(request: HttpRequest) -> HttpResponse:
    """What Dure is, and under which licence anyone may use and change it."""
    return page(request, "site/about.html", {"base": base_for(request)})


def privacy(request: HttpRequest) -> HttpResponse:
    """How this network keeps personal data (개인정보 처리방침)."""
    return page(
        request,
        "site/privacy.html",
        {
            "base": base_for(request),
            "rows": KEPT,
            "profile": parties.network_profile(),
            "consent_texts": parties.consent_texts(act_of(request).today),
        },
    )

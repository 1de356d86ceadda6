"""An organisation's page for those who speak for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.refusals import Denied
from dure.ui.doors import act_of, page

from ..navigation import address
from .mine import CHARGES_SHOWN, papers

OFFICES = ("secretariat", "bookkeeper", "administrator")


def organisation(request: HttpRequest, party_id: int) -> HttpResponse:
    """Profile, membership, dues and who speaks for it."""
    act = act_of(request)
    if not (act.holds("representative", of=party_id) or act.holds(*OFFICES)):
        raise Denied(_("This page is for those who speak for the organisation."))
    card = parties.organisation_in_full(act, party_id)
    cards = memberships.membership_cards_of(act, party_id)
    return page(
        request,
        "site/organisation.html",
        {
            "card": card,
            "cards": cards,
            "charges": memberships.charges_of_party(act, party_id, limit=CHARGES_SHOWN),
            "representatives": parties.representatives_of(party_id),
            "today": act.today,
            "change_url": address("parties:change_organisation", party_id),
            "public_url": address("directory:organisation", party_id) if card.is_published else "",
            "ledger_url": address("ledger:party_ledger", party_id),
            "statement_urls": papers(act, cards),
            "paper_url": address("memberships:issue_paper", cards[0].id) if cards else "",
            "apply_url": address("memberships:apply_for_membership"),
        },
    )

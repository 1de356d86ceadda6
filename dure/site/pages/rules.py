"""The rules in force as a paper, under the network's name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dure.domains.bylaws import documents
from dure.domains.bylaws.pages import asked_rules
from dure.domains.parties import queries as parties
from dure.ui import pdf
from dure.ui.doors import act_of


def rules_pdf(request: HttpRequest) -> HttpResponse:
    """What the page of the rules shows, article beside provision, fit for a lawyer."""
    _form, shown = asked_rules(request)
    network = parties.network_profile()
    name = network.name if network else ""
    made = documents.rules_pdf(shown, name, act_of(request).at)
    return pdf.answer(made, f"{_('Rules in force')}_{shown.on.isoformat()}.pdf")

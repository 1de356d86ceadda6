"""Papers of a deal: the number of its tax invoice, what is handed in, what is opened."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.ui.doors import act_of
from dure.ui.files import as_it_came
from dure.ui.uploads import content_of

from .. import commands, forms, policies, queries
from .corrections import about, side_of


def note_tax_invoice(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Its number."""
    card = queries.deal(act_of(request), deal_id)
    return about(
        request, deal_id, _now("Note the tax invoice"), forms.TaxInvoiceForm,
        lambda act, given: commands.note_tax_invoice(act, deal_id=deal_id, **given),
        _("The number of the tax invoice is noted."),
        may=lambda act: policies.can_note_tax_invoice(act, card),
    )  # fmt: skip


def add_deal_paper(request: HttpRequest, deal_id: int) -> HttpResponse:
    """A delivery note, a photograph."""
    act = act_of(request)
    card = queries.deal(act, deal_id)
    side = side_of(act, card)

    def call(act: Act, given: dict[str, Any]) -> Any:
        file = given["file"]
        return commands.add_deal_paper(
            act, deal_id=deal_id, party_id=side, kind=given["kind"], name=file.name,
            content=content_of(file),
        )  # fmt: skip

    return about(
        request, deal_id, _now("Hand a paper in"), forms.DealPaperForm, call,
        _("The paper is with the deal. Both sides can open it."),
        may=lambda act: policies.can_add_deal_paper(act, card, side),
    )  # fmt: skip


def deal_paper(request: HttpRequest, deal_id: int, deal_paper_id: int) -> HttpResponse:
    """A paper as it came: saved, never shown inside a page of ours."""
    opened = queries.open_deal_paper(act_of(request), deal_id, deal_paper_id)
    return as_it_came(opened.content, opened.name)


urlpatterns = [
    path("<int:deal_id>/tax-invoice/", note_tax_invoice, name="note_tax_invoice"),
    path("<int:deal_id>/papers/add/", add_deal_paper, name="add_deal_paper"),
    path("<int:deal_id>/papers/<int:deal_paper_id>/", deal_paper, name="deal_paper"),
]

"""The papers of a deal: the number of its tax invoice, and what either side hands in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.files import keep_file
from dure.kernel.models import KeptFile
from dure.kernel.refusals import NotFound, Refusal

from .. import policies
from ..events import DealPaperAdded, TaxInvoiceNoted
from ..models import Deal
from ..rules import deals as rules
from .dealing import need_new_tax_number
from .steps import DealImpossible, hold_deal, need

__all__ = ["TaxInvoiceNotedBefore", "add_deal_paper", "note_tax_invoice"]

State = Deal.State


class TaxInvoiceNotedBefore(Refusal):
    """A deal has one tax invoice."""

    text = _("The tax invoice %(number)s is noted already.")
    remedy = _("If it was wrong or issued anew, propose a correction of the deal.")


@command
def note_tax_invoice(act: Act, *, deal_id: int, tax_number: str) -> Deal:
    """Note the number of the tax invoice that the seller issued.

    Raises DealNotWaiting, TaxInvoiceNotedBefore, DealImpossible, DealKnownAlready.
    """
    deal = hold_deal(deal_id)
    policies.can_note_tax_invoice(act, deal).enforce()
    need(deal, State.RECORDED, State.CONFIRMED)
    if deal.tax_number:
        raise TaxInvoiceNotedBefore(number=deal.tax_number)
    number = rules.tax_number_of(tax_number)
    wrong = rules.wrong_tax_number(number, act.today) if number else _("it has a number")
    if wrong:
        raise DealImpossible(reason=wrong)
    need_new_tax_number(number)
    # ---
    deal.tax_number = number
    deal.save(update_fields=["tax_number"])
    record(act, TaxInvoiceNoted(deal.pk, deal.seller_id, deal.buyer_id, number))
    return deal


@command
def add_deal_paper(
    act: Act, *, deal_id: int, party_id: int, kind: str, name: str, content: bytes
) -> KeptFile:
    """Hand in a paper of a deal for both sides: a delivery note, a tax invoice, a photograph.

    Raises NotFound, FileUnfit, FileThereAlready, TooManyFiles.
    """
    deal = hold_deal(deal_id)
    policies.can_add_deal_paper(act, deal, party_id).enforce()
    if kind not in dict(rules.PAPERS):
        raise NotFound
    # ---
    kept = keep_file(
        act, subject_id=party_id, matter=deal.matter_of(kind), name=name, content=content
    )
    record(act, DealPaperAdded(deal.pk, party_id, deal.other(party_id), kind, kept.pk))
    return kept

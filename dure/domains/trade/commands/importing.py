"""Many deals at once, as a file lists them: all of it, or nothing."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput

from .. import policies
from ..events import DealsImported
from ..models import Deal, DealSettlement, DealVersion
from ..queries.importing import DealsSorted, may_note_payment, sort_deals
from ..rules.imports import ImportedDeal

__all__ = ["DealsUnfit", "ImportedDeal", "NoDealsToImport", "import_deals"]

BATCH, FAULTS_SHOWN = 500, 5


class DealsUnfit(InvalidInput):
    """All rows are taken, or none."""

    text = _("Nothing was taken. %(faults)s")
    remedy = _("Mend these rows in the file and bring it again.")


class NoDealsToImport(InvalidInput):
    """A file that says nothing new."""

    text = _("Everything in this file is written down already.")


@command
def import_deals(act: Act, *, deals: tuple[ImportedDeal, ...], on_paper: str = "") -> int:
    """Write down the deals of a file; how many are new. What is known is passed over, and noted as
    paid where the file says so. `on_paper`: by what both sides confirmed them, of the office only;
    without it the other side of each is asked.

    Raises DealsUnfit, NoDealsToImport.
    """
    on_paper = clean_text(on_paper, 200, _("Paper"))
    policies.can_import_deals(act, deals, on_paper).enforce()
    found = sort_deals(act, deals)
    if found.faults:
        told = (
            _("Row %(row)d: %(text)s.") % {"row": one.row, "text": one.text}
            for one in found.faults[:FAULTS_SHOWN]
        )
        raise DealsUnfit(faults=" ".join(str(one) for one in told))
    paid = _payable(act, found)
    if not found.new and not paid:
        raise NoDealsToImport
    # ---
    made = _write_down(act, found, on_paper)
    new = zip(made, found.new, strict=True) if on_paper else ()
    settled = paid + [(one, row.given.paid_date) for one, row in new if row.given.paid_date]
    _settle(settled)
    won = sum(one.won for one in made)
    record(act, DealsImported(len(made), won, found.known, len(settled), on_paper))
    return len(made)


def _payable(act: Act, found: DealsSorted) -> list[tuple[Deal, date]]:
    rows = Deal.objects.select_for_update(of=("self",)).filter(pk__in=found.paid).order_by("pk")
    return [(one, found.paid[one.pk]) for one in rows if may_note_payment(act, one.seller_id)]


def _write_down(act: Act, found: DealsSorted, on_paper: str) -> list[Deal]:
    state = Deal.State.CONFIRMED if on_paper else Deal.State.RECORDED
    made = []
    for one in found.new:
        given, terms = one.given, one.terms
        recorder = given.buyer_id if given.buyer_id in act.own else given.seller_id
        other = given.seller_id if recorder == given.buyer_id else given.buyer_id
        made.append(
            Deal(
                seller_id=given.seller_id, buyer_id=given.buyer_id, recorder_id=recorder,
                state=state, waits_for_id=None if on_paper else other, is_mutual=one.is_mutual,
                what=terms.what, won=terms.won, vat_won=terms.vat_won, dealt_date=terms.dealt_date,
                due_date=terms.due_date, tax_number=terms.tax_number, recorded_at=act.at,
                confirmed_at=act.at if on_paper else None, on_paper=on_paper,
            )
        )  # fmt: skip
    Deal.objects.bulk_create(made, batch_size=BATCH)
    DealVersion.objects.bulk_create(
        (
            DealVersion(
                deal=one, number=1, by_id=one.recorder_id, what=one.what, won=one.won,
                vat_won=one.vat_won, dealt_date=one.dealt_date, due_date=one.due_date,
                tax_number=one.tax_number, proposed_at=act.at,
            )
            for one in made
        ),
        batch_size=BATCH,
    )  # fmt: skip
    return made


def _settle(deals: list[tuple[Deal, date]]) -> None:
    """The rest of each came on a day."""
    rows = [
        DealSettlement(deal=one, how=DealSettlement.How.PAID, won=one.open_won, settled_date=day)
        for one, day in deals
    ]
    DealSettlement.objects.bulk_create(rows, batch_size=BATCH)
    for one, _day in deals:
        one.settled_won = one.won
    Deal.objects.bulk_update([one for one, _day in deals], ["settled_won"], batch_size=BATCH)

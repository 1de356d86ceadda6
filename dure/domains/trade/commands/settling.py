"""What makes the open amount of deals smaller: payments, and the set-offs of a clearing round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import DealPaid, DealSettlementTakenBack
from ..models import Deal, DealSettlement, DealSettlementUndone
from .steps import DealImpossible, hold_deal, need, why

__all__ = [
    "DealPaymentOfRound", "DealPaymentTooLarge", "DealPaymentUndoneBefore",
    "receive_deal_payment", "undo_deal_payment",
]  # fmt: skip

State, How = Deal.State, DealSettlement.How


class DealPaymentTooLarge(InvalidInput):
    """No more is settled than is open."""

    text = _("%(open)s of the deal are open; %(won)s cannot be settled.")


class DealPaymentUndoneBefore(Refusal):
    """A settlement is taken back once."""

    text = _("This was taken back already.")


class DealPaymentOfRound(Refusal):
    """What a round set off is undone by the round."""

    text = _("This was set off in a clearing round; it is undone with the round.")


@command
def receive_deal_payment(
    act: Act, *, deal_id: int, won: int, paid_date: date | None = None, reference: str = ""
) -> DealSettlement:
    """Say that money for a deal came. Raises DealNotWaiting, DealPaymentTooLarge, DealImpossible."""
    deal = hold_deal(deal_id)
    policies.can_receive_deal_payment(act, deal).enforce()
    need(deal, State.CONFIRMED)
    day = paid_date or act.today
    if day > act.today:
        raise DealImpossible(reason=_("it is not in the future"))
    if not 0 < won <= deal.open_won:
        raise DealPaymentTooLarge(open=format_won(deal.open_won), won=format_won(won))
    # ---
    deal.settled_won += won
    deal.save(update_fields=["settled_won"])
    made = DealSettlement.objects.create(
        deal=deal, how=How.PAID, won=won, settled_date=day,
        reference=clean_text(reference, 100, _("Reference")),
    )  # fmt: skip
    record(act, DealPaid(deal.pk, deal.seller_id, won, day))
    return made


@command
def undo_deal_payment(act: Act, *, settlement_id: int, reason: str) -> DealSettlement:
    """Take back a payment that was noted wrongly.

    Raises DealPaymentOfRound, DealPaymentUndoneBefore, DealReasonMissing.
    """
    made: DealSettlement = DealSettlement.objects.hold(settlement_id)
    deal = hold_deal(made.deal_id)
    policies.can_undo_deal_payment(act, deal).enforce()
    if made.how == How.SET_OFF:
        raise DealPaymentOfRound
    if DealSettlementUndone.objects.filter(settlement=made).exists():
        raise DealPaymentUndoneBefore
    reason = why(reason)
    # ---
    deal.settled_won -= made.won
    deal.save(update_fields=["settled_won"])
    DealSettlementUndone.objects.create(settlement=made, undone_at=act.at, reason=reason)
    record(act, DealSettlementTakenBack(deal.pk, deal.seller_id, made.won, reason))
    return made


# -- for the clearing: called inside its commands, which record what happened


def set_off(parts: Mapping[int, int], day: date, reference: str) -> int:
    """Settle so many won of each deal {deal: won} without money; how many deals. `reference` names
    the round and is that of no other. Raises DealNotWaiting, DealPaymentTooLarge."""
    deals = list(Deal.objects.select_for_update().filter(pk__in=list(parts)).order_by("pk"))
    for deal in deals:
        need(deal, State.CONFIRMED)
        won = parts[deal.pk]
        if not 0 < won <= deal.open_won or deal.disputed_at is not None:
            raise DealPaymentTooLarge(open=format_won(deal.open_won), won=format_won(won))
        deal.settled_won += won
    Deal.objects.bulk_update(deals, ["settled_won"], batch_size=500)
    DealSettlement.objects.bulk_create(
        (
            DealSettlement(
                deal=deal, how=How.SET_OFF, won=parts[deal.pk], settled_date=day,
                reference=reference,
            )
            for deal in deals
        ),
        batch_size=500,
    )  # fmt: skip
    return len(deals)


def undo_set_off(act: Act, reference: str, reason: str) -> int:
    """Open again what a round set off; how many deals. Raises DealPaymentUndoneBefore."""
    rows = DealSettlement.objects.filter(how=How.SET_OFF, reference=reference, undone=None)
    made = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not made:
        raise DealPaymentUndoneBefore
    for one in made:
        Deal.objects.filter(pk=one.deal_id).update(settled_won=F("settled_won") - one.won)
    DealSettlementUndone.objects.bulk_create(
        DealSettlementUndone(settlement=one, undone_at=act.at, reason=reason) for one in made
    )
    return len(made)

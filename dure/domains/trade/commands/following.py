"""What happens here when parties become one below."""

from __future__ import annotations

from django.db.models import Q

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record

from .. import policies
from ..events import DealsMoved
from ..models import (
    BundleSale,
    ClearingBar,
    ClearingParty,
    ClearingRound,
    Deal,
    FundUse,
    GroupBuy,
    GroupBuyPayment,
    Listing,
    ListingImport,
    Order,
    PoolPart,
    RecurringDeal,
)
from .reckoning import reckon

__all__ = ["move_deals"]

Answer = ClearingParty.State
WEAKEST_LAST = (Answer.AGREED, Answer.ASKED, Answer.WITHDRAWN, Answer.EXCLUDED)


@command
def move_deals(act: Act, *, from_party_id: int, to_party_id: int) -> int:
    """The deals of a duplicate are those of the party it was merged into; how many. What the two had
    with each other stays as it was written."""
    policies.can_move_deals(act).enforce()
    # ---
    apart = Deal.objects.exclude(
        Q(seller=from_party_id, buyer=to_party_id) | Q(seller=to_party_id, buyer=from_party_id)
    )
    count = 0
    for side in ("waits_for", "disputed_by"):
        apart.filter(**{side: from_party_id}).update(**{side: to_party_id})
    for deal in apart.filter(Q(seller=from_party_id) | Q(buyer=from_party_id)).order_by("pk"):
        for side in ("seller_id", "buyer_id", "recorder_id"):
            if getattr(deal, side) == from_party_id:
                setattr(deal, side, to_party_id)
        deal.save(update_fields=["seller", "buyer", "recorder"])
        count += 1
    count += _move_orders(from_party_id, to_party_id)
    for rows, side in (
        (FundUse, "party"), (Listing, "party"), (ClearingBar, "party"), (GroupBuy, "organiser"),
        (GroupBuyPayment, "party"), (BundleSale, "buyer"),
    ):  # fmt: skip
        count += rows.objects.filter(**{side: from_party_id}).update(**{side: to_party_id})
    ListingImport.objects.filter(party=from_party_id).update(party=to_party_id)
    of_both = PoolPart.objects.filter(party=to_party_id).order_by().values("round")
    parts = PoolPart.objects.filter(party=from_party_id).exclude(round__in=of_both)
    count += parts.update(party=to_party_id)
    _move_answers(act, from_party_id, to_party_id)
    record(act, DealsMoved(to_party_id, from_party_id, count))
    return count


def _move_orders(from_party_id: int, to_party_id: int) -> int:
    """As the deals: what the two had with each other stays as it was written."""
    two = (from_party_id, to_party_id)
    apart = Order.objects.exclude(seller__in=two, buyer__in=two)
    count = apart.filter(Q(seller=from_party_id) | Q(buyer=from_party_id)).count()
    monthly = RecurringDeal.objects.exclude(seller__in=two, buyer__in=two)
    for side in ("recorder", "waits_for", "seller", "buyer"):
        for rows in (apart, monthly):
            rows.filter(**{side: from_party_id}).update(**{side: to_party_id})
    return count


def _move_answers(act: Act, from_party_id: int, to_party_id: int) -> None:
    """In rounds of clearing the party kept stands where the duplicate stood. Where both stand in the
    open round it agreed only if both did; a round that is over keeps both as they were."""
    for one in ClearingParty.objects.filter(party=from_party_id).select_related("round"):
        both = one.round.parties.filter(party=to_party_id).first()
        if both is None:
            one.party_id = to_party_id
            one.save(update_fields=["party"])
        elif one.round.state == ClearingRound.State.OPEN:
            weaker = max(one, both, key=lambda answer: WEAKEST_LAST.index(Answer(answer.state)))
            both.state, both.answered_at, both.on_paper = (
                weaker.state, weaker.answered_at, weaker.on_paper
            )  # fmt: skip
            both.ground, both.reason, both.agreed_won = weaker.ground, weaker.reason, 0
            both.borrows_won = min(one.borrows_won, both.borrows_won)
            both.agreed_lent_won = both.agreed_paid_won = 0
            both.save()
            one.delete()
    held = ClearingRound.objects.select_for_update().filter(state=ClearingRound.State.OPEN).first()
    if held is not None and held.parties.filter(party=to_party_id).exists():
        reckon(act, held)

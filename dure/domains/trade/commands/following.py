"""What happens here when parties become one below."""

from __future__ import annotations

from django.db.models import Q

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record

from .. import policies
from ..events import DealsMoved
from ..models import Deal, FundUse

__all__ = ["move_deals"]


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
    count += FundUse.objects.filter(party=from_party_id).update(party=to_party_id)
    record(act, DealsMoved(to_party_id, from_party_id, count))
    return count

"""What was bought together or in a bundle counts as a deal of its two members, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dure.domains.memberships import queries as memberships
from dure.kernel.acts import Act

from ..models import Deal, DealSettlement, DealVersion, GroupBuy
from ..queries.group_plans import BUY_PREFIX


@dataclass(frozen=True, slots=True)
class Purchase:
    """One member bought of another."""

    seller_id: int
    buyer_id: int
    won: int
    what: str


def add_purchases(act: Act, buy: GroupBuy, purchases: Sequence[Purchase], due_date: date) -> int:
    """Keep what members bought of members; how many deals. See `add_deals`."""
    day = buy.delivered_date or act.today
    return add_deals(act, purchases, day, due_date, f"{BUY_PREFIX} {buy.pk}")


def add_deals(
    act: Act, purchases: Sequence[Purchase], day: date, due_date: date, reference: str
) -> int:
    """Deals that both sides confirmed before: by wish and delivery, or by a bundle made and sold.
    They are settled at once, since the network bills the one and pays the other; so nothing of them
    is owed twice, and no clearing sets it off. Only between members of that day; how many."""
    members = {
        one: memberships.membership_of(one, day) is not None
        for one in {side for p in purchases for side in (p.seller_id, p.buyer_id)}
    }
    deals = Deal.objects.bulk_create(
        (
            Deal(
                seller_id=one.seller_id, buyer_id=one.buyer_id, recorder_id=one.buyer_id,
                state=Deal.State.CONFIRMED, is_mutual=True, what=one.what[:200], won=one.won,
                dealt_date=day, due_date=max(day, due_date), recorded_at=act.at,
                confirmed_at=act.at, on_paper=reference, settled_won=one.won,
            )
            for one in purchases
            if one.won and members[one.seller_id] and members[one.buyer_id]
        ),
        batch_size=500,
    )  # fmt: skip
    DealVersion.objects.bulk_create(
        (
            DealVersion(
                deal=one, number=1, by_id=one.recorder_id, what=one.what, won=one.won, vat_won=0,
                dealt_date=one.dealt_date, due_date=one.due_date, tax_number="", reason="",
                proposed_at=act.at,
            )
            for one in deals
        ),
        batch_size=500,
    )  # fmt: skip
    DealSettlement.objects.bulk_create(
        (
            DealSettlement(
                deal=one, how=DealSettlement.How.PAID, won=one.won, settled_date=act.today,
                reference=reference,
            )
            for one in deals
        ),
        batch_size=500,
    )  # fmt: skip
    return len(deals)

"""What comes every month, as its sides see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import RecurringDeal

__all__ = ["RecurringDealRow", "recurring_deal", "recurring_deals"]


@dataclass(frozen=True, slots=True)
class RecurringDealRow:
    """A recurring deal."""

    id: int
    seller_id: int
    seller: str
    buyer_id: int
    buyer: str
    recorder_id: int
    waits_for_id: int | None
    state: str
    state_label: str
    what: str
    won: int
    vat_won: int
    month_day: int
    next_date: date
    until_date: date | None
    confirms_itself: bool
    end_reason: str


def recurring_deals(act: Act) -> list[RecurringDealRow]:
    """Of all for whom the actor speaks; for the office and its readers all. Those that ended last."""
    policies.can_see_trade(act).enforce()
    rows = RecurringDeal.objects.all()
    if not act.holds(*policies.READERS):
        own = list(act.own)
        rows = rows.filter(seller__in=own) | rows.filter(buyer__in=own)
    order = [str(one) for one in RecurringDeal.State]
    return sorted(_rows(list(rows[:300])), key=lambda one: order.index(one.state))


def recurring_deal(act: Act, recurring_id: int) -> RecurringDealRow:
    """One of them. Raises NotFound."""
    found = RecurringDeal.objects.filter(pk=recurring_id).first()
    if found is None:
        raise NotFound
    policies.can_see_recurring_deal(act, found).enforce()
    return _rows([found])[0]


def _rows(found: list[RecurringDeal]) -> list[RecurringDealRow]:
    names = parties.names_of({side for one in found for side in one.sides})
    return [
        RecurringDealRow(
            one.pk, one.seller_id, names.get(one.seller_id, ""), one.buyer_id,
            names.get(one.buyer_id, ""), one.recorder_id, one.waits_for_id, one.state,
            str(one.get_state_display()), one.what, one.won, one.vat_won, one.month_day,
            one.next_date, one.until_date, one.confirms_itself, one.end_reason,
        )
        for one in found
    ]  # fmt: skip

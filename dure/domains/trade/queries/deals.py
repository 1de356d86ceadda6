"""Deals as their sides see them, and what waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Deal
from ..rules.deals import Terms, is_same_deal

__all__ = [
    "DealCard", "DealRow", "DealVersionLine", "SettlementLine", "deal", "deals", "deals_waiting",
    "my_deals", "own_twins", "twins",
]  # fmt: skip

COUNTS = (Deal.State.RECORDED, Deal.State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal in a list."""

    id: int
    seller_id: int
    seller: str
    buyer_id: int
    buyer: str
    recorder_id: int
    waits_for_id: int | None
    what: str
    won: int
    open_won: int
    dealt_date: date
    due_date: date
    tax_number: str
    state: str
    state_label: str
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class DealVersionLine:
    """Terms as one side proposed them."""

    number: int
    by: str
    what: str
    won: int
    vat_won: int
    dealt_date: date
    due_date: date
    tax_number: str
    reason: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """What settled a part."""

    id: int
    how: str
    how_label: str
    won: int
    settled_date: date
    reference: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class DealCard:
    """A deal with all that happened to it."""

    row: DealRow
    vat_won: int
    version: int
    recorded_at: datetime
    confirmed_at: datetime | None
    on_paper: str
    end_reason: str
    same_as_id: int | None
    dispute: str
    disputed_by_id: int | None
    order_id: int | None
    versions: tuple[DealVersionLine, ...]
    settlements: tuple[SettlementLine, ...]

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def seller_id(self) -> int:
        return self.row.seller_id

    @property
    def buyer_id(self) -> int:
        return self.row.buyer_id

    @property
    def recorder_id(self) -> int:
        return self.row.recorder_id

    @property
    def waits_for_id(self) -> int | None:
        return self.row.waits_for_id


def twins(seller_id: int, buyer_id: int, terms: Terms) -> list[Deal]:
    """Records between the same sides that may be of the same deal, the nearest day first."""
    days = bylaws.rules_on(terms.dealt_date).number("trade.twin_days")
    rows = Deal.objects.filter(seller=seller_id, buyer=buyer_id, state__in=COUNTS)
    near = rows.filter(Q(won=terms.won) | (Q(tax_number=terms.tax_number) & ~Q(tax_number="")))
    found = [
        one
        for one in near.order_by("pk")
        if is_same_deal(
            terms,
            Terms(one.what, one.won, one.vat_won, one.dealt_date, one.due_date, one.tax_number),
            days,
        )
    ]
    return sorted(found, key=lambda one: abs((one.dealt_date - terms.dealt_date).days))


def own_twins(act: Act, card: DealCard) -> list[DealRow]:
    """What the side that is asked wrote down itself and may be the same deal."""
    row = card.row
    terms = Terms(row.what, row.won, card.vat_won, row.dealt_date, row.due_date, row.tax_number)
    found = twins(card.seller_id, card.buyer_id, terms)
    return rows_of(
        [
            one
            for one in found
            if one.recorder_id == card.waits_for_id and one.state == Deal.State.RECORDED
        ]
    )


def my_deals(act: Act) -> list[DealRow]:
    """The deals of all for whom the actor speaks, the newest first."""
    policies.can_see_trade(act).enforce()
    return rows_of(of_parties(Deal.objects.all(), act.own)[:500])


def deals_waiting(act: Act) -> list[DealRow]:
    """What waits for an answer of whom the actor speaks for, the oldest first."""
    rows = Deal.objects.filter(waits_for__in=act.own)
    return rows_of(rows.order_by("recorded_at", "pk")[:100])


def deals(act: Act, *, state: str = "", party_id: int | None = None) -> list[DealRow]:
    """The deals of all, the newest first."""
    policies.can_see_all_deals(act).enforce()
    rows: QuerySet[Deal] = Deal.objects.all()
    if state:
        rows = rows.filter(state=state)
    if party_id is not None:
        rows = of_parties(rows, {party_id})
    return rows_of(rows[:2000])


def deal(act: Act, deal_id: int) -> DealCard:
    """One deal. Raises NotFound."""
    found = Deal.objects.filter(pk=deal_id).first()
    if found is None:
        raise NotFound
    policies.can_see_deal(act, found).enforce()
    versions = list(found.versions.order_by("-number"))
    names = parties.names_of({one.by_id for one in versions})
    undone = set(
        found.settlements.filter(undone__isnull=False).order_by().values_list("pk", flat=True)
    )
    return DealCard(
        row=rows_of([found])[0], vat_won=found.vat_won, version=found.version,
        recorded_at=found.recorded_at, confirmed_at=found.confirmed_at, on_paper=found.on_paper,
        end_reason=found.end_reason, same_as_id=found.same_as_id, dispute=found.dispute,
        disputed_by_id=found.disputed_by_id, order_id=found.order_id,
        versions=tuple(
            DealVersionLine(
                one.number, names.get(one.by_id, ""), one.what, one.won, one.vat_won,
                one.dealt_date, one.due_date, one.tax_number, one.reason, one.proposed_at,
            )
            for one in versions
        ),
        settlements=tuple(
            SettlementLine(
                one.pk, one.how, one.get_how_display(), one.won, one.settled_date, one.reference,
                one.pk in undone,
            )
            for one in found.settlements.all()
        ),
    )  # fmt: skip


def of_parties(rows: QuerySet[Deal], party_ids: frozenset[int] | set[int]) -> QuerySet[Deal]:
    """Where one of these is a side."""
    ids = list(party_ids)
    return rows.filter(Q(seller__in=ids) | Q(buyer__in=ids))


def rows_of(found: QuerySet[Deal] | list[Deal]) -> list[DealRow]:
    """Deals as a list names them."""
    rows = list(found)
    names = parties.names_of({side for one in rows for side in one.sides})
    return [
        DealRow(
            one.pk, one.seller_id, names.get(one.seller_id, ""), one.buyer_id,
            names.get(one.buyer_id, ""), one.recorder_id, one.waits_for_id, one.what, one.won,
            one.open_won if one.state == Deal.State.CONFIRMED else 0, one.dealt_date, one.due_date,
            one.tax_number, one.state, str(one.get_state_display()), one.disputed_at is not None,
        )
        for one in rows
    ]  # fmt: skip

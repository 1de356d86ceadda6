"""What a party has with the network as a member: for its own page, and for taking it along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from dure.kernel.acts import Act
from dure.kernel.verdict import deny

from .. import policies
from ..models import Allocation, Charge, Membership, ShareMovement
from .members import MemberCard, membership_cards

__all__ = [
    "ChargeLine", "PaymentLine", "Shares", "charges_of_party", "has_membership",
    "membership_cards_of", "payments_of_party", "shares_of_party",
]  # fmt: skip

ROWS_MAX = 500


@dataclass(frozen=True, slots=True)
class ChargeLine:
    id: int
    membership_id: int
    plan: str
    from_date: date
    until_date: date  # exclusive
    due_date: date
    amount_won: int
    paid_won: int
    waived_won: int

    @property
    def open_won(self) -> int:
        return self.amount_won - self.paid_won - self.waived_won


@dataclass(frozen=True, slots=True)
class PaymentLine:
    date: date
    amount_won: int
    plan: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Shares:
    won: int
    moves: tuple[tuple[date, int], ...]


def membership_cards_of(act: Act, party_id: int) -> list[MemberCard]:
    """The memberships of a party, open ones first. Raises Denied."""
    _may(act, party_id)
    return membership_cards(frozenset({party_id}), act.today)


def charges_of_party(
    act: Act, party_id: int, *, only_open: bool = False, limit: int = 50
) -> list[ChargeLine]:
    """What a party was charged, the newest first; `only_open`: the oldest due first."""
    _may(act, party_id)
    rows = Charge.objects.filter(membership__party=party_id)
    if only_open:
        rows = rows.filter(amount_won__gt=F("paid_won") + F("waived_won")).order_by(
            "due_date", "pk"
        )
    else:
        rows = rows.order_by("-due_date", "-pk")
    return [
        ChargeLine(
            c.pk,
            c.membership_id,
            c.plan.name,
            c.from_date,
            c.until_date,
            c.due_date,
            c.amount_won,
            c.paid_won,
            c.waived_won,
        )
        for c in rows.select_related("plan")[: min(limit, ROWS_MAX)]
    ]


def payments_of_party(act: Act, party_id: int, *, limit: int = 50) -> list[PaymentLine]:
    """What of a party's dues was paid when, the newest first."""
    _may(act, party_id)
    rows = Allocation.objects.filter(charge__membership__party=party_id).select_related(
        "charge__plan"
    )
    return [
        PaymentLine(a.allocated_date, a.amount_won, a.charge.plan.name, a.undone_date is not None)
        for a in rows.order_by("-allocated_date", "-pk")[: min(limit, ROWS_MAX)]
    ]


def shares_of_party(act: Act, party_id: int) -> Shares:
    """A party's shares and how they moved, oldest first."""
    _may(act, party_id)
    rows = ShareMovement.objects.filter(membership__party=party_id).order_by("moved_date", "pk")
    moves = tuple((m.moved_date, m.amount_won) for m in rows[:ROWS_MAX])
    return Shares(sum(won for _day, won in moves), moves)


def has_membership(party_id: int) -> bool:
    """Whether a party belongs or ever belonged."""
    return Membership.objects.filter(party=party_id).exists()


def _may(act: Act, party_id: int) -> None:
    if not (policies.keeps_members(act) or party_id in act.own):
        deny(policies.OWN_ONLY).enforce()

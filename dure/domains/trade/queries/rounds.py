"""Rounds of clearing as members and the office see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import ClearingParty, ClearingRound, DealSettlement

__all__ = [
    "ClearingCard", "ClearingPartyRow", "ClearingRow", "SetOffLine", "SetOffStatement", "clearing",
    "clearings", "set_off_of", "clearing_files", "ClearingFiles",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClearingPartyRow:
    """One member in a round. What vanishes of its debts vanishes of its claims."""

    party_id: int
    name: str
    state: str
    state_label: str
    owes_won: int
    owed_won: int
    most_won: int
    agreed_won: int
    ground: str
    reason: str
    on_paper: str

    @property
    def stays_in(self) -> bool:
        return self.state in ("asked", "agreed")


@dataclass(frozen=True, slots=True)
class ClearingRow:
    """A round in a list."""

    id: int
    cut_off_date: date
    state: str
    state_label: str
    owed_won: int
    most_won: int
    agreed_won: int
    ceiling_won: int
    settled_date: date | None


@dataclass(frozen=True, slots=True)
class ClearingCard:
    """A round: its sums, the members one speaks for, and for the office all."""

    row: ClearingRow
    reckoned_at: datetime
    end_reason: str
    asked: int
    agreed: int
    mine: tuple[ClearingPartyRow, ...]
    parties: tuple[ClearingPartyRow, ...]

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def is_open(self) -> bool:
        return self.row.state == "open"


@dataclass(frozen=True, slots=True)
class SetOffLine:
    """A deal of which a part was set off."""

    deal_id: int
    with_name: str
    what: str
    tax_number: str
    due_date: date
    won: int
    set_off_won: int


@dataclass(frozen=True, slots=True)
class SetOffStatement:
    """What was set off for one member: its debts and its claims, the same sum."""

    round_id: int
    party_id: int
    name: str
    cut_off_date: date
    settled_date: date
    debts: tuple[SetOffLine, ...]
    claims: tuple[SetOffLine, ...]

    @property
    def won(self) -> int:
        return sum(one.set_off_won for one in self.debts)


@dataclass(frozen=True, slots=True)
class ClearingFiles:
    """The proof of a settled round, as `verify-clearing` reads it."""

    certificate: str
    set_off: str


def clearings(act: Act) -> list[ClearingRow]:
    """All rounds, the newest first."""
    policies.can_see_clearing(act).enforce()
    return [_row(one) for one in ClearingRound.objects.order_by("-pk")]


def clearing(act: Act, round_id: int) -> ClearingCard:
    """One round. Raises NotFound."""
    policies.can_see_clearing(act).enforce()
    found = _found(round_id)
    rows = list(found.parties.order_by("pk"))
    names = parties.names_of({one.party_id for one in rows})
    told = sorted(
        (_party_row(one, names.get(one.party_id, "")) for one in rows), key=lambda one: one.name
    )
    return ClearingCard(
        row=_row(found),
        reckoned_at=found.reckoned_at,
        end_reason=found.end_reason,
        asked=sum(one.state == ClearingParty.State.ASKED for one in rows),
        agreed=sum(one.state == ClearingParty.State.AGREED for one in rows),
        mine=tuple(one for one in told if one.party_id in act.own),
        parties=tuple(told) if policies.can_see_all_clearing(act) else (),
    )


def set_off_of(act: Act, round_id: int, party_id: int) -> SetOffStatement:
    """The set-off statement of a member in a settled round. Raises NotFound."""
    policies.can_see_set_off(act, party_id).enforce()
    found = _found(round_id)
    if found.settled_date is None or not found.parties.filter(party=party_id).exists():
        raise NotFound
    made = DealSettlement.objects.filter(reference=found.reference).select_related("deal")
    rows = list(made.order_by("deal__due_date", "deal"))
    mine = [one for one in rows if party_id in one.deal.sides]
    names = parties.names_of({side for one in mine for side in one.deal.sides} | {party_id})

    def line(one: DealSettlement) -> SetOffLine:
        deal = one.deal
        return SetOffLine(
            deal.pk, names[deal.other(party_id)], deal.what, deal.tax_number, deal.due_date,
            deal.won, one.won,
        )  # fmt: skip

    return SetOffStatement(
        found.pk, party_id, names[party_id], found.cut_off_date, found.settled_date,
        tuple(line(one) for one in mine if one.deal.buyer_id == party_id),
        tuple(line(one) for one in mine if one.deal.seller_id == party_id),
    )  # fmt: skip


def clearing_files(act: Act, round_id: int) -> ClearingFiles:
    """The certificate and the set-offs of all. Raises NotFound."""
    policies.can_see_all_clearing(act).enforce()
    found = _found(round_id)
    if not found.certificate:
        raise NotFound
    return ClearingFiles(found.certificate, found.set_off)


def _found(round_id: int) -> ClearingRound:
    found = ClearingRound.objects.filter(pk=round_id).first()
    if found is None:
        raise NotFound
    return found


def _row(one: ClearingRound) -> ClearingRow:
    return ClearingRow(
        one.pk, one.cut_off_date, one.state, one.get_state_display(), one.owed_won, one.most_won,
        one.agreed_won, one.ceiling_won, one.settled_date,
    )  # fmt: skip


def _party_row(one: ClearingParty, name: str) -> ClearingPartyRow:
    return ClearingPartyRow(
        one.party_id, name, one.state, one.get_state_display(), one.owes_won, one.owed_won,
        one.most_won, one.agreed_won, one.ground, one.reason, one.on_paper,
    )  # fmt: skip

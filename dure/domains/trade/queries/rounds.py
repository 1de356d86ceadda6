"""Rounds of clearing as members and the office see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import pgettext

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import ClearingParty, ClearingRound, DealSettlement, PoolPart
from .bars import BarRow, clearing_bars, flags_of
from .pools import PoolCard, PoolPartLine, pool_card, pool_parts

__all__ = [
    "ClearingCard", "ClearingPartyRow", "ClearingRow", "SetOffLine", "SetOffStatement", "clearing",
    "clearings", "set_off_of", "clearing_files", "ClearingFiles",
    "PoolDebtor",
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
    borrows_won: int
    most_lent_won: int
    most_paid_won: int
    agreed_lent_won: int
    agreed_paid_won: int

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
    undone_date: date | None
    has_pool: bool
    alone_won: int  # without the pool, if all agree
    most_lent_won: int
    agreed_lent_won: int

    @property
    def stands(self) -> bool:
        """Settled and not undone."""
        return self.state == "settled"


@dataclass(frozen=True, slots=True)
class PoolDebtor:
    """Who would owe the pool, or owes it, after a round."""

    name: str
    won: int


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
    pool: PoolCard | None
    pool_debtors: tuple[PoolDebtor, ...]
    pool_parts: tuple[PoolPartLine, ...]
    flags: tuple[BarRow, ...]
    undo_until: date | None

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
    lent_won: int  # owed to the pool since
    paid_won: int  # owed by the pool since
    repay_date: date | None
    undone_date: date | None
    undone_reason: str

    @property
    def won(self) -> int:
        return sum(one.set_off_won for one in self.debts)

    @property
    def claims_won(self) -> int:
        return sum(one.set_off_won for one in self.claims)


@dataclass(frozen=True, slots=True)
class ClearingFiles:
    """The proof of a settled round, as `verify-clearing` reads it."""

    certificate: str
    set_off: str


def clearings(act: Act, bars: Collection[BarRow] | None = None) -> list[ClearingRow]:
    """All rounds, the newest first; who may see `bars` sees which rounds they touch."""
    policies.can_see_clearing(act).enforce()
    rows = list(ClearingRound.objects.order_by("-pk"))
    flagged = flags_of(rows, _bars(act) if bars is None else bars)
    return [_row(one, flagged=one.pk in flagged) for one in rows]


def clearing(act: Act, round_id: int) -> ClearingCard:
    """One round. Raises NotFound."""
    policies.can_see_clearing(act).enforce()
    found = _found(round_id)
    rows = list(found.parties.order_by("pk"))
    names = parties.names_of({one.party_id for one in rows})
    told = sorted(
        (_party_row(one, names.get(one.party_id, "")) for one in rows), key=lambda one: one.name
    )
    is_open = found.state == ClearingRound.State.OPEN
    owing = [(one.name, one.most_lent_won if is_open else one.agreed_lent_won) for one in told]
    parts = PoolPart.objects.filter(round=found) if found.pool else ()
    office = bool(policies.can_see_all_clearing(act))
    return ClearingCard(
        row=_row(found),
        reckoned_at=found.reckoned_at,
        end_reason=found.end_reason,
        asked=sum(one.state == ClearingParty.State.ASKED for one in rows),
        agreed=sum(one.state == ClearingParty.State.AGREED for one in rows),
        mine=tuple(one for one in told if one.party_id in act.own),
        parties=tuple(told) if office else (),
        pool=pool_card(found.pool),
        pool_debtors=tuple(PoolDebtor(name, won) for name, won in owing if won),
        pool_parts=tuple(pool_parts(act.today, parts) if office else ()),
        flags=tuple(flags_of([found], _bars(act)).get(found.pk, ())),
        undo_until=undo_until(found),
    )


def set_off_of(act: Act, round_id: int, party_id: int) -> SetOffStatement:
    """The set-off statement of a member in a settled round. Raises NotFound."""
    policies.can_see_set_off(act, party_id).enforce()
    found = _found(round_id)
    answer = found.parties.filter(party=party_id).first()
    if found.settled_date is None or answer is None:
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
        answer.agreed_lent_won, answer.agreed_paid_won,
        found.settled_date + timedelta(days=found.pool.repay_days) if found.pool else None,
        found.undone_date, found.end_reason,
    )  # fmt: skip


def clearing_files(act: Act, round_id: int) -> ClearingFiles:
    """The certificate and the set-offs of all. Raises NotFound."""
    policies.can_see_all_clearing(act).enforce()
    found = _found(round_id)
    if not found.certificate:
        raise NotFound
    return ClearingFiles(found.certificate, found.set_off)


def _bars(act: Act) -> Collection[BarRow]:
    return clearing_bars(act) if policies.can_see_clearing_bars(act) else ()


def undo_until(found: ClearingRound) -> date | None:
    """The last day on which a settled round can be undone."""
    if found.settled_date is None or found.state != ClearingRound.State.SETTLED:
        return None
    days = bylaws.rules_on(found.settled_date).number("trade.undo_days")
    return found.settled_date + timedelta(days=days)


def _found(round_id: int) -> ClearingRound:
    found = ClearingRound.objects.filter(pk=round_id).first()
    if found is None:
        raise NotFound
    return found


def _row(one: ClearingRound, *, flagged: bool = False) -> ClearingRow:
    label = str(one.get_state_display())
    if flagged:
        label = f"{label} · {pgettext('clearing', 'to be looked at')}"
    return ClearingRow(
        one.pk, one.cut_off_date, one.state, label, one.owed_won, one.most_won, one.agreed_won,
        one.ceiling_won, one.settled_date, one.undone_date, one.pool_id is not None,
        one.alone_won, one.most_lent_won, one.agreed_lent_won,
    )  # fmt: skip


def _party_row(one: ClearingParty, name: str) -> ClearingPartyRow:
    return ClearingPartyRow(
        one.party_id, name, one.state, one.get_state_display(), one.owes_won, one.owed_won,
        one.most_won, one.agreed_won, one.ground, one.reason, one.on_paper, one.borrows_won,
        one.most_lent_won, one.most_paid_won, one.agreed_lent_won, one.agreed_paid_won,
    )  # fmt: skip

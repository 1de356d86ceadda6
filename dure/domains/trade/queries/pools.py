"""The liquidity pool: what stands of it, what it may still lend, and what is open after a round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding
from dure.domains.ledger import queries as ledger
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import LiquidityPool, PoolMove, PoolPart

__all__ = [
    "POOL_FUND", "PoolCard", "PoolMoveLine", "PoolPartLine", "liquidity_pool", "pool_findings",
    "pool_part",
]  # fmt: skip

POOL_FUND = "cooperative"

How = PoolPart.How


@dataclass(frozen=True, slots=True)
class Room:
    """What a pool may still lend: in all, and to each."""

    won: int
    each_won: int
    owing: dict[int, int]

    def of(self, party_id: int) -> int:
        return max(self.each_won - self.owing.get(party_id, 0), 0)

    def of_all(self, party_ids: Iterable[int]) -> dict[int, int]:
        return {one: self.of(one) for one in party_ids}


@dataclass(frozen=True, slots=True)
class PoolCard:
    """The pool that stands."""

    id: int
    fund: str
    won: int
    member_won: int
    repay_days: int
    until_date: date
    decided_by: str


@dataclass(frozen=True, slots=True)
class PoolMoveLine:
    """Money that moved for a part."""

    id: int
    won: int
    moved_date: date
    is_undone: bool


@dataclass(frozen=True, slots=True)
class PoolPartLine:
    """What the pool lent a member, or is to pay it."""

    id: int
    round_id: int
    party_id: int
    name: str
    how: str
    how_label: str
    won: int
    open_won: int
    due_date: date
    is_late: bool
    moves: tuple[PoolMoveLine, ...]


def pool_in_force(on: date) -> LiquidityPool | None:
    """The newest pool that stands on a day."""
    return LiquidityPool.objects.filter(from_date__lte=on, until_date__gt=on).first()


def pool_room(pool: LiquidityPool, party_ids: Collection[int]) -> Room:
    """What it may lend besides what is lent and not repaid, as far as the fund has money."""
    parts = PoolPart.objects.filter(is_void=False, done_won__lt=F("won")).order_by()
    owing: Counter[int] = Counter()
    lent = promised = 0
    for party_id, how, open_won in parts.values_list("party", "how", F("won") - F("done_won")):
        if how == How.LENT:
            lent += open_won
            owing[party_id] += open_won
        else:
            promised += open_won
    money = ledger.fund_money(pool.fund) - promised
    mine = {one: owing[one] for one in party_ids if one in owing}
    return Room(max(min(pool.won - lent, money), 0), pool.member_won, mine)


def pool_findings(
    won: int, member_won: int, repay_days: int, fund: str, on: date
) -> tuple[Finding, ...]:
    """What the rules say of such a pool."""
    book = bylaws.rules_on(on)
    money = ledger.fund_money(fund, on) if ledger.books_are_open() else 0
    return (
        book.check("trade.pool_share_ratio", won, of=max(money, 0)),
        book.check("trade.pool_member_won", member_won),
        book.check("trade.pool_repay_days", repay_days),
    )


def liquidity_pool(act: Act) -> PoolCard | None:
    """The pool that stands today; None: no resolution opened one."""
    policies.can_see_clearing(act).enforce()
    return pool_card(pool_in_force(act.today))


def pool_card(pool: LiquidityPool | None) -> PoolCard | None:
    if pool is None:
        return None
    return PoolCard(
        pool.pk, pool.fund, pool.won, pool.member_won, pool.repay_days, pool.until_date,
        pool.decided_by,
    )  # fmt: skip


def pool_part(act: Act, part_id: int) -> PoolPartLine:
    """One part with its moves. Raises NotFound."""
    policies.can_see_all_clearing(act).enforce()
    found = pool_parts(act.today, PoolPart.objects.filter(pk=part_id))
    if not found:
        raise NotFound
    return found[0]


def pool_parts(on: date, rows: Iterable[PoolPart]) -> list[PoolPartLine]:
    """Parts with their moves."""
    rows = list(rows)
    moves: dict[int, list[PoolMoveLine]] = {one.pk: [] for one in rows}
    of_rows = PoolMove.objects.filter(part__in=list(moves)).select_related("undone")
    for move in of_rows.order_by("moved_date", "pk"):
        moves[move.part_id].append(
            PoolMoveLine(move.pk, move.won, move.moved_date, hasattr(move, "undone"))
        )
    names = parties.names_of({one.party_id for one in rows})
    return [
        PoolPartLine(
            one.pk, one.round_id, one.party_id, names.get(one.party_id, ""), one.how,
            str(one.get_how_display()), one.won, one.open_won, one.due_date,
            one.open_won > 0 and one.due_date < on, tuple(moves[one.pk]),
        )
        for one in rows
    ]  # fmt: skip

"""The liquidity pool of the cooperative fund: opened by resolution, lending for a round, repaid."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws.rules import enforce, keep
from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import Source
from dure.domains.memberships.queries.books import entry_text
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import PoolMoved, PoolMoveTakenBack, PoolOpened
from ..models import ClearingRound, LiquidityPool, PoolMove, PoolMoveUndone, PoolPart
from ..queries.contributions import chart
from ..queries.pools import pool_findings, pool_in_force
from ..rules import booking
from .steps import why

__all__ = [
    "NoPool", "PoolImpossible", "PoolMoveTooLarge", "PoolMoveUndoneBefore", "open_pool",
    "settle_pool_part", "undo_pool_move",
]  # fmt: skip

How = PoolPart.How
_LENT_TEXT = gettext_noop("Clearing round %(number)d: lent by the pool, to be paid by it")
_REPAID_TEXT = gettext_noop("Clearing round %(number)d: repaid to the pool")
_PAID_TEXT = gettext_noop("Clearing round %(number)d: paid by the pool")


class PoolImpossible(InvalidInput):
    """A pool has limits, an end and a decision."""

    text = _("The pool does not fit together: %(reason)s.")


class NoPool(Refusal):
    """No resolution opened a pool that stands today."""

    text = _("No pool stands today.")
    remedy = _("A resolution opens one; without it a round is set-off only.")


class PoolMoveTooLarge(InvalidInput):
    """No more is repaid or paid than is open."""

    text = _("%(open)s are open; %(won)s cannot be entered.")


class PoolMoveUndoneBefore(Refusal):
    """A move is taken back once."""

    text = _("This was taken back already.")


@command
def open_pool(
    act: Act,
    *,
    won: int,
    member_won: int,
    repay_days: int,
    until_date: date,
    decided_by: str,
    fund: str = "cooperative",
) -> LiquidityPool:
    """Let the fund lend to rounds of clearing: at most so much at a time, to each and in all.

    Raises PoolImpossible, RuleNotMet, UnknownFund.
    """
    policies.can_open_pool(act).enforce()
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if not decided_by:
        raise PoolImpossible(reason=_("it is not said who decided it"))
    if not 0 < member_won <= won or repay_days <= 0:
        raise PoolImpossible(reason=_("each may owe something, and not more than all"))
    if until_date <= act.today:
        raise PoolImpossible(reason=_("it ends later than today"))
    fund = books.chart().fund(fund).code
    findings = pool_findings(won, member_won, repay_days, fund, act.today)
    enforce(findings)
    # ---
    pool = LiquidityPool.objects.create(
        fund=fund, won=won, member_won=member_won, repay_days=repay_days, from_date=act.today,
        until_date=until_date, decided_by=decided_by, findings=keep(findings),
    )  # fmt: skip
    record(act, PoolOpened(pool.pk, won, member_won, until_date, decided_by))
    return pool


@command
def settle_pool_part(
    act: Act, *, part_id: int, won: int, moved_date: date | None = None
) -> PoolMove:
    """Enter money that a member repaid to the pool, or that the pool paid to a member.

    Raises PoolMoveTooLarge, PoolImpossible, and the refusals of the ledger.
    """
    part: PoolPart = PoolPart.objects.hold(part_id)
    policies.can_settle_pool_part(act, part).enforce()
    day = moved_date or act.today
    if day > act.today:
        raise PoolImpossible(reason=_("money does not move in the future"))
    if not 0 < won <= part.open_won:
        raise PoolMoveTooLarge(open=format_won(part.open_won), won=format_won(won))
    # ---
    pool = _pool_of(part)
    repaid = part.how == How.LENT
    entry = ledger.post_entry(
        act, date=day,
        text=entry_text(_REPAID_TEXT if repaid else _PAID_TEXT, number=part.round_id),
        sides=(booking.repaid_in_cash if repaid else booking.paying)(
            chart(), pool.fund, won, part.party_id
        ),
        source=Source("trade.ClearingRound", part.round_id),
    )  # fmt: skip
    part.done_won += won
    part.save(update_fields=["done_won"])
    move = PoolMove.objects.create(part=part, won=won, moved_date=day, entry=entry)
    record(act, PoolMoved(part.round_id, part.party_id, part.how, won, day, entry.pk))
    return move


@command
def undo_pool_move(act: Act, *, move_id: int, reason: str) -> PoolMove:
    """Take back money that was entered wrongly: reversed, the part open again.

    Raises PoolMoveUndoneBefore, DealReasonMissing, and the refusals of the ledger.
    """
    move: PoolMove = PoolMove.objects.hold(move_id)
    part: PoolPart = PoolPart.objects.hold(move.part_id)
    policies.can_undo_pool_move(act, part).enforce()
    if PoolMoveUndone.objects.filter(move=move).exists():
        raise PoolMoveUndoneBefore
    reason = why(reason)
    # ---
    entry = ledger.reverse_entry(
        act, entry_id=move.entry_id, date=act.today, reason=reason,
        source=Source("trade.ClearingRound", part.round_id),
    )  # fmt: skip
    part.done_won -= move.won
    part.save(update_fields=["done_won"])
    PoolMoveUndone.objects.create(move=move, entry=entry, reason=reason)
    record(act, PoolMoveTakenBack(part.round_id, part.party_id, move.won, reason, entry.pk))
    return move


# -- for the clearing: called inside its commands, which record what happened


def pool_for_round(on: date) -> LiquidityPool:
    """The pool that stands, in hand: two rounds never lend the same won. Raises NoPool."""
    found = pool_in_force(on)
    if found is None:
        raise NoPool
    held: LiquidityPool = LiquidityPool.objects.hold(found.pk)
    return held


def lend_and_owe(act: Act, held: ClearingRound) -> int | None:
    """What the pool lends the members of a round and is to pay them, kept and posted in its fund; the
    entry, None where it does nothing. Raises the refusals of the ledger."""
    if held.pool is None or not held.agreed_lent_won:
        return None
    due = act.today + timedelta(days=held.pool.repay_days)
    rows = held.parties.order_by("party")
    lent = [(one.party_id, one.agreed_lent_won) for one in rows if one.agreed_lent_won]
    paid = [(one.party_id, one.agreed_paid_won) for one in rows if one.agreed_paid_won]
    PoolPart.objects.bulk_create(
        PoolPart(round=held, party_id=party, how=how, won=won, due_date=day)
        for how, parts, day in ((How.LENT, lent, due), (How.PAID, paid, act.today))
        for party, won in parts
    )
    entry = ledger.post_entry(
        act, date=act.today, text=entry_text(_LENT_TEXT, number=held.pk),
        sides=booking.owing(chart(), held.pool.fund, lent, paid),
        source=Source("trade.ClearingRound", held.pk),
    )  # fmt: skip
    return int(entry.pk)


def void_pool_parts(act: Act, held: ClearingRound, reason: str) -> None:
    """Nobody owes or is owed by the pool for this round any more; what was posted is reversed."""
    PoolPart.objects.filter(round=held).update(is_void=True)
    if held.entry_id is not None:
        ledger.reverse_entry(
            act, entry_id=held.entry_id, date=act.today, reason=reason,
            source=Source("trade.ClearingRound", held.pk),
        )  # fmt: skip


def _pool_of(part: PoolPart) -> LiquidityPool:
    pool = part.round.pool
    assert pool is not None, "a part has a pool"
    return pool

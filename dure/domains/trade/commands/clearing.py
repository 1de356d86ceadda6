"""Rounds of clearing: opened over what is due, agreed to, reckoned anew, settled in one go."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import (
    ClearingAgreed,
    ClearingGivenUp,
    ClearingOpened,
    ClearingPartyExcluded,
    ClearingSettled,
    ClearingWithdrawn,
)
from ..models import ClearingParty, ClearingRound
from ..queries.bars import bars_in_force
from ..queries.invoices import open_invoices
from ..queries.pools import pool_room
from .pools import lend_and_owe, pool_for_round
from .reckoning import among, cleared, leave, reckon
from .settling import set_off
from .steps import why

# The rules of clearing are loaded when a round is reckoned: they bring a solver along.

__all__ = [
    "ClearingClosed", "ClearingLoanTooLarge", "ClearingPaperUnnamed", "ClearingPartyOut",
    "ClearingRoundOpen", "CutOffAhead", "NothingToClear", "agree_to_clearing",
    "exclude_from_clearing", "give_up_clearing", "open_clearing", "settle_clearing",
    "withdraw_from_clearing",
]  # fmt: skip

State, Answer = ClearingRound.State, ClearingParty.State


class CutOffAhead(InvalidInput):
    """Only what is due can be set off."""

    text = _("The cut-off date lies ahead: only what is due by now can be set off.")


class ClearingRoundOpen(Refusal):
    """One round at a time: two would reckon with the same invoices."""

    text = _("A round of clearing is open already.")
    remedy = _("Settle it or give it up first.")


class NothingToClear(Refusal):
    """No ring of debts that could be set off."""

    text = _("There is nothing to set off: no confirmed, due invoices form a ring.")


class ClearingClosed(Refusal):
    """The round is settled or given up."""

    text = _("The round of clearing is %(state)s.")


class ClearingPartyOut(Refusal):
    """Who was excluded does not come back into the same round."""

    text = _("This member was excluded from the round: %(reason)s")


class ClearingPaperUnnamed(InvalidInput):
    """The office answers for a member only by a paper."""

    text = _("Name the paper by which the member agreed.")


class ClearingLoanTooLarge(InvalidInput):
    """A member owes the pool at most what the resolution lets each owe; nothing without a pool."""

    text = _("Of the pool at most %(most)s can be owed here, not %(won)s.")


@command
def open_clearing(
    act: Act, *, cut_off_date: date | None = None, with_pool: bool = False
) -> ClearingRound:
    """Reckon what members could set off of what is due, and ask each of them; `with_pool`: also what
    could vanish if the pool of the cooperative fund lends.

    Raises CutOffAhead, ClearingRoundOpen, NothingToClear, NoPool.
    """
    policies.can_open_clearing(act).enforce()
    day = cut_off_date or act.today
    if day > act.today:
        raise CutOffAhead
    if ClearingRound.objects.select_for_update().filter(state=State.OPEN).exists():
        raise ClearingRoundOpen
    pool = pool_for_round(act.today) if with_pool else None
    invoices = open_invoices(day)
    sides = {side for one in invoices for side in (one.debtor_id, one.creditor_id)}
    asked = sorted(sides - {one.party_id for one in bars_in_force(act.today, sides)})
    invoices = among(invoices, set(asked))
    room = pool_room(pool, asked) if pool else None
    found = cleared(invoices, room.won, room.of_all(asked)) if room else cleared(invoices)
    if found is None or not found.cleared:
        raise NothingToClear
    # ---
    made = ClearingRound.objects.create(
        cut_off_date=day, opened_at=act.at, reckoned_at=act.at, owed_won=found.total_debt,
        most_won=found.cleared, ceiling_won=found.ceiling, pool=pool,
    )  # fmt: skip
    ClearingParty.objects.bulk_create(
        (ClearingParty(round=made, party_id=one) for one in asked), batch_size=500
    )
    reckon(act, made)
    record(act, ClearingOpened(made.pk, day, len(asked), made.most_won))
    return made


@command
def agree_to_clearing(
    act: Act, *, round_id: int, party_id: int, on_paper: str = "", borrows_won: int = 0
) -> ClearingParty:
    """Take part, for a member; `on_paper`: by what it agreed when the office types it in;
    `borrows_won`: up to how much it agrees to owe the pool afterwards (nothing: set-off only).

    Raises ClearingClosed, ClearingPartyOut, ClearingPaperUnnamed, ClearingLoanTooLarge.
    """
    held = _hold(round_id)
    one = _party(held, party_id)
    policies.can_agree_to_clearing(act, party_id).enforce()
    _need_in(held, one)
    on_paper = clean_text(on_paper, 200, _("Paper"))
    if party_id not in act.own and not on_paper:
        raise ClearingPaperUnnamed
    most = pool_room(held.pool, [party_id]).of(party_id) if held.pool else 0
    if not 0 <= borrows_won <= most:
        raise ClearingLoanTooLarge(most=format_won(most), won=format_won(borrows_won))
    # ---
    one.state, one.answered_at, one.on_paper, one.reason = Answer.AGREED, act.at, on_paper, ""
    one.borrows_won, one.agreed_lent_won = borrows_won, 0
    one.save()
    reckon(act, held)
    one.refresh_from_db()
    record(act, ClearingAgreed(held.pk, party_id, one.most_won, on_paper, borrows_won))
    return one


@command
def withdraw_from_clearing(
    act: Act, *, round_id: int, party_id: int, reason: str = ""
) -> ClearingParty:
    """Take no part, or no longer: the round is reckoned without the member.

    Raises ClearingClosed, ClearingPartyOut.
    """
    held = _hold(round_id)
    one = _party(held, party_id)
    policies.can_withdraw_from_clearing(act, party_id).enforce()
    _need_in(held, one)
    reason = clean_text(reason, 300, _("Reason"))
    # ---
    leave(one, Answer.WITHDRAWN, act, reason)
    reckon(act, held)
    record(act, ClearingWithdrawn(held.pk, party_id, held.agreed_won))
    return one


@command
def exclude_from_clearing(
    act: Act, *, round_id: int, party_id: int, ground: str, reason: str
) -> ClearingParty:
    """Leave a member out of this round; it is reckoned anew. What lasts, a seizure or an insolvency,
    is noted by `bar_from_clearing`.

    Raises ClearingClosed, ClearingPartyOut, DealReasonMissing.
    """
    held = _hold(round_id)
    one = _party(held, party_id)
    policies.can_exclude_from_clearing(act).enforce()
    _need_in(held, one)
    if ground not in ClearingParty.Ground:
        raise NotFound
    reason = why(reason)
    # ---
    leave(one, Answer.EXCLUDED, act, reason, ground)
    reckon(act, held)
    record(act, ClearingPartyExcluded(held.pk, party_id, ground, reason))
    return one


@command
def settle_clearing(act: Act, *, round_id: int) -> ClearingRound:
    """Set off what those who agreed owe each other, reckoned now, and keep the proof. What the pool
    lends and is to pay is posted in its fund; what members owe each other is in their own books.

    Raises ClearingClosed, NothingToClear, and the refusals of the ledger.
    """
    from ..rules import clearing as rules

    held = _hold(round_id)
    policies.can_settle_clearing(act).enforce()
    _need_open(held)
    found = reckon(act, held)
    if found is None or not found.cleared:
        raise NothingToClear
    table = rules.set_off_table(found)
    proof = rules.written(rules.certificate_of(found, table)).encode()
    certificate = rules.read_certificate(proof)
    rules.verify(certificate, table.encode(), found.invoices)
    # ---
    parts = {int(one.id): one.set_off for one in rules.read_set_off(table.encode()) if one.set_off}
    deals = set_off(parts, act.today, held.reference)
    held.entry_id = lend_and_owe(act, held)
    held.state, held.settled_date = State.SETTLED, act.today
    held.certificate, held.set_off = proof.decode(), table
    held.save(update_fields=["state", "settled_date", "certificate", "set_off", "entry"])
    many = held.parties.filter(agreed_won__gt=0).count()
    record(
        act,
        ClearingSettled(
            held.pk, many, deals, found.cleared, act.today, certificate.sha256, held.agreed_lent_won
        ),
    )
    return held


@command
def give_up_clearing(act: Act, *, round_id: int, reason: str) -> ClearingRound:
    """End a round without setting anything off. Raises ClearingClosed, DealReasonMissing."""
    held = _hold(round_id)
    policies.can_give_up_clearing(act).enforce()
    _need_open(held)
    reason = why(reason)
    # ---
    held.state, held.end_reason = State.GIVEN_UP, reason
    held.save(update_fields=["state", "end_reason"])
    record(act, ClearingGivenUp(held.pk, reason))
    return held


def _hold(round_id: int) -> ClearingRound:
    found: ClearingRound = ClearingRound.objects.hold(round_id)
    return found


def _party(held: ClearingRound, party_id: int) -> ClearingParty:
    """Raises NotFound."""
    found = held.parties.filter(party=party_id).first()
    if found is None:
        raise NotFound
    return found


def _need_open(held: ClearingRound) -> None:
    """Raises ClearingClosed."""
    if held.state != State.OPEN:
        raise ClearingClosed(state=held.get_state_display())


def _need_in(held: ClearingRound, one: ClearingParty) -> None:
    """Raises ClearingClosed, ClearingPartyOut."""
    _need_open(held)
    if one.state == Answer.EXCLUDED:
        raise ClearingPartyOut(reason=one.reason)

"""Undoing a settled round: what was set off is owed again, as long as nothing later stands on it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal
from dure.kernel.words import Promise

from .. import policies
from ..events import ClearingUndone
from ..models import ClearingRound, DealSettlement, DealVersion, PoolMove
from ..queries.rounds import undo_until
from .pools import void_pool_parts
from .reckoning import reckon
from .settling import undo_set_off
from .steps import why

__all__ = ["ClearingNotSettled", "ClearingStoodUpon", "ClearingUndoneTooLate", "undo_clearing"]

State = ClearingRound.State


class ClearingNotSettled(Refusal):
    """Only what was settled, and not undone, can be undone."""

    text = _("Only a settled round is undone; this one is %(state)s.")


class ClearingUndoneTooLate(Refusal):
    """Members have to be able to rely on what was set off."""

    text = _("The settled round could be undone until %(date)s.")
    remedy = _("Single deals can still be corrected by both sides.")


class ClearingStoodUpon(Refusal):
    """Something later reckoned with what was set off."""

    text = _("The round cannot be undone: %(reason)s.")


@command
def undo_clearing(act: Act, *, round_id: int, reason: str) -> ClearingRound:
    """Undo a settled round that was a mistake: each set-off is owed again, what the pool lent is
    reversed, each member gets a statement of it.

    Raises ClearingNotSettled, ClearingUndoneTooLate, ClearingStoodUpon, DealReasonMissing, and the
    refusals of the ledger.
    """
    held: ClearingRound = ClearingRound.objects.hold(round_id)
    open_round = ClearingRound.objects.select_for_update(of=("self",)).filter(state=State.OPEN)
    still_open = open_round.first()
    policies.can_undo_clearing(act).enforce()
    last_date = undo_until(held)
    if last_date is None:
        raise ClearingNotSettled(state=held.get_state_display())
    if act.today > last_date:
        raise ClearingUndoneTooLate(date=last_date.isoformat())
    if stands := _what_stands_on(held):
        raise ClearingStoodUpon(reason=stands)
    reason = why(reason)
    # ---
    deals = undo_set_off(act, held.reference, reason)
    void_pool_parts(act, held, reason)
    held.state, held.undone_date, held.end_reason = State.UNDONE, act.today, reason
    held.save(update_fields=["state", "undone_date", "end_reason"])
    if still_open is not None:
        reckon(act, still_open)
    record(act, ClearingUndone(held.pk, deals, held.agreed_won, reason))
    return held


def _what_stands_on(held: ClearingRound) -> str | Promise:
    """What came after and reckons with it; "" if nothing does."""
    mine = DealSettlement.objects.filter(reference=held.reference, undone=None)
    last = mine.order_by("-pk").values_list("pk", flat=True).first() or 0
    deals = mine.order_by().values("deal")
    later = DealSettlement.objects.filter(deal__in=deals, pk__gt=last, undone=None)
    found = later.order_by("pk").first()
    if found is not None:
        if found.how == DealSettlement.How.SET_OFF:
            return _("deal no. %(id)d was set off further in a later round") % {"id": found.deal_id}
        return _("the rest of deal no. %(id)d was paid since") % {"id": found.deal_id}
    changed = DealVersion.objects.filter(deal__in=deals, proposed_at__gt=held.reckoned_at)
    version = changed.order_by("pk").first()
    if version is not None:
        return _("a correction of deal no. %(id)d was proposed since") % {"id": version.deal_id}
    if PoolMove.objects.filter(part__round=held, undone=None).exists():
        return _("money has moved between the pool and a member; take that back first")
    return ""

"""After both confirmed: a correction that both confirm again, and a dispute while they do not agree."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import (
    DealCorrected,
    DealCorrectionDeclined,
    DealCorrectionProposed,
    DealDisputed,
    DealDisputeSettled,
)
from ..models import Deal, DealVersion
from ..rules.deals import Terms
from .steps import add_version, hold_deal, need, read_terms, terms_of, why

__all__ = [
    "DealCorrectionWaits", "DealNotDisputed", "DealSettledBeyond", "agree_deal_correction",
    "decline_deal_correction", "dispute_deal", "propose_deal_correction", "settle_deal_dispute",
]  # fmt: skip

State = Deal.State


class DealCorrectionWaits(Refusal):
    """One correction at a time."""

    text = _("A correction of this deal waits for an answer, or none does.")


class DealSettledBeyond(Refusal):
    """What was paid stays paid."""

    text = _("%(settled)s of the deal are paid or set off already; it cannot become %(won)s.")
    remedy = _("Take the payment back first, or agree on another deal for what goes back.")


class DealNotDisputed(Refusal):
    """A dispute is raised once, and settled by who raised it."""

    text = _("There is no such dispute about this deal, or there is one already.")


@command
def propose_deal_correction(
    act: Act,
    *,
    deal_id: int,
    party_id: int,
    reason: str,
    won: int,
    what: str = "",
    dealt_date: date | None = None,
    vat_won: int = 0,
    due_date: date | None = None,
    tax_number: str = "",
) -> Deal:
    """Propose other terms of a confirmed deal; those in force stay until the other side agrees.
    0 won: it is cancelled. What is left out stays as it is.

    Raises DealNotWaiting, DealCorrectionWaits, DealSettledBeyond, DealImpossible, DealReasonMissing.
    """
    deal = hold_deal(deal_id)
    policies.can_propose_deal_correction(act, deal, party_id).enforce()
    need(deal, State.CONFIRMED)
    if deal.waits_for_id is not None:
        raise DealCorrectionWaits
    reason = why(reason)
    if won == 0:
        terms = Terms(deal.what, 0, 0, deal.dealt_date, deal.due_date, deal.tax_number)
    else:
        terms = read_terms(
            act, what or deal.what, won, vat_won, dealt_date or deal.dealt_date,
            due_date or deal.due_date, tax_number or deal.tax_number,
        )  # fmt: skip
    _need_covering(deal, terms.won)
    # ---
    number = deal.versions.count() + 1
    add_version(act, deal, number, party_id, terms, reason)
    deal.waits_for_id = deal.other(party_id)
    deal.save(update_fields=["waits_for"])
    record(
        act,
        DealCorrectionProposed(deal.pk, party_id, deal.other(party_id), number, terms.won, reason),
    )
    return deal


@command
def agree_deal_correction(act: Act, *, deal_id: int) -> Deal:
    """Agree to the terms proposed; they are in force now, and a dispute is over.

    Raises DealNotWaiting, DealCorrectionWaits, DealSettledBeyond.
    """
    deal = hold_deal(deal_id)
    policies.can_agree_deal_correction(act, deal).enforce()
    asked = _proposed(deal)
    side, before = deal.waits_for_id, deal.won
    assert side is not None
    _need_covering(deal, asked.won)
    # ---
    deal.waits_for = deal.disputed_at = deal.disputed_by = None
    deal.dispute = ""
    if asked.won:
        terms = terms_of(asked)
        deal.what, deal.won, deal.vat_won = terms.what, terms.won, terms.vat_won
        deal.dealt_date, deal.due_date, deal.tax_number = (
            terms.dealt_date, terms.due_date, terms.tax_number,
        )  # fmt: skip
        deal.version = asked.number
    else:
        deal.state, deal.end_reason = State.CANCELLED, asked.reason
    deal.save()
    record(
        act,
        DealCorrected(deal.pk, side, deal.other(side), asked.number, before, asked.won),
    )
    return deal


@command
def decline_deal_correction(act: Act, *, deal_id: int, reason: str) -> Deal:
    """Keep the terms in force. Raises DealNotWaiting, DealCorrectionWaits, DealReasonMissing."""
    deal = hold_deal(deal_id)
    policies.can_decline_deal_correction(act, deal).enforce()
    asked = _proposed(deal)
    side = deal.waits_for_id
    assert side is not None
    reason = why(reason)
    # ---
    deal.waits_for = None
    deal.save(update_fields=["waits_for"])
    record(act, DealCorrectionDeclined(deal.pk, side, deal.other(side), asked.number, reason))
    return deal


@command
def dispute_deal(act: Act, *, deal_id: int, party_id: int, reason: str) -> Deal:
    """Say that something is wrong with a confirmed deal: it is not set off until that is settled.

    Raises DealNotWaiting, DealNotDisputed, DealReasonMissing.
    """
    deal = hold_deal(deal_id)
    policies.can_dispute_deal(act, deal, party_id).enforce()
    need(deal, State.CONFIRMED)
    if deal.disputed_at is not None:
        raise DealNotDisputed
    reason = why(reason)
    # ---
    deal.disputed_at, deal.disputed_by_id, deal.dispute = act.at, party_id, reason
    deal.save(update_fields=["disputed_at", "disputed_by", "dispute"])
    record(act, DealDisputed(deal.pk, party_id, deal.other(party_id), reason))
    return deal


@command
def settle_deal_dispute(act: Act, *, deal_id: int) -> Deal:
    """Say that the dispute one raised is over. Raises DealNotDisputed."""
    deal = hold_deal(deal_id)
    policies.can_settle_deal_dispute(act, deal).enforce()
    side = deal.disputed_by_id
    if side is None:
        raise DealNotDisputed
    # ---
    deal.disputed_at = deal.disputed_by = None
    deal.dispute = ""
    deal.save(update_fields=["disputed_at", "disputed_by", "dispute"])
    record(act, DealDisputeSettled(deal.pk, side, deal.other(side)))
    return deal


def _proposed(deal: Deal) -> DealVersion:
    need(deal, State.CONFIRMED)
    newest = deal.versions.order_by("-number").first()
    if deal.waits_for_id is None or newest is None:
        raise DealCorrectionWaits
    return newest


def _need_covering(deal: Deal, won: int) -> None:
    if won < deal.settled_won:
        raise DealSettledBeyond(settled=format_won(deal.settled_won), won=format_won(won))

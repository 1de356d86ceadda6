"""“We traded”: one side says it, the other confirms, or says why not."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import DealConfirmed, DealRecorded, DealRefused, DealWithdrawn
from ..models import Deal, Order
from ..queries import twins
from ..rules.deals import Terms
from .steps import (
    DealBetweenStrangers,
    DealImpossible,
    DealNotWaiting,
    DealPartnerOutside,
    DealReasonMissing,
    add_version,
    hold_deal,
    need,
    need_sides,
    read_terms,
    why,
)

__all__ = [
    "DealBetweenStrangers", "DealImpossible", "DealKnownAlready", "DealLooksTheSame",
    "DealNotWaiting", "DealPaperUnnamed", "DealPartnerOutside", "DealReasonMissing",
    "confirm_deal", "record_deal", "refuse_deal", "withdraw_deal",
]  # fmt: skip

State = Deal.State


class DealKnownAlready(Refusal):
    """A tax invoice is of one deal."""

    text = _("The tax invoice %(number)s is of deal no. %(deal)d already.")
    remedy = _("Open that deal: confirm it, or propose a correction.")


class DealLooksTheSame(Refusal):
    """Both sides may have written down the same deal; it counts once."""

    text = _("Deal no. %(deal)d of %(date)s looks the same: same sides, same sum, days near.")
    remedy = _("If it is the same, confirm that one. If it is another deal, say so below.")


class DealPaperUnnamed(InvalidInput):
    """The office confirms for a side only with what that side signed."""

    text = _("Name the paper by which the side confirmed, for example a signed statement.")


@command
def record_deal(
    act: Act,
    *,
    party_id: int,
    other_id: int,
    sells: bool,
    what: str,
    won: int,
    dealt_date: date,
    vat_won: int = 0,
    due_date: date | None = None,
    tax_number: str = "",
    is_another: bool = False,
) -> Deal:
    """Say that a side sold to another, or bought from it; the other side is asked to confirm.

    `is_another`: said knowingly, though a record looks the same.
    Raises DealImpossible, DealBetweenStrangers, DealPartnerOutside, DealKnownAlready,
    DealLooksTheSame, BenefitRests, NotFound.
    """
    policies.can_record_deal(act, party_id).enforce()
    terms = read_terms(act, what, won, vat_won, dealt_date, due_date, tax_number)
    is_mutual = need_sides(party_id, other_id, terms.dealt_date)
    seller, buyer = (party_id, other_id) if sells else (other_id, party_id)
    need_new_tax_number(terms.tax_number)
    if not is_another:
        for one in twins(seller, buyer, terms)[:1]:
            raise DealLooksTheSame(deal=one.pk, date=one.dealt_date.isoformat())
    # ---
    deal = write_deal(act, party_id, seller, buyer, terms, is_mutual)
    record(act, DealRecorded(deal.pk, party_id, other_id, terms.what, terms.won))
    return deal


@command
def confirm_deal(
    act: Act, *, deal_id: int, same_as_id: int | None = None, on_paper: str = ""
) -> Deal:
    """Confirm what the other side recorded. `same_as_id`: one's own record of the same deal, which
    then counts no more; `on_paper`: by what a side confirmed that the office types in.

    Raises DealNotWaiting, DealPaperUnnamed.
    """
    deal = hold_deal(deal_id)
    policies.can_confirm_deal(act, deal).enforce()
    need(deal, State.RECORDED)
    side = deal.waits_for_id
    assert side is not None
    on_paper = clean_text(on_paper, 200, _("Paper"))
    if side not in act.own and not on_paper:
        raise DealPaperUnnamed
    twin = None
    if same_as_id is not None:
        twin = hold_deal(same_as_id)
        need(twin, State.RECORDED)
        if twin.sides != deal.sides or twin.recorder_id != side:
            raise DealNotWaiting(state=twin.get_state_display())
    # ---
    if twin is not None:
        twin.state, twin.waits_for, twin.same_as = State.SAME, None, deal
        twin.save(update_fields=["state", "waits_for", "same_as"])
    deal.state, deal.waits_for = State.CONFIRMED, None
    deal.confirmed_at, deal.on_paper = act.at, on_paper
    deal.save(update_fields=["state", "waits_for", "confirmed_at", "on_paper"])
    record(
        act,
        DealConfirmed(deal.pk, side, deal.other(side), deal.what, deal.won, same_as_id),
    )
    return deal


@command
def refuse_deal(act: Act, *, deal_id: int, reason: str) -> Deal:
    """Say that it was not so, and why. Raises DealNotWaiting, DealReasonMissing."""
    deal = hold_deal(deal_id)
    policies.can_refuse_deal(act, deal).enforce()
    need(deal, State.RECORDED)
    side = deal.waits_for_id
    assert side is not None
    reason = why(reason)
    # ---
    deal.state, deal.waits_for, deal.end_reason = State.REFUSED, None, reason
    deal.save(update_fields=["state", "waits_for", "end_reason"])
    record(act, DealRefused(deal.pk, side, deal.other(side), deal.what, reason))
    return deal


@command
def withdraw_deal(act: Act, *, deal_id: int) -> Deal:
    """Take back what one recorded, before it is confirmed. Raises DealNotWaiting."""
    deal = hold_deal(deal_id)
    policies.can_withdraw_deal(act, deal).enforce()
    need(deal, State.RECORDED)
    # ---
    deal.state, deal.waits_for = State.WITHDRAWN, None
    deal.save(update_fields=["state", "waits_for"])
    record(act, DealWithdrawn(deal.pk, deal.recorder_id, deal.other(deal.recorder_id), deal.what))
    return deal


def need_new_tax_number(number: str) -> None:
    """Raises DealKnownAlready."""
    if not number:
        return
    dead = (State.REFUSED, State.WITHDRAWN, State.SAME, State.CANCELLED)
    known = Deal.objects.filter(tax_number=number).exclude(state__in=dead).first()
    if known is not None:
        raise DealKnownAlready(number=number, deal=known.pk)


def write_deal(
    act: Act,
    by: int,
    seller_id: int,
    buyer_id: int,
    terms: Terms,
    is_mutual: bool,
    order: Order | None = None,
) -> Deal:
    """A deal as one side says it; the other is asked. Raises DealKnownAlready before it writes."""
    need_new_tax_number(terms.tax_number)
    deal = Deal.objects.create(
        seller_id=seller_id, buyer_id=buyer_id, recorder_id=by, state=State.RECORDED,
        waits_for_id=buyer_id if by == seller_id else seller_id, what=terms.what, won=terms.won,
        vat_won=terms.vat_won, dealt_date=terms.dealt_date, due_date=terms.due_date,
        tax_number=terms.tax_number, recorded_at=act.at, is_mutual=is_mutual, order=order,
    )  # fmt: skip
    add_version(act, deal, 1, by, terms)
    return deal

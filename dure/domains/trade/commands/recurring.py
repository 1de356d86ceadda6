"""Deals of every month: agreed to once, recorded by the clock, ended by date or by notice."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import (
    RecurringDealAccepted,
    RecurringDealEnded,
    RecurringDealProposed,
    RecurringDealsRecorded,
    StandingConsentWithdrawn,
)
from ..models import Deal, RecurringDeal
from ..rules.deals import Terms, what_is_wrong
from .dealing import DealPaperUnnamed, write_deal
from .steps import DealImpossible, due_after, need_sides, why

__all__ = [
    "NoRecurringDealDue", "RecurringDealElsewhere", "accept_recurring_deal", "end_recurring_deal",
    "propose_recurring_deal", "record_recurring_deals", "withdraw_standing_consent",
]  # fmt: skip

State = RecurringDeal.State
AT_ONCE = 500


class RecurringDealElsewhere(Refusal):
    """The agreement is past this step, or has not come to it."""

    text = _("This cannot be done now: the recurring deal is %(state)s.")


class NoRecurringDealDue(Refusal):
    """Nothing is due today."""

    text = _("No recurring deal is due.")


@command
def propose_recurring_deal(
    act: Act,
    *,
    party_id: int,
    other_id: int,
    sells: bool,
    what: str,
    won: int,
    month_day: int,
    from_date: date,
    vat_won: int = 0,
    until_date: date | None = None,
    confirms_itself: bool = False,
) -> RecurringDeal:
    """Propose that the same is traded every month on a day, from a month on until a day.

    `confirms_itself`: each month's deal counts without being confirmed anew, if the other side agrees
    to that too. Raises DealImpossible, DealBetweenStrangers, DealPartnerOutside, NotFound.
    """
    policies.can_propose_recurring_deal(act, party_id).enforce()
    need_sides(party_id, other_id, act.today)
    if not 1 <= month_day <= 31:
        raise DealImpossible(reason=_("a month has days from 1 to 31"))
    first = _on_or_after(from_date, month_day)
    if from_date < act.today or until_date is not None and until_date <= first:
        raise DealImpossible(reason=_("it begins today or later, and before it ends"))
    what = clean_text(what, 200, _("What"))
    if wrong := what_is_wrong(Terms(what, won, vat_won, act.today, act.today), act.today):
        raise DealImpossible(reason=wrong)
    # ---
    seller, buyer = (party_id, other_id) if sells else (other_id, party_id)
    made = RecurringDeal.objects.create(
        seller_id=seller, buyer_id=buyer, recorder_id=party_id, waits_for_id=other_id, what=what,
        won=won, vat_won=vat_won, month_day=month_day, next_date=first, until_date=until_date,
        confirms_itself=confirms_itself, asked_at=act.at,
    )  # fmt: skip
    record(act, RecurringDealProposed(made.pk, party_id, other_id, what, won))
    return made


@command
def accept_recurring_deal(act: Act, *, recurring_id: int, on_paper: str = "") -> RecurringDeal:
    """Agree that it is traded every month. Raises RecurringDealElsewhere, DealPaperUnnamed."""
    found = _hold(recurring_id)
    policies.can_accept_recurring_deal(act, found).enforce()
    _need(found, State.ASKED)
    side = found.waits_for_id
    assert side is not None
    on_paper = clean_text(on_paper, 200, _("Paper"))
    if side not in act.own and not on_paper:
        raise DealPaperUnnamed
    need_sides(*found.sides, act.today)
    # ---
    found.state, found.waits_for, found.agreed_at = State.RUNNING, None, act.at
    found.on_paper = on_paper
    found.save(update_fields=["state", "waits_for", "agreed_at", "on_paper"])
    record(
        act,
        RecurringDealAccepted(found.pk, side, found.other(side), found.what, found.confirms_itself),
    )
    return found


@command
def end_recurring_deal(act: Act, *, recurring_id: int, party_id: int, reason: str) -> RecurringDeal:
    """Say no to a proposal, or let a running one end after the notice the rules ask for.

    Raises RecurringDealElsewhere, DealReasonMissing.
    """
    found = _hold(recurring_id)
    policies.can_end_recurring_deal(act, found, party_id).enforce()
    _need(found, State.ASKED, State.RUNNING)
    reason = why(reason)
    # ---
    last = act.today
    if found.state == State.RUNNING:
        last += timedelta(days=bylaws.rules_on(act.today).number("trade.notice_days"))
        last = min(last, found.until_date or last)
    found.until_date, found.end_reason, found.waits_for = last, reason, None
    if found.state == State.ASKED or found.next_date >= last:
        found.state = State.ENDED
    found.save(update_fields=["until_date", "end_reason", "waits_for", "state"])
    record(act, RecurringDealEnded(found.pk, party_id, found.other(party_id), last, reason))
    return found


@command
def withdraw_standing_consent(act: Act, *, recurring_id: int, party_id: int) -> RecurringDeal:
    """Ask to confirm each month's deal from now on. Raises RecurringDealElsewhere."""
    found = _hold(recurring_id)
    policies.can_withdraw_standing_consent(act, found, party_id).enforce()
    _need(found, State.RUNNING)
    if not found.confirms_itself:
        raise RecurringDealElsewhere(state=_("confirmed each month"))
    # ---
    found.confirms_itself = False
    found.save(update_fields=["confirms_itself"])
    record(act, StandingConsentWithdrawn(found.pk, party_id, found.other(party_id)))
    return found


@command
def record_recurring_deals(act: Act) -> int:
    """Record what is due of recurring deals until today; how many deals. Where a side may trade no
    longer, the agreement ends. Raises NoRecurringDealDue."""
    policies.can_record_recurring_deals(act).enforce()
    rows = RecurringDeal.objects.select_for_update().filter(
        state=State.RUNNING, next_date__lte=act.today
    )
    due = list(rows.order_by("next_date", "pk")[:AT_ONCE])
    if not due:
        raise NoRecurringDealDue
    # ---
    asked: list[int] = []
    counted, ended, won = 0, 0, 0
    for one in due:
        while one.state == State.RUNNING and one.next_date <= act.today:
            made = _record(act, one)
            if made is None:
                ended += 1
                continue
            won += made.won
            if made.state == Deal.State.CONFIRMED:
                counted += 1
            else:
                asked.append(made.pk)
        one.save(update_fields=["next_date", "state", "end_reason"])
    record(act, RecurringDealsRecorded(tuple(asked), counted, ended, won))
    return len(asked) + counted


def _record(act: Act, one: RecurringDeal) -> Deal | None:
    """The deal that is due; None: the agreement is over."""
    day = one.next_date
    if one.until_date is not None and day >= one.until_date:
        one.state = State.ENDED
        return None
    try:
        is_mutual = need_sides(*one.sides, day)
    except Refusal as refusal:
        one.state, one.end_reason = State.ENDED, str(refusal)[:300]
        return None
    terms = Terms(one.what, one.won, one.vat_won, day, due_after(day))
    deal = write_deal(act, one.recorder_id, *one.sides, terms, is_mutual)
    deal.recurring = one
    if one.confirms_itself:
        deal.state, deal.waits_for, deal.confirmed_at = Deal.State.CONFIRMED, None, act.at
    deal.save(update_fields=["recurring", "state", "waits_for", "confirmed_at"])
    one.next_date = Month.of(day).next().day(one.month_day)
    if one.until_date is not None and one.next_date >= one.until_date:
        one.state = State.ENDED
    return deal


def _on_or_after(day: date, month_day: int) -> date:
    """The first such day of a month from a day on."""
    month = Month.of(day)
    return month.day(month_day) if month.day(month_day) >= day else month.next().day(month_day)


def _hold(recurring_id: int) -> RecurringDeal:
    found: RecurringDeal = RecurringDeal.objects.hold(recurring_id)
    return found


def _need(found: RecurringDeal, *states: str) -> None:
    if found.state not in states:
        raise RecurringDealElsewhere(state=found.get_state_display())

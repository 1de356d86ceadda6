"""Subscribing to shares: the promise, its least and its cap."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import enforce, keep
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import WON_MAX, format_won
from dure.kernel.refusals import InvalidInput

from ... import policies
from ...events import SharesSubscribed, ShareSubscriptionEnded
from ...models import Membership, ShareSubscription
from ...queries import shares as held
from ..admission import DateInFuture
from ..members import AlreadyLeft
from .holding import (
    class_on,
    enforce_cap,
    holds_shares,
    least_findings,
    lock_shares,
    rules_of_shares,
)
from .paying import SubscriptionEnded, pay_shares

__all__ = ["SharesCountWrong", "end_share_subscription", "subscribe_shares"]


class SharesCountWrong(InvalidInput):
    """Shares are counted in whole ones."""

    text = _("Type how many shares: a whole number from 1 on.")


@command
def subscribe_shares(
    act: Act,
    *,
    membership_id: int,
    shares: int,
    subscribed_date: date | None = None,
    due_date: date | None = None,
    paid_date: date | None = None,
    receipt_id: int | None = None,
    fund: str = "general",
) -> ShareSubscription:
    """A member promises to pay in a number of shares.

    With `paid_date` all of it is paid at once. Without `due_date` it falls due by the rule
    `shares.payment_within_days`. Raises NoSharesHere, ShareUnitUnknown, SharesCountWrong,
    ClassHoldsNoShares, AlreadyLeft, DateInFuture, RuleNotMet (least shares, cap on one member).
    """
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_subscribe_shares(act, membership.party_id).enforce()
    day = subscribed_date or act.today
    book = rules_of_shares(day)
    lock_shares()
    if not 1 <= shares <= 1_000_000_000:
        raise SharesCountWrong
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    if membership.left_date is not None:
        raise AlreadyLeft(number=membership.number, date=membership.left_date.isoformat())
    of_class = class_on(membership, day)
    holds_shares(of_class)
    unit = book.number("shares.unit_won")
    if shares * unit > WON_MAX:
        raise SharesCountWrong
    before = held.promised(membership.pk)
    total = held.promised_in_all()
    mine = before.won + shares * unit
    least = least_findings(book, of_class, before.shares + shares, mine)
    enforce(least)
    cap = enforce_cap(book, mine, total.won + shares * unit, total.others(before) + 1)
    if due_date is None:
        within = book.number("shares.payment_within_days")
        due_date = day + timedelta(days=within)
    # ---
    made = ShareSubscription.objects.create(
        membership=membership,
        shares=shares,
        unit_won=unit,
        subscribed_date=day,
        due_date=max(due_date, day),
        findings=keep((*least, *cap)),
    )
    record(
        act,
        SharesSubscribed(
            made.pk,
            membership.party_id,
            membership.pk,
            shares,
            made.won,
            made.due_date,
        ),
    )
    if paid_date is not None:
        pay_shares(
            act, subscription_id=made.pk, paid_date=paid_date, receipt_id=receipt_id, fund=fund
        )
        made.refresh_from_db()
    return made


@command
def end_share_subscription(act: Act, *, subscription_id: int, reason: str) -> ShareSubscription:
    """Give up what was not paid of a subscription; what was paid stays. Raises SubscriptionEnded."""
    subscription: ShareSubscription = ShareSubscription.objects.hold(subscription_id)
    policies.can_end_share_subscription(act, subscription).enforce()
    if not subscription.open_won:
        raise SubscriptionEnded(won=format_won(subscription.paid_won))
    given_up = subscription.open_won
    # ---
    subscription.ended_date = act.today
    subscription.save(update_fields=["ended_date"])
    record(
        act,
        ShareSubscriptionEnded(subscription.pk, subscription.party_id, given_up, reason[:200]),
    )
    return subscription

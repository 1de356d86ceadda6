"""Paying in shares, and undoing a wrong payment."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws.rules import keep
from dure.domains.ledger import commands as ledger, queries as ledger_queries
from dure.domains.ledger.rules import Source
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from ... import policies
from ...events import SharePaymentUndone, SharesPaid
from ...models import Receipt, ShareMovement, ShareSubscription
from ...queries import books, shares as held
from ...rules import booking
from ...rules.shares import whole_shares
from ..admission import DateInFuture
from ..dues import UnknownFund
from ..receipts import ReceiptAlreadyMatched
from ..undoing import UnmatchUnreasoned
from .holding import enforce_cap, lock_shares, renew_certificate, rules_of_shares

__all__ = [
    "PaidBeforeSubscribed", "ShareAmountWrong", "ShareMovementStands", "SharesOversubscribed",
    "SubscriptionEnded", "pay_shares", "undo_share_payment",
]  # fmt: skip

_PAID_TEXT = gettext_noop("Shares paid in")


class ShareAmountWrong(InvalidInput):
    """Shares move by an amount above zero."""

    text = _("Type an amount above 0 won.")


class SubscriptionEnded(Refusal):
    """Everything is paid, or the rest was given up."""

    text = _("Nothing is open of this subscription; %(won)s were paid.")
    remedy = _("Subscribe to further shares first.")


class SharesOversubscribed(Refusal):
    """Nobody pays in more than was subscribed to."""

    text = _("%(open)s are open of this subscription; %(amount)s cannot be paid in.")
    remedy = _("Pay what is open, or subscribe to further shares first.")


class PaidBeforeSubscribed(InvalidInput):
    """A payment follows the promise."""

    text = _("The shares were subscribed to on %(date)s; they cannot have been paid before.")


class ShareMovementStands(Refusal):
    """Only payments can be undone, once, and only while the shares are still held."""

    text = _("This movement cannot be undone: %(reason)s.")


@command
def pay_shares(
    act: Act,
    *,
    subscription_id: int,
    amount_won: int | None = None,
    paid_date: date | None = None,
    receipt_id: int | None = None,
    fund: str = "general",
) -> ShareMovement:
    """Pay a subscription, or a part of it: Dr cash (suspense, if a receipt brought the money), Cr
    share capital by party. Only what is paid in full counts as a share.

    Money that the member has to get from the network is no payment (제22조제4항): there is no such
    way in. Raises SubscriptionEnded, SharesOversubscribed, ShareAmountWrong, PaidBeforeSubscribed,
    DateInFuture, ReceiptAlreadyMatched, UnknownFund, RuleNotMet (cap on one member).
    """
    receipt: Receipt | None = Receipt.objects.hold(receipt_id) if receipt_id is not None else None
    series = lock_shares()
    subscription: ShareSubscription = ShareSubscription.objects.hold(subscription_id)
    policies.can_pay_shares(act, subscription).enforce()
    day = paid_date or (books.bookable(receipt.receipt_date, act.today) if receipt else act.today)
    book = rules_of_shares(day)
    if not subscription.open_won:
        raise SubscriptionEnded(won=format_won(subscription.paid_won))
    won = subscription.open_won if amount_won is None else amount_won
    if won <= 0:
        raise ShareAmountWrong
    if won > subscription.open_won:
        raise SharesOversubscribed(open=format_won(subscription.open_won), amount=format_won(won))
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    if day < subscription.subscribed_date:
        raise PaidBeforeSubscribed(date=subscription.subscribed_date.isoformat())
    if receipt is not None and receipt.open_won < won:
        raise ReceiptAlreadyMatched(amount=format_won(receipt.amount_won))
    if fund not in {f.code for f in ledger_queries.funds()}:
        raise UnknownFund(fund=fund)
    member = subscription.membership
    before = held.holding(member.pk)
    total = held.held_in_all()
    findings = enforce_cap(book, before.won + won, total.won + won, total.others(before) + 1)
    # ---
    entry = ledger.post_entry(
        act,
        date=day,
        text=books.entry_text(_PAID_TEXT),
        sides=booking.share_payment(
            books.chart(), fund, member.party_id, won, receipt.fund if receipt else None
        ),
        source=Source("memberships.ShareSubscription", subscription.pk),
    )
    if receipt is not None:
        receipt.matched_won += won
        receipt.save(update_fields=["matched_won"])
    whole_before = whole_shares(subscription.paid_won, subscription.unit_won)
    subscription.paid_won += won
    subscription.save(update_fields=["paid_won"])
    movement = ShareMovement.objects.create(
        membership=member,
        subscription=subscription,
        moved_date=day,
        shares=whole_shares(subscription.paid_won, subscription.unit_won) - whole_before,
        amount_won=won,
        receipt=receipt,
        findings=keep(findings),
        entry=entry,
        fund=fund,
    )
    renew_certificate(series, member, day)
    record(
        act,
        SharesPaid(
            subscription.pk,
            member.party_id,
            member.pk,
            won,
            movement.shares,
            day,
            not subscription.open_won,
            entry.pk,
        ),
    )
    return movement


@command
def undo_share_payment(act: Act, *, movement_id: int, reason: str) -> ShareMovement:
    """Undo a payment that was entered wrongly, by reversing its entry; it stays in the record.

    Raises ShareMovementStands, UnmatchUnreasoned.
    """
    series = lock_shares()
    movement = (
        ShareMovement.objects.select_related("membership", "subscription", "receipt")
        .filter(pk=movement_id)
        .first()
    )
    if movement is None:
        raise NotFound
    policies.can_undo_share_payment(act, movement).enforce()
    reason = clean_text(reason, 200, _("Reason"))
    if not reason:
        raise UnmatchUnreasoned
    subscription = movement.subscription
    if movement.kind != ShareMovement.Kind.PAID or subscription is None:
        raise ShareMovementStands(reason=_("only a payment can"))
    if ShareMovement.objects.filter(undoes=movement).exists():
        raise ShareMovementStands(reason=_("it is undone already"))
    now = held.holding(movement.membership_id)
    if now.won < movement.amount_won or now.shares < movement.shares:
        raise ShareMovementStands(reason=_("the shares are no longer held"))
    # ---
    day = max(act.today, movement.moved_date)
    reversal = ledger.reverse_entry(
        act,
        entry_id=movement.entry_id,
        date=day,
        reason=reason,
        source=Source("memberships.ShareSubscription", subscription.pk),
    )
    subscription = ShareSubscription.objects.hold(subscription.pk)
    subscription.paid_won -= movement.amount_won
    subscription.save(update_fields=["paid_won"])
    if movement.receipt is not None:
        receipt: Receipt = Receipt.objects.hold(movement.receipt.pk)
        receipt.matched_won -= movement.amount_won
        receipt.save(update_fields=["matched_won"])
    undone = ShareMovement.objects.create(
        membership=movement.membership,
        subscription=subscription,
        kind=ShareMovement.Kind.UNDONE,
        moved_date=day,
        shares=-movement.shares,
        amount_won=-movement.amount_won,
        receipt=movement.receipt,
        decided_by=reason,
        undoes=movement,
        entry=reversal,
        fund=movement.fund,
    )
    renew_certificate(series, movement.membership, day)
    record(
        act,
        SharePaymentUndone(
            subscription.pk, subscription.party_id, movement.amount_won, reason, reversal.pk
        ),
    )
    return undone

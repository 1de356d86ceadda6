"""Receipts that pay what other rooms keep: the room books the payment, the receipt remembers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import Source
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.deeds import record
from dure.kernel.personal import Personal
from dure.kernel.refusals import Refusal

from ..events import ReceiptBookedAs
from ..models import Membership, Receipt, ReceiptUse
from ..queries import books
from ..queries.matching import proposals_for
from ..queries.payables import Incoming, payable_kind
from ..queries.receipts import money_of_receipt
from ..rules import booking
from ..rules.matching import Proposal, Sureness, keys_of, normalise
from .settling import keep_aliases

PURPOSE = ReceiptUse.Purpose.PAYABLE
_HANDED_TEXT = gettext_noop("Money received handed over to the self-help fund")


def take_in(act: Act, receipt: Receipt, key: str, won: int, label: str = "") -> ReceiptUse:
    """Let a receipt pay up to so much of it. What is paid into a fund run for others is handed over to it.

    Raises what the other room refuses, before any write.
    """
    kind, number = payable_kind(key)
    day = books.bookable(receipt.receipt_date, act.today)
    fund = kind.others_fund(number) or receipt.fund
    taken = kind.take_in(act, number, won, Incoming(receipt.pk, fund, receipt.receipt_date, day))
    handed: tuple[Any, Any] = (None, None)
    if fund != receipt.fund:
        handed = _handed_over(act, receipt, fund, taken.won, day)
    use = ReceiptUse.objects.create(
        receipt=receipt, purpose=PURPOSE, amount_won=taken.won, used_date=day, note=label[:200],
        payable=key, taken_as=taken.payment_id, entry_id=taken.entry_id, handed_out=handed[0],
        handed_in=handed[1],
    )  # fmt: skip
    receipt.matched_won += taken.won
    receipt.save(update_fields=["matched_won"])
    record(
        act, ReceiptBookedAs(receipt.pk, PURPOSE, taken.won, taken.entry_id, None, Personal(label))
    )
    return use


def _handed_over(act: Act, receipt: Receipt, fund: str, won: int, day: date) -> tuple[Any, Any]:
    """The money leaves the fund it waited in, and comes to the one it is for: an entry in each, as none
    touches a fund run for others and another one."""
    chart, source = books.chart(), Source("memberships.Receipt", receipt.pk)
    given, taken = booking.handing_over(chart, receipt.fund, fund, won)
    text = books.entry_text(_HANDED_TEXT)
    return (
        ledger.post_entry(act, date=day, text=text, sides=given, source=source),
        ledger.post_entry(act, date=day, text=text, sides=taken, source=source),
    )


def learn_payer(act: Act, receipt: Receipt, member: Membership) -> None:
    """Money under this text is the member's, where it is not its own name."""
    own = normalise(parties.party_name(member.party_id))
    keys = [key for key in keys_of(receipt.payer_text)[-1:] if key != own]
    keep_aliases(act, {(key, member.pk): receipt.payer_text for key in keys})


def take_in_sure_ones(
    act: Act, receipts: Sequence[Receipt], proposals: Sequence[Proposal | None]
) -> tuple[int, int]:
    """Let the receipts pay what they surely pay besides dues, in the order in which they came; how many,
    and how much. What is refused waits for a person; two equal payments pay two instalments."""
    count = sum_won = 0
    waiting = [
        receipt
        for receipt, proposal in zip(receipts, proposals, strict=True)
        if proposal is not None and proposal.payable
    ]
    for receipt in sorted(waiting, key=lambda one: (one.receipt_date, one.pk)):
        (proposal,) = proposals_for([money_of_receipt(receipt)], act.today)
        if proposal is None or not proposal.payable or proposal.sureness != Sureness.SURE:
            continue
        try:
            with transaction.atomic():
                use = take_in(act, receipt, proposal.payable, receipt.open_won)
        except Refusal:
            receipt.refresh_from_db(fields=["matched_won"])
            continue
        count, sum_won = count + 1, sum_won + use.amount_won
    return count, sum_won


def take_in_debits(act: Act, paid: Sequence[tuple[Receipt, str]]) -> None:
    """What the bank collected pays what it was asked for; the rest waits in suspense."""
    for receipt, key in paid:
        try:
            with transaction.atomic():
                take_in(act, receipt, key, receipt.open_won)
        except Refusal:
            receipt.refresh_from_db(fields=["matched_won"])


def undo_taken(
    act: Act, uses: Sequence[ReceiptUse], reason: str, undone_date: date
) -> dict[int, Any]:
    """Take the payments back where they are kept, the last one first; their reversals, by entry."""
    found = {}
    for use in reversed(uses):
        if not use.payable:
            continue
        kind = payable_kind(use.payable)[0]
        found[use.entry_id] = kind.undo(act, use.taken_as or 0, reason, undone_date)
        for entry_id in (use.handed_in_id, use.handed_out_id):
            if entry_id is not None:
                ledger.reverse_entry(
                    act, entry_id=entry_id, date=undone_date, reason=reason,
                    source=Source("memberships.Receipt", use.receipt_id),
                )  # fmt: skip
    return found


__all__ = ["learn_payer", "take_in", "take_in_debits", "take_in_sure_ones", "undo_taken"]

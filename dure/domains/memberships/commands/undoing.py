"""Undoing: a matching reversed, money paid back."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import Source
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import ReceiptRefunded, ReceiptUnmatched
from ..models import (
    Allocation,
    Charge,
    Credit,
    DebitRun,
    DuesRun,
    PayerAlias,
    Receipt,
    ReceiptUse,
)
from ..queries import books
from ..rules import booking
from ..rules.matching import keys_of
from .admission import DateInFuture
from .papers.donating import refuse_if_receipted
from .paying_others import undo_taken

__all__ = [
    "ReceiptNotMatched", "RefundsTooMuch", "UnmatchUnreasoned", "refund_receipt", "unmatch_receipt",
]  # fmt: skip

_REFUNDED_TEXT = gettext_noop("Money received paid back")


class ReceiptNotMatched(Refusal):
    """There is nothing to undo."""

    text = _("Nothing of this receipt is matched.")


class RefundsTooMuch(Refusal):
    """Only what waits in suspense can be paid back."""

    text = _("%(open)s of this receipt are free; %(amount)s cannot be paid back.")
    remedy = _("Undo the matching first, or pay back less.")


class UnmatchUnreasoned(InvalidInput):
    """Undoing needs a reason an auditor can read."""

    text = _("Say why.")


@command
def unmatch_receipt(act: Act, *, receipt_id: int, reason: str) -> Receipt:
    """Undo everything a receipt paid or was kept or booked as, by reversing the entries; what its
    payer text taught is forgotten. Raises ReceiptNotMatched, DonationIsReceipted."""
    receipt: Receipt = Receipt.objects.hold(receipt_id)
    policies.can_unmatch_receipt(act, receipt).enforce()
    reason = clean_text(reason, 200, _("Reason"))
    if not reason:
        raise UnmatchUnreasoned
    live = list(
        Allocation.objects.select_related("charge")
        .filter(receipt=receipt, undone_date=None)
        .order_by("pk")
    )
    credits = list(Credit.objects.filter(receipt=receipt, undone_date=None).order_by("pk"))
    uses = list(ReceiptUse.objects.filter(receipt=receipt, undone_date=None).order_by("pk"))
    if not live and not credits and not uses:
        raise ReceiptNotMatched
    refuse_if_receipted(receipt.pk)
    # ---
    direct = [a for a in live if a.credit_id is None]
    others: list[Credit | ReceiptUse] = [*credits, *uses]
    won = sum(a.amount_won for a in direct) + sum(part.amount_won for part in others)
    days = [a.allocated_date for a in live] + [c.kept_date for c in credits]
    undone_date = max([act.today, *days])
    entries = [a.entry_id for a in live] + [part.entry_id for part in others]
    taken = undo_taken(act, uses, reason, undone_date)
    for entry_id in dict.fromkeys(entries):
        reversal = taken.get(entry_id) or ledger.reverse_entry(
            act,
            entry_id=entry_id,
            date=undone_date,
            reason=reason,
            source=Source("memberships.Receipt", receipt.pk),
        )
        Allocation.objects.filter(receipt=receipt, entry=entry_id, undone_date=None).update(
            undone_date=undone_date, undone_entry=reversal
        )
        for kind in (Credit, ReceiptUse):
            kind.objects.filter(receipt=receipt, entry=entry_id, undone_date=None).update(
                undone_date=undone_date, undone_entry=reversal
            )
    for allocation in live:
        Charge.objects.filter(pk=allocation.charge_id).update(
            paid_won=F("paid_won") - allocation.amount_won
        )
        DuesRun.objects.filter(charges=allocation.charge_id).update(
            paid_won=F("paid_won") - allocation.amount_won
        )
    Credit.objects.filter(pk__in=[c.pk for c in credits]).update(used_won=0)
    for use in uses:
        if use.run_id is not None:
            rows = DebitRun.objects.filter(pk=use.run_id)
            rows.update(settled_won=F("settled_won") - use.amount_won)
    PayerAlias.objects.filter(
        membership__in={a.charge.membership_id for a in live} | {c.membership_id for c in credits},
        key__in=keys_of(receipt.payer_text),
        is_learned=True,
    ).delete()
    receipt.matched_won -= won
    receipt.save(update_fields=["matched_won"])
    record(act, ReceiptUnmatched(receipt.pk, won, reason))
    return receipt


@command
def refund_receipt(
    act: Act,
    *,
    receipt_id: int,
    reason: str,
    amount_won: int | None = None,
    refund_date: date | None = None,
) -> Receipt:
    """Pay back what is not matched: Dr suspense, Cr cash. Raises RefundsTooMuch."""
    receipt: Receipt = Receipt.objects.hold(receipt_id)
    policies.can_refund_receipt(act, receipt).enforce()
    reason = clean_text(reason, 200, _("Reason"))
    if not reason:
        raise UnmatchUnreasoned
    won = receipt.open_won if amount_won is None else amount_won
    if not 0 < won <= receipt.open_won:
        raise RefundsTooMuch(open=format_won(receipt.open_won), amount=format_won(won))
    day = refund_date or act.today
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    # ---
    entry = ledger.post_entry(
        act,
        date=day,
        text=books.entry_text(_REFUNDED_TEXT),
        sides=booking.paying_back(books.chart(), receipt.fund, won),
        source=Source("memberships.Receipt", receipt.pk),
    )
    receipt.refunded_won += won
    receipt.save(update_fields=["refunded_won"])
    told = Personal(reason, matter=receipt.matter)
    record(act, ReceiptRefunded(receipt.pk, won, entry.pk, told))
    return receipt

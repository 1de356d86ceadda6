"""Ways out of suspense for money that is nobody's dues."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger, queries as ledger_books
from dure.domains.ledger.rules import Source, credit
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import ReceiptBookedAs
from ..models import Receipt, ReceiptUse
from ..queries import books
from ..rules import booking

__all__ = ["PurposeUnknown", "UsesTooMuch", "book_receipt_as"]

_TEXTS = {
    "donation": ("donation_income", gettext_noop("Donation received")),
    "sponsorship": ("sponsorship_income", gettext_noop("Sponsorship received")),
    "other_income": ("other_income", gettext_noop("Other income received")),
}


class PurposeUnknown(InvalidInput):
    """Money can be booked as a donation, a sponsorship or other income."""

    text = _("Say what the money is: a donation, a sponsorship or other income.")


class UsesTooMuch(Refusal):
    """Only what waits in suspense can be booked."""

    text = _("%(open)s of this receipt are free; %(amount)s cannot be booked.")


@command
def book_receipt_as(
    act: Act,
    *,
    receipt_id: int,
    purpose: str,
    note: str = "",
    amount_won: int | None = None,
    donor_id: int | None = None,
    fund: str = "",
) -> ReceiptUse:
    """Book money that is nobody's dues as a donation, a sponsorship or other income.

    Dr suspense, Cr the income. `donor_id`: the party that gave it, if it is known; `fund`: to which it
    was given, where the money lies in another. Raises PurposeUnknown, UsesTooMuch, UnknownFund.
    """
    receipt: Receipt = Receipt.objects.hold(receipt_id)
    policies.can_book_receipt_as(act, receipt).enforce()
    if purpose not in _TEXTS:
        raise PurposeUnknown
    note = clean_text(note, 200, _("Note"))
    won = receipt.open_won if amount_won is None else amount_won
    if not 0 < won <= receipt.open_won:
        raise UsesTooMuch(open=format_won(receipt.open_won), amount=format_won(won))
    if donor_id is not None and donor_id not in parties.names_of([donor_id]):
        raise NotFound
    if fund:
        fund = ledger_books.chart().fund(fund).code
    # ---
    role, text = _TEXTS[purpose]
    day = books.bookable(receipt.receipt_date, act.today)
    entry = ledger.post_entry(
        act,
        date=day,
        text=books.entry_text(text),
        sides=booking.from_suspense(
            books.chart(), receipt.fund, [credit(books.account(role), fund or receipt.fund, won)]
        ),
        source=Source("memberships.Receipt", receipt.pk),
    )
    use = ReceiptUse.objects.create(
        receipt=receipt,
        purpose=purpose,
        amount_won=won,
        used_date=day,
        note=note,
        fund=fund,
        donor_id=donor_id,
        entry=entry,
    )
    receipt.matched_won += won
    receipt.save(update_fields=["matched_won"])
    told = Personal(note, donor_id, receipt.matter)
    record(act, ReceiptBookedAs(receipt.pk, purpose, won, entry.pk, donor_id, told))
    return use

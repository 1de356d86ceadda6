"""What the books hold about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.held import Held
from dure.kernel.words import Promise

BOOKS = _("The books of the network must stay complete.")
KEPT = "privacy.books_kept_months"

HELD = (
    Held(
        "ledger.Line",
        _("Lines in the books"),
        BOOKS,
        ("party",),
        KEPT,
        also=("entry__booked_date", "entry__text"),
    ),
    Held("ledger.PartyBalance", _("Balances in the books"), BOOKS, ("party",), KEPT),
)

# What each kind of read of personal data is called in the log.
READS: dict[str, str | Promise] = {
    "ledger.note": _("the note of an entry"),
    "ledger.party": _("what stands in the books on a name"),
}

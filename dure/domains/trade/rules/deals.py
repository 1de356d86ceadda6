"""What a deal is, and when two records are of the same deal. Pure.

1. A deal is one sale: who sold what to whom, on which day, for how much, tax included.
2. It has two sides. What one says, the other confirms; only then it counts.
3. Two records may be of the same deal: seller and buyer are the same and either both carry the
   same tax invoice, or the sums are the same, the days are near, and no tax invoice tells them apart.
4. Value-added tax stands inside the sum and below it.
5. The approval number of an electronic tax invoice has 24 letters and digits; the first eight are
   its day. Other tax invoices have shorter numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy

APPROVAL_LENGTH = 24
PAPERS: tuple[tuple[str, str | Promise], ...] = (
    ("delivery_note", pgettext_lazy("deal", "delivery note")),
    ("tax_invoice", pgettext_lazy("deal", "tax invoice")),
    ("photo", pgettext_lazy("deal", "photograph")),
    ("other", pgettext_lazy("deal", "another paper")),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What two sides agree on."""

    what: str
    won: int
    vat_won: int
    dealt_date: date
    due_date: date
    tax_number: str = ""


def what_is_wrong(terms: Terms, today: date) -> Promise | None:
    """Why terms cannot be those of a deal (rules 1 and 4); None: they can."""
    if not terms.what:
        return _("it says what was sold")
    if terms.won <= 0:
        return _("it is above 0 won")
    if not 0 <= terms.vat_won < terms.won:
        return _("the tax is smaller than the sum")
    if terms.dealt_date > today:
        return _("it is not in the future")
    if terms.due_date < terms.dealt_date:
        return _("it is not due before its day")
    return wrong_tax_number(terms.tax_number, today)


def tax_number_of(given: str) -> str:
    """The number of a tax invoice as it is kept: without spaces and dashes."""
    return "".join(given.split()).replace("-", "")


def wrong_tax_number(number: str, today: date) -> Promise | None:
    """Why this cannot be the number of a tax invoice (rule 5); None: it can, or there is none."""
    if number and not (number.isascii() and number.isalnum()):
        return _("the number of a tax invoice has letters and digits only")
    if len(number) > APPROVAL_LENGTH:
        return _("the number of a tax invoice has at most 24 letters and digits")
    if len(number) == APPROVAL_LENGTH:
        try:
            issued = date.fromisoformat(number[:8])
        except ValueError:
            return _("an approval number begins with the day of the tax invoice")
        if issued > today:
            return _("the day in the approval number is not in the future")
    return None


def is_same_deal(one: Terms, other: Terms, days: int) -> bool:
    """Whether two records between the same sides may be of one deal (rule 3)."""
    if one.tax_number and other.tax_number:
        return one.tax_number == other.tax_number
    return one.won == other.won and abs((one.dealt_date - other.dealt_date).days) <= days

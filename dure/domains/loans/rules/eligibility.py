"""Who may borrow how much, today. Pure: the rules are the book's, the facts are given.

1. Only members borrow, from so many months of membership on.
2. The ceilings hold (`ceilings`).
3. Who is late with dues or with a loan waits.
4. The regulation of the product says between which amounts, for how long, with how much grace.
Each is answered, whether it passes or not; rules nobody laid down are not asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dure.domains.bylaws.rules import Finding, Rulebook
from dure.kernel.dates import after_months
from dure.kernel.words import gettext as _now

from .ceilings import Standing, limits


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the member and the fund on a day."""

    is_member: bool
    joined: date | None
    money: Standing  # without the loan that is judged
    late_dues_won: int
    late_loan_days: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What the regulation of a product says."""

    name: str
    article: str
    least_won: int
    most_won: int
    longest_months: int
    grace_months: int


def months_between(joined: date, on: date) -> int:
    """Whole months passed: from the 15th to the 14th two years later are 23 (R-005)."""
    months = (on.year - joined.year) * 12 + on.month - joined.month
    return max(months - (after_months(joined, max(months, 0)) > on), 0)


def eligibility(
    book: Rulebook, facts: Facts, offer: Offer, won: int, months: int, grace: int, on: date
) -> tuple[Finding, ...]:
    """1 to 4."""
    passed = months_between(facts.joined, on) if facts.joined else 0
    return (
        *book.check_all(
            ("loans.members_only", facts.is_member),
            ("loans.membership_months", passed),
        ),
        *limits(book, facts.money, won),
        *book.check_all(
            ("loans.late_dues_won", facts.late_dues_won),
            ("loans.late_loan_days", facts.late_loan_days),
        ),
        *_of_offer(offer, won, months, grace),
    )


def _of_offer(offer: Offer, won: int, months: int, grace: int) -> Iterable[Finding]:
    for key, label, kind, comparison, asked, found in (
        ("least", _now("least amount"), "won", "at_least", offer.least_won, won),
        ("most", _now("highest amount"), "won", "at_most", offer.most_won, won),
        ("term", _now("longest term"), "months", "at_most", offer.longest_months, months),
        ("grace", _now("longest grace"), "months", "at_most", offer.grace_months, grace),
    ):
        passed = found >= asked if comparison == "at_least" else found <= asked
        yield Finding(
            key=f"loans.product_{key}", label=f"{offer.name}: {label}", origin="regulation",
            document="", article=offer.article, text="", kind=kind, comparison=comparison,
            required=str(asked), actual=str(found), of=None, passed=passed,
        )  # fmt: skip

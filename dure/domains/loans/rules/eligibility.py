"""Who may borrow how much, today. Pure: the rules are the book's, the facts are given.

1. Only members borrow, from so many months of membership on.
2. The ceilings hold (`ceilings`).
3. Who is late with dues or with a loan waits.
4. The regulation of the product says who borrows and what for, between which amounts, for how long,
   with how much grace; interest and fee together stay within the legal maximum.
Each is answered, whether it passes or not; rules nobody laid down are not asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dure.domains.bylaws.rules import Finding, Rulebook, failed
from dure.kernel.dates import after_months
from dure.kernel.words import gettext as _now

from .ceilings import Standing, limits


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the member and the fund on a day."""

    is_member: bool
    joined: date | None
    is_person: bool
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
    shortest_months: int
    longest_months: int
    grace_months: int
    borrowers: str = "all"
    purposes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for, and what it would cost a year with its fee."""

    won: int
    months: int
    grace_months: int
    purpose: str
    yearly_cost: Fraction | None = None  # asked only where there is a fee


def months_between(joined: date, on: date) -> int:
    """Whole months passed: from the 15th to the 14th two years later are 23 (R-005)."""
    months = (on.year - joined.year) * 12 + on.month - joined.month
    return max(months - (after_months(joined, max(months, 0)) > on), 0)


def belonging(book: Rulebook, facts: Facts, on: date) -> tuple[Finding, ...]:
    """1 and 3: what no smaller amount would change."""
    passed = months_between(facts.joined, on) if facts.joined else 0
    return book.check_all(
        ("loans.members_only", facts.is_member),
        ("loans.membership_months", passed),
        ("loans.late_dues_won", facts.late_dues_won),
        ("loans.late_loan_days", facts.late_loan_days),
    )


def room(book: Rulebook, facts: Facts, most: int) -> tuple[int, tuple[Finding, ...]]:
    """2: the highest amount up to `most` that every ceiling allows, and what one won more breaks."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if failed(limits(book, facts.money, middle)):
            high = middle - 1
        else:
            low = middle
    return low, failed(limits(book, facts.money, low + 1)) if low < most else ()


def eligibility(
    book: Rulebook, facts: Facts, offer: Offer, wish: Wish, on: date
) -> tuple[Finding, ...]:
    """1 to 4."""
    passed = months_between(facts.joined, on) if facts.joined else 0
    return (
        *book.check_all(
            ("loans.members_only", facts.is_member),
            ("loans.membership_months", passed),
        ),
        *limits(book, facts.money, wish.won),
        *book.check_all(
            ("loans.late_dues_won", facts.late_dues_won),
            ("loans.late_loan_days", facts.late_loan_days),
        ),
        *_of_offer(offer, facts, wish),
        *book.check_all(
            *([] if wish.yearly_cost is None else [("loans.yearly_cost_ratio", wish.yearly_cost)])
        ),
    )


def _of_offer(offer: Offer, facts: Facts, wish: Wish) -> Iterable[Finding]:
    """4; who may borrow and what for is asked only where the regulation says so."""
    for key, label, kind, comparison, asked, found in (
        ("least", _now("least amount"), "won", "at_least", offer.least_won, wish.won),
        ("most", _now("highest amount"), "won", "at_most", offer.most_won, wish.won),
        ("term", _now("longest term"), "months", "at_most", offer.longest_months, wish.months),
        ("grace", _now("longest grace"), "months", "at_most", offer.grace_months, wish.grace_months),
    ):  # fmt: skip
        passed = found >= asked if comparison == "at_least" else found <= asked
        yield _finding(offer, key, label, kind, comparison, str(asked), str(found), passed)
    if offer.shortest_months > 1:
        asked, found = offer.shortest_months, wish.months
        yield _finding(
            offer, "shortest", _now("shortest term"), "months", "at_least", str(asked), str(found),
            found >= asked,
        )  # fmt: skip
    for key, label, asks, is_so in (
        ("borrowers", _now("for people only"), offer.borrowers == "people", facts.is_person),
        (
            "borrowers", _now("for organisations only"), offer.borrowers == "organisations",
            not facts.is_person,
        ),
        (
            "purposes", _now("for what the regulation names"), bool(offer.purposes),
            wish.purpose in offer.purposes,
        ),
    ):  # fmt: skip
        if asks:
            answer = "yes" if is_so else "no"
            yield _finding(offer, key, label, "yes_no", "exactly", "yes", answer, is_so)


def _finding(
    offer: Offer, key: str, label: str, kind: str, comparison: str, asked: str, found: str, passed: bool
) -> Finding:  # fmt: skip
    return Finding(
        key=f"loans.product_{key}", label=f"{offer.name}: {label}", origin="regulation",
        document="", article=offer.article, text="", kind=kind, comparison=comparison,
        required=asked, actual=found, of=None, passed=passed,
    )  # fmt: skip

"""Who may take part, what counts as paid, when a contract rests. Pure.

1. Only members take part, from so many months of membership on, by a contract made directly between
   member and co-operative, for a contribution of at least so much.
2. The contribution of a month is due on the day of the plan, or on the last of a shorter month.
3. Money pays the oldest month first; a month counts when all of it is paid.
4. So many months past due: the member is told; so many days later, if still unpaid, the contract
   lapses. Paid up in time after that it revives, and the waiting period begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dure.domains.bylaws.rules import Finding, Rulebook
from dure.domains.loans.rules.eligibility import months_between
from dure.kernel.dates import Month, after_months

DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is known of who asks."""

    is_member: bool
    joined: date | None


def may_take_part(
    book: Rulebook, who: Applicant, monthly_won: int, channel: str, on: date
) -> tuple[Finding, ...]:
    """Rule 1."""
    passed = months_between(who.joined, on) if who.joined else 0
    return book.check_all(
        ("mutual_aid.members_only", who.is_member),
        ("mutual_aid.membership_months", passed),
        ("mutual_aid.direct_contract", channel == DIRECT),
        ("mutual_aid.monthly_dues_won", monthly_won),
    )


def due_date(month: Month, due_day: int) -> date:
    """Rule 2."""
    return month.day(due_day)


def waits_until(counts_from: date, months: int) -> date:
    """The first day on which an event counts."""
    return after_months(counts_from, months)


def lapses_on(noticed: date, notice_days: int) -> date:
    """Rule 4: the first day on which it may lapse."""
    return noticed + timedelta(days=notice_days)


def revives_until(lapsed: date, revival_months: int) -> date:
    """Rule 4: the last day to revive."""
    return after_months(lapsed, revival_months)

"""Who owes how much for which period. Pure.

1. A plan counts in months. Its periods have 1 (month), 3 (quarter) or 12 (year) months; quarters
   and years start in the plan's starting month (of the fiscal year, say) and every 3rd or 12th month
   after it. A plan charged *once* has one month: a joining fee that of joining, anything else the
   plan's first.
2. A month *counts* for a member under a plan when
   a. the plan is in force on the first day of the month;
   b. the member belongs on at least one day of the month. The month of joining counts only if the
      plan says so (unless the member joined on its first day), and so does the month of leaving;
   c. the member is of the plan's class on the first day of the month, or, in the month of
      joining, on the day of joining. A change of class during a month thus counts from the next;
   d. no other plan of the same kind has charged this membership for that month already (what is
      charged once stands beside whatever else is);
   e. the member is not exempt from this kind of dues in that month.
3. Billing a month charges, for each plan, the period that contains the month: once for each
   membership, plan and period. What is charged depends on dates, never on the day of billing.
4. The amount is the member's agreed amount, else the plan's, and of it, cut down to whole won (the
   remainder favours the member), by the plan's rule for parts of a period
   a. *months*: counting months / months of the period;
   b. *days*: days of belonging in the counting months / days of the period;
   c. *half*: the half where less than half of the period's days count, else all of it;
   d. *full*: all of it as soon as one month counts.
5. A charge falls due on the plan's due day of the month billed, or on the last day of that month
   if it is shorter.
6. What was charged stays when a member leaves or changes class later; it can be waived.
7. Payments go to the oldest due charge first, then the one charged first, unless chosen.
8. Where the network's rules spread dues over their months, what a charge owes for months that come
   after a month's end is not income yet: amount x months still to come / months of the charge, cut
   down to whole won. What was waived of a charge is spread no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dure.kernel.dates import Month
from dure.kernel.money import Rounding, apply_ratio

MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "once": 1}
PRORATIONS = ("months", "days", "half", "full")
JOINING = "joining"
PRORATION_ROUNDING = Rounding.DOWN


@dataclass(frozen=True, slots=True)
class Plan:
    """The terms of a dues plan. `from_month` … `until_month` (exclusive; None: open)."""

    class_id: int
    period: str
    amount_won: int
    from_month: Month
    until_month: Month | None = None
    starts_in_month: int = 1
    proration: str = "months"
    joining_month_counts: bool = True
    leaving_month_counts: bool = True
    due_day: int = 25
    kind: str = "regular"

    def __post_init__(self) -> None:
        assert self.period in MONTHS_OF and self.amount_won > 0
        assert self.proration in PRORATIONS
        assert 1 <= self.starts_in_month <= 12 and 1 <= self.due_day <= 31


@dataclass(frozen=True, slots=True)
class Spell:
    """From when until when (exclusive; None: open) a member was of a class."""

    class_id: int
    from_date: date
    until_date: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_date <= day and (self.until_date is None or day < self.until_date)


@dataclass(frozen=True, slots=True)
class Owed:
    """What one member owes for one period."""

    period: Month
    from_month: Month
    until_month: Month  # exclusive
    months: int
    amount_won: int


def period_of(plan: Plan, month: Month) -> Month:
    """The first month of the plan's period that contains the month (rule 1)."""
    length = MONTHS_OF[plan.period]
    return month.plus(-((month.month - plan.starts_in_month) % length))


def month_counts(
    plan: Plan, month: Month, joined: date, left: date | None, spells: tuple[Spell, ...]
) -> bool:
    """Whether the member owes the month under the plan (rule 2 a-c)."""
    if month < plan.from_month or (plan.until_month is not None and month >= plan.until_month):
        return False
    if plan.period == "once":
        due_in = Month.of(joined) if plan.kind == JOINING else plan.from_month
        if month != due_in:
            return False
    if joined >= month.end_date or (left is not None and left <= month.first_date):
        return False
    if joined > month.first_date and not plan.joining_month_counts and plan.kind != JOINING:
        return False
    if left is not None and left < month.end_date and not plan.leaving_month_counts:
        return False
    deciding = max(month.first_date, joined)
    return any(s.class_id == plan.class_id and s.holds_on(deciding) for s in spells)


def owed(
    plan: Plan,
    month: Month,
    joined: date,
    left: date | None,
    spells: tuple[Spell, ...],
    covered: frozenset[Month] = frozenset(),
    agreed_won: int | None = None,
    exempt: frozenset[Month] = frozenset(),
) -> Owed | None:
    """What the member owes for the period that contains the month; None if nothing (rules 2-4).

    `covered`: months that another plan of the same kind has charged already.
    """
    first = period_of(plan, month)
    length = MONTHS_OF[plan.period]
    counting = [
        candidate
        for candidate in (first.plus(i) for i in range(length))
        if candidate not in covered
        and candidate not in exempt
        and month_counts(plan, candidate, joined, left, spells)
    ]
    if not counting:
        return None
    full = plan.amount_won if agreed_won is None else agreed_won
    share = _share(plan, first, counting, joined, left)
    amount = full if share == 1 else apply_ratio(full, share, PRORATION_ROUNDING)
    if amount <= 0:
        return None
    assert amount <= full
    return Owed(first, counting[0], counting[-1].next(), len(counting), amount)


def _share(
    plan: Plan, first: Month, counting: list[Month], joined: date, left: date | None
) -> Fraction:
    """Which part of the period is charged (rule 4)."""
    if plan.proration == "full" or plan.kind == JOINING:
        return Fraction(1)
    length = MONTHS_OF[plan.period]
    if plan.proration == "months":
        return Fraction(len(counting), length)
    belongs = sum(
        (min(m.end_date, left or m.end_date) - max(m.first_date, joined)).days for m in counting
    )
    part = Fraction(belongs, (first.plus(length).first_date - first.first_date).days)
    if plan.proration == "days":
        return part
    return Fraction(1, 2) if part < Fraction(1, 2) else Fraction(1)


def due_date(plan: Plan, month: Month) -> date:
    """The day a charge billed for the month falls due (rule 5)."""
    return month.day(plan.due_day)


def billed_date(month: Month, today: date, *, closed: bool = False) -> date:
    """The day the charges of a month are booked: today if within it, else its nearest day.

    What is owed for a closed month, as by a member admitted for a day long past, is booked today:
    a closed month stays as it was.
    """
    if closed:
        return today
    return max(month.first_date, min(today, month.last_date))


def still_to_come(won: int, from_date: date, until_date: date, after: Month) -> int:
    """What of dues for these months (firsts of months; exclusive) belongs to later ones (rule 8)."""
    first, until, end = (_index(day) for day in (from_date, until_date, after.end_date))
    left = until - max(first, end)
    return apply_ratio(won, Fraction(left, until - first), PRORATION_ROUNDING) if left > 0 else 0


def _index(day: date) -> int:
    return day.year * 12 + day.month


@dataclass(frozen=True, slots=True)
class OpenCharge:
    """A charge with what is still open of it."""

    charge_id: int
    due_date: date
    open_won: int


def allocate(
    amount_won: int, charges: tuple[OpenCharge, ...]
) -> tuple[tuple[tuple[int, int], ...], int]:
    """Spread an amount over charges in the order given: ((charge id, won) …), rest (rule 7)."""
    assert amount_won >= 0
    parts: list[tuple[int, int]] = []
    rest = amount_won
    for charge in charges:
        part = min(rest, charge.open_won)
        if part > 0:
            parts.append((charge.charge_id, part))
            rest -= part
    assert sum(won for _, won in parts) + rest == amount_won
    return tuple(parts), rest


def oldest_first(charges: tuple[OpenCharge, ...]) -> tuple[OpenCharge, ...]:
    """The order in which payments are used (rule 7)."""
    return tuple(sorted(charges, key=lambda c: (c.due_date, c.charge_id)))


AGE_BUCKETS = ((0, 30), (31, 90), (91, 180), (181, None))  # days after the due date


def bucket_of(due: date, on: date) -> int:
    """The index in AGE_BUCKETS of a charge that fell due before or on the day."""
    late = (on - due).days
    assert late >= 0
    return next(i for i, (_low, high) in enumerate(AGE_BUCKETS) if high is None or late <= high)


def fiscal_year_end(day: date, start_month: int) -> date:
    """The first day of the fiscal year after the one that contains the day."""
    year = day.year if day.month < start_month else day.year + 1
    return date(year, start_month, 1)

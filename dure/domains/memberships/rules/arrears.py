"""What comes next with a member whose dues are late. Pure.

1. The ladder has four steps, in this order: a reminder, a talk, relief (an exemption or instalments),
   a review by the body that is competent. Each comes due when the oldest dues are late by the days
   the network's rules name, and only after the step before it was taken.
2. A step counts for the dues that are late now if it was taken since the oldest of them fell due.
3. While instalments are kept nothing comes due: what was paid since the agreement is at least what
   was to be paid by the day.
4. A step is taken by a person. No step ends a membership, and neither does being late: the ladder
   ends with the question to the body.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

LADDER = ("reminder", "talk", "relief", "review")


@dataclass(frozen=True, slots=True)
class Instalments:
    """Paid month by month from a day on, until the total is reached."""

    total_won: int
    monthly_won: int
    first_date: date
    paid_won: int  # since the agreement

    def due_won(self, on: date) -> int:
        """What was to be paid by the day."""
        if on < self.first_date:
            return 0
        months = (on.year - self.first_date.year) * 12 + on.month - self.first_date.month
        months += on.day >= self.first_date.day
        return min(self.total_won, self.monthly_won * months)

    def is_kept(self, on: date) -> bool:
        return self.paid_won < self.total_won and self.paid_won >= self.due_won(on)


def next_step(
    oldest_date: date,
    on: date,
    taken: Collection[str],
    days: Mapping[str, int],
    instalments: Instalments | None = None,
) -> str | None:
    """The step that is due now, or none (rules 1-3). `taken`: steps since the oldest date."""
    if instalments is not None and instalments.is_kept(on):
        return None
    for step in LADDER:
        if step not in taken:
            late = (on - oldest_date).days
            return step if late >= days.get(step, 0) else None
    return None


def missing_before(step: str, taken: Collection[str]) -> tuple[str, ...]:
    """The steps that were to come first and were not taken."""
    return tuple(one for one in LADDER[: LADDER.index(step)] if one not in taken)

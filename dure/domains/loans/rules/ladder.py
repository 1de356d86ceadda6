"""Letters to those who are late. Pure.

1. Three steps, in this order: a reminder, a demand, the notice that all of the loan will be called
   due. Each comes due when the oldest instalment is late by the days the rules name, after the step
   before it, and not sooner than so many days after the letter before.
2. A letter counts for what is late now if it was sent since the oldest instalment fell due. So the
   ladder ends when that is paid; and where a payment is taken back, what was sent is not sent again.
3. Nobody is told that what was called due will be called due.
4. A step nobody laid days down for is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dure.kernel.words import Promise, pgettext_lazy


class Step(StrEnum):
    """One letter after the other."""

    REMINDER = "reminder"
    DEMAND = "demand"
    CALLING = "calling"


STEPS: tuple[tuple[str, str | Promise], ...] = (
    (Step.REMINDER, pgettext_lazy("loan", "reminder")),
    (Step.DEMAND, pgettext_lazy("loan", "demand")),
    (Step.CALLING, pgettext_lazy("loan", "notice of calling due")),
)


@dataclass(frozen=True, slots=True)
class Ladder:
    """What the rules say of letters: the days of each step, how far apart, from what sum on, which
    steps the guarantors hear of, how long before all is called due it is told."""

    days: Mapping[Step, int]
    apart_days: int
    from_won: int
    guarantors_hear: frozenset[str]
    notice_days: int


def next_step(
    ladder: Ladder, oldest: date, on: date, sent: Mapping[str, date], is_called: bool = False
) -> Step | None:
    """The letter that is due, or none (rules 1-4); `sent`: step → day of the last such letter."""
    counted = {step: day for step, day in sent.items() if day > oldest}
    for step in Step:
        if step not in ladder.days or step in counted:
            continue
        if step is Step.CALLING and is_called:
            return None
        since_last = (on - max(counted.values(), default=date.min)).days
        is_due = (on - oldest).days >= ladder.days[step] and since_last >= ladder.apart_days
        return step if is_due else None
    return None

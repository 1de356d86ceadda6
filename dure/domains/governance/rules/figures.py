"""Figures of a year of meetings: sums and shares of them, exact.

1. Attendance is who came of those who had a vote, over all meetings together; a meeting whose
   numbers were not kept is left out of both.
2. A meeting that failed for want of a quorum was held, and counts for attendance.
3. Turnout is who cast a ballot of those on the roll, over all elections together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over meetings."""

    held: int = 0
    failed: int = 0
    came: int = 0
    voters: int = 0
    adopted: int = 0
    rejected: int = 0
    called: int = 0  # meetings whose day of calling is known
    days: int = 0  # from calling them to holding them
    elections: int = 0
    ballots: int = 0
    rolls: int = 0  # of the elections

    @property
    def attendance(self) -> tuple[int, int]:
        return self.came, self.voters

    @property
    def turnout(self) -> tuple[int, int]:
        return self.ballots, self.rolls

    @property
    def days_ahead(self) -> int | None:
        """From calling a meeting to holding it, in whole days, the half up."""
        return (2 * self.days + self.called) // (2 * self.called) if self.called else None


def together(all_of_them: Iterable[Figures]) -> Figures:
    """The sum of several."""
    found = list(all_of_them)
    return Figures(*(sum(getattr(one, field.name) for one in found) for field in fields(Figures)))


def share(part: int, whole: int) -> Fraction | None:
    """Part of a whole as an exact share; None of nothing."""
    return Fraction(part, whole) if whole else None

"""What is unusual in a month's log of reads. Pure.

1. A person's usual reading is the mean of the months before in which they read at all.
2. A month is unusual when it passes so many times the usual, and more than so many people's data
   were read. Who never read before is held against the bare number.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def usual(counts: Sequence[int]) -> Fraction:
    """The mean of the months in which anything was read; zero when there is none (1)."""
    read = [count for count in counts if count]
    return Fraction(sum(read), len(read)) if read else Fraction(0)


def is_unusual(count: int, before: Sequence[int], *, times: int, least: int) -> bool:
    """Whether a month stands out (2)."""
    return count > least and count > times * usual(before)

"""A pool of the cooperative fund beside a clearing: it lends to firms at the head of a chain of debts
and pays those at its end, so that what lies between vanishes.

1. A won set off counts `VANISH`, a won lent counts against it with `LEND`. So a won is lent only where
   two won of debts vanish at least: what vanishes less what is owed to the pool afterwards is the
   greatest there is, and among equal ways the least is lent. (A ring of the residual graph passes the
   pool once at most, so weights of 2 and 3 say this exactly.)
2. No firm owes the pool more than it agreed to, nor the pool lends more than its limit; what it lends
   it pays on, won for won. Nobody else becomes a creditor or debtor of anyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .invoices import type_numbers

type_chosen: TypeAlias = npt.NDArray[np.bool_]

VANISH, LEND = 2, 3


@dataclass(frozen=True)
class Pool:
    """How much may be lent in all, and to which firm how much."""

    won: int
    lends: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Pooled:
    """What the pool did, per firm: the most it may owe, what it owes, what it was paid."""

    limit: int
    most: type_numbers
    lent: type_numbers
    paid: type_numbers
    levels: type_numbers  # where money comes into the pool, where it leaves it

    @property
    def won(self) -> int:
        return int(self.lent.sum())

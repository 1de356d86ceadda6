"""Bundles (꾸러미): goods of several members at one price, shared by parts. Pure.

1. Each part has a weight: what its goods cost alone, or any whole number; the price is shared by it.
2. What a member has of all that was sold until now is its share of the whole sum, the largest
   remainder first; a sale gives it what that is more than before. So one by one or at once is the
   same to the won, and the shares are the sum.
3. A share of the price is two won at least: then no sale takes from anybody.
"""

from __future__ import annotations

from collections.abc import Sequence

from dure.kernel.money import split

LEAST_SHARE = 2


def has_shares(price: int, weights: Sequence[int]) -> bool:
    """Whether everybody has a share that counts (rule 3)."""
    return (
        bool(weights)
        and all(one > 0 for one in weights)
        and all(price * one // sum(weights) >= LEAST_SHARE for one in weights)
    )


def shares_of_sale(price: int, weights: Sequence[int], before: int, count: int) -> tuple[int, ...]:
    """What each has of a sale of so many, after so many were sold (rule 2)."""
    then = split(price * before, tuple(weights))
    now = split(price * (before + count), tuple(weights))
    return tuple(one - old for one, old in zip(now, then, strict=True))

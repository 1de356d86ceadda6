"""What many receipts pay of many charges, one after another. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .matching import Item, Money, fit, hints_of


def in_turn(
    receipts: Iterable[tuple[int, int, Money]], open_items: Mapping[int, Sequence[Item]]
) -> dict[int, tuple[int, ...]]:
    """Which charges each receipt pays to the won, (receipt, member, money) …, when those before it
    are paid already: two equal payments pay two months. What no longer fits is left out."""
    left = {member: list(items) for member, items in open_items.items()}
    found: dict[int, tuple[int, ...]] = {}
    for receipt_id, member, money in receipts:
        items = left.get(member, [])
        fits = fit(items, money.won, hints_of(money.text))
        if fits.exact:
            found[receipt_id] = fits.charge_ids
            left[member] = [item for item in items if item.charge_id not in fits.charge_ids]
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """A receipt that is to pay these charges, in this order."""

    receipt_id: int
    won: int
    charge_ids: tuple[int, ...]


def share_out(
    wanted: Sequence[Wanted], open_won: Mapping[int, int], *, whole_only: bool = False
) -> dict[int, tuple[tuple[int, int], ...]]:
    """What each receipt pays of which charge, one after another: never more than it has, never more
    than is open. With `whole_only` a receipt for which not enough is left pays nothing at all."""
    left = dict(open_won)
    given: dict[int, tuple[tuple[int, int], ...]] = {}
    for one in wanted:
        rest, parts = one.won, []
        for charge_id in dict.fromkeys(one.charge_ids):
            part = min(rest, left.get(charge_id, 0))
            if part > 0:
                parts.append((charge_id, part))
                rest -= part
        if not parts or (whole_only and rest):
            continue
        for charge_id, part in parts:
            left[charge_id] -= part
        given[one.receipt_id] = tuple(parts)
    return given

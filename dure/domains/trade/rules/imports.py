"""Deals as a file lists them, and which of them are written down already. Pure.

1. A row that is known is not written again: of the same sides, day, sum and words; or what may be the
   same deal by the rules of deals. Each deal that is known answers for one row only.
2. Exact ones are found first, so that a row never takes the deal of another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .deals import Terms, is_same_deal


@dataclass(frozen=True, slots=True)
class ImportedDeal:
    """A row of a file: who sold what to whom, and when it was paid, if it was."""

    row: int
    seller_id: int
    buyer_id: int
    what: str
    won: int
    dealt_date: date
    vat_won: int = 0
    due_date: date | None = None
    tax_number: str = ""
    paid_date: date | None = None


@dataclass(frozen=True, slots=True)
class KnownDeal:
    """A deal that is written down."""

    id: int
    seller_id: int
    buyer_id: int
    terms: Terms


def match_known(
    rows: Sequence[tuple[ImportedDeal, Terms]], known: Iterable[KnownDeal], days: int
) -> dict[int, int]:
    """{row: deal} of what is written down already (rules 1 and 2)."""
    left: dict[tuple[int, int], list[KnownDeal]] = defaultdict(list)
    for one in known:
        left[one.seller_id, one.buyer_id].append(one)
    found: dict[int, int] = {}
    for is_same in (_is_exactly, lambda a, b: is_same_deal(a, b, days)):
        for given, terms in rows:
            pair = left[given.seller_id, given.buyer_id]
            if given.row in found:
                continue
            for one in pair:
                if is_same(terms, one.terms):
                    found[given.row] = one.id
                    pair.remove(one)
                    break
    return found


def _is_exactly(one: Terms, other: Terms) -> bool:
    if one.tax_number and one.tax_number == other.tax_number:
        return True
    return (one.what, one.won, one.dealt_date) == (other.what, other.won, other.dealt_date)

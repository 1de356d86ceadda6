"""How well an offer fits a want, and why. Pure.

1. What fits meets a word of the name: the word itself counts more than one that means the same, and a
   word of the other's name more than one of its description.
2. The share of the words that are met comes first; then the same category, the same region, a price
   within the budget.
3. Every point has a reason that is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dure.domains.parties.rules.search import Asked

from .listings import About

PLAIN_MAX = 9  # the most an index weighs a term that is not the word itself
BEST_WORD = 36  # the word itself, beginning the other's name
CATEGORY_POINTS, REGION_POINTS, BUDGET_POINTS = 30, 15, 10
WORDS_POINTS = 100


class Reason(StrEnum):
    """Why something fits."""

    WORD = "word"
    AKIN = "akin"
    CATEGORY = "category"
    REGION = "region"
    BUDGET = "budget"


type_reasons = tuple[tuple[Reason, str], ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well something fits, with reasons: each with the word or name it is about."""

    id: int
    points: int
    reasons: type_reasons


def fit(
    listing_id: int, own: About, other: About, words: Sequence[Asked], met: Mapping[int, int]
) -> Fit:
    """How well another listing fits one's own. `met`: for the number of each word of one's own name
    that the other's index answers, what the answer is worth."""
    points = sum(min(worth, BEST_WORD) for worth in met.values())
    points = WORDS_POINTS * points // (BEST_WORD * max(len(words), 1))
    reasons = [_of_word(words[number], worth) for number, worth in sorted(met.items())]
    if own.category == other.category and own.category != "other":
        points += CATEGORY_POINTS
        reasons.append((Reason.CATEGORY, own.category))
    if _near(own.region_code, other.region_code):
        points += REGION_POINTS
        reasons.append((Reason.REGION, own.region_code or other.region_code))
    price, budget = _amounts(own, other)
    if price is not None and budget is not None and price <= budget:
        points += BUDGET_POINTS
        reasons.append((Reason.BUDGET, str(price)))
    return Fit(listing_id, points, tuple(reasons))


def _of_word(word: Asked, worth: int) -> tuple[Reason, str]:
    """A word met by one that means the same is worth no more than its plain weight."""
    return (Reason.WORD if worth > PLAIN_MAX else Reason.AKIN), word.prefixes[0]


def _near(one: str, other: str) -> bool:
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _amounts(own: About, other: About) -> tuple[int | None, int | None]:
    """The price of the offer of the two (what members pay), and the budget of the want."""
    offer, want = (own, other) if own.tax else (other, own)
    return offer.member_price_won or offer.price_won, want.budget_won

"""How far it is: to the next case, to the next price, to what the whole buy must have. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .sharing import price
from .terms import Terms, Wish, sums_of


@dataclass(frozen=True, slots=True)
class Hint:
    """Of one article, as the wishes stand."""

    article: str
    unit: int
    asked: int
    tolerance: int
    cases: int  # begun with what was asked, filled with tolerance where it takes some
    missing_cases: int  # until its least number
    to_case: int  # pieces until one more case is full
    case_won: int  # what a case costs now at the best offer
    cases_to_price: int  # cases until it costs less; 0: it does not get cheaper
    next_won: int

    @property
    def piece_won(self) -> int:
        return -(-self.case_won // self.unit)


def hints_of(terms: Terms, wishes: Iterable[Wish]) -> tuple[Hint, ...]:
    """For each article. Raises GroupBuyImpossible."""
    found = sums_of(terms, wishes)
    return tuple(_hint(terms, one.name, *found[one.name]) for one in terms.articles)


def missing_cases(terms: Terms, wishes: Iterable[Wish]) -> int:
    """How many cases the whole buy falls short of its least number, with all tolerance."""
    reached = 0
    for one in hints_of(terms, wishes):
        most = (one.asked + one.tolerance) // one.unit if one.asked else 0
        offered = [o.most_cases for o in terms.offers if o.article == one.article]
        if None not in offered:
            most = min(most, sum(count or 0 for count in offered))
        reached += most if most >= terms.article(one.article).least_cases else 0
    return max(0, terms.least_cases - reached)


def _hint(terms: Terms, name: str, asked: int, tolerance: int) -> Hint:
    article = terms.article(name)
    cases, rest = divmod(asked, article.unit)
    if rest and rest + tolerance >= article.unit:
        cases, rest = cases + 1, 0
    to_case = article.unit - rest - (tolerance if rest else 0)
    now = _best(terms, name, max(1, cases))
    steps = sorted(
        least
        for offer in terms.offers
        if offer.article == name
        for least, won in offer.tiers
        if least > max(1, cases) and won < now
        and (offer.most_cases is None or least <= offer.most_cases)
    )  # fmt: skip
    return Hint(
        name, article.unit, asked, tolerance, cases, max(0, article.least_cases - cases), to_case,
        now, steps[0] - cases if steps else 0, _best(terms, name, steps[0]) if steps else 0,
    )  # fmt: skip


def _best(terms: Terms, name: str, cases: int) -> int:
    """The lowest price of a case when so many are bought of one supplier, else the first there is."""
    offers = [one for one in terms.offers if one.article == name]
    open_ = [one for one in offers if one.tiers[0][0] <= cases]
    if open_:
        return min(price(one, cases) for one in open_)
    return min(one.tiers[0][1] for one in offers)

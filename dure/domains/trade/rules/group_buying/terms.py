"""What a group buy is about: articles in cases, suppliers with prices by the number of cases, wishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from dure.kernel.money import WON_MAX
from dure.kernel.refusals import InvalidInput
from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy

PIECES_MAX = 1_000_000  # of one article asked and tolerated, and in one case
EXACT_MAX = 2**52  # what the solver's numbers hold to the won


class GroupBuyImpossible(InvalidInput):
    """Terms, a file or a wish that cannot be of a group buy."""

    text = _("This cannot be a group buy: %(reason)s.")


class Transport(StrEnum):
    """By what the cost of transport is shared."""

    QUANTITY = "quantity"
    WON = "won"
    EQUALLY = "equally"


class Sharing(StrEnum):
    """Who stands back when there are fewer pieces than asked."""

    TIME = "time"
    PARTS = "parts"


class Why(StrEnum):
    """Why a member gets what it gets."""

    ALL = "all"
    MORE = "more"
    REST = "rest"
    LEAST = "least"
    SHORT = "short"
    RELEASED = "released"


TRANSPORTS: tuple[tuple[str, str | Promise], ...] = (
    (Transport.QUANTITY, pgettext_lazy("group buy", "by quantity (cases)")),
    (Transport.WON, pgettext_lazy("group buy", "by the sum of the goods")),
    (Transport.EQUALLY, pgettext_lazy("group buy", "equally by each who gets something")),
)
SHARINGS: tuple[tuple[str, str | Promise], ...] = (
    (Sharing.TIME, pgettext_lazy("group buy", "the later wishes")),
    (Sharing.PARTS, pgettext_lazy("group buy", "all in proportion")),
)


@dataclass(frozen=True, slots=True)
class Article:
    name: str
    unit: int  # pieces in a case
    least_cases: int = 0


@dataclass(frozen=True, slots=True)
class Supplier:
    name: str
    least_won: int = 0  # of goods, or nothing is ordered
    transport_won: int = 0  # once, if anything is ordered
    party_id: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a supplier asks for a case: from so many cases on, so many won for each."""

    article: str
    supplier: str
    tiers: tuple[tuple[int, int], ...]
    most_cases: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What was opened; nothing of it changes until it is closed."""

    articles: tuple[Article, ...]
    suppliers: tuple[Supplier, ...]
    offers: tuple[Offer, ...]
    least_cases: int = 0
    transport: str = Transport.QUANTITY
    sharing: str = Sharing.TIME

    def article(self, name: str) -> Article:
        for one in self.articles:
            if one.name == name:
                return one
        raise GroupBuyImpossible(reason=_("an article is named that is not in it"))


@dataclass(frozen=True, slots=True)
class Wish:
    """`place`: its place in the order of time."""

    member: str
    article: str
    quantity: int
    tolerance: int
    place: int


def check(terms: Terms) -> Terms:
    """The terms, if they can be bought by. Raises GroupBuyImpossible."""
    articles = {one.name for one in terms.articles}
    suppliers = {one.name for one in terms.suppliers}
    pairs = {(one.article, one.supplier) for one in terms.offers}
    if not articles:
        raise GroupBuyImpossible(reason=_("it has an article"))
    if len(articles) < len(terms.articles) or len(suppliers) < len(terms.suppliers):
        raise GroupBuyImpossible(reason=_("every article and supplier is named once"))
    if len(pairs) < len(terms.offers) or {one.article for one in terms.offers} != articles:
        raise GroupBuyImpossible(reason=_("each article has a price, and one of each supplier"))
    if not {one.supplier for one in terms.offers} <= suppliers:
        raise GroupBuyImpossible(reason=_("every supplier that is named is in it"))
    if not all(0 < one.unit <= PIECES_MAX for one in terms.articles):
        raise GroupBuyImpossible(reason=_("a case has one piece or more"))
    for offer in terms.offers:
        steps = [least for least, _won in offer.tiers]
        if not steps or steps[0] < 1 or steps != sorted(set(steps)):
            raise GroupBuyImpossible(reason=_("prices go by rising numbers of cases"))
        if not all(0 < won <= WON_MAX for _least, won in offer.tiers):
            raise GroupBuyImpossible(reason=_("a case costs something"))
    numbers = [terms.least_cases, *(one.least_cases for one in terms.articles)]
    numbers += [won for one in terms.suppliers for won in (one.least_won, one.transport_won)]
    numbers += [one.most_cases for one in terms.offers if one.most_cases is not None]
    if not all(0 <= one <= WON_MAX for one in numbers):
        raise GroupBuyImpossible(reason=_("no number is below 0 or too large"))
    if terms.transport not in list(Transport) or terms.sharing not in list(Sharing):
        raise GroupBuyImpossible(reason=_("it says how is shared"))
    return terms


def in_order(wishes: Iterable[Wish]) -> list[Wish]:
    """By time, then by who and what: the same whatever order they came in (rule 9)."""
    return sorted(wishes, key=lambda one: (one.place, one.member, one.article))


def sums_of(terms: Terms, wishes: Iterable[Wish]) -> dict[str, tuple[int, int]]:
    """{article: (pieces asked, tolerated besides)}. Raises GroupBuyImpossible."""
    found = {one.name: (0, 0) for one in terms.articles}
    for wish in wishes:
        asked, more = found[terms.article(wish.article).name]
        if wish.quantity < 0 or wish.tolerance < 0:
            raise GroupBuyImpossible(reason=_("nobody asks for less than nothing"))
        found[wish.article] = asked + wish.quantity, more + wish.tolerance
    if any(asked + more > PIECES_MAX for asked, more in found.values()):
        raise GroupBuyImpossible(reason=_("no more than a million pieces of one article are asked"))
    return found


def as_json(terms: Terms) -> dict[str, Any]:
    """As it is kept."""
    return asdict(terms)


def from_json(kept: Mapping[str, Any]) -> Terms:
    """As it was kept."""
    return Terms(
        tuple(Article(**one) for one in kept["articles"]),
        tuple(Supplier(**one) for one in kept["suppliers"]),
        tuple(
            Offer(
                one["article"], one["supplier"],
                tuple((least, won) for least, won in one["tiers"]), one["most_cases"],
            )
            for one in kept["offers"]
        ),
        kept["least_cases"], kept["transport"], kept["sharing"],
    )  # fmt: skip

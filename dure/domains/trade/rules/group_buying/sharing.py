"""Who gets how much of what was bought, why, and what each pays (rules 6 to 8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from dure.kernel.money import split

from .solving import solve
from .terms import Offer, Sharing, Terms, Transport, Why, Wish, in_order


@dataclass(frozen=True, slots=True)
class Bought:
    """What one supplier gives of one article, and what it asks for that."""

    article: str
    supplier: str
    cases: int
    pieces: int
    won: int


@dataclass(frozen=True, slots=True)
class Got:
    """What becomes of one wish; `by_supplier`: what of its won is whose."""

    member: str
    article: str
    asked: int
    tolerance: int
    pieces: int
    won: int
    why: str
    by_supplier: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is bought, for whom, and what transport costs each."""

    bought: tuple[Bought, ...]
    results: tuple[Got, ...]
    transport: tuple[tuple[str, int], ...]

    @property
    def goods_won(self) -> int:
        return sum(one.won for one in self.bought)

    @property
    def transport_won(self) -> int:
        return sum(won for _member, won in self.transport)

    @property
    def cases(self) -> int:
        return sum(one.cases for one in self.bought)

    def owed(self) -> dict[str, tuple[int, int]]:
        """{member: (won of goods, won of transport)} of who gets something."""
        found: dict[str, tuple[int, int]] = {}
        for one in self.results:
            if one.pieces:
                goods, _none = found.get(one.member, (0, 0))
                found[one.member] = goods + one.won, 0
        carried = dict(self.transport)
        return {one: (goods, carried.get(one, 0)) for one, (goods, _none) in found.items()}


def close(terms: Terms, wishes: Iterable[Wish]) -> Plan:
    """Buy the best that can be bought, and share it. Raises GroupBuyImpossible."""
    wishes = in_order(wishes)
    offers = {(one.article, one.supplier): one for one in terms.offers}
    bought = [
        Bought(name, by, cases, cases * terms.article(name).unit,
               cases * price(offers[name, by], cases))
        for (name, by), cases in sorted(solve(terms, wishes).items())
    ]  # fmt: skip
    return share_out(terms, wishes, bought)


def price(offer: Offer, cases: int) -> int:
    """What a case costs when so many are bought."""
    return [won for least, won in offer.tiers if least <= cases][-1]


def delivered(one: Bought, pieces: int) -> Bought:
    """What came of it, and what is paid for that (rule 8)."""
    return replace(one, pieces=pieces, won=one.won * pieces // one.pieces if one.pieces else 0)


def share_out(
    terms: Terms, wishes: Iterable[Wish], bought: Sequence[Bought], *, is_short: bool = False
) -> Plan:
    """Give what was bought (or what came of it) to those who asked, and split what it costs."""
    wishes = in_order(wishes)
    results: list[Got] = []
    for article in terms.articles:
        asking = [one for one in wishes if one.article == article.name]
        lines = [one for one in bought if one.article == article.name]
        got = hand_out(sum(one.pieces for one in lines), asking, terms.sharing)
        owed: list[list[tuple[str, int]]] = [[] for _one in asking]
        for line in lines:
            if any(got) and line.won:
                for mine, won in zip(owed, split(line.won, tuple(got)), strict=True):
                    if won:
                        mine.append((line.supplier, won))
        results += [
            Got(
                one.member, one.article, one.quantity, one.tolerance, pieces,
                sum(won for _by, won in parts),
                _why(one, pieces, bool(lines), bool(bought), is_short), tuple(parts),
            )
            for one, pieces, parts in zip(asking, got, owed, strict=True)
        ]  # fmt: skip
    used = {one.supplier for one in bought if one.pieces}
    carried = sum(one.transport_won for one in terms.suppliers if one.name in used)
    return Plan(tuple(bought), tuple(results), _transport(terms, results, wishes, carried))


def hand_out(pieces: int, asking: Sequence[Wish], sharing: str) -> list[int]:
    """So many pieces to wishes in their order: what was asked first, then tolerance (rule 6)."""
    asked = _portions(pieces, [one.quantity for one in asking], sharing)
    more = _portions(pieces - sum(asked), [one.tolerance for one in asking], sharing)
    return [one + besides for one, besides in zip(asked, more, strict=True)]


def _portions(pieces: int, wanted: Sequence[int], sharing: str) -> list[int]:
    if pieces >= sum(wanted):
        return list(wanted)
    if sharing == Sharing.PARTS:
        return list(split(pieces, tuple(wanted)))
    found = []
    for one in wanted:
        found.append(min(one, pieces))
        pieces -= found[-1]
    return found


def _why(wish: Wish, pieces: int, is_bought: bool, any_bought: bool, is_short: bool) -> Why:
    if pieces > wish.quantity:
        return Why.MORE
    if pieces == wish.quantity:
        return Why.ALL
    if is_short:
        return Why.SHORT
    if is_bought:
        return Why.REST
    return Why.LEAST if any_bought else Why.RELEASED


def _transport(
    terms: Terms, results: Sequence[Got], wishes: Sequence[Wish], won: int
) -> tuple[tuple[str, int], ...]:
    """Who bears how much of the transport, in the order of time (rule 7)."""
    order = {one.member: None for one in wishes}
    weights: dict[str, Fraction] = {}
    for one in results:
        if one.pieces:
            weights[one.member] = weights.get(one.member, Fraction(0)) + _weight(terms, one)
    if terms.transport == Transport.EQUALLY or not any(weights.values()):
        weights = dict.fromkeys(weights, Fraction(1))
    if not weights:
        return ()
    members = [one for one in order if one in weights]
    return tuple(zip(members, _split_exactly(won, [weights[one] for one in members]), strict=True))


def _split_exactly(won: int, weights: Sequence[Fraction]) -> tuple[int, ...]:
    """By fractions of a whole, to the won."""
    least = lcm(*(one.denominator for one in weights))
    return split(won, tuple(int(one * least) for one in weights))


def _weight(terms: Terms, one: Got) -> Fraction:
    if terms.transport == Transport.WON:
        return Fraction(one.won)
    return Fraction(one.pieces, terms.article(one.article).unit)


def owed_to(plan: Plan, terms: Terms) -> Mapping[str, tuple[int, int]]:
    """{supplier: (won of goods, won of transport)} of who gave something."""
    carried = {one.name: one.transport_won for one in terms.suppliers}
    found: dict[str, tuple[int, int]] = {}
    for one in plan.bought:
        if one.pieces:
            goods, _none = found.get(one.supplier, (0, 0))
            found[one.supplier] = goods + one.won, carried[one.supplier]
    return found

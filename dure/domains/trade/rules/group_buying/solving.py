"""The best feasible set of cases over all suppliers, exactly (rules 2 to 4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dure.kernel.words import gettext_lazy as _

from .terms import EXACT_MAX, GroupBuyImpossible, Terms, Wish, check, sums_of


def solve(terms: Terms, wishes: Iterable[Wish]) -> dict[tuple[str, str], int]:
    """{(article, supplier): cases}, only what is bought. Raises GroupBuyImpossible.

    One aim after the other is reached and held: pieces asked, won, cases, then the order of the
    suppliers; so there is one answer, whatever the solver finds first.
    """
    check(terms)
    asked = sums_of(terms, wishes)
    most = {
        one.name: sum(asked[one.name]) // one.unit if asked[one.name][0] else 0
        for one in terms.articles
    }
    if not any(most.values()):
        return {}
    return _Model(terms, asked, most).best()


class _Model:
    """The integer programme; CP-SAT proves each aim."""

    def __init__(
        self, terms: Terms, asked: dict[str, tuple[int, int]], most: dict[str, int]
    ) -> None:
        from ortools.linear_solver import pywraplp

        self.solver: Any = pywraplp.Solver.CreateSolver("SAT")
        self.solver.SetNumThreads(1)
        self.cases: dict[tuple[str, str], Any] = {}
        self.goods: dict[str, list[Any]] = {one.name: [] for one in terms.suppliers}
        self.bought: list[Any] = []
        everything = sum(most.values())
        opened = self.solver.BoolVar("opened")
        for offer in terms.offers:
            self._offer(offer.article, offer.supplier, offer.tiers,
                        min(most[offer.article], offer.most_cases or most[offer.article]))  # fmt: skip
        filled = []
        for article in terms.articles:
            all_ = sum(one for (name, _by), one in self.cases.items() if name == article.name)
            used = self.solver.BoolVar("")
            self.solver.Add(all_ <= most[article.name] * used)
            self.solver.Add(all_ >= article.least_cases * used)
            self.solver.Add(used <= opened)
            found = self.solver.IntVar(0, asked[article.name][0], "")
            self.solver.Add(found <= article.unit * all_)
            filled.append(found)
        self.filled = sum(filled)
        self.all_cases = sum(self.cases.values())
        self.solver.Add(self.all_cases >= terms.least_cases * opened)
        cost: list[Any] = []
        for supplier in terms.suppliers:
            goods = sum(self.goods[supplier.name])
            used = self.solver.BoolVar("")
            here = sum(one for (_name, by), one in self.cases.items() if by == supplier.name)
            self.solver.Add(here <= everything * used)
            self.solver.Add(goods >= supplier.least_won * used)
            cost += [goods, supplier.transport_won * used]
        self.cost = sum(cost)
        highest = {one.article: 0 for one in terms.offers}
        for offer in terms.offers:
            highest[offer.article] += max(won for _least, won in offer.tiers)
        worst = sum(most[name] * won for name, won in highest.items())
        if worst + sum(one.least_won + one.transport_won for one in terms.suppliers) > EXACT_MAX:
            raise GroupBuyImpossible(reason=_("the sums are too large to be reckoned to the won"))
        self.order = [
            self.cases[offer.article, supplier.name]
            for supplier in terms.suppliers
            for offer in terms.offers
            if offer.supplier == supplier.name
        ]

    def _offer(
        self, article: str, supplier: str, tiers: tuple[tuple[int, int], ...], most: int
    ) -> None:
        """One step of the price at most is chosen, and so many cases of it as it is for."""
        chosen, parts = [], []
        for number, (least, won) in enumerate(tiers):
            last = tiers[number + 1][0] - 1 if number + 1 < len(tiers) else most
            last = min(last, most)
            if least > last:
                continue
            here, count = self.solver.BoolVar(""), self.solver.IntVar(0, last, "")
            self.solver.Add(count >= least * here)
            self.solver.Add(count <= last * here)
            chosen.append(here)
            parts.append(count)
            self.goods[supplier].append(won * count)
        if chosen:
            self.solver.Add(sum(chosen) <= 1)
        self.cases[article, supplier] = sum(parts) if parts else self.solver.IntVar(0, 0, "")

    def best(self) -> dict[tuple[str, str], int]:
        aims = [(self.filled, True), (self.cost, False), (self.all_cases, False)]
        aims += [
            (one, True) for one in self.order[:-1]
        ]  # the cases in all are held: the last follows
        for aim, up in aims[:-1]:
            found = self._reach(aim, up)
            self.solver.Add(aim >= found if up else aim <= found)
        self._reach(*aims[-1])
        bought = {pair: _whole(one.solution_value()) for pair, one in self.cases.items()}
        return {pair: cases for pair, cases in bought.items() if cases}

    def _reach(self, aim: Any, up: bool) -> int:
        if up:
            self.solver.Maximize(aim)
        else:
            self.solver.Minimize(aim)
        status = self.solver.Solve()
        assert status == self.solver.OPTIMAL, "buying nothing is always possible"
        return _whole(self.solver.Objective().Value())


def _whole(found: float) -> int:
    whole = round(found)
    assert abs(found - whole) < 1e-6, "the solver answers in whole numbers"  # noqa: PLR2004
    return whole

"""The greatest set-off: invoices gathered per pair, solved, and given the levels that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .invoices import NO_DATE, Invoices, type_numbers

AGED_INVOICES = 20_000  # up to here, the oldest debts first among equal set-offs
TRIM_ROUNDS = 50  # what is cut off before is only to spare the solver work


class NotSolved(Exception):
    """The solver found no answer where there always is one: nothing cleared is a circulation too."""


@dataclass(frozen=True)
class Pairs:
    """What each firm owes another in all, in the order of the firms."""

    firms: int
    debtor: type_numbers
    creditor: type_numbers
    amount: type_numbers

    def __len__(self) -> int:
        return len(self.amount)

    def only(self, which: npt.NDArray[np.bool_]) -> Pairs:
        return Pairs(self.firms, self.debtor[which], self.creditor[which], self.amount[which])


@dataclass(frozen=True)
class Cleared:
    """The greatest set-off of these invoices, with its proof."""

    invoices: Invoices
    order: type_numbers  # invoices by pair, due date, id
    pair_of: type_numbers  # the pair of each invoice, in that order
    pairs: Pairs
    set_off: type_numbers  # per pair
    levels: type_numbers  # per firm
    solver: str

    @property
    def total_debt(self) -> int:
        return self.invoices.total

    @property
    def net_internal_debt(self) -> int:
        """What would remain if one counterparty stood between all: the sum of the net creditors."""
        return int(np.maximum(positions(self.pairs, self.pairs.amount), 0).sum())

    @property
    def cleared(self) -> int:
        return int(self.set_off.sum())

    @property
    def ceiling(self) -> int:
        """No way that keeps the net positions clears more, even with new creditors."""
        return self.total_debt - self.net_internal_debt

    def totals(self) -> dict[str, int]:
        return {
            "total_debt": self.total_debt,
            "net_internal_debt": self.net_internal_debt,
            "cleared": self.cleared,
            "ceiling": self.ceiling,
            "remaining": self.total_debt - self.cleared,
            "firms": len(self.invoices.firms),
            "invoices": len(self.invoices),
            "pairs": len(self.pairs),
        }


def positions(pairs: Pairs, amount: type_numbers) -> type_numbers:
    """Per firm what it is owed less what it owes, exactly."""
    found = np.zeros(pairs.firms, np.int64)
    np.add.at(found, pairs.creditor, amount)
    np.subtract.at(found, pairs.debtor, amount)
    return found


def clear(invoices: Invoices) -> Cleared:
    """The greatest set-off; among equal ones as the prose of this package says."""
    order, pair_of, pairs = gathered(invoices)
    core = _core(pairs)
    set_off = np.zeros(len(pairs), np.int64)
    solver = "none"
    if core.any():
        set_off[core], solver = _circulation(pairs.only(core))
    levels = levels_of(pairs, set_off)
    if core.any() and len(invoices) <= AGED_INVOICES:
        set_off = _oldest_first(invoices, order, pair_of, pairs, set_off, levels)
        levels = levels_of(pairs, set_off)
    return Cleared(invoices, order, pair_of, pairs, set_off, levels, solver)


def gathered(invoices: Invoices) -> tuple[type_numbers, type_numbers, Pairs]:
    """The order of invoices by pair, due date and id; the pair of each; the pairs."""
    count = len(invoices.firms)
    key = invoices.debtor * count + invoices.creditor
    order = np.lexsort((invoices.due, key))
    by_key, by_due = key[order], invoices.due[order]
    new_pair = np.r_[True, by_key[1:] != by_key[:-1]]
    new_day = new_pair | np.r_[True, by_due[1:] != by_due[:-1]]
    group = np.cumsum(new_day)
    tied = np.flatnonzero(np.bincount(group)[group] > 1)
    if len(tied):
        rows, groups = order[tied].tolist(), group[tied].tolist()
        ids = invoices.ids
        placed = sorted(
            zip(groups, rows, strict=True), key=lambda one: (one[0], id_order(ids[one[1]]))
        )
        order[tied] = [row for _, row in placed]
    first = np.flatnonzero(new_pair)
    pairs = Pairs(
        count,
        by_key[first] // count,
        by_key[first] % count,
        np.add.reduceat(invoices.amount[order], first),
    )
    return order, np.cumsum(new_pair) - 1, pairs


def id_order(text: str) -> tuple[int, int, str]:
    """Numbers by size, before other texts by their letters."""
    if text.isascii() and text.isdigit() and len(text) < 4_000:
        return (0, int(text), text)
    return (1, 0, text)


def _core(pairs: Pairs) -> npt.NDArray[np.bool_]:
    """Pairs without those that lead nowhere: a firm that owes nobody, or is owed by nobody, can set
    nothing off. Every pair on a cycle stays."""
    core = np.ones(len(pairs), bool)
    for _round in range(TRIM_ROUNDS):
        owes = np.bincount(pairs.debtor[core], minlength=pairs.firms) > 0
        owed = np.bincount(pairs.creditor[core], minlength=pairs.firms) > 0
        kept = core & (owes & owed)[pairs.debtor] & (owes & owed)[pairs.creditor]
        if kept.sum() == core.sum():
            break
        core = kept
    return core


def _circulation(pairs: Pairs) -> tuple[type_numbers, str]:
    """A greatest circulation, each won worth the same."""
    costs = np.full(len(pairs), -1, np.int64)
    flow, solver = _solved(pairs, costs, np.zeros(pairs.firms, np.int64))
    return flow, solver


def _solved(pairs: Pairs, costs: type_numbers, supplies: type_numbers) -> tuple[type_numbers, str]:
    """The cheapest flow. Only firms that occur are given to the solver, in their order."""
    import ortools
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    occur, ends = np.unique(np.concatenate((pairs.debtor, pairs.creditor)), return_inverse=True)
    ends = ends.astype(np.int32)
    flow: Any = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        ends[: len(pairs)], ends[len(pairs) :], pairs.amount, costs
    )
    flow.set_nodes_supplies(np.arange(len(occur), dtype=np.int32), supplies[occur])
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise NotSolved(str(status))
    return np.asarray(flow.flows(arcs), np.int64), f"OR-Tools {ortools.__version__}"


def levels_of(pairs: Pairs, set_off: type_numbers) -> type_numbers:
    """The least levels that prove the set-off the greatest: longest paths of the residual graph, found
    by going on from those whose level has just risen."""
    left, gone = set_off < pairs.amount, set_off > 0
    tail = np.concatenate((pairs.debtor[left], pairs.creditor[gone]))
    head = np.concatenate((pairs.creditor[left], pairs.debtor[gone]))
    rise = np.concatenate((np.ones(left.sum(), np.int64), np.full(gone.sum(), -1, np.int64)))
    by_tail = np.argsort(tail, kind="stable")
    head, rise = head[by_tail], rise[by_tail]
    degree = np.bincount(tail, minlength=pairs.firms)
    start = np.cumsum(degree) - degree
    levels = np.zeros(pairs.firms, np.int64)
    risen = np.flatnonzero(degree)
    rounds = 0
    while len(risen):
        rounds += 1
        if rounds > 2 * pairs.firms + 2:
            raise NotSolved("more could be cleared")
        many = degree[risen]
        arcs = np.repeat(start[risen] - (np.cumsum(many) - many), many) + np.arange(many.sum())
        least = np.repeat(levels[risen], many) + rise[arcs]
        higher = least > levels[head[arcs]]
        reached = head[arcs][higher]
        np.maximum.at(levels, reached, least[higher])
        risen = np.unique(reached)
    return levels


def _oldest_first(
    invoices: Invoices,
    order: type_numbers,
    pair_of: type_numbers,
    pairs: Pairs,
    set_off: type_numbers,
    levels: type_numbers,
) -> type_numbers:
    """Of all greatest set-offs the one that takes away the most won-days of waiting.

    They differ only in pairs that rise by exactly one level. Among these the flow is found anew, each
    invoice an arc that is worth its days before the latest due date.
    """
    free = levels[pairs.creditor] - levels[pairs.debtor] == 1
    rows = free[pair_of]
    if not rows.any():
        return set_off
    chosen, pair = order[rows], pair_of[rows]
    due = invoices.due[chosen]
    latest = max(due[due != NO_DATE], default=NO_DATE)
    worth = latest + 1 - np.minimum(due, latest + 1)
    arcs = Pairs(pairs.firms, pairs.debtor[pair], pairs.creditor[pair], invoices.amount[chosen])
    supplies = -positions(pairs.only(free), set_off[free])
    flow, _solver = _solved(arcs, -worth, supplies)
    found = np.zeros(len(pairs), np.int64)
    np.add.at(found, pair, flow)
    return np.where(free, found, set_off)

"""The greatest set-off: invoices gathered per pair, solved, and given the levels that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .invoices import NO_DATE, Invoices, type_numbers
from .phases import remainder
from .pooling import LEND, VANISH, Pool, Pooled, type_chosen

AGED_INVOICES = 20_000  # up to here, the oldest debts first among equal set-offs
TRIM_ROUNDS = 50  # what is cut off before is only to spare the solver work


class NotSolved(Exception):
    """The solver found no answer where there always is one: nothing cleared is a circulation too."""


@dataclass(frozen=True)
class Pairs:
    """What each firm owes another in all, in the order of the firms, and what a won of it gains."""

    firms: int
    debtor: type_numbers
    creditor: type_numbers
    amount: type_numbers
    gain: type_numbers

    def __len__(self) -> int:
        return len(self.amount)

    def only(self, which: type_chosen) -> Pairs:
        columns = (self.debtor, self.creditor, self.amount, self.gain)
        return Pairs(self.firms, *(one[which] for one in columns))


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
    pooled: Pooled | None = None

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
            **({"lent": self.pooled.won} if self.pooled else {}),
        }


def positions(pairs: Pairs, amount: type_numbers) -> type_numbers:
    """Per firm what it is owed less what it owes, exactly."""
    found = np.zeros(pairs.firms, np.int64)
    np.add.at(found, pairs.creditor, amount)
    np.subtract.at(found, pairs.debtor, amount)
    return found


def clear(invoices: Invoices, pool: Pool | None = None) -> Cleared:
    """The greatest set-off; among equal ones as the prose of this package says."""
    order, pair_of, pairs = gathered(invoices)
    arcs = pairs if pool is None else _with_pool(pairs, invoices, pool)
    core = _core(arcs)
    flow = np.zeros(len(arcs), np.int64)
    solver = "none"
    if core.any():
        flow[core], solver = _circulation(arcs.only(core))
    levels = levels_of(arcs, flow)
    if core.any() and len(invoices) <= AGED_INVOICES:
        flow = _oldest_first(invoices, order, pair_of, arcs, flow, levels)
        levels = levels_of(arcs, flow)
    set_off, of_firms = flow[: len(pairs)], levels[: pairs.firms]
    pooled = None
    if pool is not None:
        paid, lent = flow[len(pairs) :][: pairs.firms], flow[-pairs.firms :]
        most = arcs.amount[-pairs.firms :]
        pooled = Pooled(pool.won, most, lent, paid, levels[pairs.firms :])
    return Cleared(invoices, order, pair_of, pairs, set_off, of_firms, solver, pooled)


def _with_pool(pairs: Pairs, invoices: Invoices, pool: Pool) -> Pairs:
    """After the pairs: from each firm into the pool what the pool may pay it, the most that the pool
    lends, and out of it to each firm what that may owe it. All of these are arcs like pairs."""
    firms = np.arange(pairs.firms)
    into, out = np.full_like(firms, pairs.firms), np.full_like(firms, pairs.firms + 1)
    owed, owes = np.zeros(pairs.firms, np.int64), np.zeros(pairs.firms, np.int64)
    np.add.at(owed, pairs.creditor, pairs.amount)
    np.add.at(owes, pairs.debtor, pairs.amount)
    most = np.array([pool.lends.get(name, 0) for name in invoices.firms], np.int64)
    return Pairs(
        pairs.firms + 2,
        np.concatenate((pairs.debtor, firms, into[:1], out)),
        np.concatenate((pairs.creditor, into, out[:1], firms)),
        np.concatenate((pairs.amount, owed, [pool.won], np.minimum(most, owes))),
        np.concatenate((VANISH * pairs.gain, 0 * firms, [-LEND], 0 * firms)),
    )


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
        np.ones(len(first), np.int64),
    )
    return order, np.cumsum(new_pair) - 1, pairs


def id_order(text: str) -> tuple[int, int, str]:
    """Numbers by size, before other texts by their letters."""
    if text.isascii() and text.isdigit() and len(text) < 4_000:
        return (0, int(text), text)
    return (1, 0, text)


def _core(pairs: Pairs) -> type_chosen:
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
    """A circulation of the greatest gain."""
    if (pairs.gain == 1).all():
        net = positions(pairs, pairs.amount)
        left, solver = remainder(pairs.debtor, pairs.creditor, pairs.amount, net)
        return pairs.amount - left, solver
    return _solved(pairs, -pairs.gain, np.zeros(pairs.firms, np.int64))


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
    rise = np.concatenate((pairs.gain[left], -pairs.gain[gone]))
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

    They differ only in pairs that rise by exactly their gain. Among these the flow is found anew, each
    invoice an arc that is worth its days before the latest due date; the arcs of a pool are worth none.
    """
    free = levels[pairs.creditor] - levels[pairs.debtor] == pairs.gain
    rows = free[pair_of]
    if not rows.any():
        return set_off
    chosen, pair = order[rows], pair_of[rows]
    due = invoices.due[chosen]
    latest = max(due[due != NO_DATE], default=NO_DATE)
    behind = pair_of[-1] + 1
    of_pool = np.flatnonzero(free[behind:]) + behind
    pair = np.concatenate((pair, of_pool))
    worth = np.zeros(len(pair), np.int64)
    worth[: len(due)] = latest + 1 - np.minimum(due, latest + 1)
    amount = np.concatenate((invoices.amount[chosen], pairs.amount[of_pool]))
    arcs = Pairs(pairs.firms, pairs.debtor[pair], pairs.creditor[pair], amount, worth)
    supplies = -positions(pairs.only(free), set_off[free])
    flow, _solver = _solved(arcs, -worth, supplies)
    found = np.zeros(len(pairs), np.int64)
    np.add.at(found, pair, flow)
    return np.where(free, found, set_off)

"""The greatest circulation where each won gains one, in phases of a greatest flow.

1. What remains after the set-off carries each firm's net position from who owes net to who is owed
   net, by as few won times pairs as can be. So it is sent along the shortest ways first.
2. Each phase sends the most that can go along ways of the present length (through pairs that rise by
   exactly one level, forth, or back where something remains). Then every firm that can no longer be
   reached rises by a level: all who are still owed among them, none who still owes. There are as many
   phases as the longest way is long.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .invoices import type_numbers


def remainder(
    debtor: type_numbers, creditor: type_numbers, amount: type_numbers, net: type_numbers
) -> tuple[type_numbers, str]:
    """What remains of each pair, the least there can be, with these net positions; by which solver."""
    import ortools
    from ortools.graph.python.max_flow import SimpleMaxFlow

    firms = len(net)
    source, sink = firms, firms + 1
    owing, owed = np.flatnonzero(net < 0), np.flatnonzero(net > 0)
    supply, need = -net[owing], net[owed]
    levels = np.ones(firms + 2, np.int64)
    levels[owing] = levels[source] = 0
    remains = np.zeros(len(amount), np.int64)
    while supply.any():
        tight = levels[creditor] - levels[debtor] == 1
        forth = np.flatnonzero(tight & (remains < amount))
        back = np.flatnonzero(tight & (remains > 0))
        begin = np.flatnonzero(supply > 0)
        end = np.flatnonzero(need > 0)
        flow: Any = SimpleMaxFlow()
        tails = (np.full(len(begin), source), debtor[forth], creditor[back], owed[end])
        heads = (owing[begin], creditor[forth], debtor[back], np.full(len(end), sink))
        room = (supply[begin], (amount - remains)[forth], remains[back], need[end])
        arcs = flow.add_arcs_with_capacity(
            np.concatenate(tails).astype(np.int32),
            np.concatenate(heads).astype(np.int32),
            np.concatenate(room),
        )
        flow.solve(source, sink)
        ends = np.cumsum([len(part) for part in room])[:-1]
        sent = np.split(np.asarray(flow.flows(arcs), np.int64), ends)
        supply[begin] -= sent[0]
        remains[forth] += sent[1]
        remains[back] -= sent[2]
        need[end] -= sent[3]
        reached = np.zeros(firms + 2, bool)
        reached[np.asarray(flow.get_source_side_min_cut(), np.int64)] = True
        levels[~reached] += 1
    return remains, f"OR-Tools {ortools.__version__}"

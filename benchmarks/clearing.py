"""Clearing beside bare OR-Tools and networkx, in the same run.

.venv-bench/bin/python benchmarks/clearing.py [--skew 0.75] [--networkx 400]

The network is generated (seeded; see dure/domains/trade/rules/clearing/networks.py) and handed over as
the bytes of a CSV. Told are reading, clearing (gathering, solving, levels), the split by invoice with
its file, the certificate, and checking it without the solver. Bare OR-Tools gets the same graph, already
gathered, and gives back the flow, nothing else. networkx is given only graphs it can end in a minute.
Seconds are those of the processor, so that whoever else is busy on the machine does not count.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from django.conf import settings
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from dure.domains.trade.rules import clearing

SIZES = ((400, 1_500), (3_199, 138_378), (20_000, 133_191), (60_000, 1_000_000))
LIMITS = {(3_199, 138_378): 1, (60_000, 1_000_000): 15}


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def bare(pairs: Any) -> int:
    solver: Any = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        pairs.debtor.astype(np.int32),
        pairs.creditor.astype(np.int32),
        pairs.amount,
        np.full(len(pairs), -1, np.int64),
    )
    solver.solve()
    return int(solver.flows(arcs).sum())


def by_networkx(pairs: Any) -> int:
    import networkx

    graph = networkx.DiGraph()
    columns = (pairs.debtor.tolist(), pairs.creditor.tolist(), pairs.amount.tolist())
    for u, v, amount in zip(*columns, strict=True):
        graph.add_edge(u, v, capacity=amount, weight=-1)
    return -int(networkx.network_simplex(graph)[0])


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--skew", type=float, default=0.75)
    asked.add_argument("--networkx", type=int, default=400, help="up to so many firms")
    given = asked.parse_args()
    settings.configure(USE_I18N=False)
    for firms, invoices in SIZES:
        made = clearing.generate(firms, invoices, 1, skew=given.skew)
        content = clearing.invoice_table(made).encode()
        read, reading = timed(lambda content=content: clearing.read_invoices(content))
        found, solving = timed(lambda read=read: clearing.clear(read))
        table, splitting = timed(lambda found=found: clearing.set_off_table(found))
        proof, proving = timed(
            lambda found=found, table=table: clearing.written(
                clearing.certificate_of(found, table)
            ).encode()
        )
        whole = reading + solving + splitting + proving
        limit = LIMITS.get((firms, invoices))
        print(
            f"{firms:,} firms, {invoices:,} invoices, {len(found.pairs):,} pairs:"
            f" {whole:.2f} s" + (f" (limit {limit})" if limit else ""),
            f"  read {reading:.2f}, clear {solving:.2f}, split {splitting:.2f},"
            f" certificate {proving:.2f}",
            sep="\n",
        )
        cleared, floor = timed(lambda found=found: bare(found.pairs))
        assert cleared == found.cleared
        print(
            f"  bare OR-Tools {floor:.2f}: clearing {solving / floor:.2f}x, all {whole / floor:.2f}x"
        )
        if firms <= given.networkx:
            cleared, peer = timed(lambda found=found: by_networkx(found.pairs))
            assert cleared == found.cleared
            print(f"  networkx {peer:.2f}: {peer / solving:.1f} times clearing")
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        _none, checking = timed(
            lambda proof=proof, table=table, read=read: clearing.verify(
                clearing.read_certificate(proof), table.encode(), read
            )
        )
        print(
            f"  checked without the solver in {checking:.2f}; cleared"
            f" {100 * found.cleared / found.total_debt:.1f} %; {most} MiB until here",
            flush=True,
        )


if __name__ == "__main__":
    main()

"""Sealing and verifying: rows a second, and what one proof takes.

    .venv/bin/python benchmarks/sealing.py [--entries 100000]
    DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/sealing.py

Beside them the floor: hashing the same number of rows of the same length, and nothing else.
"""

from __future__ import annotations

import argparse
import time
from hashlib import sha256

import ground
from balance import fill
from ground import say


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--entries", type=int, default=100_000)
    entries = asked.parse_args().entries
    engine = ground.prepare()
    say(f"engine {engine}, {ground.busy()}")
    fill(0, entries, ground.add_parties(1000))
    from dure.kernel import seals

    def told(name: str, start: float, rows: int = entries) -> None:
        took = time.perf_counter() - start
        say(f"{name:10} {took:7.2f} s  {rows / took:9.0f} rows/s")

    act = ground.act()
    start = time.perf_counter()
    seals.seal_books(act)
    told("seal", start)
    start = time.perf_counter()
    found = seals.verify()
    told("verify", start, found.rows)
    assert found.sound, found.flaws
    start = time.perf_counter()
    proof = seals.prove("entries", entries // 2)
    told("one proof", start, 1)
    assert seals.check_proof(proof)
    row = proof.row.encode()
    start = time.perf_counter()
    for _ in range(2 * entries):  # a leaf, and as many nodes above
        sha256(b"\x00" + row).digest()
    told("floor", start)
    say(ground.busy())


if __name__ == "__main__":
    main()

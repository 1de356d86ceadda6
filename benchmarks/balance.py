"""Reading balances: at 1,000 lines and at many, beside the bare SELECT of the same row.

.venv/bin/python benchmarks/balance.py [--lines 1000000] [--reads 2000]
DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/balance.py
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import ground
from ground import middle, percentile, say, timed

BATCH = 50_000  # entries of one command


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--lines", type=int, default=1_000_000)
    asked.add_argument("--reads", type=int, default=2000)
    given = asked.parse_args()
    engine = ground.prepare()
    say(f"engine {engine}, {ground.busy()}")
    parties = ground.add_parties(1000)
    done = 0
    for lines in (1000, given.lines):
        fill(done // 2, lines // 2, parties)
        done = lines
        if engine == "postgresql":
            vacuum()
        told = "  ".join(
            f"{name} {middle(took) * 1000:.3f} ms (p95 {percentile(took, 95) * 1000:.3f})"
            for name, took in reads(given.reads, parties).items()
        )
        say(f"{lines:9,} lines: {told}")
    say(ground.busy())


def vacuum() -> None:
    """What PostgreSQL does by itself within minutes, so that it does not do it meanwhile."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def fill(start: int, until: int, parties: list[int]) -> None:
    from dure.domains.ledger import commands
    from dure.domains.ledger.rules import EntryDraft, Source, credit, debit

    for first in range(start, until, BATCH):
        batch = tuple(
            EntryDraft(
                ground.BOOKS_FROM + timedelta(days=n % 320),
                (
                    debit("1110", "general", 10_000, party_id=parties[n % len(parties)]),
                    credit("4010", "general", 10_000),
                ),
            )
            for n in range(first, min(until, first + BATCH))
        )
        commands.post_entries(ground.act(), text="Dues", batch=batch, source=Source("benchmark", 1))


def reads(count: int, parties: list[int]) -> dict[str, list[float]]:
    from django.db import connection

    from dure.domains.ledger import queries

    def bare() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT balance_won FROM ledger_balance WHERE account_id = 1 AND fund_id = 1"
            )
            return cursor.fetchone()

    asked: dict[str, Callable[[], Any]] = {
        "balance": lambda: queries.balance("1110", "general"),
        "of a day": lambda: queries.balance("1110", "general", ground.DAY),
        "of a party": lambda: queries.party_balance("1110", parties[7]),
        "bare SELECT": bare,
    }
    took: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(count):
        for name, ask in asked.items():
            with timed(took[name]):
                ask()
    return took


if __name__ == "__main__":
    main()

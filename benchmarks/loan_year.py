"""A year of a network of 530 members that lends, told day by day from a seed; the books proved every night.

    .venv/bin/python benchmarks/loan_year.py [--members 530] [--days 365] [--seed 57]

What happened how often is told at the end, and everything a night found wrong; it ends with 1 if anything
was. The same seed tells the same year.
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import ground
from ground import say

BEGINS = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--members", type=int, default=530)
    asked.add_argument("--days", type=int, default=365)
    asked.add_argument("--seed", type=int, default=57)
    given = asked.parse_args()
    engine = ground.prepare(open_books=False)
    from tests.loans.conftest import build
    from tests.loans.year import Year

    say(f"engine {engine}, {ground.busy()}, {given.members} members, {given.days} days")
    year = Year(build(act), act, given.seed)
    began = time.perf_counter()
    year.begin(given.members)
    say(f"members and shares: {time.perf_counter() - began:.0f} s")
    began = time.perf_counter()
    for since in range(0, given.days, 30):
        year.tell(min(since + 30, given.days), since)
        say(f"{year.told['paid out']} loans until day {since + 30}, {len(year.wrong)} wrong")
    say(f"the year: {time.perf_counter() - began:.0f} s")
    say(*(f"{count:6,}  {what}" for what, count in sorted(year.told.items())))
    say(*(year.wrong or ["nothing was wrong on any night"]))
    raise SystemExit(bool(year.wrong))


def act(*names: str, actor_id: int | None = None, days: int = 0, **_given: Any) -> Any:
    from dure.kernel.acts import Act, Capacity

    standing = {Capacity(name) for name in names or ("system",)}
    return Act(actor_id, BEGINS + timedelta(days=days), uuid4(), "cli", frozenset(standing))


if __name__ == "__main__":
    main()

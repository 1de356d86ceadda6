"""Really killed while it bills, takes a bank file in and matches it; called again it ends the same."""

from __future__ import annotations

import json
import time

from tests.forks import Forks

MONTH_END = "tests.memberships.month_end"


def test_killed_at_any_step_it_ends_as_if_it_had_never_been(forks: Forks) -> None:
    forks.run(MONTH_END, "begin")
    for steps, moment in ((0, 0.3), (1, 0.05), (4, 0.02), (8, 0.03), (10, 0.0)):
        worker = forks.start(MONTH_END, "go")
        for _ in range(steps + 1):
            worker.stdout.readline()
        time.sleep(moment)
        worker.kill()
    state = json.loads(forks.run(MONTH_END, "go").splitlines()[-1])
    assert state == {
        "charges": 150,
        "receipts": 150,
        "paid": 150,
        "lines": 0,
        "cash": 1_500_000,
        "owed": 0,
        "suspense": 0,
        "findings": [],
    }

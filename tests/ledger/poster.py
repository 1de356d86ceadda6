"""What a process does that is killed while it posts, telling each turn; `check` tells how the books are."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, date, datetime
from uuid import uuid4

from dure.domains.ledger import commands, queries
from dure.domains.ledger.queries import ENTRIES
from dure.domains.ledger.rules import EntryDraft, credit, debit
from dure.kernel import seals
from dure.kernel.acts import Act, Capacity

NOW = datetime(2026, 7, 15, 3, 0, tzinfo=UTC)


def act() -> Act:
    return Act(None, NOW, uuid4(), "cli", frozenset({Capacity("system")}))


def main(how: str) -> None:
    if how == "check":
        held = queries.balance("1010", "general")
        findings = [str(found) for found in queries.check_books()]
        print(json.dumps({"findings": findings, "held": held, "entries": ENTRIES.last_id()}))
        return
    if how == "begin":
        commands.open_books(act(), first_date=date(2026, 1, 1))
    sides = (debit("1010", "general", 3), credit("4010", "general", 3))
    batch = tuple(EntryDraft(date(2026, 7, 1 + i % 15), sides) for i in range(200))
    print("ready", flush=True)
    for turn in itertools.count():
        commands.post_entry(act(), date=date(2026, 7, 1), text="하나", sides=sides)
        commands.post_entries(act(), text="여럿", batch=batch)
        if turn % 3 == 0:
            seals.seal_books(act())
        print(turn, flush=True)

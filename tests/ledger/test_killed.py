"""The process is really killed while it posts, again and again; the books stay sound and go on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

POSTER = """
import itertools, sys, uuid
from datetime import UTC, date, datetime
import django
django.setup()
from django.core.management import call_command
from dure.domains.ledger import commands, queries
from dure.domains.ledger.rules import EntryDraft, credit, debit
from dure.kernel import seals
from dure.kernel.acts import Act, Capacity

NOW = datetime(2026, 7, 15, 3, 0, tzinfo=UTC)
def act():
    return Act(None, NOW, uuid.uuid4(), "cli", frozenset({Capacity("system")}))
if sys.argv[1] == "begin":
    call_command("migrate", verbosity=0)
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
"""

CHECK = """
import json
import django
django.setup()
from dure.domains.ledger import queries
from dure.domains.ledger.queries import ENTRIES
held = queries.balance("1010", "general")
print(json.dumps({"findings": [str(f) for f in queries.check_books()], "held": held,
                  "entries": ENTRIES.last_id()}))
"""


def kill_while_posting(env: dict[str, str], how: str, after_turns: int, moment: float) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", POSTER, how], env=env, stdout=subprocess.PIPE, text=True
    ) as poster:
        assert poster.stdout is not None
        assert poster.stdout.readline() == "ready\n"
        for _ in range(after_turns):
            assert poster.stdout.readline()
        time.sleep(moment)
        poster.send_signal(signal.SIGKILL)


def test_killed_in_the_middle_the_books_are_sound(environment: dict[str, str]) -> None:
    entries = 0
    for how, turns, moment in (("begin", 1, 0.013), ("again", 0, 0.041), ("again", 1, 0.002)):
        kill_while_posting(environment, how, turns, moment)
        checked = subprocess.run(
            [sys.executable, "-c", CHECK],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        found = json.loads(checked.stdout)
        assert found["findings"] == []
        assert found["held"] == 3 * found["entries"]
        assert found["entries"] >= entries + 201 * turns
        entries = found["entries"]

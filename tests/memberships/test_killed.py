"""Really killed while it bills, takes a bank file in and matches it; called again it ends the same."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

MONTH_END = """
import json, sys, uuid
from datetime import UTC, date, datetime
import django
django.setup()
from django.core.management import call_command
from dure.domains.ledger import commands as ledger
from dure.domains.ledger import queries as books
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import Allocation, BankLine, Charge, Receipt
from dure.domains.parties import commands as parties
from dure.kernel.acts import Act, Capacity
from dure.kernel.dates import Month

MEMBERS = 150
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
def act():
    return Act(None, NOW, uuid.uuid4(), "cli", frozenset({Capacity("system")}))
if sys.argv[1] == "begin":
    call_command("migrate", verbosity=0)
    parties.found_network(act(), name="한울", legal_form="association")
    ledger.open_books(act(), first_date=date(2026, 1, 1))
    commands.add_member_class(act(), name="개인", code="person", who="person", may_vote=True)
    commands.set_dues_plan(act(), member_class="person", name="월회비", period="month",
                           amount_won=10_000, from_month=Month(2026, 1))
    for n in range(MEMBERS):
        person = parties.add_person(act(), name=f"회원{n:03}님")
        commands.enrol_member(act(), party_id=person.pk, member_class="person",
                              joined_date=date(2026, 1, 1), decided_by="총회")
    sys.exit()
rows = "".join(f"2026-11-{n % 18 + 1:02},회원{n:03}님,10000,{(n + 1) * 10000}\\n" for n in range(MEMBERS))
content = ("거래일,내용,입금액,잔액\\n" + rows).encode()
def told(*_):
    print("step", flush=True)
print("ready", flush=True)
commands.bill_dues(act(), month=Month(2026, 11), progress=told)
staged = commands.upload_receipts(act(), filename="a.csv", content=content)
while staged.state == "staged":
    staged = commands.accept_receipts(act(), import_id=staged.pk, most=20, progress=told)
after, left = 0, 1
while left:
    found = commands.match_sure_receipts(act(), after_id=after, most=20, progress=told)
    after, left = found.after_id, found.left
print(json.dumps({
    "charges": Charge.objects.count(), "receipts": Receipt.objects.count(),
    "paid": Allocation.objects.count(), "lines": BankLine.objects.count(),
    "cash": books.balance("1010", "general"), "owed": books.balance("1110", "general"),
    "suspense": books.balance("2010", "general"),
    "findings": [str(f) for f in [*queries.check_memberships(), *books.check_books()]],
}), flush=True)
"""


def run(env: dict[str, str], how: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", MONTH_END, how], env=env, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_killed_at_any_step_it_ends_as_if_it_had_never_been(environment: dict[str, str]) -> None:
    run(environment, "begin")
    for steps, moment in ((0, 0.3), (1, 0.05), (4, 0.02), (8, 0.03), (10, 0.0)):
        with subprocess.Popen(
            [sys.executable, "-c", MONTH_END, "go"],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as worker:
            assert worker.stdout is not None
            for _ in range(steps + 1):
                worker.stdout.readline()
            time.sleep(moment)
            worker.send_signal(signal.SIGKILL)
    state = json.loads(run(environment, "go").splitlines()[-1])
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

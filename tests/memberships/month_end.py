"""What a process does that is killed: `begin` makes the network; `go` bills, takes a bank file in and
matches it, telling each step, and how everything ends."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from uuid import uuid4

from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import Allocation, BankLine, Charge, Receipt
from dure.domains.parties import commands as parties
from dure.kernel.acts import Act, Capacity
from dure.kernel.dates import Month

MEMBERS = 150
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def act() -> Act:
    return Act(None, NOW, uuid4(), "cli", frozenset({Capacity("system")}))


def begin() -> None:
    parties.found_network(act(), name="한울", legal_form="association")
    ledger.open_books(act(), first_date=date(2026, 1, 1))
    commands.add_member_class(act(), name="개인", code="person", who="person", may_vote=True)
    commands.set_dues_plan(
        act(),
        member_class="person",
        name="월회비",
        period="month",
        amount_won=10_000,
        from_month=Month(2026, 1),
    )
    for n in range(MEMBERS):
        person = parties.add_person(act(), name=f"회원{n:03}님")
        commands.enrol_member(
            act(),
            party_id=person.pk,
            member_class="person",
            joined_date=date(2026, 1, 1),
            decided_by="총회",
        )


def told(*_said: object) -> None:
    print("step", flush=True)


def main(how: str) -> None:
    if how == "begin":
        begin()
        return
    rows = "".join(
        f"2026-11-{n % 18 + 1:02},회원{n:03}님,10000,{(n + 1) * 10000}\n" for n in range(MEMBERS)
    )
    content = ("거래일,내용,입금액,잔액\n" + rows).encode()
    print("ready", flush=True)
    commands.bill_dues(act(), month=Month(2026, 11), progress=told)
    staged = commands.upload_receipts(act(), filename="a.csv", content=content)
    while staged.state == "staged":
        staged = commands.accept_receipts(act(), import_id=staged.pk, most=20, progress=told)
    after, left = 0, 1
    while left:
        found = commands.match_sure_receipts(act(), after_id=after, most=20, progress=told)
        after, left = found.after_id, found.left
    findings = [str(found) for found in (*queries.check_memberships(), *books.check_books())]
    ended = {
        "charges": Charge.objects.count(),
        "receipts": Receipt.objects.count(),
        "paid": Allocation.objects.count(),
        "lines": BankLine.objects.count(),
        "cash": books.balance("1010", "general"),
        "owed": books.balance("1110", "general"),
        "suspense": books.balance("2010", "general"),
        "findings": findings,
    }
    print(json.dumps(ended), flush=True)

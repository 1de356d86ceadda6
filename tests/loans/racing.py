"""What a process of the race does: `begin` makes the network, a number races its share of the wishes,
`left` tells what is lent."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from uuid import uuid4

WISHES, PROCESSES, WON = 200, 4, 1_000_000
ROOM = 7  # wishes that fit under the ceiling


def main(how: str) -> None:
    from dure.domains.bylaws.rules import RuleNotMet
    from dure.domains.ledger import queries as ledger
    from dure.domains.loans import commands, queries
    from dure.domains.loans.models import Loan
    from dure.kernel.acts import Act, Capacity
    from tests.loans.conftest import build

    def act(*names: str, actor_id: int | None = None, **_given: object) -> Act:
        standing = {Capacity(name) for name in names or ("system",)}
        return Act(
            actor_id, datetime(2026, 11, 20, 1, 0, tzinfo=UTC), uuid4(), "cli", frozenset(standing)
        )

    if how == "begin":
        house = build(act)
        rich = house.person("넉넉", ROOM * 150)  # 10,500,000: a ceiling of exactly 7,000,000
        house.fund(10_000_000)
        living = house.product(least_won=1)
        members = [house.person(f"회원{n}") for n in range(WISHES)]
        assert rich.pk
        for member in members:
            house.apply(member, living, WON, 12)
        return
    if how == "left":
        code = ledger.account_for("member_loans")
        print(queries.lent_in_all(), ledger.balance(code, "microloan"), len(ledger.check_books()))
        return
    answers: Counter[str] = Counter()
    mine = Loan.objects.order_by("pk").values_list("pk", flat=True)
    print("ready", flush=True)
    sys.stdin.readline()
    for pk in [pk for n, pk in enumerate(mine) if n % PROCESSES == int(how)]:
        try:
            commands.approve_loan(act("loan_officer"), loan_id=pk, decided_by="위원회")
            commands.sign_loan(act("loan_officer"), loan_id=pk)
            commands.pay_out_loan(act("bookkeeper"), loan_id=pk)
            answers["out"] += 1
        except RuleNotMet:
            answers["refused"] += 1
    print(f"{answers['out']} {answers['refused']}", flush=True)

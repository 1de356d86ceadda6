"""What a process of the race does: `begin` makes the network; `lend` and `aid` race for the room that
loans and mutual aid share; `pay` pays what was promised, telling each step."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid4, uuid5

WISHES, ROOM, WON = 8, 10, 1_000_000  # of each kind; how many fit in all under the paid-in shares


def main(how: str) -> None:
    from dure.domains.bylaws.rules import RuleNotMet
    from dure.domains.ledger import commands as ledger, queries as books
    from dure.domains.loans import commands as loans, queries as lent
    from dure.domains.loans.models import Loan
    from dure.domains.mutual_aid import commands, queries
    from dure.domains.mutual_aid.models import AidClaim
    from dure.kernel.acts import Act, Capacity
    from dure.site.settings import HOME
    from tests.loans.conftest import House as Lending
    from tests.mutual_aid.conftest import ILL, build

    def act(*names: str, actor_id: int | None = None, days: int = 0, key: str = "") -> Act:
        standing = {Capacity(name) for name in names or ("system",)}
        at = datetime(2026, 11, 20, 1, 0, tzinfo=UTC) + timedelta(days=days)
        named = uuid5(NAMESPACE_URL, key) if key else uuid4()
        return Act(actor_id, at, named, "cli", frozenset(standing))

    if how == "begin":
        HOME.prepare()  # the key for what a claim is about
        house = build(act, capital_won=ROOM * WON)
        house.fund(20_000_000)
        ledger.open_fund(act(), code="microloan")
        lending = Lending(act)
        lending.fund(20_000_000)
        living, plan = lending.product(), house.plan()
        members = [house.person(f"회원{n}") for n in range(WISHES)]
        made = [house.join(one, plan, months=0) for one in members]
        for month in ("2026-08", "2026-09", "2026-10", "2026-11"):
            commands.bill_aid_contributions(act(), month=month)
        for member, contract in zip(members, made, strict=True):
            house.pay(contract, 50_000)
            house.claim(member, contract, ILL)
            lending.apply(member, living, WON, 12)
        return
    if how == "pay":
        for pk in AidClaim.objects.filter(state__in=("approved", "paid")).order_by("pk"):
            commands.pay_aid_benefit(act("bookkeeper", key=f"pay:{pk.pk}"), claim_id=pk.pk)
            print(pk.pk, flush=True)
    if how in ("pay", "tell"):
        given = books.account_for("aid_benefits")
        found = {
            "wrong": [str(one) for one in (*books.check_books(), *queries.check_aid(), *lent.check_loans())],
            "given": books.balance(given, "mutual_aid"),
            "paid": AidClaim.objects.filter(state="paid").count(),
            "promised": AidClaim.objects.filter(state="approved").count(),
        }  # fmt: skip
        print(json.dumps(found), flush=True)
        return
    answers: Counter[str] = Counter()
    of = {"lend": Loan, "aid": AidClaim}[how]
    waiting = list(of.objects.order_by("pk").values_list("pk", flat=True))
    print("ready", flush=True)
    sys.stdin.readline()
    for pk in waiting:
        try:
            if how == "lend":
                loans.approve_loan(act("loan_officer"), loan_id=pk, decided_by="위원회")
                loans.sign_loan(act("loan_officer"), loan_id=pk)
                loans.pay_out_loan(act("bookkeeper"), loan_id=pk)
            else:
                commands.approve_aid_claim(
                    act("secretariat"), claim_id=pk, decided_by="위원회", waived="보았음"
                )
            answers["yes"] += 1
        except RuleNotMet:
            answers["no"] += 1
    print(f"{answers['yes']} {answers['no']}", flush=True)

"""What a process does that is killed: `begin` makes a network with signed loans; `go` pays them out and
runs days and sends letters in the smallest parts, telling each step, and how the books are before and after."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid4, uuid5

LOANS, WON = 4, 1_200_000
OUT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
LAST = date(2026, 11, 20) + timedelta(days=45)


def main(how: str) -> None:
    from dure.domains.ledger import queries as ledger
    from dure.domains.loans import commands, queries
    from dure.domains.loans.commands.daily import run_until
    from dure.domains.loans.models import Loan, LoanDay, LoanLetter
    from dure.kernel.acts import Act, Capacity
    from dure.kernel.models import News
    from tests.loans.conftest import build

    def act(*names: str, actor_id: int | None = None, days: int = 0, key: str = "") -> Act:
        standing = {Capacity(name) for name in names or ("system",)}
        named = uuid5(NAMESPACE_URL, key) if key else uuid4()
        return Act(actor_id, OUT + timedelta(days=days), named, "cli", frozenset(standing))

    if how == "begin":
        house = build(act)
        house.person("넉넉", 3_000)
        house.fund(10_000_000)
        living = house.product()
        for member in [house.person(f"회원{n}") for n in range(LOANS)]:
            made = house.apply(member, living, WON, 12)
            commands.approve_loan(act("loan_officer"), loan_id=made.pk, decided_by="위원회")
            commands.sign_loan(act("loan_officer"), loan_id=made.pk)
        return

    def tell() -> None:
        role = ledger.account_for
        found = {
            "wrong": [str(one) for one in (*ledger.check_books(), *queries.check_loans())],
            "lent": ledger.balance(role("member_loans"), "microloan"),
            "income": ledger.balance(role("loan_interest_income"), "microloan"),
            "aside": ledger.balance(role("loan_loss_allowance"), "microloan"),
            "days": LoanDay.objects.filter(finished_at__isnull=False).count(),
            "letters": list(LoanLetter.objects.order_by("pk").values_list("loan", "step")),
            "news": News.objects.filter(kind__startswith="loan").count(),
        }
        print(json.dumps(found), flush=True)

    tell()
    for pk in Loan.objects.order_by("pk").values_list("pk", flat=True):
        commands.pay_out_loan(act("bookkeeper", key=f"out:{pk}"), loan_id=pk)
        print(pk, flush=True)
    told = lambda *said: print(*said, flush=True)  # noqa: E731
    run_until(act(days=45), LAST, loans=1, progress=told)
    after = 0
    with suppress(commands.NoLoanLetterDue):
        while True:
            keyed = act(days=45, key=f"letters:{after}")
            after = commands.send_loan_letters(keyed, after=after, letters=1)
            print("letter", after, flush=True)
    tell()

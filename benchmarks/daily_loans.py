"""A day over many running loans, beside the same arithmetic in bare SQL; and how long a payment takes
meanwhile.

    .venv/bin/python benchmarks/daily_loans.py [--loans 100000] [--rounds 2]
    DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/daily_loans.py

Each loan has 12 instalments; three in ten are late by up to half a year. The floor takes one statement
for what all loans earned, how late they are and their class, and one for what is set aside, over the
whole table at once, without parts, locks, entries and deeds. The day measured is a month's last, the
most there is. Floor and run take turns, each on a month's end of its own. On PostgreSQL, a second
process takes payments in, one after the other, while a day runs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import ground
from ground import middle, percentile, say, timed

SECONDS, TIMES, PAYMENT_MS = 60, 3, 30
FIRST = date(2026, 1, 20)
ENDS = [date(2026, month, 1) - timedelta(days=1) for month in range(4, 13)]


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--loans", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=2)
    asked.add_argument("--pay", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.pay:
        pay()
        return
    engine = ground.prepare()
    say(f"engine {engine}, {ground.busy()}, {given.loans:,} loans of 12 instalments")
    lend(given.loans)
    bare: list[float] = []
    dure: list[float] = []
    ends = iter(ENDS)
    for turn in range(given.rounds + 1):
        if turn == 1:  # the first is not counted: no month's end before it
            bare.clear()
            dure.clear()
        with timed(bare):
            floor(next(ends))
        day = next(ends)
        stand_on(day - timedelta(days=1))
        with timed(dure):
            run(day)
    ratio = middle(dure) / middle(bare)
    say(
        f"bare SQL     {middle(bare):6.2f} s",
        f"daily run    {middle(dure):6.2f} s   {ratio:.2f} of bare SQL (limits {SECONDS} s, {TIMES})",
    )
    if engine == "postgresql":
        day = next(ends)
        stand_on(day - timedelta(days=1))
        payer = subprocess.Popen(
            [sys.executable, __file__, "--pay"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert payer.stdout is not None and payer.stdin is not None
        assert payer.stdout.readline() == "ready\n"
        payer.stdin.write("go\n")
        payer.stdin.flush()
        run(day)
        payer.stdin.write("enough\n")
        payer.stdin.flush()
        say(payer.communicate()[0].strip())


def system(day: date) -> Any:
    from dure.kernel.acts import system_act

    return system_act(datetime(day.year, day.month, day.day, 14, tzinfo=UTC))


def run(day: date) -> None:
    from dure.domains.loans.commands.daily import run_until

    assert run_until(system(day), day) == [day]


def stand_on(day: date) -> None:
    """As if every day up to one had been run."""
    from dure.domains.loans.models import LoanDay, LoanStanding

    LoanStanding.objects.update(as_of_date=day)
    LoanDay.objects.get_or_create(day_date=day, defaults={"finished_at": ground.act().at})


def lend(count: int) -> None:
    """Running loans, each of a person of its own, written straight into the tables."""
    from django.db import connection

    from dure.domains.ledger import commands as ledger
    from dure.domains.ledger.rules import credit, debit
    from dure.domains.loans.models import Loan, LoanInstalment, LoanProduct, LoanStanding

    ledger.open_fund(ground.act(), code="microloan")
    sides = (debit("1010", "microloan", 1), credit("4910", "microloan", 1))
    entry = ledger.post_entry(ground.act(), date=FIRST, text="이자", sides=sides)
    product = LoanProduct.objects.create(
        code="living", name="생활안정", article="제5조", decided_by="이사회", from_date=FIRST,
        least_won=1, most_won=10**7, longest_months=36, rate_numerator=3, rate_denominator=100,
        late_rate_numerator=9, late_rate_denominator=200, fund="microloan",
    )  # fmt: skip
    contract = {"late_rate": "9/200", "rounding": "half-even"}
    at, due = ground.act().at, [FIRST + timedelta(days=30 * n) for n in range(13)]
    parties = ground.add_parties(count)
    from dure.domains.memberships.models import Membership

    Membership.objects.bulk_create(
        (Membership(party_id=pk, number=n, joined_date=FIRST) for n, pk in enumerate(parties, 1)),
        batch_size=1000,
    )
    members = dict(Membership.objects.values_list("party_id", "pk"))
    Loan.objects.bulk_create(
        (
            Loan(
                membership_id=members[pk], party_id=pk, product=product, asked_won=1_200_000,
                won=1_200_000, months=12, state="running", committed_won=1_200_000, applied_at=at,
                contract=contract, paid_out_date=FIRST, entry=entry,
            )
            for pk in parties
        ),
        batch_size=1000,
    )  # fmt: skip
    loans = list(Loan.objects.order_by("pk").values_list("pk", flat=True))
    LoanStanding.objects.bulk_create(
        (
            LoanStanding(
                loan_id=pk, fund="microloan", late_numerator=9, late_denominator=200,
                rounding="half-even", as_of_date=FIRST,
            )
            for pk in loans
        ),
        batch_size=1000,
    )  # fmt: skip
    for start in range(0, len(loans), 5_000):
        LoanInstalment.objects.bulk_create(
            (
                LoanInstalment(
                    loan_id=pk, n=n, from_date=due[n - 1], due_date=due[n], principal_won=100_000,
                    interest_won=3_000 - 250 * (n - 1),
                    **paid(pk % 10 > 2 or n <= pk % 7, due[n], 3_000 - 250 * (n - 1)),
                )
                for pk in loans[start : start + 5_000]
                for n in range(1, 13)
            ),
            batch_size=1000,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def paid(is_paid: bool, day: date, interest: int) -> dict[str, Any]:
    if not is_paid or day > date(2026, 9, 1):
        return {}
    return {"paid_principal_won": 100_000, "paid_interest_won": interest, "closed_date": day}


def floor(day: date) -> None:
    """The arithmetic of a day at a month's end in bare SQL, over all loans at once."""
    from django.db import connection, transaction

    number = "CAST(julianday({}) AS INTEGER)"
    if connection.vendor == "postgresql":
        number = "(CAST({} AS date) - DATE '1970-01-01')"
    due, since, today = (number.format(one) for one in ("i.due_date", "i.from_date", f"'{day}'"))
    late = f"(i.principal_won - i.paid_principal_won) * 9 * ({today} - {due})"
    part = f"i.interest_won * ({today} - {since})"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""
UPDATE loans_loanstanding AS s SET day_won = f.earned - s.accrued_won, accrued_won = f.earned,
  as_of_date = '{day}', days_late = f.days, arrears_won = f.arrears, loan_class = CASE
    WHEN f.days >= 365 THEN 'loss' WHEN f.days >= 180 THEN 'doubtful'
    WHEN f.days >= 90 THEN 'substandard' WHEN f.days >= 30 THEN 'watch' ELSE 'normal' END
FROM (
  SELECT i.loan_id, SUM(CASE WHEN i.due_date <= '{day}' THEN i.interest_won
      ELSE (2 * {part} + {due} - {since}) / (2 * ({due} - {since})) END
    + i.late_won + CASE WHEN i.closed_date IS NULL AND i.due_date < '{day}'
      THEN (2 * {late} + 73000) / 146000 ELSE 0 END) AS earned,
    COALESCE({today} - MIN(CASE WHEN i.closed_date IS NULL AND i.due_date < '{day}' THEN {due} END), 0)
      AS days,
    SUM(CASE WHEN i.due_date < '{day}' THEN i.principal_won + i.interest_won
      - i.paid_principal_won - i.paid_interest_won ELSE 0 END) AS arrears
  FROM loans_loaninstalment i WHERE i.from_date < '{day}' GROUP BY i.loan_id
) f WHERE f.loan_id = s.loan_id"""
        )
        cursor.execute(
            f"""
INSERT INTO loans_loanprovision (standing_id, as_of_date, fund, days_late, loan_class,
  outstanding_won, provision_won, change_won)
SELECT s.loan_id, '{day}', s.fund, s.days_late, s.loan_class, l.committed_won,
  l.committed_won * CASE s.loan_class WHEN 'loss' THEN 100 WHEN 'doubtful' THEN 55
    WHEN 'substandard' THEN 20 WHEN 'watch' THEN 10 ELSE 1 END / 100, 0
FROM loans_loanstanding s JOIN loans_loan l ON l.id = s.loan_id"""
        )
        cursor.execute(
            "UPDATE loans_loanstanding AS s SET provision_won = p.provision_won"
            f" FROM loans_loanprovision p WHERE p.standing_id = s.loan_id AND p.as_of_date = '{day}'"
        )
        cursor.execute("SELECT SUM(day_won), SUM(provision_won) FROM loans_loanstanding")


def pay() -> None:
    """Payments one after the other until somebody says enough; how long each took."""
    import select

    import django

    django.setup()
    from dure.domains.loans import commands
    from dure.domains.loans.models import Loan

    act = replace(system(date(2026, 12, 1)), key=ground.act().key)
    loans = list(Loan.objects.order_by("?").values_list("pk", flat=True)[:3_000])

    def takes() -> float:
        began = time.perf_counter()
        commands.repay_loan(replace(act, key=ground.act().key), loan_id=loans.pop(), won=1_000)
        return 1_000 * (time.perf_counter() - began)

    alone = [takes() for _n in range(120)][20:]
    print("ready", flush=True)
    sys.stdin.readline()
    took: list[float] = []
    while loans and not select.select([sys.stdin], [], [], 0)[0]:
        took.append(takes())
        time.sleep(0.01)
    for what, times in (("alone", alone), ("while a day runs", took)):
        say(
            f"{len(times)} payments {what}: p50 {middle(times):.1f} ms,"
            f" p95 {percentile(times, 95):.1f} ms (limit {PAYMENT_MS} ms), longest {max(times):.0f} ms"
        )


if __name__ == "__main__":
    main()

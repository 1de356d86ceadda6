"""Billing a month of many memberships, beside the bare SQL of the same rows.

    .venv/bin/python benchmarks/billing.py [--members 100000] [--rounds 3]
    DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/billing.py

The floor writes the same charges, the same entry with a line for each member and posts it, so that
the database checks it and keeps the balances as it does for Dure: three statements by the driver.
Floor and command take turns, each on a month of its own.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any
from uuid import uuid4

import ground
from ground import middle, say, timed

SYLLABLES = "가강고광구금김나남노대도동라로마명미바백보봄사산새서선소송수숲아안양여영오우원유은이인자장정조주지진차천청초최태토평포하한해허혜호홍화황효"
LIMIT = 3


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--members", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    engine = ground.prepare()
    say(f"engine {engine}, {ground.busy()}, {given.members:,} memberships")
    plan = add_members(given.members)
    bare: list[float] = []
    dure: list[float] = []
    for turn in range(given.rounds):
        open_month(2 * turn + 1)
        with timed(bare):
            floor(plan.pk, date(2026, 2 * turn + 1, 1))
        with timed(dure):
            assert bill(2 * turn + 2).count == given.members
    ratio = middle(dure) / middle(bare)
    say(
        f"bare SQL   {middle(bare):6.2f} s",
        f"bill_dues  {middle(dure):6.2f} s   {ratio:.2f} of bare SQL (limit {LIMIT})",
    )


def name_of(number: int) -> str:
    """A name of four syllables of its own."""
    size = len(SYLLABLES)
    return "".join(SYLLABLES[number * 7_919 // size**power % size] for power in range(4))


def add_members(count: int) -> Any:
    """A network of that many members with one dues plan; the plan."""
    from django.db import connection

    from dure.domains.memberships import commands as memberships
    from dure.domains.parties import commands as parties
    from dure.domains.parties.models import Party
    from dure.kernel.clock import now
    from dure.kernel.dates import Month

    parties.found_network(ground.act(), name="큰 네트워크", legal_form="association")
    for code, name, who, may_vote in memberships.STARTING_CLASSES:
        memberships.add_member_class(ground.act(), name=name, code=code, who=who, may_vote=may_vote)
    plan = memberships.set_dues_plan(
        ground.act(), member_class="person", name="월 회비", amount_won=10_000, period="month",
        from_month=Month(2026, 1),
    )  # fmt: skip
    at = now()
    Party.objects.bulk_create(
        (
            Party(kind="person", name=name, name_key=name, created_at=at)
            for name in map(name_of, range(count))
        ),
        batch_size=2_000,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO memberships_membership"
            " (party_id, number, joined_date, left_reason, decided_by)"
            " SELECT id, id, %s, '', '' FROM parties_party WHERE kind = 'person'",
            ["2026-01-01"],
        )
        cursor.execute(
            "INSERT INTO memberships_classspell (membership_id, member_class_id, from_date, reason)"
            " SELECT m.id, c.id, m.joined_date, '' FROM memberships_membership m"
            " JOIN memberships_memberclass c ON c.code = 'person'"
        )
        cursor.execute("ANALYZE")
    return plan


def bill(month: int) -> Any:
    from dure.domains.memberships import commands as memberships
    from dure.kernel.dates import Month

    return memberships.bill_dues(ground.act(), month=Month(2026, month))


def open_month(month: int) -> None:
    """The ledger opens a period with the first entry in it."""
    from dure.domains.ledger import commands as ledger
    from dure.domains.ledger.rules import credit, debit

    sides = (debit("1010", "general", 1), credit("4910", "general", 1))
    ledger.post_entry(ground.act(), date=date(2026, month, 1), text="이자", sides=sides)


def floor(plan_id: int, first: date) -> None:
    """The rows of one billing, by the driver."""
    from django.db import connection, transaction
    from django.db.models import Max

    from dure.domains.ledger.models import Account, Entry, Fund, Period
    from dure.domains.memberships.models import DuesRun, Membership
    from dure.kernel.clock import now

    at, end = now(), date(first.year, first.month + 1, 1)
    period = Period.objects.get(first_date__lte=first, end_date__gt=first)
    accounts = dict(Account.objects.values_list("role", "pk"))
    fund = Fund.objects.get(code="general")
    count = Membership.objects.count()
    with transaction.atomic(), connection.cursor() as cursor:
        run = DuesRun.objects.create(
            month_date=first, run_at=at, billed_date=first, count=count, sum_won=count * 10_000
        )
        entry = Entry.objects.create(
            booked_date=first, period=period, text="bare", key=uuid4(), written_at=at
        )
        cursor.execute(
            "INSERT INTO memberships_charge (membership_id, plan_id, run_id, period_date, from_date,"
            " until_date, amount_won, paid_won, waived_won, billed_date, due_date, entry_id)"
            " SELECT id, %s, %s, %s, %s, %s, 10000, 0, 0, %s, %s, %s FROM memberships_membership",
            [plan_id, run.pk, first, first, end, first, first, entry.pk],
        )
        line = (
            "INSERT INTO ledger_line (entry_id, account_id, fund_id, party_id, project, amount_won)"
        )
        cursor.execute(
            f"{line} SELECT %s, %s, %s, party_id, NULL, 10000 FROM memberships_membership",
            [entry.pk, accounts["dues_receivable"], fund.pk],
        )
        cursor.execute(
            f"{line} SELECT %s, %s, %s, NULL, NULL, %s",
            [entry.pk, accounts["dues_income"], fund.pk, -10_000 * count],
        )
        last = Entry.objects.aggregate(last=Max("number"))["last"] or 0
        Entry.objects.filter(pk=entry.pk).update(posted_at=at, number=last + 1)


if __name__ == "__main__":
    main()

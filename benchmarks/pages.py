"""Pages of a large network: how long they take and how many queries they ask.

    .venv/bin/python benchmarks/pages.py [--members 100000] [--lines 1000000] [--views 60]
    DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/pages.py

One worker, the whole stack from middleware to template, as the secretariat. Each page is opened
`--views` times after one warming; the desk also after something was done, so that nothing of it is
kept. `--keep DIR` leaves the SQLite network there, and takes it from there the next time.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import ground
from balance import fill, vacuum
from ground import percentile, say, timed

QUERIES_MAX = 14  # of a list page, whatever its length
DESK_MAX = 0.150

PAGES = (
    "desk",
    "memberships:members",
    "memberships:members?q=사람 77",
    "memberships:applications",
    "memberships:arrears",
    "memberships:unmatched_receipts",
    "memberships:receipts",
    "memberships:dues",
    "memberships:debits",
    "memberships:arrears_ladder",
    "memberships:share_register",
    "memberships:share_register?on=2026-03-01",
    "memberships:share_claims",
    "memberships:conduct_cases",
    "memberships:code_signatures",
    "memberships:procedures",
    "memberships:papers",
    "memberships:donors",
    "memberships:remind_arrears",
    "memberships:bill_dues",
    "month_ends",
    "bylaws:rules_in_force",
    "parties:parties",
    "parties:people",
    "parties:directory",
    "ledger:funds",
    "ledger:entries",
    "ledger:entries?page=last",
    "ledger:account_ledger 1110",
    "ledger:account_ledger 1110?page=5000",
    "ledger:account_ledger 1110?page=last",
    "ledger:account_ledger 4010",
    "ledger:party_ledger {party}",
    "ledger:accounts",
    "ledger:periods",
    "ledger:statements",
    "ledger:projects",
    "deeds",
)


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--members", type=int, default=100_000)
    asked.add_argument("--lines", type=int, default=1_000_000)
    asked.add_argument("--views", type=int, default=60)
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--pages", default="", help="only those whose name holds this")
    given = asked.parse_args()
    os.environ["DURE_STAFF_MFA"] = "0"
    engine = ground.prepare(given.keep)
    say(f"engine {engine}, {given.members:,} members, {given.lines:,} lines, {ground.busy()}")
    client, party = people(given.members, given.lines)
    for page in PAGES:
        if given.pages in page:
            look(client, page.format(party=party), given.views)
    if given.pages in "desk after a deed":
        desk_after_deeds(client, given.views)
    say(ground.busy())


def people(members: int, lines: int) -> tuple[Any, int]:
    """The secretariat's browser, and one member; the network is made when it is not there yet."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from dure.domains.parties.models import Party

    if not Party.objects.filter(name="사람 7").exists():
        make(members, lines)
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model()._default_manager.get(email="office@example.kr"))
    member = Party.objects.filter(name="사람 7").first()
    assert member is not None
    return client, member.pk


def make(members: int, lines: int) -> None:
    from django.contrib.auth.hashers import make_password
    from django.db import connection

    from dure.domains.memberships import commands as memberships
    from dure.domains.memberships.models import DuesRun, Receipt
    from dure.domains.parties import commands as parties
    from dure.domains.parties.commands import access
    from dure.kernel.dates import Month

    parties.found_network(ground.act(), name="큰 네트워크", legal_form="association")
    for code, name, who, may_vote in memberships.STARTING_CLASSES:
        memberships.add_member_class(ground.act(), name=name, code=code, who=who, may_vote=may_vote)
    office = parties.add_person(ground.act(), name="김하늘", email="office@example.kr")
    access.open_account(
        ground.act(),
        email="office@example.kr",
        person_id=office.pk,
        password_hash=make_password("x" * 20),
    )
    parties.appoint_staff(
        ground.act(),
        person_id=office.pk,
        office="secretariat",
        from_date=ground.BOOKS_FROM,
        decision="창립총회",
    )
    plan = memberships.set_dues_plan(
        ground.act(),
        member_class="person",
        name="월 회비",
        amount_won=10_000,
        period="month",
        from_month=Month(2026, 1),
    )
    ids = ground.add_parties(members)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO memberships_membership"
            " (party_id, number, joined_date, left_reason, decided_by)"
            " SELECT id, id, %s, '', '' FROM parties_party WHERE name LIKE '사람 %%'",
            ["2026-01-01"],
        )
        cursor.execute(
            "INSERT INTO memberships_classspell (membership_id, member_class_id, from_date, reason)"
            " SELECT m.id, c.id, m.joined_date, '' FROM memberships_membership m"
            " JOIN memberships_memberclass c ON c.code = 'person'"
        )
        for month in range(8, 12):
            first, end = date(2026, month, 1), date(2026, month + 1, 1)
            act = ground.act()
            run = DuesRun.objects.create(
                month_date=first, plan_id=plan.pk, run_at=act.at, billed_date=first,
                count=members, sum_won=members * 10_000, paid_won=members * 9_500,
            )  # fmt: skip
            cursor.execute(
                "INSERT INTO memberships_charge (membership_id, plan_id, run_id, period_date,"
                " from_date, until_date, amount_won, paid_won, waived_won, billed_date, due_date)"
                " SELECT id, %s, %s, %s, %s, %s, 10000,"
                " CASE WHEN id %% 20 = 0 THEN 0 ELSE 10000 END, 0, %s, %s"
                " FROM memberships_membership",
                [plan.pk, run.pk, first, first, end, first, date(2026, month, 25)],
            )
    Receipt.objects.bulk_create(
        [
            Receipt(
                receipt_date=ground.DAY,
                amount_won=10_000,
                matched_won=0 if n % 50 == 0 else 10_000,
                payer_text=f"사람 {n}",
                payer_key=f"사람{n}",
            )
            for n in range(members // 10)
        ],
        batch_size=1000,
    )
    fill(0, lines // 2, ids)
    if connection.vendor == "postgresql":
        vacuum()


def address(page: str) -> str:
    from django.urls import reverse

    name, _, query = page.partition("?")
    name, *rest = name.split()
    return reverse(name, args=rest) + (f"?{query}" if query else "")


def look(client: Any, page: str, views: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import NoReverseMatch

    try:
        url = address(page)
    except NoReverseMatch:
        say(f"{page:36} is not there")
        return
    answer = client.get(url)
    with CaptureQueriesContext(connection) as asked:
        again = client.get(url)
    queries = list(asked.captured_queries)
    if answer.status_code != 200:
        say(f"{page:36} answers {answer.status_code}")
        return
    took: list[float] = []
    before = ground.cpu()
    for _ in range(views):
        with timed(took):
            client.get(url)
    used = (ground.cpu() - before) / views
    slow = max(queries, key=lambda one: float(one["time"] or 0), default=None)
    say(
        f"{page:36} p50 {percentile(took, 50) * 1000:6.1f} ms  p95 {percentile(took, 95) * 1000:6.1f} ms"
        f"  processor {used * 1000:6.1f} ms  {len(queries):3} queries{'' if len(queries) <= QUERIES_MAX else ' (TOO MANY)'}"
        f"  {len(again.content) // 1024:4} KiB"
    )
    if slow and used > DESK_MAX:
        say(f"    slowest query {slow['time']} s: {slow['sql'][:400]}")
    sys.stdout.flush()


def desk_after_deeds(client: Any, views: int) -> None:
    """Something is done before each look: the figures are drawn anew."""
    from dure.domains.ledger import commands
    from dure.domains.ledger.rules import Source, credit, debit

    took: list[float] = []
    for number in range(views):
        commands.post_entry(
            ground.act(),
            date=ground.DAY,
            text="Rent",
            sides=(debit("5210", "general", 1000), credit("1010", "general", 1000)),
            source=Source("benchmark", number),
        )
        with timed(took):
            client.get(address("desk"))
    say(
        f"{'desk after a deed':36} p50 {percentile(took, 50) * 1000:6.1f} ms"
        f"  p95 {percentile(took, 95) * 1000:6.1f} ms"
    )


if __name__ == "__main__":
    main()

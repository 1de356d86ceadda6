"""The register of members and shares on a past date: all rows read, and the sums under it.

.venv/bin/python benchmarks/register.py [--members 100000] [--times 5]
DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/register.py

The floor is one bare statement that sums the same movements by member. Members and movements are
written straight into their tables: what is measured is the reading.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta

import ground
from ground import middle, say, timed

PAST = date(2026, 8, 15)
MOVES = 3  # for each member: paid in twice, and a part of it transferred
BATCH = 10_000


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--members", type=int, default=100_000)
    asked.add_argument("--times", type=int, default=5)
    given = asked.parse_args()
    engine = ground.prepare()
    say(f"engine {engine}, {ground.busy()}")
    fill(given.members)
    from django.db import connection

    from dure.domains.memberships.queries import shares

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if engine == "sqlite" else "VACUUM ANALYZE")
    whole: list[float] = []
    page: list[float] = []
    sums: list[float] = []
    floor: list[float] = []
    for _ in range(given.times):
        with timed(floor):
            bare = _bare_sums()
        with timed(whole):
            rows = shares.register_rows(ground.act(), PAST)
        with timed(page):
            list(shares.share_register(ground.act(), PAST)[:50])
        with timed(sums):
            totals = shares.register_totals(PAST)
        assert len(rows) == given.members == len(bare)
        assert sum(m.paid_in_won for m in rows) == totals.won == sum(bare.values())
    say(
        f"{given.members:,} members, {given.members * MOVES:,} movements, on {PAST}: all rows "
        f"{middle(whole):.2f} s ({middle(whole) / middle(floor):.1f} x the bare sums of "
        f"{middle(floor):.2f} s), a page {middle(page) * 1000:.0f} ms, totals {middle(sums) * 1000:.0f} ms"
    )
    say(ground.busy())


def _bare_sums() -> dict[int, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT membership_id, SUM(shares), SUM(amount_won) FROM memberships_sharemovement"
            " WHERE moved_date <= %s GROUP BY membership_id",
            [PAST],
        )
        return {pk: int(won) for pk, _shares, won in cursor.fetchall()}


def fill(members: int) -> None:
    """Members of one class, each with movements over the year, and a certificate."""
    from dure.domains.ledger import commands as ledger
    from dure.domains.ledger.rules import credit, debit
    from dure.domains.memberships import commands
    from dure.domains.memberships.models import (
        ClassSpell,
        Membership,
        ShareCertificate,
        ShareMovement,
    )

    kind = commands.add_member_class(ground.act(), name="조합원", code="member", who="person")
    parties = ground.add_parties(members)
    entry = ledger.post_entry(
        ground.act(),
        date=ground.BOOKS_FROM,
        text="출자금",
        sides=(
            debit("1010", "general", 1),
            credit("3010", "general", 1, party_id=parties[0]),
        ),
    )
    first = ground.BOOKS_FROM
    joined = Membership.objects.bulk_create(
        [
            Membership(party_id=party, number=n, joined_date=first)
            for n, party in enumerate(parties, 1)
        ],
        batch_size=BATCH,
    )
    ClassSpell.objects.bulk_create(
        [ClassSpell(membership=one, member_class=kind, from_date=first) for one in joined],
        batch_size=BATCH,
    )
    moves = []
    for n, one in enumerate(joined):
        for turn, count in enumerate((10, 5, -3)[:MOVES]):
            moves.append(
                ShareMovement(
                    membership=one,
                    kind="paid" if count > 0 else "transfer",
                    moved_date=first + timedelta(days=n % 90 + turn * 90),
                    shares=count,
                    amount_won=count * 10_000,
                    decided_by="" if count > 0 else "총회",
                    entry=entry,
                )
            )
    for at in range(0, len(moves), BATCH):
        ShareMovement.objects.bulk_create(moves[at : at + BATCH])
    ShareCertificate.objects.bulk_create(
        [
            ShareCertificate(number=n, membership=one, shares=12, won=120_000, issued_date=first)
            for n, one in enumerate(joined, 1)
        ],
        batch_size=BATCH,
    )


if __name__ == "__main__":
    main()

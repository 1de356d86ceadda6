"""Ten provisions checked beside the database: asked of the rules of today, and of past days in turn.

.venv/bin/python benchmarks/bylaws.py [--checks 2000]
DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/bylaws.py
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta

import ground
from ground import middle, percentile, say, timed

TODAY = date(2026, 11, 20)
ASKED = (
    ("shares.cap_ratio", 29, 100),
    ("expulsion.notice_days", 10),
    ("meetings.notice_days", 7),
    ("meetings.quorum_ratio", 51, 100),
    ("meetings.special_ratio", 40, 60),
    ("delegates.share_ratio", 21, 201),
    ("officers.term_months", 36),
    ("loans.ceiling_ratio", 60_000_000, 90_000_000),
    ("reserves.legal_ratio", 3_000_000, 10_000_000),
    ("expulsion.body", "general_meeting"),
)


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--checks", type=int, default=2000)
    given = asked.parse_args()
    engine = ground.prepare()
    from django.db import connection

    from dure.domains.bylaws import commands, queries

    commands.adopt_legal_form(ground.act(), form="social_cooperative", from_date=TODAY)
    say(f"engine {engine}, {ground.busy()}, {len(queries.rows_of())} provisions")
    day = [TODAY]

    def ten() -> None:
        book = queries.rules_on(day[0])
        assert len(book.check_all(*ASKED)) == len(ASKED)

    def again() -> None:
        day[0] -= timedelta(days=1)
        ten()

    def one_row() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM bylaws_provision ORDER BY id DESC LIMIT 1")
            cursor.fetchone()

    ten()
    for name, work, times in (
        ("ten checks, rules of one day", ten, given.checks),
        ("ten checks, a day never asked before", again, 100),
        ("one row of the same table, bare", one_row, given.checks),
    ):
        took: list[float] = []
        for _ in range(times):
            with timed(took):
                work()
        say(f"{name}: {middle(took) * 1000:.3f} ms (p95 {percentile(took, 95) * 1000:.3f})")
    say(ground.busy())


if __name__ == "__main__":
    main()

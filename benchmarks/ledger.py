"""Posting: single entries, entries from several processes at once, and a million lines in bulk.

    .venv/bin/python benchmarks/ledger.py [--posts 2000] [--lines 1000000] [--clients 1,2,4]
    DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/ledger.py

Each is measured beside its floor, in turns: the same rows into the same tables, with the same
indexes and triggers, by the bare driver; for single entries also the disk's own floor, a commit of
one row. `--lines 0` leaves the bulk out, `--posts 0` the single entries.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import ground
from ground import middle, percentile, say, timed

ROUNDS = 5
PARTIES = 1000
BATCH = 50_000  # entries of one command

ENTRY = "booked_date, period_id, text, note_digest, source_kind, source_id, key, written_at"
LINE = "entry_id, account_id, fund_id, party_id, project, amount_won"


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--posts", type=int, default=2000)
    asked.add_argument("--lines", type=int, default=1_000_000)
    asked.add_argument("--clients", default="1,2,4")
    given = asked.parse_args()
    engine = ground.prepare()
    say(f"engine {engine}, {ground.busy()}")
    parties = ground.add_parties(PARTIES)
    if given.posts:
        single(engine, given.posts)
        at_once(given.posts, [int(n) for n in given.clients.split(",")])
    if given.lines:
        bulk(engine, given.lines, parties)


# -- one by one ------------------------------------------------------------------------------------


def post(count: int) -> list[float]:
    from dure.domains.ledger import commands
    from dure.domains.ledger.rules import Source, credit, debit

    took: list[float] = []
    for number in range(count):
        act = ground.act()
        with timed(took):
            commands.post_entry(
                act,
                date=ground.DAY,
                text="Office rent",
                sides=(debit("5210", "general", 350_000), credit("1010", "general", 350_000)),
                source=Source("benchmark", number),
            )
    return took


def single(engine: str, posts: int) -> None:
    floor = sqlite_floor() if engine == "sqlite" else postgresql_floor()
    commit = one_row_commits(engine)
    post(100)
    took: dict[str, list[float]] = {"post_entry": [], "its rows, bare driver": [], "one row": []}
    runs: dict[str, Callable[[int], list[float]]] = {
        "post_entry": post, "its rows, bare driver": floor, "one row": commit,
    }  # fmt: skip
    rates: dict[str, list[float]] = {name: [] for name in runs}
    used: dict[str, float] = dict.fromkeys(runs, 0)
    for _round in range(ROUNDS):
        for name, run in runs.items():
            before = ground.cpu()
            times = run(posts // ROUNDS)
            used[name] += ground.cpu() - before
            rates[name].append(len(times) / sum(times))
            took[name] += times
    for name in runs:
        rate = middle(rates[name])
        say(
            f"{name:24} {rate:7.0f}/s (median of {ROUNDS} rounds, best {max(rates[name]):.0f})"
            f"  p50 {percentile(took[name], 50) * 1e6:.0f} us  p95"
            f" {percentile(took[name], 95) * 1e6:.0f} us  x{rate / middle(rates['post_entry']):.2f}"
            f"  processor {used[name] / len(took[name]) * 1e6:.0f} us"
        )
    say(ground.busy())


def sqlite_floor() -> Callable[[int], list[float]]:
    from django.db import connection

    connection.ensure_connection()
    bare = connection.connection

    def run(count: int) -> list[float]:
        took: list[float] = []
        for number in range(count):
            key, at = uuid4().hex, "2026-11-20 01:00:00"
            with timed(took):
                bare.execute("BEGIN IMMEDIATE")
                entry = bare.execute(
                    f"INSERT INTO ledger_entry ({ENTRY}) VALUES (?,?,?,?,?,?,?,?)",
                    ("2026-11-20", 202611, "Office rent", "", "benchmark", number, key, at),
                ).lastrowid
                bare.execute(
                    f"INSERT INTO ledger_line ({LINE}) VALUES (?,?,?,?,?,?), (?,?,?,?,?,?)",
                    (
                        entry,
                        PLACE[0],
                        1,
                        None,
                        None,
                        350_000,
                        entry,
                        PLACE[1],
                        1,
                        None,
                        None,
                        -350_000,
                    ),
                )
                bare.execute(
                    "UPDATE ledger_entry SET number = (SELECT COALESCE(MAX(number), 0) + 1 FROM"
                    " ledger_entry), posted_at = ? WHERE id = ?",
                    (at, entry),
                )
                bare.execute(
                    "INSERT INTO kernel_deed (name, at, via, key, data) VALUES (?,?,?,?,?)",
                    ("ledger.EntryPosted", at, "clock", key, "{}"),
                )
                bare.execute(
                    "INSERT INTO kernel_key (key, command, input_hash, result, at) VALUES (?,?,?,?,?)",
                    (key, "ledger.post_entry", key, "{}", at),
                )
                bare.execute("COMMIT")
        return took

    find_place()
    return run


def postgresql_floor() -> Callable[[int], list[float]]:
    import psycopg

    bare = psycopg.connect(bare_url(), autocommit=True, prepare_threshold=0)

    def run(count: int) -> list[float]:
        took: list[float] = []
        with bare.cursor() as cursor:
            ask = cursor.execute
            for number in range(count):
                key, at = uuid4(), "2026-11-20 01:00:00Z"
                with timed(took):
                    ask("BEGIN")
                    ask(
                        f"INSERT INTO ledger_entry ({ENTRY}) VALUES (%s,%s,%s,%s,%s,%s,%s,%s) RETURNING id",
                        ("2026-11-20", 202611, "Office rent", "", "benchmark", number, key, at),
                    )
                    (entry,) = cursor.fetchone() or (0,)
                    ask(
                        f"INSERT INTO ledger_line ({LINE}) VALUES (%s,%s,1,NULL,NULL,350000),"
                        " (%s,%s,1,NULL,NULL,-350000)",
                        (entry, PLACE[0], entry, PLACE[1]),
                    )
                    ask(
                        "UPDATE ledger_entry SET number = (SELECT COALESCE(MAX(number), 0) + 1 FROM"
                        " ledger_entry), posted_at = %s WHERE id = %s",
                        (at, entry),
                    )
                    ask(
                        "INSERT INTO kernel_deed (name, at, via, key, data) VALUES (%s,%s,%s,%s,%s)",
                        ("ledger.EntryPosted", at, "clock", key, "{}"),
                    )
                    ask(
                        "INSERT INTO kernel_key (key, command, input_hash, result, at)"
                        " VALUES (%s,%s,%s,%s,%s)",
                        (key, "ledger.post_entry", key.hex, "{}", at),
                    )
                    ask("COMMIT")
        return took

    find_place()
    return run


def one_row_commits(engine: str) -> Callable[[int], list[float]]:
    from django.db import connection

    if engine == "sqlite":
        bare = connection.connection
    else:
        import psycopg

        bare = psycopg.connect(bare_url(), autocommit=True)
    bare.execute("CREATE TABLE one_row (number integer)")

    def run(count: int) -> list[float]:
        took: list[float] = []
        for number in range(count):
            with timed(took):
                bare.execute(f"INSERT INTO one_row VALUES ({number})")
        return took

    return run


PLACE: list[int] = []  # the ids of the two accounts


def find_place() -> None:
    from dure.domains.ledger.queries.chart import chart

    PLACE[:] = [chart().account("5210").id, chart().account("1010").id]


def bare_url() -> str:
    return os.environ["DURE_DATABASE_URL"]


# -- several at once -------------------------------------------------------------------------------


def at_once(posts: int, clients: list[int]) -> None:
    from django.db import connections

    fork = multiprocessing.get_context("fork")
    for count in clients:
        connections.close_all()
        if hasattr(connections["default"], "close_pool"):
            connections["default"].close_pool()  # type: ignore[no-untyped-call]
        gate = fork.Barrier(count + 1)
        share = posts // count
        workers = [fork.Process(target=_client, args=(gate, share)) for _ in range(count)]
        for worker in workers:
            worker.start()
        gate.wait()
        start = time.perf_counter()
        for worker in workers:
            worker.join()
        assert all(worker.exitcode == 0 for worker in workers)
        took = time.perf_counter() - start
        say(f"{count} processes at once     {share * count / took:7.0f} posts/s together")
    say(ground.busy())


def _client(gate: Any, posts: int) -> None:
    post(20)
    gate.wait()
    post(posts)
    os._exit(0)  # what was made for the whole run is cleaned up by who made it


# -- in bulk ---------------------------------------------------------------------------------------


def bulk(engine: str, lines: int, parties: list[int]) -> None:
    from dure.domains.ledger import commands
    from dure.domains.ledger.rules import EntryDraft, Source, credit, debit
    from dure.kernel.seals import seal_books

    find_place()
    post(1)  # opens the months
    raw = sqlite_bulk if engine == "sqlite" else postgresql_bulk
    entries = lines // 2
    posting: list[float] = []
    sealing: list[float] = []
    bare: list[float] = []
    seal_books(ground.act())
    for start in range(0, entries, BATCH):
        span = range(start, min(entries, start + BATCH))
        days = [ground.BOOKS_FROM + timedelta(days=n % 320) for n in span]
        rows = [
            (day, n, parties[n % len(parties)], 10_000 + n % 90_000)
            for n, day in zip(span, days, strict=True)
        ]
        bare.append(raw(rows))
        seal_books(ground.act())
        batch = tuple(
            EntryDraft(
                day,
                (
                    debit("1110", "general", won, party_id=party),
                    credit("4010", "general", won),
                ),
            )
            for day, _n, party, won in rows
        )
        act = ground.act()
        with timed(posting):
            commands.post_entries(act, text="Dues", batch=batch, source=Source("benchmark", 1))
        act = ground.act()
        with timed(sealing):
            seal_books(act)
    ours, floor = sum(posting) + sum(sealing), sum(bare)
    say(
        f"bulk of {lines} lines: post_entries {lines / sum(posting):.0f} lines/s"
        f" ({sum(posting):.1f} s), sealing {sum(sealing):.1f} s,"
        f" both {lines / ours:.0f} lines/s ({ours:.1f} s)",
        f"the same rows, bare driver: {lines / floor:.0f} lines/s ({floor:.1f} s)",
        f"ratio {ours / floor:.2f} (sealing included), {sum(posting) / floor:.2f} (without)",
        ground.busy(),
    )


Rows = list[tuple[Any, int, int, int]]


def sqlite_bulk(rows: Rows) -> float:
    from django.db import connection

    find_place_of_dues()
    bare = connection.connection
    (last,) = bare.execute("SELECT seq FROM sqlite_sequence WHERE name = 'ledger_entry'").fetchone()
    (number,) = bare.execute("SELECT COALESCE(MAX(number), 0) FROM ledger_entry").fetchone()
    key, at = uuid4().hex, "2026-11-20 01:00:00"
    entries = [
        (last + i, day.isoformat(), day.year * 100 + day.month, "Dues", "", "benchmark", n, key, at)
        for i, (day, n, _party, _won) in enumerate(rows, 1)
    ]
    lines = [
        line
        for i, (_day, _n, party, won) in enumerate(rows, 1)
        for line in (
            (last + i, PLACE[0], 1, party, None, won),
            (last + i, PLACE[1], 1, None, None, -won),
        )
    ]
    took: list[float] = []
    with timed(took):
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany(
            f"INSERT INTO ledger_entry (id, {ENTRY}) VALUES (?,?,?,?,?,?,?,?,?)", entries
        )
        bare.executemany(f"INSERT INTO ledger_line ({LINE}) VALUES (?,?,?,?,?,?)", lines)
        bare.execute(
            "UPDATE ledger_entry SET number = id - ? + ?, posted_at = ? WHERE id > ?",
            (last, number, at, last),
        )
        bare.execute("COMMIT")
    return took[0]


def postgresql_bulk(rows: Rows) -> float:
    import psycopg

    find_place_of_dues()
    with psycopg.connect(bare_url()) as bare, bare.cursor() as cursor:
        ids = cursor.execute(
            "SELECT nextval('ledger_entry_id_seq') FROM generate_series(1, %s)", (len(rows),)
        ).fetchall()
        (number,) = cursor.execute(
            "SELECT COALESCE(MAX(number), 0) FROM ledger_entry"
        ).fetchone() or (0,)
        bare.commit()
        key, at, first = uuid4(), "2026-11-20 01:00:00Z", ids[0][0]
        entries = [
            (pk, day, day.year * 100 + day.month, "Dues", "", "benchmark", n, key, at)
            for (pk,), (day, n, _party, _won) in zip(ids, rows, strict=True)
        ]
        lines = [
            line
            for (pk,), (_day, _n, party, won) in zip(ids, rows, strict=True)
            for line in ((pk, PLACE[0], 1, party, None, won), (pk, PLACE[1], 1, None, None, -won))
        ]
        took: list[float] = []
        with timed(took):
            with cursor.copy(f"COPY ledger_entry (id, {ENTRY}) FROM STDIN") as copy:
                for entry in entries:
                    copy.write_row(entry)
            with cursor.copy(f"COPY ledger_line ({LINE}) FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)
            cursor.execute(
                "UPDATE ledger_entry SET number = id - %s + %s, posted_at = %s WHERE id >= %s",
                (first, number + 1, at, first),
            )
            bare.commit()
    return took[0]


def find_place_of_dues() -> None:
    from dure.domains.ledger.queries.chart import chart

    PLACE[:] = [chart().account("1110").id, chart().account("4010").id]


if __name__ == "__main__":
    main()

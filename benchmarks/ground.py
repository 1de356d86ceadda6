"""A network to measure on: made anew for each run, on the engine asked for, and thrown away.

SQLite in a folder of its own; with DURE_DATABASE_URL on that PostgreSQL server, in a database of its
own. What is measured here is real: files on the disk, every index and every trigger.
"""

from __future__ import annotations

import atexit
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

BOOKS_FROM = date(2026, 1, 1)
DAY = date(2026, 11, 20)
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def prepare(keep: Path | None = None, open_books: bool = True) -> str:
    """Make the network and open its books; the engine's name. Call it before importing Dure.

    `keep`: a folder of one's own, that stays.
    """
    folder = str(keep) if keep else tempfile.mkdtemp(prefix="dure-benchmark-")
    if not keep:
        atexit.register(_in_this_process(partial(shutil.rmtree, folder, ignore_errors=True)))
    os.environ["DURE_HOME"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "dure.site.settings"
    if os.environ.get("DURE_DATABASE_URL"):
        os.environ["DURE_DATABASE_URL"] = _own_database(os.environ["DURE_DATABASE_URL"])
    from dure.site.home import home

    home().prepare()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from dure.domains.ledger import commands, queries

    if open_books and not queries.books_are_open():
        commands.open_books(act(), first_date=BOOKS_FROM)
    return connection.vendor


def _own_database(url: str) -> str:
    import psycopg

    name = f"dure_benchmark_{os.getpid()}"
    head, _, query = url.partition("?")
    own = f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")

    def drop() -> None:
        from django.db import connections

        connections.close_all()
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")

    atexit.register(_in_this_process(drop))
    return own


def _in_this_process(run: Callable[[], Any]) -> Callable[[], None]:
    """Children made by fork leave the cleaning to who made them."""
    owner = os.getpid()
    return lambda: run() if os.getpid() == owner else None


def act() -> Any:
    from dure.kernel.acts import system_act
    from dure.kernel.clock import now

    return system_act(now())


def add_parties(count: int) -> list[int]:
    """That many people, written straight into the table; their ids."""
    from dure.domains.parties.models import Party
    from dure.kernel.clock import now

    at = now()
    Party.objects.bulk_create(
        [
            Party(kind="person", name=f"사람 {n}", name_key=f"사람{n}", created_at=at)
            for n in range(count)
        ],
        batch_size=1000,
    )
    return list(Party.objects.filter(created_at=at).order_by("id").values_list("id", flat=True))


@contextmanager
def timed(took: list[float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    took.append(time.perf_counter() - start)


def cpu() -> float:
    """Seconds of processor that this process and its server's have used: others do not count in, though
    a core that others share is slower."""
    from django.db import connection

    own = time.process_time()
    if connection.vendor == "sqlite":
        return own
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        servers = [pid for (pid,) in cursor.fetchall()]
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in servers]
    ticks = sum(int(stat[11]) + int(stat[12]) for stat in stats)
    return own + ticks / os.sysconf("SC_CLK_TCK")


def middle(values: list[float]) -> float:
    return statistics.median(values)


def percentile(values: list[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)


def busy() -> str:
    """How busy the machine is, to be told beside the figures."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"

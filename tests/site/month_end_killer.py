"""Closes one month again and again, killed at another point each time; prints how each ended.

Each run is a process of its own, forked from one that has closed the month once and let go of its
connection; what is killed is really killed (SIGKILL), before a statement that writes.
`test_month_end_killed` starts this on a database of its own and reads the lines.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from dure.domains.ledger import commands as ledger  # noqa: E402
from dure.domains.memberships import commands  # noqa: E402
from dure.domains.parties import commands as parties  # noqa: E402
from dure.kernel import clock  # noqa: E402
from dure.kernel.acts import Act, Capacity  # noqa: E402
from dure.kernel.dates import Month  # noqa: E402
from dure.site.cli import closing  # noqa: E402
from dure.site.month_end import income  # noqa: E402
from dure.ui import doors  # noqa: E402

MEMBERS = 12
AT_ONCE = 5  # so that a small file is entered, and its money matched, in several parts
POINTS, SEED = 20, 20261031
NOW = datetime(2026, 11, 5, 3, 0, tzinfo=UTC)
IMPORT = ("memberships_receipt", "memberships_receiptimport", "memberships_bankline")
BILLING = ("memberships_charge", "memberships_duesrun")
# What says when and under which number a thing was done, or is digested from that.
NOT_COMPARED = ("id", "key", "digest", "hash", "root", "salt", "sha256", "content", "_at")
# Deeds, keys and seals tell what was asked, and a killed run is asked once more.
PASSED_OVER = ("django_", "sqlite_", "kernel_deed", "kernel_seal", "kernel_key")
HOME = Path(os.environ["DURE_HOME"])


def act(*offices: str) -> Act:
    return Act(None, NOW, uuid4(), "cli", frozenset(Capacity(name) for name in offices))


def begin() -> None:
    """A network with members, and a month of dues that the bank's file pays."""
    call_command("migrate", verbosity=0)
    parties.found_network(act("system"), name="한울", legal_form="association")
    ledger.open_books(act("system"), first_date=date(2026, 10, 1))
    commands.add_member_class(act("system"), name="개인", code="person", who="person")
    commands.set_dues_plan(
        act("system"),
        member_class="person",
        name="월회비",
        period="month",
        amount_won=10_000,
        from_month=Month(2026, 10),
    )
    for n in range(MEMBERS):
        person = parties.add_person(act("system"), name=f"회원{n:03}님")
        commands.enrol_member(
            act("system"),
            party_id=person.pk,
            member_class="person",
            joined_date=date(2026, 10, 1),
            decided_by="총회",
        )
    rows = "".join(f"2026-10-{n % 28 + 1:02},회원{n:03}님,10000\n" for n in range(MEMBERS))
    (HOME / "10월.csv").write_text("거래일,내용,입금액\n" + rows, encoding="utf-8")
    (HOME / "11월.csv").write_text("거래일,내용,입금액\n2026-11-03,회원001님,10000\n", "utf-8")


def close(turn: int = 0, file: str = "10월.csv") -> list[str]:
    """`dure close 2026-10 --bank FILE --yes`, killed before the turn-th statement that writes.

    The tables it wrote into, one after another.
    """
    written: list[str] = []

    def heed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.split(None, 4)
        if words and words[0] in ("INSERT", "UPDATE", "DELETE"):
            written.append(next((word for word in words if word.startswith('"')), "").strip('"'))
            if len(written) == turn:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    doors.set_cli_act(act("operator"))
    clock.now = lambda: NOW
    closing.ROWS_AT_ONCE = income.SURE_AT_ONCE = AT_ONCE
    with connection.execute_wrapper(heed), contextlib.redirect_stdout(sys.stderr):
        given = ["2026-10", "--bank", str(HOME / file), "--yes", "--format", "json"]
        closing.close(given, standalone_mode=False)
    return written


def let_go() -> None:
    """Leave the database, and the pool that keeps connections to a server: no fork shares one."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


def forked(call: Callable[[], object]) -> int:
    """How a process of its own ended: 0, 1, or minus the signal."""
    let_go()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 0
        os.dup2(2, 1)
        try:
            call()
        except BaseException:  # noqa: BLE001 - whatever it was, the code tells
            traceback.print_exc()
            code = 1
        connection.close()
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@contextlib.contextmanager
def postgresql() -> Iterator[Any]:
    import psycopg

    given = settings.DATABASES["default"]
    with psycopg.connect(
        host=given["HOST"] or None,
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    ) as db:
        yield db


def copy(source: str, target: str) -> None:
    """A database under another name, as it is."""
    let_go()
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(target + ending).unlink(missing_ok=True)
            if Path(source + ending).exists():
                shutil.copy2(source + ending, target + ending)
        return
    with postgresql() as db:
        db.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        db.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def drop(name: str) -> None:
    if connection.vendor == "postgresql":
        with postgresql() as db:
            db.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def state() -> dict[str, list[object]]:
    """Every table as a count and a digest, without the numbers and moments."""
    found: dict[str, list[object]] = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(PASSED_OVER):
                continue
            columns = connection.introspection.get_table_description(cursor, table)
            picked = [f'"{c.name}"' for c in columns if not c.name.endswith(NOT_COMPARED)]
            cursor.execute(f'SELECT {", ".join(picked) or 1} FROM "{table}"')  # noqa: S608
            rows = sorted(map(repr, cursor.fetchall()))
            found[table] = [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()]
    let_go()
    return found


def told(name: str, **more: object) -> None:
    print(json.dumps({"name": name, "state": state(), **more}), flush=True)


def points(written: list[str]) -> list[int]:
    """Where it is killed: five times in the import, five in the billing, and anywhere."""
    chosen = random.Random(SEED)  # noqa: S311 - the same points every time
    found: set[int] = set()
    for tables in (IMPORT, BILLING):
        turns = [n for n, table in enumerate(written, 1) if table in tables]
        found |= set(chosen.sample(range(turns[0], turns[-1] + 1), POINTS // 4))
    rest = [n for n in range(1, len(written) + 1) if n not in found]
    return sorted(found | set(chosen.sample(rest, POINTS - len(found))))


def main() -> None:
    own = str(connection.settings_dict["NAME"])
    start = f"{own}_start"
    assert forked(begin) == 0
    copy(own, start)
    try:
        told("begun")
        code = forked(lambda: close(file="11월.csv"))
        told("other month", code=code)
        written = close()  # in this process: those forked from it have everything loaded
        told("closed", code=0)
        code = forked(close)
        told("again", code=code)
        for turn in points(written):
            copy(start, own)
            killed = forked(lambda turn=turn: close(turn))
            code = forked(close)
            told("killed", code=code, killed=killed, point=[turn, written[turn - 1]])
    finally:
        drop(start)


if __name__ == "__main__":
    main()

"""`dure close` really killed at twenty points: in the import, in the billing, anywhere.

Finished by the same command, every table ends as it does when nothing was ever killed.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db  # so that there is a database to copy
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def environment(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[dict[str, str]]:
    """A home and a database of its own: on SQLite the empty one of the tests, copied."""
    home = tmp_path_factory.mktemp("home")
    env = {k: v for k, v in os.environ.items() if not k.startswith("DURE_")} | {
        "DURE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "dure.site.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    with django_db_blocker.unblock():
        empty = str(connection.settings_dict["NAME"])
        connection.close()
        if connection.vendor == "sqlite":
            with sqlite3.connect(empty) as source, sqlite3.connect(home / "dure.sqlite3") as own:
                source.backup(own)
            yield env
            return
        name = f"{empty}_killed"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}"')
        url = urlsplit(os.environ["DURE_DATABASE_URL"])._replace(path=f"/{name}").geturl()
        yield env | {"DURE_DATABASE_URL": url}
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def runs(environment: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """What the killer tells, by name."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.site.month_end_killer"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[dict[str, Any]]] = {}
    for line in done.stdout.splitlines():
        told = json.loads(line)
        found.setdefault(told["name"], []).append(told)
    found["stderr"] = [{"text": done.stderr}]
    return found


def test_killed_anywhere_and_finished_it_ends_the_same(runs: dict[str, Any]) -> None:
    [closed] = runs["closed"]
    assert closed["state"]["memberships_allocation"][0] == 12
    assert closed["state"]["ledger_periodstatement"][0] > 0
    assert len(runs["killed"]) == 20
    for one in runs["killed"]:
        assert (one["killed"], one["code"]) == (-signal.SIGKILL, 0), (
            one["point"],
            runs["stderr"],
        )
        other = {t for t, rows in one["state"].items() if rows != closed["state"][t]}
        assert not other, one["point"]


def test_run_again_it_changes_nothing(runs: dict[str, Any]) -> None:
    assert runs["again"][0]["code"] == 0
    assert runs["again"][0]["state"] == runs["closed"][0]["state"]


def test_the_file_of_another_month_is_refused_and_nothing_is_entered(runs: dict[str, Any]) -> None:
    assert runs["other month"][0]["code"] == 1 and "WrongMonth" in runs["stderr"][0]["text"]
    assert runs["other month"][0]["state"] == runs["begun"][0]["state"]

"""`dure close` really killed at twenty points: in the import, in the billing, anywhere.

Finished by the same command, every table ends as it does when nothing was ever killed.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


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

"""A network whose clock can be put forward: ten days of notice pass while one looks on.

`served_later(home)` serves the network of a folder; `Later.go(moment)` makes it that moment there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dure.kernel import clock
from tests.blank import ROOT

from .conftest import Network, served, surroundings

AHEAD = "seconds-ahead"


@dataclass(frozen=True)
class Later(Network):
    """The network, and its clock."""

    def go(self, moment: datetime) -> None:
        """Make it that moment there."""
        ahead = moment - clock.now()
        (self.home / AHEAD).write_text(str(int(ahead.total_seconds())), encoding="utf-8")

    def run(self, name: str, *words: str) -> Any:
        """Run a module of these tests inside the network; what it prints, read as JSON."""
        done = subprocess.run(
            [sys.executable, "-m", name, *words],
            cwd=ROOT, env=surroundings(self.home), check=True, capture_output=True, text=True,
        )  # fmt: skip
        return json.loads(done.stdout.splitlines()[-1])  # before it, the letters it sent


@contextmanager
def served_later(home: Path) -> Iterator[Later]:
    """The network of this folder, served with a clock of its own."""
    words = ("--interface", "wsgi", "--blocking-threads", "4", "--workers-kill-timeout", "5")
    command = (sys.executable, "-m", "granian", *words, "tests.browser.later:application")
    with served(home, *command, DURE_STAFF_MFA="0") as network:
        yield Later(network.url, network.home)


def set_clock() -> None:
    """Put the clock of this process forward by what the folder says."""
    real, file = clock.now, Path(os.environ["DURE_HOME"]) / AHEAD

    def now() -> datetime:
        ahead = int(file.read_text(encoding="utf-8")) if file.exists() else 0
        return real() + timedelta(seconds=ahead)

    clock.now = now


def __getattr__(name: str) -> Any:
    """`application`, made when a server asks for it."""
    if name != "application":
        raise AttributeError(name)
    from dure.site.wsgi import application

    set_clock()
    return application

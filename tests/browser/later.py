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

from .conftest import Network, free_port, surroundings, wait_for

ROOT = Path(__file__).parents[2]
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
    port = free_port()
    url = f"http://localhost:{port}"
    words = ("--interface", "wsgi", "--blocking-threads", "4", "--workers-kill-timeout", "5")
    with (home / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "granian", *words, "--port", str(port), "tests.browser.later:application"],
            cwd=ROOT, env=surroundings(home) | {"DURE_STAFF_MFA": "0"}, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            wait_for(url, server)
            yield Later(url, home)
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


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

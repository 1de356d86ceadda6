"""`dure serve` in earnest: it answers, and it stops when told to, also right after its start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests import blank


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def started(home: Path, port: int) -> subprocess.Popen[str]:
    env = {**os.environ, "DURE_HOME": str(home), "DURE_DATABASE_URL": "", "PYTHONUTF8": "1"}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [sys.executable, "-m", "dure.site.cli", "serve", "--port", str(port), "--workers", "1"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("served")
    blank.copy_to(home / "dure.sqlite3")
    return home


def test_it_prints_its_address_answers_and_stops(home: Path) -> None:
    port = free_port()
    server = started(home, port)
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert f"http://localhost:{port}/welcome/?code=" in line, line
        for _try in range(60):
            try:
                answer = urllib.request.urlopen(f"http://localhost:{port}/welcome/", timeout=5)
            except OSError:
                time.sleep(0.5)
                continue
            assert answer.status == 200
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
            break
        else:
            raise AssertionError("it never answered")
        style = urllib.request.urlopen(f"http://localhost:{port}/static/ui/ui.css", timeout=5)
        assert style.status == 200
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0


def test_stopped_right_after_its_start_it_does_not_hang(home: Path) -> None:
    server = started(home, free_port())
    assert server.stdout is not None
    server.stdout.readline()
    server.send_signal(signal.SIGTERM)
    server.wait(20)

"""A network as its people meet it: the demo, served by `dure serve`, in real Chromium.

The journeys share one demo network and one server; each journey has its own browser context. They
run at a desk's width and at a phone's, and every page they stand on is asked to be accessible.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

HERE = Path(__file__).parent
WIDTHS = {"desk": (1280, 900), "phone": (390, 844)}
DURE = Path(sys.executable).parent / "dure"
SEED = "7"


@dataclass(frozen=True)
class Network:
    url: str
    home: Path


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"no answer from {url}")


def surroundings(home: Path) -> dict[str, str]:
    """The environment of a network in this folder, whatever this machine is set to."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("DURE_", "DJANGO_"))}
    return own | {"DURE_HOME": str(home), "PYTHONUTF8": "1"}


@contextmanager
def served(home: Path) -> Iterator[Network]:
    """The network of this folder, served as people serve it."""
    port = free_port()
    url = f"http://localhost:{port}"  # passkeys ask for a name, not for 127.0.0.1
    with (home / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [DURE, "serve", "--port", str(port)], env=surroundings(home), stdout=log, stderr=log
        )
        try:
            wait_for(url, server)
            yield Network(url, home)
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    home = tmp_path_factory.mktemp("network")
    with (home / "demo.log").open("wb") as log:
        subprocess.run(
            [DURE, "demo", "--no-serve", "--seed", SEED],
            env=surroundings(home),
            check=True,
            stdout=log,
            stderr=log,
        )
    with served(home) as network:
        yield network


@pytest.fixture(params=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(chromium: Browser, network: Network, width: str) -> Iterator[BrowserContext]:
    wide, high = WIDTHS[width]
    context = chromium.new_context(
        base_url=network.url,
        viewport={"width": wide, "height": high},
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        bypass_csp=True,
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "response",
        lambda answer: (
            troubles.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
        ),
    )
    yield page
    assert not troubles, troubles


@pytest.fixture(scope="session")
def axe() -> str:
    [path] = HERE.glob("vendor/axe-core-*/axe.min.js")
    return path.read_text()

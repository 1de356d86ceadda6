"""A network as its people meet it: the demo, served by `dure serve`, in real Chromium.

The journeys share one demo network; each process of the run has a copy of it and a server. Each
journey has its own browser context. They run at a desk's width and at a phone's, and every page they
stand on is asked to be accessible.
"""

from __future__ import annotations

import fcntl
import os
import shutil
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

from tests import blank

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
    return blank.surroundings(home) | {"DJANGO_SETTINGS_MODULE": "tests.browser.settings"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs no demo comes first: while one process builds it, the others have something to do."""
    items.sort(
        key=lambda item: (
            HERE in item.path.parents and "network" in getattr(item, "fixturenames", ())
        )
    )


@contextmanager
def served(home: Path, *command: str | Path, **more: str) -> Iterator[Network]:
    """The network of this folder, served as people serve it, or by another command."""
    port = free_port()
    url = f"http://localhost:{port}"  # passkeys ask for a name, not for 127.0.0.1
    with (home / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [*(command or (DURE, "serve")), "--port", str(port)],
            cwd=blank.ROOT, env=surroundings(home) | more, stdout=log, stderr=log,
        )  # fmt: skip
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
    home = tmp_path_factory.mktemp("network") / "home"
    shutil.copytree(_demo(tmp_path_factory.getbasetemp()), home)
    with served(home) as network:
        yield network


def _demo(place: Path) -> Path:
    """The folder of the demo, built by whichever process of the run asks for it first."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    built = place / "demo"
    with (place / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            making = place / "demo-making"
            making.mkdir()
            blank.copy_to(making / "dure.sqlite3")
            with (making / "demo.log").open("wb") as log:
                subprocess.run(
                    [DURE, "demo", "--no-serve", "--seed", SEED],
                    env=surroundings(making), check=True, stdout=log, stderr=log,
                )  # fmt: skip
            making.rename(built)
    return built


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

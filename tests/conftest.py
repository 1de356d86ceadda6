"""What every test may ask for: acts in a standing, and (where a database is used) the cast.

def test_it(act):
    commands.bill_dues(act("bookkeeper"), …)
    with pytest.raises(Denied):
        commands.bill_dues(act("member", of=3), …)
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from dure.kernel.acts import Act, Capacity
from tests import blank
from tests.forks import Forks

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser

    from tests.cast import Cast
    from tests.furniture import Furniture

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # Friday, ten in the morning in Seoul

MakeAct = Callable[..., Act]


@pytest.fixture
def act() -> MakeAct:
    """Make an act: `act("secretariat")`, `act("representative", of=7)`, `act(actor_id=5)`.

    Every act has its own key unless `key` is given, and happens at NOW unless `at` is given (or
    `days` later).
    """

    def make(
        *names: str,
        of: int | None = None,
        actor_id: int | None = None,
        at: datetime = NOW,
        days: int = 0,
        key: UUID | None = None,
        via: str = "web",
    ) -> Act:
        standing = {Capacity(name, of) for name in names if name != "visitor"}
        if actor_id is not None:
            standing.add(Capacity("person", actor_id))
        return Act(actor_id, at + timedelta(days=days), key or uuid4(), via, frozenset(standing))

    return make


@pytest.fixture(autouse=True, scope="session")
def emptying_works() -> Iterator[None]:
    """Tests with real commits empty the database afterwards; only here may history be deleted."""
    from django.db import connection
    from django.test import TransactionTestCase

    from dure.kernel import triggers

    empty = TransactionTestCase._fixture_teardown

    def emptied(self: TransactionTestCase) -> None:
        with triggers.suspended(connection):
            empty(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """For processes that a test starts and kills: a folder and a blank database of their own, on the
    engine of the run."""
    home, server = tmp_path_factory.mktemp("home"), os.environ.get("DURE_DATABASE_URL", "")
    own = blank.make_on_server(server, f"dure_own_{uuid4().hex[:12]}") if server else ""
    if not own:
        blank.copy_to(home / "dure.sqlite3")
    yield blank.surroundings(home, own) | {"DJANGO_SETTINGS_MODULE": "dure.site.settings"}
    if own:
        blank.drop_on_server(own)


@pytest.fixture(scope="module")
def forks(environment: dict[str, str]) -> Iterator[Forks]:
    """Processes in that folder and database, to race and to kill."""
    forks = Forks(environment)
    yield forks
    forks.leave()


@pytest.fixture
def cast(db: None) -> Cast:
    """The named people and organisation of tests/cast.py, in the database."""
    from tests.cast import build

    return build(NOW)


@pytest.fixture
def furniture(cast: Cast) -> Furniture:
    """One of everything that an address can name, in the network of the cast."""
    from tests.furniture import furnish

    return furnish(cast, NOW)


ClientOf = Callable[[str], "Client"]


@pytest.fixture
def client_of(cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any) -> ClientOf:
    """A browser of someone: visitor, member, representative, secretariat, bookkeeper,
    administrator (no session open), open_administrator (in an administrator session).

    The clock stands at NOW; staff need no second factor unless a test sets it.
    """
    from django.contrib.auth import get_user_model
    from django.test import Client

    from dure.domains.parties.commands import access
    from dure.kernel import clock

    settings.DURE_STAFF_MFA_REQUIRED = False
    monkeypatch.setattr(clock, "now", lambda: NOW)

    def make(role: str) -> Client:
        client = Client()
        if role == "visitor":
            return client
        named = "administrator" if role == "open_administrator" else role
        user = get_user_model()._default_manager.get(pk=cast.accounts[named])
        client.force_login(user)
        if role == "open_administrator":
            capacities = frozenset(
                {Capacity("appointed_administrator"), Capacity("person", cast.administrator)}
            )
            access.open_staff_session(
                Act(cast.administrator, NOW, uuid4(), "web", capacities), reason="시험"
            )
        return client

    return make


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The real browser; one for all tests of a process."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("DURE_CHROMIUM") or shutil.which("chromium") or ""
    assert path, "no chromium: ./check finds or installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                # Playwright's list without PaintHolding: nobody looks at a page half drawn
                "--disable-features=DialMediaRouteProvider,HttpsUpgrades,LensOverlay,MediaRouter,"
                "OptimizationHints,RenderDocument,SpareRendererForSitePerProcess,Translate",
            ],
        )
        yield browser
        browser.close()

"""What every test may ask for: acts in a standing, and (where a database is used) the cast.

def test_it(act):
    commands.bill_dues(act("bookkeeper"), …)
    with pytest.raises(Denied):
        commands.bill_dues(act("member", of=3), …)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from dure.kernel.acts import Act, Capacity

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

"""Open books in 2026: four funds, a bookkeeper, her second, and three members."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from dure.domains.ledger import commands, queries
from dure.domains.ledger.models import Entry
from dure.domains.ledger.rules import Side, credit, debit
from dure.domains.parties import commands as parties
from dure.kernel.acts import Act

MakeAct = Callable[..., Act]
BOOKKEEPER, SECOND = 101, 102  # persons; the ledger only compares them
FIRST_DATE = date(2026, 1, 1)


@dataclass
class Books:
    """What the tests of the ledger share."""

    act: MakeAct
    members: tuple[int, ...]

    def keeper(self, **given: Any) -> Act:
        return self.act("bookkeeper", actor_id=BOOKKEEPER, **given)

    def second(self, **given: Any) -> Act:
        return self.act("secretariat", actor_id=SECOND, **given)

    def post(
        self, day: date, *sides: Side, text: str = "시험 거래", act: Act | None = None, **given: Any
    ) -> Entry:
        return commands.post_entry(act or self.keeper(), date=day, text=text, sides=sides, **given)

    def receive(self, day: date, won: int, account: str = "4010", fund: str = "general") -> Entry:
        """Money comes in for an income account."""
        return self.post(day, debit("1010", fund, won), credit(account, fund, won))

    def pay(self, day: date, won: int, account: str = "5210", fund: str = "general") -> Entry:
        """Money goes out for an expense account."""
        return self.post(day, debit(account, fund, won), credit("1010", fund, won))

    def bill(self, day: date, party_id: int, won: int) -> Entry:
        return self.post(
            day,
            debit("1110", "general", won, party_id=party_id),
            credit("4010", "general", won),
        )

    def sound(self) -> None:
        assert [str(finding) for finding in queries.check_books()] == []


def open_books(act: MakeAct) -> Books:
    commands.open_books(act("secretariat"), first_date=FIRST_DATE)
    for code in ("cooperative", "microloan", "mutual_aid"):
        commands.open_fund(act("secretariat"), code=code)
    names = ("함께살림협동조합", "너른들마을기업", "다온자활기업")
    members = tuple(parties.add_organisation(act("secretariat"), name=name).pk for name in names)
    return Books(act, members)


@pytest.fixture
def books(db: None, act: MakeAct) -> Books:
    return open_books(act)


@pytest.fixture
def committed_books(transactional_db: None, act: MakeAct) -> Books:
    """The same, really committed: for tests with several connections."""
    return open_books(act)

"""A network of organisations that trade with each other, each with who speaks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from dure.domains.ledger import commands as ledger
from dure.domains.memberships import commands as memberships
from dure.domains.parties import commands as parties
from dure.domains.trade import commands

JOINED = date(2024, 1, 15)
TODAY = date(2026, 11, 20)


@dataclass
class House:
    """The network, its members by name, and the acts that fill it."""

    act: Any
    members: dict[str, int] = field(default_factory=dict)  # name → membership

    def organisation(self, name: str, joined: date | None = JOINED) -> int:
        party = parties.add_organisation(self.act("system"), name=name).pk
        if joined:
            self.members[name] = memberships.enrol_member(
                self.act("system"), party_id=party, member_class="organisation",
                joined_date=joined, decided_by="창립총회",
            ).pk  # fmt: skip
        return party

    def of(self, party: int, **given: Any) -> Any:
        """An act of who speaks for an organisation."""
        return self.act("representative", of=party, actor_id=None, **given)

    def sell(self, seller: int, buyer: int, won: int = 110_000, **given: Any) -> Any:
        """Said by the seller."""
        told = {"what": "도시락 11개", "dealt_date": TODAY, **given}
        return commands.record_deal(
            self.of(seller), party_id=seller, other_id=buyer, sells=True, won=won, **told
        )

    def trade(self, seller: int, buyer: int, won: int = 110_000, **given: Any) -> Any:
        """Said by the seller, confirmed by the buyer."""
        made = self.sell(seller, buyer, won, **given)
        return commands.confirm_deal(self.of(buyer), deal_id=made.pk)


@pytest.fixture
def house(db: None, act: Any) -> House:
    parties.found_network(act("system"), name="두레망", legal_form="association")
    ledger.open_books(act("system"), first_date=date(2024, 1, 1))
    ledger.open_fund(act("system"), code="cooperative")
    for code, name, who, may_vote in memberships.STARTING_CLASSES:
        memberships.add_member_class(
            act("system"), name=name, code=code, who=who, may_vote=may_vote
        )
    return House(act)

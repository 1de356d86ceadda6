"""A small network in 2026: books open, four classes, members with dues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from dure.domains.bylaws import commands as bylaws, queries as bylaws_queries
from dure.domains.ledger import commands as ledger
from dure.domains.memberships import commands
from dure.domains.memberships.models import Membership
from dure.domains.parties import commands as parties
from dure.kernel.dates import Month

STARTED = date(2026, 1, 1)


@dataclass
class Network:
    """Makes people and organisations that belong."""

    act: Callable[..., object]

    def organisation(
        self, name: str, joined: date = STARTED, member_class: str = "organisation"
    ) -> Membership:
        party = parties.add_organisation(self.act("system"), name=name)
        return self.enrol(party.pk, joined, member_class)

    def person(self, name: str, joined: date = STARTED, member_class: str = "person") -> Membership:
        party = parties.add_person(self.act("system"), name=name)
        return self.enrol(party.pk, joined, member_class)

    def enrol(self, party_id: int, joined: date, member_class: str) -> Membership:
        return commands.enrol_member(
            self.act("system"),
            party_id=party_id,
            member_class=member_class,
            joined_date=joined,
            decided_by="창립총회",
        )

    def lay_down_shares(self) -> None:
        """The bylaws of this network provide for shares of 10,000 won."""
        for key, value, kind, label in (
            ("shares.held", "yes", "", ""),
            ("shares.unit_won", "10,000", "won", "출자 1좌의 금액"),
        ):
            bylaws.adopt_provision(
                self.act("system"), key=key, value=value, kind=kind, label=label,
                comparison="exactly" if kind else "", document="정관", article="제13조",
                from_date=date(2020, 1, 1), decided_by="창립총회",
            )  # fmt: skip

    def shares(self, member: Membership, count: int, **given):
        """Paid shares of 10,000 won."""
        if "shares.unit_won" not in bylaws_queries.rules_on(STARTED):
            self.lay_down_shares()
        paid = {"paid_date": date(2026, 11, 20), **given}
        return commands.subscribe_shares(
            self.act("system"), membership_id=member.pk, shares=count, **paid
        )

    def plan(self, member_class: str, won: int, **terms):
        given = {
            "name": "월회비",
            "period": "month",
            "from_month": Month(2026, 1),
            "due_day": 25,
            **terms,
        }
        return commands.set_dues_plan(
            self.act("system"), member_class=member_class, amount_won=won, **given
        )


@pytest.fixture
def network(db, act):
    """Books open since January 2026, the usual classes, no members yet."""
    system = act("system")
    parties.found_network(system, name="한울 네트워크", legal_form="association")
    ledger.open_books(act("system"), first_date=STARTED)
    for code, name, who, may_vote in commands.STARTING_CLASSES:
        commands.add_member_class(act("system"), name=name, code=code, who=who, may_vote=may_vote)
    return Network(act)

"""What governance does when a fact occurs below."""

from __future__ import annotations

from dataclasses import replace

from dure.domains.memberships.events import MembershipLeft
from dure.domains.parties.events import PartiesMerged
from dure.kernel.acts import Act, Capacity

from . import commands
from .commands import actions
from .queries import holds_seats


def follow_merge(act: Act, fact: PartiesMerged) -> None:
    """The seats and duties of a party that was entered twice go with the one that is kept."""
    commands.move_seats(act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id)
    actions.move_duties(act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id)


def follow_leaving(act: Act, fact: MembershipLeft) -> None:
    """What only members hold ends with the membership, whoever ended that."""
    if holds_seats(fact.party_id, fact.left_date):
        by_itself = replace(act, standing=frozenset({Capacity("system")}))
        commands.vacate_seats(by_itself, party_id=fact.party_id, until_date=fact.left_date)

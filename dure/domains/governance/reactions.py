"""What governance does when a fact occurs below."""

from __future__ import annotations

from dure.domains.parties.events import PartiesMerged
from dure.kernel.acts import Act

from . import commands
from .commands import actions


def follow_merge(act: Act, fact: PartiesMerged) -> None:
    """The seats and duties of a party that was entered twice go with the one that is kept."""
    commands.move_seats(act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id)
    actions.move_duties(act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id)

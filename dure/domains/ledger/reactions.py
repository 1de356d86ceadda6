"""What the books do when others' facts occur."""

from __future__ import annotations

from dure.domains.parties.events import PartiesMerged
from dure.kernel.acts import Act

from . import commands, queries


def carry_over_balances(act: Act, fact: PartiesMerged) -> None:
    """A duplicate's balances go with the party that is kept."""
    if queries.has_balances(fact.duplicate_id):
        commands.move_party_balances(
            act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id
        )

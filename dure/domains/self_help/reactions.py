"""What happens to self-help funds when parties become one."""

from __future__ import annotations

from dure.domains.parties.events import PartiesMerged
from dure.kernel.acts import Act

from . import commands, queries


def follow_merge(act: Act, fact: PartiesMerged) -> None:
    """What a duplicate has in funds goes with the party that is kept."""
    if queries.is_in_funds(fact.duplicate_id):
        commands.move_fund_parties(act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id)

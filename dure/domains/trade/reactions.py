"""What mutual trade does when a fact occurs below."""

from __future__ import annotations

from dure.domains.memberships.queries import PayableKind
from dure.domains.parties.events import PartiesMerged
from dure.kernel.acts import Act

from . import commands, queries
from .commands import contributing

PAYABLES = PayableKind(
    queries.KIND, queries.PREFIX, queries.fund_payables, queries.memberships_of_bills,
    contributing.take_from_bank, contributing.take_back,
)  # fmt: skip


def follow_merge(act: Act, fact: PartiesMerged) -> None:
    """Deals belong to the one that is kept."""
    commands.move_deals(act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id)

"""What mutual trade does when a fact occurs below."""

from __future__ import annotations

from dure.domains.memberships.queries import PayableKind
from dure.domains.parties.events import PartiesMerged
from dure.kernel.acts import Act

from . import commands, queries
from .commands import contributing, group_settling

PAYABLES = PayableKind(
    queries.KIND, queries.PREFIX, queries.fund_payables, queries.memberships_of_bills,
    contributing.take_from_bank, contributing.take_back,
)  # fmt: skip

GROUP_BUYS = PayableKind(
    queries.BUY_KIND, queries.BUY_PREFIX, queries.group_buy_payables, queries.bills_named,
    group_settling.take_bill_from_bank, group_settling.take_back_bill,
)  # fmt: skip


def follow_merge(act: Act, fact: PartiesMerged) -> None:
    """Deals belong to the one that is kept."""
    commands.move_deals(act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id)

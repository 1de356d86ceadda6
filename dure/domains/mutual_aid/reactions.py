"""What mutual aid does when a fact occurs below."""

from __future__ import annotations

from dure.domains.memberships.events import MembershipLeft
from dure.domains.memberships.queries import PayableKind
from dure.domains.parties.events import PersonErased
from dure.kernel.acts import Act

from . import commands, queries
from .commands import contributing

PAYABLES = PayableKind(
    queries.KIND, queries.PREFIX, queries.aid_payables, queries.memberships_of_aid,
    contributing.take_from_bank, contributing.take_back,
)  # fmt: skip


def follow_leaving(act: Act, fact: MembershipLeft) -> None:
    """With the membership ends the contract; what goes back by the regulation is due."""
    if queries.takes_part(fact.membership_id):
        commands.end_aid_of_leaver(
            act, membership_id=fact.membership_id, left_date=fact.left_date, reason=fact.reason
        )


def forget_claims(act: Act, fact: PersonErased) -> None:
    """What claims were about goes when the person is erased."""
    if queries.has_claimed(fact.party_id):
        commands.erase_aid_claims(act, party_id=fact.party_id)

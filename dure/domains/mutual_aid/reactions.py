"""What mutual aid does when a fact occurs below."""

from __future__ import annotations

from dure.domains.memberships.events import MembershipLeft
from dure.domains.memberships.queries import PayableKind
from dure.domains.parties.events import PartiesMerged, PersonErased
from dure.domains.self_help.events import ParticipantLeft
from dure.kernel.acts import Act

from . import commands, queries
from .commands import contributing

PAYABLES = PayableKind(
    queries.KIND, queries.PREFIX, queries.aid_payables, queries.memberships_of_aid,
    contributing.take_from_bank, contributing.take_back, queries.aid_payables_of_others,
    queries.others_fund_of_aid,
)  # fmt: skip


def follow_leaving(act: Act, fact: MembershipLeft) -> None:
    """With the membership ends the contract; what goes back by the regulation is due."""
    if queries.takes_part(membership_id=fact.membership_id):
        commands.end_aid_of_leaver(
            act, membership_id=fact.membership_id, left_date=fact.left_date, reason=fact.reason
        )


def follow_end_of_participation(act: Act, fact: ParticipantLeft) -> None:
    """With the participation in a fund run for others ends the contract there."""
    if queries.takes_part(participant_id=fact.participant_id):
        commands.end_aid_of_leaver(
            act, participant_id=fact.participant_id, left_date=fact.left_date
        )


def follow_merge(act: Act, fact: PartiesMerged) -> None:
    """A duplicate's contracts, its gifts, and its word in campaigns go with the party that is kept."""
    if queries.takes_part_at_all(fact.duplicate_id):
        commands.move_aid(act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id)
    if queries.has_campaigns(fact.duplicate_id):
        commands.move_campaign_parties(
            act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id
        )


def forget_claims(act: Act, fact: PersonErased) -> None:
    """What claims were about goes when the person is erased."""
    if queries.has_claimed(fact.party_id):
        commands.erase_aid_claims(act, party_id=fact.party_id)

"""What leaves the house when something happens here, and what happens here when parties change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dure.domains.parties.events import PartiesMerged, PersonErased
from dure.kernel.acts import Act

from . import commands, queries
from .events import (
    ApplicationRefused,
    ArrearsReminded,
    DuesBilled,
    MemberAdmitted,
    MembershipApplied,
)

News = Iterable[dict[str, Any]]  # one for each reader


def application_received(event: MembershipApplied) -> News:
    return [{"application_id": event.application_id}]


def application_refused(event: ApplicationRefused) -> News:
    return [{"application_id": event.application_id}]


def member_admitted(event: MemberAdmitted) -> News:
    return [{"membership_id": event.membership_id}]


def dues_billed(event: DuesBilled) -> News:
    """Only when the run was asked to tell its members."""
    billed = queries.memberships_billed(event.run_id) if event.notify else ()
    return ({"membership_id": pk, "run_id": event.run_id, "on": event.billed_date} for pk in billed)


def arrears_reminder(event: ArrearsReminded) -> News:
    return ({"membership_id": pk, "on": event.on} for pk in event.memberships)


OUTGOING: dict[type[Any], tuple[tuple[str, Callable[[Any], News]], ...]] = {
    MembershipApplied: (("application_received", application_received),),
    ApplicationRefused: (("application_refused", application_refused),),
    MemberAdmitted: (("member_admitted", member_admitted),),
    DuesBilled: (("dues_billed", dues_billed),),
    ArrearsReminded: (("arrears_reminder", arrears_reminder),),
}


def follow_merge(act: Act, fact: PartiesMerged) -> None:
    """A duplicate's memberships go with the party that is kept."""
    commands.move_memberships(act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id)


def forget_applicant(act: Act, fact: PersonErased) -> None:
    """What a person wrote in an application goes when the person is erased."""
    commands.erase_member_data(act, party_id=fact.party_id)

"""What leaves the house when something happens here, and what happens here when parties change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dure.domains.parties.events import PartiesMerged, PersonErased
from dure.kernel.acts import Act

from . import commands
from .events import (
    ApplicationRefused,
    ArrearsReminded,
    DuesBilled,
    MemberAdmitted,
    MembershipApplied,
)


def application_received(event: MembershipApplied) -> dict[str, Any]:
    return {"application_id": event.application_id}


def application_refused(event: ApplicationRefused) -> dict[str, Any]:
    return {"application_id": event.application_id}


def member_admitted(event: MemberAdmitted) -> dict[str, Any]:
    return {"membership_id": event.membership_id}


def dues_billed(event: DuesBilled) -> dict[str, Any] | None:
    """Only when the run was asked to tell its members."""
    if not event.notify or not event.count:
        return None
    return {"run_id": event.run_id, "on": event.billed_date}


def arrears_reminder(event: ArrearsReminded) -> dict[str, Any]:
    return {"memberships": event.memberships, "on": event.on}


OUTGOING: dict[type[Any], tuple[tuple[str, Callable[[Any], Any]], ...]] = {
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

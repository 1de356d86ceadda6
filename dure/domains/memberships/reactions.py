"""What leaves the house when something happens here, and what happens here when parties change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dure.domains.parties.events import (
    OrganisationDesignated,
    PartiesMerged,
    PeopleSetApart,
    PersonErased,
)
from dure.kernel.acts import Act

from . import commands, queries
from .events import (
    AppealDecided,
    ApplicationApproved,
    ApplicationLapsed,
    ApplicationRefused,
    ArrearsReminded,
    CodeSignaturesAsked,
    ConductAppealDecided,
    ConductDecided,
    ConductNoticeGiven,
    DesignatedEntered,
    DuesBilled,
    MemberAdmitted,
    MembershipApplied,
    ShareClaimsReminded,
    ShareRefundApproved,
    ShareRefundAsked,
)

News = Iterable[dict[str, Any]]  # one for each reader


def application_received(event: MembershipApplied) -> News:
    return [{"application_id": event.application_id}]


def application_refused(event: ApplicationRefused) -> News:
    return [{"application_id": event.application_id}]


def application_approved(event: ApplicationApproved) -> News:
    return [{"application_id": event.application_id}]


def application_lapsed(event: ApplicationLapsed) -> News:
    return [{"application_id": event.application_id}]


def appeal_decided(event: AppealDecided) -> News:
    return [{"application_id": event.application_id}]


def designated_entered(event: DesignatedEntered) -> News:
    return [{"membership_id": event.membership_id}]


def member_admitted(event: MemberAdmitted) -> News:
    return [{"membership_id": event.membership_id}]


def of_case(event: ConductNoticeGiven | ConductDecided | ConductAppealDecided) -> News:
    """To the member that the case is about."""
    return [{"case_id": event.case_id}]


def code_to_sign(event: CodeSignaturesAsked) -> News:
    return ({"membership_id": pk, "on": event.on} for pk in event.memberships)


def share_refund_asked(event: ShareRefundAsked) -> News:
    return [{"membership_id": event.membership_id}]


def share_refund_approved(event: ShareRefundApproved) -> News:
    return [{"membership_id": event.membership_id}]


def share_claim_lapsing(event: ShareClaimsReminded) -> News:
    return ({"membership_id": pk} for pk in event.memberships)


def dues_billed(event: DuesBilled) -> News:
    """Only when the run was asked to tell its members."""
    billed = queries.memberships_billed(event.run_id) if event.notify else ()
    return ({"membership_id": pk, "run_id": event.run_id, "on": event.billed_date} for pk in billed)


def arrears_reminder(event: ArrearsReminded) -> News:
    return ({"membership_id": pk, "on": event.on} for pk in event.memberships)


OUTGOING: dict[type[Any], tuple[tuple[str, Callable[[Any], News]], ...]] = {
    MembershipApplied: (("application_received", application_received),),
    ApplicationApproved: (("application_approved", application_approved),),
    ApplicationLapsed: (("application_lapsed", application_lapsed),),
    AppealDecided: (("appeal_decided", appeal_decided),),
    DesignatedEntered: (("member_admitted", designated_entered),),
    ApplicationRefused: (("application_refused", application_refused),),
    MemberAdmitted: (("member_admitted", member_admitted),),
    DuesBilled: (("dues_billed", dues_billed),),
    ConductNoticeGiven: (("conduct_notice", of_case),),
    ConductDecided: (("conduct_decision", of_case),),
    ConductAppealDecided: (("conduct_appeal", of_case),),
    CodeSignaturesAsked: (("code_to_sign", code_to_sign),),
    ArrearsReminded: (("arrears_reminder", arrears_reminder),),
    ShareRefundAsked: (("share_refund_asked", share_refund_asked),),
    ShareRefundApproved: (("share_refund_approved", share_refund_approved),),
    ShareClaimsReminded: (("share_claim_lapsing", share_claim_lapsing),),
}


def follow_merge(act: Act, fact: PartiesMerged) -> None:
    """A duplicate's memberships go with the party that is kept."""
    commands.move_memberships(act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id)


def forget_applicant(act: Act, fact: PersonErased) -> None:
    """What a person wrote in an application goes when the person is erased."""
    commands.erase_member_data(act, party_id=fact.party_id)


def keep_by_law(act: Act, fact: PeopleSetApart) -> None:
    """Of people who are set apart only their dues, shares and numbers stay."""
    commands.set_members_apart(act, party_ids=fact.people)


def enter_on_designation(act: Act, fact: OrganisationDesignated) -> None:
    """Where a procedure says so, a designation makes the organisation a member."""
    held = fact.kind in queries.designations_on(fact.party_id, act.today)
    if held and queries.enters(fact.party_id, fact.kind, act.today):
        commands.enter_designated(act, organisation_id=fact.party_id, designation=fact.kind)

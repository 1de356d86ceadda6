"""Forgetting by law: what applicants and former members wrote, and what was written about them.

Numbers, days and sums stay, so that books and deeds stay provable.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import erase_matters
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import ApplicationErased, ApplicationsErased, MemberDataErased, MembersSetApart
from ..models import (
    Appeal,
    Application,
    ArrearsStep,
    Charge,
    ClassSpell,
    CodeSignature,
    ConductCase,
    ConductNote,
    Credit,
    Exemption,
    InstalmentPlan,
    InterviewNote,
    Membership,
    PayerAlias,
    Receipt,
    ReceiptUse,
    ShareClaim,
    ShareMovement,
    StepNote,
    Waiver,
)
from ..queries.destruction import ENDED
from .admission import UNDER_WAY
from .papers.donating import refuse_if_kept

__all__ = [
    "ApplicantWasAdmitted", "ApplicationAlreadyErased", "ApplicationStillWaits", "StillBelongs",
    "erase_application", "erase_applications", "erase_member_data", "set_members_apart",
]  # fmt: skip

ERASED = "—"


class ApplicationStillWaits(Refusal):
    """What waits for its decision is still needed."""

    text = _("Application %(reference)s still waits for its decision.")
    remedy = _("Refuse it, or note that the applicant withdraws; then erase.")


class ApplicantWasAdmitted(Refusal):
    """The applicant belongs to the register; what is kept there is erased with it."""

    text = _("Application %(reference)s led to a membership.")
    remedy = _("Erase the person's data on the page of the person.")


class ApplicationAlreadyErased(Refusal):
    """Nothing personal is left of the application."""

    text = _("The personal data of application %(reference)s was erased on %(date)s.")


class StillBelongs(Refusal):
    """A person who is a member, owes dues or has shares cannot be erased."""

    text = _("%(name)s is still a member, owes dues or has shares.")
    remedy = _("End the membership and settle dues and shares first.")


@command
def erase_application(act: Act, *, application_id: int, reason: str) -> Application:
    """Forget who applied and never belonged; reference, days and the decision stay.

    Raises ApplicationStillWaits, ApplicantWasAdmitted, ApplicationAlreadyErased. Source:
    개인정보보호법 제21조, 제36조.
    """
    application: Application = Application.objects.hold(application_id)
    policies.can_erase_application(act, application).enforce()
    reason = clean_text(reason, 200, _("Reason"))
    if application.state in UNDER_WAY:
        raise ApplicationStillWaits(reference=application.reference)
    if application.state == Application.State.ADMITTED:
        raise ApplicantWasAdmitted(reference=application.reference)
    if application.erased_at is not None:
        raise ApplicationAlreadyErased(
            reference=application.reference, date=application.erased_at.date().isoformat()
        )
    # ---
    _forget(Application.objects.filter(pk=application.pk), act.at)
    record(act, ApplicationErased(application.pk, application.reference, reason))
    application.refresh_from_db()
    return application


@command
def erase_applications(act: Act, *, application_ids: tuple[int, ...], reason: str) -> int:
    """`erase_application` for many that led to nothing; how many. Those that may not go yet, or are
    gone already, are left out. Source: 개인정보보호법 제21조제1항."""
    policies.can_erase_applications(act).enforce()
    reason = clean_text(reason, 200, _("Reason"))
    ended = Application.objects.filter(state__in=ENDED, erased_at=None, pk__in=application_ids)
    ids = tuple(ended.select_for_update().order_by("pk").values_list("pk", flat=True))
    # ---
    _forget(Application.objects.filter(pk__in=ids), act.at)
    record(act, ApplicationsErased(ids, reason))
    return len(ids)


@command
def set_members_apart(act: Act, *, party_ids: tuple[int, ...]) -> int:
    """Forget of former members what no law keeps: why they wished to belong, the names they paid
    under, what was noted about late dues and conduct. Numbers, dues, shares stay. How many rows.

    Source: 개인정보보호법 제21조제1항, 제3항.
    """
    policies.can_set_members_apart(act).enforce()
    own = Membership.objects.filter(party__in=party_ids)
    # ---
    rows = _forget(Application.objects.filter(party__in=party_ids), act.at)
    rows += _forget_notes(own)
    record(act, MembersSetApart(len(party_ids), rows))
    return rows


@command
def erase_member_data(act: Act, *, party_id: int) -> int:
    """Forget what a former member wrote or was written about; numbers and sums stay. How many rows.

    Raises StillBelongs, DonorMustBeKept, ApplicationStillWaits.
    """
    policies.can_erase_member_data(act).enforce()
    own = Membership.objects.filter(party=party_id)
    owes = Charge.objects.filter(membership__in=own, amount_won__gt=F("paid_won") + F("waived_won"))
    shares = ShareMovement.objects.filter(membership__in=own).aggregate(won=Sum("amount_won"))[
        "won"
    ]
    ahead = Credit.objects.filter(
        membership__in=own, undone_date=None, amount_won__gt=F("used_won")
    )
    claims = ShareClaim.objects.filter(
        Q(membership__in=own) | Q(heir=party_id), state__in=ShareClaim.WAITING
    )
    bound = (own.filter(left_date=None), owes, ahead, claims)
    if shares or any(rows.exists() for rows in bound):
        raise StillBelongs(name=parties.party_name(party_id))
    refuse_if_kept(party_id, act.today)
    for waiting in Application.objects.filter(party=party_id, state__in=UNDER_WAY):
        raise ApplicationStillWaits(reference=waiting.reference)
    # ---
    rows = _forget(Application.objects.filter(party=party_id), act.at)
    spoke_for_others = Application.objects.filter(contact=party_id)
    rows += spoke_for_others.update(contact_name="", email="", phone="")
    receipts = Receipt.objects.filter(
        Q(allocations__charge__membership__in=own)
        | Q(credits__membership__in=own)
        | Q(uses__donor=party_id)
    )
    receipts = Receipt.objects.filter(pk__in=receipts.values("pk"))
    erase_matters([receipt.matter for receipt in receipts], act.at)
    rows += receipts.update(payer_text=ERASED, payer_key="", memo="")
    rows += _forget_notes(own)
    rows += ReceiptUse.objects.filter(donor=party_id).update(note="")
    rows += Waiver.objects.filter(charge__membership__in=own).update(reason=ERASED)
    rows += ClassSpell.objects.filter(membership__in=own).update(reason="")
    rows += Exemption.objects.filter(membership__in=own).update(reason=ERASED)
    record(act, MemberDataErased(party_id, rows))
    return rows


def _forget_notes(memberships: QuerySet[Membership]) -> int:
    """Empty what was noted about members beside the books; how many rows."""
    rows = PayerAlias.objects.filter(membership__in=memberships).delete()[0]
    rows += ArrearsStep.objects.filter(membership__in=memberships).update(note="")
    rows += InstalmentPlan.objects.filter(membership__in=memberships).update(note="")
    rows += CodeSignature.objects.filter(membership__in=memberships).update(name=ERASED)
    cases = ConductCase.objects.filter(membership__in=memberships)
    ConductNote.objects.filter(case__in=cases).update(text="")
    return rows + cases.update(reason=ERASED)


def _forget(applications: QuerySet[Application], at: datetime) -> int:
    """Empty applications, the notes on them and their texts in the log; how many rows."""
    erase_matters([one.matter for one in applications.only("pk")], at)
    notes = InterviewNote.objects.filter(application__in=applications).update(text="", answers=[])
    noted = StepNote.objects.filter(application__in=applications)
    notes += noted.update(said={}, item="", text=ERASED)
    appeals = Appeal.objects.filter(application__in=applications)
    notes += appeals.update(text=ERASED)
    appeals.exclude(reason="").update(reason=ERASED)
    applications.exclude(decision_reason="").update(decision_reason=ERASED)
    return notes + applications.update(
        name=ERASED,
        contact_name="",
        email="",
        phone="",
        registration_number="",
        motivation="",
        answers={},
        erased_at=at,
    )

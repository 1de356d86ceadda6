"""A claim from its filing to the appeal: the member's side of it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import enforce, keep
from dure.domains.loans.queries import rules_of
from dure.domains.parties.rules.texts import clean_text
from dure.kernel import files, secrets
from dure.kernel.acts import Act
from dure.kernel.dates import after_months
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import (
    AidClaimFiled,
    AidClaimsErased,
    AidClaimWithdrawn,
    AidEvidenceAdded,
    AidRefusalAppealed,
)
from ..models import AidClaim, AidEnrolment, AidGrant
from ..queries import claims as queries
from ..queries.takers import taker_of
from ..rules.claiming import Wish
from ..rules.events import AidEvent, Relation
from .enrolling import hold_enrolment
from .steps import need

__all__ = [
    "AidAppealTooLate", "AidClaimWaitsAlready", "AidConsentMissing", "AidEventUnknown",
    "AidNothingSaid", "add_aid_evidence", "appeal_aid_refusal", "erase_aid_claims", "file_aid_claim",
    "withdraw_aid_claim",
]  # fmt: skip

State = AidClaim.State
COVERED = (AidEnrolment.State.RUNNING, AidEnrolment.State.LAPSED, AidEnrolment.State.ENDED)
LONGEST = 1000  # letters of what happened


class AidEventUnknown(InvalidInput):
    """An event and a relation are of those known; the day is not to come."""

    text = _("Choose what happened to whom, and type the day on which it happened.")


class AidConsentMissing(InvalidInput):
    """What happened is read by others only with consent."""

    text = _("Without your consent nobody may read what you write and add here.")
    remedy = _("Tick the consent; what you send is then read by those who review claims only.")


class AidNothingSaid(InvalidInput):
    """An appeal says why."""

    text = _("Say what happened, or why the decision is wrong.")


class AidClaimWaitsAlready(Refusal):
    """The same event is claimed once."""

    text = _("This event was claimed already: the claim is %(state)s.")


class AidAppealTooLate(Refusal):
    """The time for an appeal runs out."""

    text = _("An appeal was possible until %(date)s.")


@command
def file_aid_claim(
    act: Act,
    *,
    enrolment_id: int,
    event: str,
    relation: str,
    event_date: date,
    about: str,
    consented: bool = False,
) -> AidClaim:
    """Claim aid for what happened; the answer of the rules is kept with the claim, what is written
    is sealed.

    Raises RuleNotMet with every rule that was asked, AidEventUnknown, AidConsentMissing,
    AidNothingSaid, AidClaimWaitsAlready, AidNotWaiting, BenefitRests.
    """
    enrolment = hold_enrolment(enrolment_id)
    policies.can_file_aid_claim(act, enrolment.party_id).enforce()
    need(enrolment, *COVERED)
    if event not in list(AidEvent) or relation not in list(Relation) or event_date > act.today:
        raise AidEventUnknown
    about = clean_text(about, LONGEST, _("What happened"))
    if not about:
        raise AidNothingSaid
    if not consented:
        raise AidConsentMissing
    if enrolment.state == AidEnrolment.State.RUNNING:
        taker_of(enrolment, act.today).need_benefit(act.today)
    same = AidClaim.objects.filter(
        enrolment=enrolment, event=event, relation=relation, event_date=event_date
    )
    there = same.exclude(state=State.WITHDRAWN).first()
    if there is not None:
        raise AidClaimWaitsAlready(state=there.get_state_display())
    answer = queries.judge_claim(enrolment, Wish(event, relation, event_date), act.today)
    enforce(answer.findings)
    assert answer.line is not None, "the rules passed a claim that nothing was promised for"
    # ---
    claim = AidClaim.objects.create(
        enrolment=enrolment, event=event, relation=relation, event_date=event_date,
        about_secret=secrets.encrypt(about), consented=True, evidence_asked=answer.line.evidence,
        won=answer.won, filed_at=act.at, findings=keep(answer.findings),
    )  # fmt: skip
    record(act, AidClaimFiled(claim.pk, claim.party_id, claim.won))
    return claim


@command
def add_aid_evidence(act: Act, *, claim_id: int, name: str, content: bytes) -> int:
    """Add a photograph or a paper to a claim that waits: kept sealed, read by those who review, gone
    by schedule; its number. Raises AidNotWaiting, FileUnfit, FileThereAlready, TooManyFiles."""
    claim = hold_claim(claim_id)
    policies.can_add_aid_evidence(act, claim).enforce()
    need(claim, State.FILED, State.REFUSED, State.APPEALED)
    # ---
    kept = files.keep_file(
        act, subject_id=claim.party_id, matter=claim.matter, name=name, content=content
    )
    record(act, AidEvidenceAdded(claim.pk, claim.party_id))
    return kept.pk


@command
def withdraw_aid_claim(act: Act, *, claim_id: int) -> AidClaim:
    """Take a claim back before it is paid; what was promised is free again. Raises AidNotWaiting."""
    claim = hold_claim(claim_id)
    policies.can_withdraw_aid_claim(act, claim).enforce()
    need(claim, State.FILED, State.APPROVED)
    # ---
    claim.state, claim.committed_won = State.WITHDRAWN, 0
    claim.save(update_fields=["state", "committed_won"])
    keep_evidence(claim, act.today)
    record(act, AidClaimWithdrawn(claim.pk, claim.party_id))
    return claim


@command
def appeal_aid_refusal(act: Act, *, claim_id: int, text: str) -> AidClaim:
    """Appeal against a refusal, in time and once. Raises AidNotWaiting, AidAppealTooLate,
    AidNothingSaid."""
    claim = hold_claim(claim_id)
    policies.can_appeal_aid_refusal(act, claim).enforce()
    need(claim, State.REFUSED)
    text = clean_text(text, LONGEST, _("Why"))
    if not text:
        raise AidNothingSaid
    assert claim.appeal_until is not None
    if act.today > claim.appeal_until:
        raise AidAppealTooLate(date=claim.appeal_until.isoformat())
    # ---
    claim.state, claim.appealed_date = State.APPEALED, act.today
    claim.appeal_secret = secrets.encrypt(text)
    claim.save(update_fields=["state", "appealed_date", "appeal_secret"])
    keep_evidence(claim, None)
    record(act, AidRefusalAppealed(claim.pk, claim.party_id))
    return claim


@command
def erase_aid_claims(act: Act, *, party_id: int) -> int:
    """Erase what the claims of a person were about; that and how much was given stays."""
    policies.can_erase_aid_claims(act).enforce()
    rows = AidClaim.objects.filter(enrolment__party=party_id)
    # ---
    rows.exclude(reason="").update(reason=ERASED)
    AidGrant.objects.filter(membership__party=party_id).update(about_secret="")
    count = rows.update(about_secret="", appeal_secret="", second_reason="", waived="")
    record(act, AidClaimsErased(party_id, count))
    return count


ERASED = "—"


def hold_claim(claim_id: int) -> AidClaim:
    """The claim in hand. Raises NotFound."""
    rows = AidClaim.objects.select_related("enrolment__plan")
    found: AidClaim = rows.hold(claim_id)
    return found


def keep_evidence(claim: AidClaim, closed: date | None) -> None:
    """How long the evidence of a claim is kept after it was closed; None: it is open again."""
    until = closed and after_months(
        closed,
        rules_of(claim.enrolment.plan.fund, closed).number("mutual_aid.evidence_kept_months"),
    )
    files.keep_files_until(claim.matter, until)

"""What the letters of the outbox need to know, read when they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Min, QuerySet, Sum

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties

from ..models import Application, Charge, ConductCase, Membership
from ..rules.conduct import BODIES, ConductKind
from .applications_checklist import checklist_of
from .applications_status import status_letter
from .procedures import applied_on
from .shares import claim_days, holding

__all__ = ["LetterFacts", "case_letter", "letter_facts", "memberships_billed"]


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """To whom, and what about; what a kind of letter does not need is empty."""

    email: str
    name: str
    number: int | None = None
    reference: str = ""
    member_class: str = ""
    joined_date: date | None = None
    reason: str = ""
    amount_won: int = 0
    due_date: date | None = None
    body: str = ""  # who hears the appeal, or decided it
    granted: bool = False
    letter: str = ""  # opens the applicant's own page
    case: CaseFacts | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a letter about a case of conduct says."""

    id: int
    kind: str
    is_review: bool
    ground: str
    article: str
    reason: str
    meeting_date: date | None
    bodies: tuple[str, ...]  # competent to decide
    body: str  # who decided: first, or on the appeal
    decided_date: date | None
    upheld: bool
    minutes: str
    from_date: date | None
    until_date: date | None
    appeal_until_date: date | None


_TO_APPLICANTS = (
    "application_received",
    "application_approved",
    "application_refused",
    "application_lapsed",
    "appeal_decided",
)


def letter_facts(kind: str, payload: Mapping[str, Any]) -> LetterFacts | None:
    """What a letter is about; None when there is nothing to say. Kinds: see `reactions.OUTGOING`."""
    if kind in _TO_APPLICANTS:
        return _of_application(payload["application_id"])
    if kind.startswith("conduct_"):
        return case_letter(kind, payload["case_id"])
    membership = (
        Membership.objects.select_related("party", "application")
        .filter(pk=payload["membership_id"])
        .first()
    )
    if membership is None:
        return None
    if kind.startswith("share_"):
        return _of_shares(membership)
    if kind == "code_to_sign":
        return LetterFacts(
            email=_email(membership.party_id, payload["on"]),
            name=membership.party.name,
            number=membership.number,
        )
    if kind == "member_admitted":
        return _of_admission(membership)
    charges = Charge.objects.filter(
        membership=membership, amount_won__gt=F("paid_won") + F("waived_won")
    )
    if kind == "dues_billed":
        return _of_charges(membership, charges.filter(run=payload["run_id"]), payload["on"])
    assert kind == "arrears_reminder", kind
    late = charges.filter(due_date__lt=payload["on"])
    return _of_charges(membership, late, payload["on"])


def memberships_billed(run_id: int) -> QuerySet[Charge, int]:
    """Ids of the memberships that a run charged."""
    charges = Charge.objects.filter(run=run_id).order_by("membership_id")
    return charges.values_list("membership_id", flat=True).distinct()


def case_letter(kind: str, case_id: int, meeting_date: date | None = None) -> LetterFacts | None:
    """What a letter about a case says; None where that step was not taken. `meeting_date`: of a notice
    that is to be printed before it is given."""
    case = ConductCase.objects.select_related("membership__party").filter(pk=case_id).first()
    if case is None:
        return None
    steps = {one.step: one for one in case.notes.order_by("pk")}
    step = steps.get(
        {"conduct_decision": "decision", "conduct_appeal": "appeal_decision"}.get(kind, "")
    )
    meeting = meeting_date or case.meeting_date
    if (step is None and kind != "conduct_notice") or (kind == "conduct_notice" and not meeting):
        return None
    member = case.membership
    day = step.on_date if step else case.notice_date or case.opened_date
    book, key = bylaws.rules_on(day), f"{case.kind}.body"
    competent = book.choices(key) if key in book else frozenset(dict(BODIES))
    return LetterFacts(
        email=_email(member.party_id, day),
        name=member.party.name,
        number=member.number,
        case=CaseFacts(
            id=case.pk,
            kind=case.get_kind_display(),
            is_review=case.kind == ConductKind.REVIEW,
            ground=case.get_ground_display(),
            article=case.article,
            reason=case.reason,
            meeting_date=meeting,
            bodies=tuple(str(name) for code, name in BODIES if code in competent),
            body=step.get_body_display() if step else "",
            decided_date=step.on_date if step else None,
            upheld=step is not None and step.outcome == "upheld",
            minutes=step.minutes if step else "",
            from_date=case.from_date,
            until_date=case.until_date,
            appeal_until_date=case.appeal_until_date,
        ),
    )


def _of_application(application_id: int) -> LetterFacts | None:
    a = (
        Application.objects.select_related("member_class", "procedure")
        .filter(pk=application_id)
        .first()
    )
    if a is None or a.erased_at is not None:
        return None
    found = checklist_of(a, a.decided_date or applied_on(a))
    appeal = found.appeal if found else None
    may_appeal = found is not None and found.appeal_until_date is not None and appeal is None
    return LetterFacts(
        email=a.email,
        name=a.contact_name or a.name,
        reference=a.reference,
        member_class=a.member_class.name,
        reason=appeal.reason if appeal else a.decision_reason,
        amount_won=found.owed_won if found else 0,
        due_date=a.pay_until_date or (found.appeal_until_date if found and may_appeal else None),
        body=appeal.body if appeal else found.appeal_body if found and may_appeal else "",
        granted=bool(appeal and appeal.granted),
        letter=status_letter(a.pk),
    )


def _of_admission(m: Membership) -> LetterFacts:
    spell = m.spells.select_related("member_class").order_by("from_date").first()
    application = getattr(m, "application", None)
    email = application.email if application is not None else ""
    return LetterFacts(
        email=email or _email(m.party_id, m.joined_date),
        name=m.party.name,
        number=m.number,
        member_class=spell.member_class.name if spell else "",
        joined_date=m.joined_date,
    )


def _of_shares(m: Membership) -> LetterFacts | None:
    """What is claimed, or may be until the claim lapses."""
    if m.left_date is None:
        return None
    _first, lapses = claim_days(m.left_date)
    claim = m.claims.order_by("-pk").first()
    won = (claim.amount_won or claim.paid_in_won) if claim else holding(m.pk).won
    return LetterFacts(
        email=_email(m.party_id, m.left_date),
        name=m.party.name,
        number=m.number,
        amount_won=won,
        due_date=lapses,
        reason=claim.decided_by if claim else "",
    )


def _of_charges(m: Membership, charges: QuerySet[Charge], on: date) -> LetterFacts | None:
    owed = charges.aggregate(
        won=Sum(F("amount_won") - F("paid_won") - F("waived_won")), due=Min("due_date")
    )
    if not owed["won"]:
        return None
    return LetterFacts(
        email=_email(m.party_id, on),
        name=m.party.name,
        number=m.number,
        amount_won=owed["won"],
        due_date=owed["due"],
    )


def _email(party_id: int, on: date) -> str:
    """Where letters to a party go: a person's own address, else that of who speaks for it."""
    contact = parties.contacts_of([party_id], on).get(party_id)
    return contact[2] if contact else parties.person_email(party_id)

"""What an applicant sees of its application, by the letter sent to it: no account is needed.

A letter is a signed name of the application, made when it is written: nothing that opens the page
lies in the database. The letter for sponsors opens less.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core import signing

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from ..models import Application
from .applications_checklist import Checklist, StepLine, checklist_of

__all__ = [
    "Sponsored", "Status", "application_of", "sponsored", "sponsors_letter", "status_letter",
    "status_of",
]  # fmt: skip

_APPLICANT, _SPONSOR = "memberships.application", "memberships.sponsor"


@dataclass(frozen=True, slots=True)
class Status:
    """An application as the applicant sees it."""

    id: int
    reference: str
    name: str
    member_class: str
    state: str
    state_text: str
    applied_at: datetime
    decided_date: date | None
    decided_by: str
    decision_reason: str
    number: int | None
    joined_date: date | None
    checklist: Checklist | None
    sponsors_letter: str

    @property
    def is_waiting(self) -> bool:
        return self.state in ("applied", "interviewed")

    @property
    def pledges(self) -> tuple[StepLine, ...]:
        """What the applicant is to sign itself."""
        steps = self.checklist.steps if self.checklist and self.is_waiting else ()
        return tuple(step for step in steps if step.deed == "sign_pledge" and not step.done)


@dataclass(frozen=True, slots=True)
class Sponsored:
    """An application as its sponsors see it: who applies for what, and who of them may sponsor."""

    id: int
    name: str
    member_class: str
    motivation: str
    step: StepLine
    is_waiting: bool
    own: tuple[tuple[int, str], ...]  # in whose name the actor may sponsor


def status_letter(application_id: int) -> str:
    """The letter that opens the applicant's page."""
    return signing.Signer(salt=_APPLICANT).sign_object(application_id)


def sponsors_letter(application_id: int) -> str:
    """The letter that opens the page for sponsors."""
    return signing.Signer(salt=_SPONSOR).sign_object(application_id)


def application_of(letter: str) -> int:
    """The application a letter opens. Raises NotFound."""
    return _opened(letter, _APPLICANT)


def status_of(act: Act, letter: str) -> Status:
    """The application a letter opens, as its applicant sees it. Raises NotFound."""
    found = (
        Application.objects.select_related("member_class", "procedure", "membership")
        .filter(pk=_opened(letter, _APPLICANT), erased_at=None)
        .first()
    )
    if found is None:
        raise NotFound
    membership = found.membership
    return Status(
        id=found.pk,
        reference=found.reference,
        name=found.name,
        member_class=found.member_class.name,
        state=found.state,
        state_text=found.get_state_display(),
        applied_at=found.applied_at,
        decided_date=found.decided_date,
        decided_by=found.decided_by,
        decision_reason=found.decision_reason,
        number=membership.number if membership else None,
        joined_date=membership.joined_date if membership else None,
        checklist=checklist_of(found, act.today),
        sponsors_letter=sponsors_letter(found.pk),
    )


def sponsored(act: Act, letter: str) -> Sponsored:
    """The application a sponsors' letter opens. Raises NotFound."""
    found = (
        Application.objects.select_related("member_class", "procedure")
        .filter(pk=_opened(letter, _SPONSOR), erased_at=None)
        .first()
    )
    checklist = checklist_of(found, act.today) if found else None
    if found is None or checklist is None or checklist.sponsors is None:
        raise NotFound
    own = sorted(act.things("representative"))
    if act.actor_id is not None:
        own = [act.actor_id, *own]
    names = parties.names_of(own)
    return Sponsored(
        id=found.pk,
        name=found.name,
        member_class=found.member_class.name,
        motivation=found.motivation,
        step=checklist.sponsors,
        is_waiting=checklist.is_waiting,
        own=tuple((pk, names[pk]) for pk in own if pk in names),
    )


def _opened(letter: str, salt: str) -> int:
    try:
        found = signing.Signer(salt=salt).unsign_object(letter)
    except signing.BadSignature as error:
        raise NotFound from error
    if not isinstance(found, int):
        raise NotFound
    return found

"""Applications and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from dure.domains.bylaws.rules import Finding, Rulebook
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Application, InterviewNote, MemberClass
from ..rules.procedures import Ballot, StepKind, judged_ballot
from .applications_checklist import Checklist, checklist_of
from .applications_status import status_letter

__all__ = [
    "ApplicationCard", "NoteLine", "application_card", "applications_visible_to",
    "applications_waiting", "interview_choices", "kind_choices", "waiting_count",
    "application_choices", "application_for_vote", "ballot_findings",
]  # fmt: skip

WAITING = (Application.State.APPLIED, Application.State.INTERVIEWED)


@dataclass(frozen=True, slots=True)
class NoteLine:
    visit_date: date
    form: str
    interviewers: str
    opinion: str
    opinion_code: str
    text: str
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicationCard:
    id: int
    reference: str
    member_class: str
    class_code: str
    kind: str
    name: str
    contact_name: str
    email: str
    phone: str
    registration_number: str
    motivation: str
    answers: tuple[tuple[str, str], ...]
    consents: tuple[str, ...]
    state: str
    state_text: str
    applied_at: datetime
    decided_date: date | None
    decided_by: str
    decision_reason: str
    membership_id: int | None
    party_id: int | None
    by_meeting: bool  # a body decides, by resolution
    notes: tuple[NoteLine, ...]
    interview_required: bool
    erased_at: datetime | None
    alike: tuple[parties.PartyFound, ...]  # parties the applicant may be
    procedure_id: int | None
    checklist: Checklist | None  # how far it is in its procedure; None: a simple decision
    letter: str  # opens the applicant's own page

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def asks_interview(self) -> bool:
        """Whether interviews have a place on its page: some are noted, or one may be."""
        steps = self.checklist.steps if self.checklist else ()
        asked = any(step.deed == "note_interview" for step in steps)
        return bool(self.notes) or asked or self.checklist is None

    @property
    def may_be_erased(self) -> bool:
        """Decided, nobody's membership, and not yet empty."""
        ended = (
            Application.State.REFUSED,
            Application.State.WITHDRAWN,
            Application.State.LAPSED,
        )
        return self.erased_at is None and self.state in ended

    @property
    def needs_interview(self) -> bool:
        return self.interview_required and not self.notes and self.checklist is None


def applications_visible_to(
    act: Act, *, state: str = "", search: str = ""
) -> QuerySet[Application]:
    """Applications, oldest waiting first; `state` may be "waiting". The office only."""
    policies.can_see_applications(act).enforce()
    rows = Application.objects.select_related("member_class")
    if state == "waiting":
        rows = rows.filter(state__in=WAITING)
    elif state:
        rows = rows.filter(state=state)
    if search.strip():
        rows = rows.filter(name__icontains=search.strip())
    return rows.order_by("applied_at", "pk")


def applications_waiting(act: Act) -> QuerySet[Application]:
    """Applications that wait for an interview or a decision."""
    return applications_visible_to(act, state="waiting")


def waiting_count() -> int:
    """How many applications wait; a number for desks."""
    return Application.objects.filter(state__in=WAITING).count()


def application_choices() -> list[tuple[int, str]]:
    """Applications that wait for a decision, to be put to a body."""
    rows = Application.objects.filter(state__in=WAITING).order_by("applied_at", "pk")[:200]
    return [(one.pk, f"{one.name} ({one.reference})") for one in rows]


def application_for_vote(application_id: int) -> tuple[str, bool, int | None]:
    """Who applies, whether a procedure counts the ballot, and the party concerned. Raises NotFound."""
    found = Application.objects.filter(pk=application_id, state__in=WAITING).first()
    if found is None:
        raise NotFound
    return found.name, found.procedure_id is not None, found.party_id


def ballot_findings(application_id: int, ballot: Ballot, book: Rulebook) -> tuple[Finding, ...]:
    """What the procedure of an application asks of a count, whoever counts it: its quorum and, last,
    its majority; nothing without a procedure."""
    found = Application.objects.select_related("procedure").filter(pk=application_id).first()
    procedure = found.procedure.read() if found and found.procedure else None
    step = procedure.first(StepKind.DECISION) if procedure else None
    return judged_ballot(step, ballot, book) if step else ()


def _by_meeting(act: Act, application: Application) -> bool:
    judge = (
        policies.can_decide_application if application.procedure_id else policies.can_admit_member
    )
    return bool(policies.decides_on_application(act, application)) and not judge(act, application)


def application_card(act: Act, application_id: int) -> ApplicationCard:
    """One application; reading it is logged. Raises NotFound, Denied."""
    policies.can_see_applications(act).enforce()
    found = (
        Application.objects.select_related("member_class", "procedure")
        .filter(pk=application_id)
        .first()
    )
    if found is None:
        raise NotFound
    note_read(act, found.party_id, f"memberships.application {found.reference}")
    notes = tuple(
        NoteLine(
            n.visit_date,
            n.get_form_display(),
            n.interviewers,
            n.get_opinion_display(),
            n.opinion,
            n.text,
            tuple((str(q), str(a)) for q, a in n.answers),
        )
        for n in InterviewNote.objects.filter(application=found).order_by("visit_date", "pk")
    )
    texts = {t.id: t.title for t in parties.all_consent_texts()}
    alike: tuple[parties.PartyFound, ...] = ()
    if found.state in WAITING and found.party_id is None:
        alike = tuple(parties.search_parties(found.name, limit=5, kind=found.kind))
    return ApplicationCard(
        id=found.pk,
        reference=found.reference,
        member_class=found.member_class.name,
        class_code=found.member_class.code,
        kind=found.kind,
        name=found.name,
        contact_name=found.contact_name,
        email=found.email,
        phone=found.phone,
        registration_number=found.registration_number,
        motivation=found.motivation,
        answers=tuple((str(q), str(a)) for q, a in found.answers.items()),
        consents=tuple(texts.get(c["text"], "?") for c in found.consents),
        state=found.state,
        state_text=found.get_state_display(),
        applied_at=found.applied_at,
        decided_date=found.decided_date,
        decided_by=found.decided_by,
        decision_reason=found.decision_reason,
        membership_id=found.membership_id,
        party_id=found.party_id,
        by_meeting=found.state in WAITING and _by_meeting(act, found),
        notes=notes,
        interview_required=found.member_class.interview_required,
        erased_at=found.erased_at,
        alike=alike,
        procedure_id=found.procedure_id,
        checklist=checklist_of(found, act.today),
        letter=status_letter(found.pk),
    )


def interview_choices() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The forms and opinions of an interview, with their words."""
    return (
        [(str(v), str(label)) for v, label in InterviewNote.Form.choices],
        [(str(v), str(label)) for v, label in InterviewNote.Opinion.choices],
    )


def kind_choices(member_class: MemberClass) -> list[tuple[str, str]]:
    """Who may apply for the class."""
    every = [(str(v), str(label)) for v, label in Application.Kind.choices]
    return [c for c in every if member_class.who in (MemberClass.Who.ANY, c[0])]

"""From the wish to belong to the decision: apply, interview, withdraw."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.domains.parties.rules.names import clean_name
from dure.domains.parties.rules.numbers import read_business_number
from dure.domains.parties.rules.texts import clean_text, read_email, read_phone
from dure.kernel.acts import SEOUL, Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import ApplicationWithdrawn, InterviewNoted, MembershipApplied
from ..models import Application, InterviewNote, MemberClass, Membership, Procedure
from ..rules import procedures
from ..rules.texts import read_lines

__all__ = [
    "AlreadyApplied", "AlreadyMember", "ApplicantUnnamed", "ApplicantUnreachable",
    "ApplicationAlreadyDecided", "ConsentMissing", "DateInFuture", "NotOpenForApplications",
    "QuestionsUnanswered", "StillMemberThen", "UNDER_WAY", "WAITING", "WrongKindOfMember",
    "apply_for_membership", "note_interview", "withdraw_application",
]  # fmt: skip

WAITING = (Application.State.APPLIED, Application.State.INTERVIEWED)
UNDER_WAY = (*WAITING, Application.State.APPROVED)  # not decided, or approved and not yet paid


class ApplicantUnnamed(InvalidInput):
    """An application needs a name."""

    text = _("Say whether an organisation or a person applies, and its name.")


class ApplicantUnreachable(InvalidInput):
    """An application needs a way to answer it."""

    text = _(
        "Type an e-mail address such as kim@example.kr, or a telephone number, so that we can answer."
    )


class WrongKindOfMember(Refusal):
    """The class is for the other kind of party."""

    text = _("“%(class)s” is for %(who)s only.")
    remedy = _("Choose another kind of membership.")


class AlreadyApplied(Refusal):
    """An application under this name and address waits for its decision."""

    text = _("An application of %(name)s was received already and waits for its decision.")
    remedy = _("The secretariat will answer. There is no need to apply twice.")


class AlreadyMember(Refusal):
    """The party has an open membership."""

    text = _("%(name)s is a member already (no. %(number)s, since %(date)s).")
    remedy = _("To change the kind of membership, use the member's page.")


class ConsentMissing(Refusal):
    """A consent without which the application cannot be handled was not given."""

    text = _("Without the consent “%(title)s” the application cannot be handled.")
    remedy = _("Read the text and tick it, or bring the application to the office on paper.")
    status = 422


class StillMemberThen(Refusal):
    """An earlier membership of the same party ends later."""

    text = _("%(name)s was a member until %(date)s; the new membership cannot begin earlier.")


class ApplicationAlreadyDecided(Refusal):
    """Someone decided the application before."""

    text = _(
        "Application %(reference)s is decided already: %(state)s on %(date)s by %(decided_by)s."
    )
    remedy = _("Open the application to see the decision.")


class QuestionsUnanswered(InvalidInput):
    """The form of the interview is part of the procedure."""

    text = _("The interview asks: %(questions)s. Type an answer to each.")


class NotOpenForApplications(Refusal):
    """The procedure of the class takes no applications, or not yet."""

    text = _("Nobody can apply for “%(class)s” now. %(reason)s")


class DateInFuture(InvalidInput):
    """Something that happened cannot have happened tomorrow."""

    text = _("%(date)s lies in the future.")


@command
def apply_for_membership(
    act: Act,
    *,
    member_class: str,
    kind: str,
    name: str,
    contact_name: str = "",
    email: str = "",
    phone: str = "",
    registration_number: str = "",
    motivation: str = "",
    answers: tuple[tuple[str, str], ...] = (),
    consents: tuple[int, ...] = (),
    party_id: int | None = None,
    applied_date: date | None = None,
) -> Application:
    """Ask to become a member. Open to anyone; `party_id` only for oneself or by the office.

    `kind`: organisation or person; `consents`: ids of the consent texts agreed to; `applied_date`:
    when it came on paper, by the office: the procedure of that day holds. Raises ApplicantUnnamed,
    ApplicantUnreachable, WrongKindOfMember, ConsentMissing, AlreadyApplied, AlreadyMember,
    NotOpenForApplications, DateInFuture.
    """
    wanted = MemberClass.objects.filter(code=member_class).first()
    if wanted is None:
        raise NotFound
    policies.can_apply_for_membership(act, wanted).enforce()
    if party_id is not None:
        policies.can_apply_as(act, party_id).enforce()
        name = parties.party_name(party_id)
        kind = _kind_of(party_id)
    if kind not in Application.Kind.values:
        raise ApplicantUnnamed
    name, contact_name = clean_name(name), clean_text(contact_name, 60, _("Contact person"))
    email, phone = read_email(email, _("E-mail")), read_phone(phone, _("Telephone"))
    registration_number = read_business_number(registration_number)
    motivation = read_lines(motivation, 4000, _("Why you want to join"))
    if not (email or phone or party_id):
        raise ApplicantUnreachable
    _fitting(wanted, kind)
    by_office = bool(policies.can_note_interview(act, Application()))
    day = applied_date if applied_date and by_office else act.today
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    procedure = _open_procedure(wanted, day)
    required = {t.id: t.title for t in parties.consent_texts(act.today) if t.is_required}
    if not by_office:
        for text_id in required.keys() - set(consents):
            raise ConsentMissing(title=required[text_id])
    _not_yet(party_id)
    same = Application.objects.filter(state__in=UNDER_WAY)
    same = (
        same.filter(party=party_id)
        if party_id
        else same.filter(name=name, email__iexact=email, phone=phone)
    )
    if same.exists():
        raise AlreadyApplied(name=name)
    # ---
    application = Application.objects.create(
        reference=act.key.hex[:10].upper(),
        member_class=wanted,
        party_id=party_id,
        kind=kind,
        name=name,
        contact_name=contact_name,
        email=email,
        phone=phone,
        registration_number=registration_number,
        motivation=motivation,
        answers={q[:200]: read_lines(a, 2000, q) for q, a in answers[:20]},
        consents=[{"text": text_id, "at": act.at.isoformat()} for text_id in consents],
        applied_at=act.at if day == act.today else datetime.combine(day, time(12), SEOUL),
        procedure=procedure,
    )
    record(
        act,
        MembershipApplied(
            application.pk,
            application.reference,
            wanted.name,
            Personal(name, party_id, application.matter),
            party_id,
        ),
    )
    return application


@command
def note_interview(
    act: Act,
    *,
    application_id: int,
    visit_date: date,
    interviewers: str,
    opinion: str,
    form: str = "visit",
    text: str = "",
    answers: tuple[tuple[str, str], ...] = (),
) -> InterviewNote:
    """Keep what the visit found. `opinion`: favourable, neutral, against; `answers`: to the
    questions of the procedure. Raises ApplicationAlreadyDecided, DateInFuture, QuestionsUnanswered.
    """
    application: Application = Application.objects.hold(application_id)
    policies.can_note_interview(act, application).enforce()
    _undecided(application)
    if visit_date > act.today:
        raise DateInFuture(date=visit_date.isoformat())
    if opinion not in InterviewNote.Opinion.values or form not in InterviewNote.Form.values:
        raise NotFound
    interviewers = clean_text(interviewers, 200, _("Interviewers"))
    text = read_lines(text, 4000, _("What was found"))
    answered = list(_answered(application, dict(answers)))
    # ---
    note = InterviewNote.objects.create(
        application=application,
        visit_date=visit_date,
        form=form,
        opinion=opinion,
        interviewers=interviewers,
        text=text,
        answers=answered,
        noted_at=act.at,
        noted_by_id=act.actor_id,
    )
    application.state = Application.State.INTERVIEWED
    application.save(update_fields=["state"])
    record(
        act,
        InterviewNoted(
            application.pk,
            application.reference,
            visit_date,
            form,
            opinion,
            Personal(text, application.party_id, application.matter),
        ),
    )
    return note


@command
def withdraw_application(act: Act, *, application_id: int) -> Application:
    """The applicant takes the application back. Raises ApplicationAlreadyDecided."""
    application: Application = Application.objects.hold(application_id)
    policies.can_withdraw_application(act, application).enforce()
    _undecided(application)
    # ---
    application.state, application.decided_date = Application.State.WITHDRAWN, act.today
    application.save(update_fields=["state", "decided_date"])
    record(act, ApplicationWithdrawn(application.pk, application.reference))
    return application


def _open_procedure(wanted: MemberClass, day: date) -> Procedure | None:
    """The procedure an application of a day is made under. Raises NotOpenForApplications."""
    row = queries.procedure_on(wanted.pk, day)
    if row is None:
        return None
    if closed := queries.why_closed(row.read(), day):
        raise NotOpenForApplications(**{"class": wanted.name, "reason": closed})
    return row


def _answered(application: Application, answers: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every question of the procedure's interview with its answer. Raises QuestionsUnanswered."""
    procedure = application.procedure.read() if application.procedure else None
    step = procedure.first(procedures.StepKind.INTERVIEW) if procedure else None
    for question in step.items if step else ():
        answer = read_lines(answers.get(question, ""), 2000, question)
        if not answer:
            raise QuestionsUnanswered(questions=" / ".join(step.items if step else ()))
        yield question, answer


def _kind_of(party_id: int) -> str:
    card = parties.party_card(party_id)
    if card is None:
        raise NotFound
    return str(card.kind)


def _fitting(wanted: MemberClass, kind: str) -> None:
    if wanted.who != MemberClass.Who.ANY and wanted.who != kind:
        raise WrongKindOfMember(**{"class": wanted.name, "who": wanted.get_who_display()})


def _not_yet(party_id: int | None, joined: date | None = None) -> None:
    """Refuse a party that belongs, or belonged after the day it is to join."""
    if party_id is None:
        return
    last = Membership.objects.filter(party=party_id).order_by("-joined_date").first()
    if last is None:
        return
    name = parties.party_name(party_id)
    if last.left_date is None:
        raise AlreadyMember(name=name, number=last.number, date=last.joined_date.isoformat())
    if joined is not None and joined < last.left_date:
        raise StillMemberThen(name=name, date=last.left_date.isoformat())


def _undecided(application: Application) -> None:
    if application.state not in WAITING:
        raise ApplicationAlreadyDecided(
            reference=application.reference,
            state=application.get_state_display(),
            date=application.decided_date,
            decided_by=application.decided_by or "—",
        )

"""The decision on an application: admit or refuse; and members from before Dure."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.parties import commands as party_commands, queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import ApplicationRefused, MemberAdmitted, MemberEnrolled
from ..models import Application, ClassSpell, MemberClass, Membership, Series
from ..rules.texts import read_lines
from .admission import DateInFuture, _fitting, _kind_of, _not_yet, _undecided
from .ethics import carry_over_pledge

__all__ = [
    "DecisionUnnamed", "InterviewMissing", "NumberTaken", "ProcedureDecides", "ReasonMissing",
    "admit_member", "enrol_member", "refuse_application",
]  # fmt: skip


class InterviewMissing(Refusal):
    """The class asks for an interview before the decision."""

    text = _("“%(class)s” asks for an interview before the decision, and none is noted.")
    remedy = _("Note the interview first.")


class DecisionUnnamed(InvalidInput):
    """A decision is made by a body, on a day, in minutes that can be found."""

    text = _("Say who decided, such as “steering committee, 5th meeting, item 2”.")


class ReasonMissing(InvalidInput):
    """A refusal needs a reason: admission may not be refused without just cause."""

    text = _(
        "Give the reason. Admission may not be refused without just cause (Framework Act on Cooperatives, Art. 21), so the reason is kept with the decision."
    )


class ProcedureDecides(Refusal):
    """The application was made under a procedure, which says who decides."""

    text = _("Application %(reference)s is decided by its procedure “%(procedure)s”.")
    remedy = _("Record how the body voted, on the application's page.")


class NumberTaken(Refusal):
    """Another membership has this number."""

    text = _("Member number %(number)s is taken.")


@command
def admit_member(
    act: Act,
    *,
    application_id: int,
    decided_by: str,
    decided_date: date | None = None,
    joined_date: date | None = None,
    party_id: int | None = None,
    member_class: str = "",
    reason: str = "",
) -> Membership:
    """Decide an application with yes: the applicant is a member from `joined_date` on.

    `party_id`: the known party the applicant turned out to be; otherwise a new one is added.
    `member_class`: another class than the one applied for. Raises ApplicationAlreadyDecided,
    InterviewMissing, DecisionUnnamed, DateInFuture, AlreadyMember, WrongKindOfMember.
    """
    application: Application = Application.objects.hold(application_id)
    policies.can_admit_member(act, application).enforce()
    _undecided(application)
    _by_simple_decision(application)
    admitted_to = application.member_class
    if member_class:
        admitted_to = MemberClass.objects.filter(code=member_class).first() or _missing()
    decided_on = decided_date or act.today
    joined = joined_date or decided_on
    decided_by = _decided_well(act, decided_by, decided_on)
    reason = read_lines(reason, 4000, _("Reason"))
    if admitted_to.interview_required and application.state != Application.State.INTERVIEWED:
        raise InterviewMissing(**{"class": admitted_to.name})
    _fitting(admitted_to, application.kind)
    known = _known_party(application, party_id, admitted_to, joined)
    # ---
    application.decided_date, application.decided_by = decided_on, decided_by
    application.decision_reason = reason
    return _join(act, application, admitted_to, known, joined)


@command
def enrol_member(
    act: Act,
    *,
    party_id: int,
    member_class: str,
    joined_date: date,
    decided_by: str,
    number: int | None = None,
) -> Membership:
    """Take over a member that belonged before its network used Dure, or a founding member.

    `number`: the number it had; otherwise the next one. Raises AlreadyMember, WrongKindOfMember,
    DecisionUnnamed, NumberTaken.
    """
    wanted = MemberClass.objects.filter(code=member_class).first() or _missing()
    policies.can_enrol_member(act, party_id).enforce()
    party_id = parties.resolve(party_id)
    decided_by = _decided_well(act, decided_by, act.today)
    _fitting(wanted, _kind_of(party_id))
    _not_yet(party_id, joined_date)
    if number is not None and (number < 1 or Membership.objects.filter(number=number).exists()):
        raise NumberTaken(number=number)
    # ---
    membership = _open_membership(party_id, wanted, joined_date, decided_by, number)
    record(
        act,
        MemberEnrolled(
            membership.pk,
            party_id,
            membership.number,
            wanted.name,
            joined_date,
            membership.decided_by,
        ),
    )
    return membership


@command
def refuse_application(
    act: Act, *, application_id: int, decided_by: str, reason: str, decided_date: date | None = None
) -> Application:
    """Decide an application with no, and say why.

    Raises ApplicationAlreadyDecided, ReasonMissing, DecisionUnnamed, DateInFuture. Source: 협동조합
    기본법 제21조 (no refusal without just cause).
    """
    application: Application = Application.objects.hold(application_id)
    policies.can_refuse_application(act, application).enforce()
    _undecided(application)
    _by_simple_decision(application)
    decided_on = decided_date or act.today
    decided_by = _decided_well(act, decided_by, decided_on)
    reason = read_lines(reason, 4000, _("Reason"))
    if not reason:
        raise ReasonMissing
    # ---
    application.state = Application.State.REFUSED
    application.decided_date, application.decided_by = decided_on, decided_by
    application.decision_reason = reason
    application.save()
    record(
        act,
        ApplicationRefused(
            application.pk,
            application.reference,
            decided_on,
            application.decided_by,
            Personal(application.decision_reason, application.party_id, application.matter),
        ),
    )
    return application


def _by_simple_decision(application: Application) -> None:
    if application.procedure is not None:
        raise ProcedureDecides(
            reference=application.reference, procedure=application.procedure.read().title
        )


def _known_party(
    application: Application, party_id: int | None, wanted: MemberClass, joined: date
) -> int | None:
    """The party the applicant is already, fit to join on a day; None: a new one."""
    known = application.party_id or party_id
    if known is None:
        return None
    known = parties.resolve(known)
    _fitting(wanted, _kind_of(known))
    _not_yet(known, joined)
    return known


def _join(
    act: Act,
    application: Application,
    admitted_to: MemberClass,
    known: int | None,
    joined: date,
) -> Membership:
    """Make the applicant a member, by the decision that stands in the application."""
    party, contact = (known, None) if known else _new_party(act, application, joined)
    membership = _open_membership(party, admitted_to, joined, application.decided_by)
    application.state = Application.State.ADMITTED
    application.party_id, application.contact_id = party, contact
    application.membership = membership
    application.member_class = admitted_to
    application.save()
    carry_over_pledge(application, membership)
    record(
        act,
        MemberAdmitted(
            membership.pk,
            party,
            membership.number,
            admitted_to.name,
            joined,
            application.decided_by,
            application.pk,
            Personal(application.decision_reason, party, application.matter),
        ),
    )
    return membership


def _missing() -> MemberClass:
    raise NotFound


def _decided_well(act: Act, decided_by: str, decided_on: date) -> str:
    if decided_on > act.today:
        raise DateInFuture(date=decided_on.isoformat())
    named = clean_text(decided_by, 200, _("Decided by"))
    if not named:
        raise DecisionUnnamed
    return named


def _open_membership(
    party_id: int,
    member_class: MemberClass,
    joined: date,
    decided_by: str,
    number: int | None = None,
) -> Membership:
    Series.objects.get_or_create(name="membership")
    series = Series.objects.select_for_update().get(name="membership")
    given = number or series.last + 1
    if given > series.last:
        series.last = given
        series.save(update_fields=["last"])
    membership = Membership.objects.create(
        party_id=party_id, number=given, joined_date=joined, decided_by=decided_by
    )
    ClassSpell.objects.create(membership=membership, member_class=member_class, from_date=joined)
    return membership


def _new_party(act: Act, application: Application, joined: date) -> tuple[int, int | None]:
    """Add the applicant to the parties; and the person who applied for an organisation."""
    if application.kind == Application.Kind.PERSON:
        person = party_commands.add_person(
            act, name=application.name, email=application.email, phone=application.phone
        )
        _keep_consents(act, application, person.pk)
        return int(person.pk), None
    organisation = party_commands.add_organisation(
        act,
        name=application.name,
        email=application.email,
        phone=application.phone,
        business_number=application.registration_number,
    )
    contact: int | None = None
    if application.contact_name:
        person = party_commands.add_person(
            act, name=application.contact_name, email=application.email, phone=application.phone
        )
        party_commands.name_representative(
            act,
            organisation_id=organisation.pk,
            person_id=person.pk,
            from_date=joined,
            is_deputy=True,
        )
        _keep_consents(act, application, person.pk)
        contact = int(person.pk)
    return int(organisation.pk), contact


def _keep_consents(act: Act, application: Application, person_id: int) -> None:
    for consent in application.consents:
        party_commands.give_consent(act, person_id=person_id, text_id=consent["text"])

"""The decision of the competent body, counted; and what makes an approved applicant a member."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, Rulebook, RuleNotMet, enforce, keep
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, Refusal

from ... import policies, queries
from ...events import (
    ApplicationApproved,
    ApplicationLapsed,
    ApplicationRefused,
    DesignatedEntered,
)
from ...models import Application, Membership
from ...rules import procedures as rules
from ...rules.procedures import Ballot, StepKind
from ...rules.texts import read_lines
from ..admission import DateInFuture, _not_yet, _undecided
from ..decisions import DecisionUnnamed, ReasonMissing, _join, _known_party, _open_membership
from ..joining import fit_to_join, join_by_shares
from ..shares import subscribe_shares
from ..shares.holding import shares_for

__all__ = [
    "AdmissionStepsMissing", "BallotImpossible", "DecidedBeforeApplied", "NothingLapses",
    "PaymentPeriodMissing", "complete_admission", "decide_application", "enter_designated",
    "lapse_applications",
]  # fmt: skip

LAPSED_AT_ONCE = 500


class AdmissionStepsMissing(Refusal):
    """Before a yes, every step of the procedure is done."""

    text = _("Still missing: %(missing)s.")
    remedy = _("Note what is missing on the application's page; then record the decision.")
    checks = RuleNotMet.checks


class BallotImpossible(InvalidInput):
    """The votes add up to those present, and those present to no more than the seats."""

    text = _(
        "%(in_favour)d in favour, %(against)d against and %(abstaining)d abstaining do not make %(present)d present of %(seats)d seats."
    )


class DecidedBeforeApplied(Refusal):
    """A body decides on applications it has received."""

    text = _("The application came on %(applied)s; it cannot have been decided on %(decided)s.")


class PaymentPeriodMissing(Refusal):
    """An approval needs a day until which the shares are paid."""

    text = _("Nothing lays down until when the shares are to be paid.")
    remedy = _("Lay the rule down, or write the period into the procedure.")


class NothingLapses(Refusal):
    """No approval has waited too long."""

    text = _("No approved application is past its day of payment.")


@command
def decide_application(
    act: Act,
    *,
    application_id: int,
    seats: int,
    present: int,
    in_favour: int | None,
    minutes: str,
    against: int | None = 0,
    abstaining: int | None = 0,
    carried: bool | None = None,
    resolved: tuple[Finding, ...] = (),
    decided_date: date | None = None,
    reason: str = "",
    party_id: int | None = None,
    joined_date: date | None = None,
) -> Application:
    """Record how the body of the procedure voted; the count decides.

    With enough votes the applicant is a member (from `joined_date`, else from the decision), or,
    where shares are asked for, approved until they are paid. With too few it is refused, with the
    reason. A resolution says whether it `carried` and what was found of quorum and majority
    (`resolved`): it is not judged again here; of a secret vote among few nobody is told the count
    (`in_favour` None). `minutes`: where the decision is found. The rules are those of the day of the decision.
    Raises ApplicationAlreadyDecided, BallotImpossible, RuleNotMet (quorum), AdmissionStepsMissing,
    ReasonMissing, DecisionUnnamed, DateInFuture, DecidedBeforeApplied, PaymentPeriodMissing,
    AlreadyMember. Source of the reason: 협동조합 기본법 제21조.
    """
    application: Application = Application.objects.hold(application_id)
    policies.can_decide_application(act, application).enforce()
    _undecided(application)
    step = _decision_of(application)
    day = decided_date or act.today
    decided_by = _decided(act, application, step.body, minutes, day)
    ballot = Ballot(seats, present, in_favour, against, abstaining)
    settled = carried is not None and act.holds("resolution")
    if not ballot.adds_up or (in_favour is None and not settled):
        raise BallotImpossible(**{name: count or 0 for name, count in asdict(ballot).items()})
    reason = read_lines(reason, 4000, _("Reason"))
    book = bylaws.rules_on(day)
    judged = resolved if settled else rules.judged_ballot(step, ballot, book)
    if not settled:
        enforce(judged[:-1])
    passed = bool(carried) if settled else judged[-1].passed
    within = _within(application, step, book, day)
    findings = (*_steps(application, day, needed=passed), *judged, *within)
    if passed:
        known = _known_party(application, party_id, application.member_class, joined_date or day)
    elif not reason:
        raise ReasonMissing
    else:
        findings += book.check_all(("admission.refusal_needs_cause", True))
    # ---
    application.ballot = {
        name: count for name, count in asdict(ballot).items() if count is not None
    }
    application.findings = keep(findings)
    application.decided_date, application.decided_by = day, decided_by
    application.decision_reason = reason
    if passed:
        say_yes(act, application, known, joined_date or day)
    else:
        say_no(act, application)
    return application


def say_yes(act: Act, application: Application, known: int | None, joined: date) -> None:
    """After a yes: a member, or approved until the shares are paid."""
    procedure = _procedure(application)
    shares = procedure.first(StepKind.SHARES)
    owed = application.member_class.share_minimum_won
    day = application.decided_date
    assert day is not None
    if shares is None or not owed:
        _join(act, application, application.member_class, known, joined)
        return
    until = rules.last_day(shares.limit("within"), bylaws.rules_on(day), day)
    if until is None:
        raise PaymentPeriodMissing
    application.state, application.pay_until_date = Application.State.APPROVED, until
    application.party_id = known
    application.save()
    record(
        act,
        ApplicationApproved(
            application.pk, application.reference, day, application.decided_by, owed, until
        ),
    )


def say_no(act: Act, application: Application) -> None:
    """After a no: refused, with the reason."""
    assert application.decided_date is not None
    application.state = Application.State.REFUSED
    application.save()
    record(
        act,
        ApplicationRefused(
            application.pk,
            application.reference,
            application.decided_date,
            application.decided_by,
            Personal(application.decision_reason, application.party_id, application.matter),
        ),
    )


@command
def complete_admission(
    act: Act,
    *,
    application_id: int,
    amount_won: int,
    paid_date: date | None = None,
    fund: str = "general",
    receipt_id: int | None = None,
) -> Membership:
    """The shares of an approved applicant are paid: from that day on it is a member.

    Books the payment, see `subscribe_shares`. Raises NotApproved, ApprovalLapsed, PaidTooLittle,
    PaidBeforeApproved, DateInFuture, AlreadyMember, PartOfAShare and what subscribe_shares raises.
    """
    day = paid_date or act.today
    joining = fit_to_join(act, application_id, amount_won, day)
    shares = shares_for(amount_won, day)
    # ---
    membership = join_by_shares(act, joining)
    subscribe_shares(
        act,
        membership_id=membership.pk,
        shares=shares,
        subscribed_date=day,
        paid_date=day,
        fund=fund,
        receipt_id=receipt_id,
    )
    return membership


@command
def lapse_applications(act: Act) -> int:
    """Approvals that were not paid in time lapse; how many. Raises NothingLapses."""
    policies.can_lapse_applications(act).enforce()
    late = Application.objects.select_for_update(of=("self",)).filter(
        state=Application.State.APPROVED, pay_until_date__lt=act.today
    )
    rows = list(late.order_by("pay_until_date", "pk")[:LAPSED_AT_ONCE])
    if not rows:
        raise NothingLapses
    # ---
    for application in rows:
        assert application.pay_until_date is not None
        application.state = Application.State.LAPSED
        application.save(update_fields=["state"])
        record(
            act,
            ApplicationLapsed(application.pk, application.reference, application.pay_until_date),
        )
    return len(rows)


@command
def enter_designated(act: Act, *, organisation_id: int, designation: str) -> Membership:
    """A designation makes an organisation a member, where a procedure says so. Raises AlreadyMember."""
    policies.can_enter_designated(act).enforce()
    organisation_id = parties.resolve(organisation_id)
    wanted = queries.entered_by(designation, act.today)
    row = queries.procedure_on(wanted.pk, act.today) if wanted else None
    assert wanted is not None and row is not None, "no class is entered by this designation"
    held = queries.designated_since(organisation_id, designation, act.today)
    joined = max(held or act.today, row.from_date)
    _not_yet(organisation_id, joined)
    # ---
    membership = _open_membership(organisation_id, wanted, joined, str(row.read().sheet)[:200])
    record(
        act,
        DesignatedEntered(
            membership.pk, organisation_id, membership.number, wanted.name, joined, designation
        ),
    )
    return membership


def _procedure(application: Application) -> rules.Procedure:
    assert application.procedure is not None, application.reference
    return application.procedure.read()


def _decision_of(application: Application) -> rules.Step:
    if application.procedure is None:
        raise DecisionUnnamed
    step = _procedure(application).first(StepKind.DECISION)
    assert step is not None, application.reference
    return step


def _decided(act: Act, application: Application, body: str, minutes: str, day: date) -> str:
    """Who decided, in which minutes."""
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
    applied = queries.applied_on(application)
    if day < applied:
        raise DecidedBeforeApplied(applied=applied.isoformat(), decided=day.isoformat())
    named = clean_text(minutes, 200 - len(body) - 2, _("Minutes"))
    if not named:
        raise DecisionUnnamed
    return f"{body}, {named}"


def _within(
    application: Application, step: rules.Step, book: Rulebook, day: date
) -> tuple[Finding, ...]:
    """Whether the decision came in time; late is noted, not refused."""
    since = queries.applied_on(application)
    found = rules.judged_period(step.limit("within"), book, since, day)
    return (found,) if found else ()


def _steps(application: Application, day: date, *, needed: bool = True) -> tuple[Finding, ...]:
    """The findings of every step before the decision. Raises AdmissionStepsMissing, where a yes
    needs them all."""
    judged = queries.judged(application, day)
    findings = tuple(one.finding for one in judged if one.finding)
    if needed and not rules.ready(judged):
        raise AdmissionStepsMissing(
            missing=", ".join(name for one in judged if not one.done for name in one.missing),
            checked=keep(findings),
        )
    return findings

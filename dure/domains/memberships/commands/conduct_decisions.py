"""Decisions on a member's conduct and the appeals against them: what takes effect, and what is undone."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import Finding, enforce, keep
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import (
    ConductAppealDecided,
    ConductAppealed,
    ConductDecided,
    ConductDecisionVoided,
)
from ..models import ConductCase, ConductNote, Membership, ShareClaim
from ..queries.conduct import judge_decision
from ..rules.conduct import ASSEMBLIES, BODIES, Body, ConductKind, Outcome, SuspensionEndless
from ..rules.texts import read_lines
from .admission import DateInFuture
from .conduct import CaseReasonMissing, note_step, open_case, read_minutes
from .members import leave_membership

__all__ = [
    "AppealTooLate", "CountsImpossible", "MemberAgainAlready", "NotAppealed", "NothingToAppeal",
    "SameBodyAgain", "SuspensionEndless", "appeal_conduct_decision", "decide_conduct_appeal",
    "decide_conduct_case", "void_conduct_decision",
]  # fmt: skip

Step = ConductNote.Step


class CountsImpossible(InvalidInput):
    """More in favour than present, or more present than there are."""

    text = _("Of %(whole)d, %(present)d were present and %(in_favour)d in favour: that cannot be.")


class NothingToAppeal(Refusal):
    """Only a decision with effect can be appealed."""

    text = _("There is no decision with effect that could be appealed.")


class AppealTooLate(Refusal):
    """The time to appeal is over."""

    text = _("The decision could be appealed until %(until)s.")


class NotAppealed(Refusal):
    """Nobody appealed, or the appeal is decided."""

    text = _("No appeal waits for its decision.")


class SameBodyAgain(Refusal):
    """An appeal goes to another body, or to the general meeting."""

    text = _("%(body)s took the decision; another body decides on the appeal.")


class MemberAgainAlready(Refusal):
    """The party has become a member again meanwhile."""

    text = _("The member has joined again meanwhile (no. %(number)d).")
    remedy = _("End that membership first if the earlier one is to go on without a gap.")


@command
def decide_conduct_case(
    act: Act,
    *,
    case_id: int,
    body: str,
    outcome: str,
    decided_date: date,
    minutes: str,
    present: int = 0,
    in_favour: int | None = 0,
    seats: int = 0,
    until_date: date | None = None,
    resolved: tuple[Finding, ...] = (),
) -> ConductCase:
    """Note the decision of the competent body; upheld, it has effect from the day after.

    Of a general meeting the whole is the roll of the case; of another body its `seats`. A decision
    that the provisions do not carry (wrong body, no notice, no hearing, no majority) is refused
    with the article: it has no effect (협동조합 기본법 제25조③). What a resolution found of quorum and
    majority (`resolved`) is not counted again here; of a secret vote among few nobody is told the
    count (`in_favour` None). Raises RuleNotMet, CaseNotOpen, MinutesMissing, CountsImpossible,
    SuspensionEndless.
    """
    case = open_case(case_id)
    policies.can_decide_conduct_case(act, case).enforce()
    if body not in dict(BODIES) or outcome not in tuple(Outcome):
        raise NotFound
    if decided_date > act.today:
        raise DateInFuture(date=decided_date.isoformat())
    minutes = read_minutes(minutes)
    resolved = resolved if act.holds("resolution") else ()
    whole = len(case.roll) if body in ASSEMBLIES and not resolved else seats
    if body != Body.SECRETARIAT and not resolved:
        if in_favour is None or not 0 <= in_favour <= present <= whole:
            raise CountsImpossible(whole=whole, present=present, in_favour=in_favour or 0)
    kind = ConductKind(case.kind)
    upheld = outcome == Outcome.UPHELD
    judged = judge_decision(
        case,
        body=body,
        upheld=upheld,
        decided_date=decided_date,
        whole=whole,
        present=present,
        in_favour=in_favour,
        until_date=until_date,
        resolved=resolved,
    )
    if upheld:
        enforce(judged.findings)
    # ---
    case.state = ConductCase.State.UPHELD if upheld else ConductCase.State.DISMISSED
    case.decided_date, case.decided_by, case.minutes = decided_date, body, minutes
    case.findings = keep(judged.findings)
    if upheld and kind != ConductKind.REVIEW:  # a review has no effect of its own
        case.from_date, case.until_date = judged.from_date, judged.until_date
        case.appeal_until_date = judged.appeal_until_date
    case.save()
    note_step(
        act,
        case,
        Step.DECISION,
        decided_date,
        body=body,
        outcome=outcome,
        minutes=minutes,
        counts=(whole, present, in_favour),
    )
    member = case.membership
    record(
        act,
        ConductDecided(
            case.pk,
            member.party_id,
            member.number,
            case.kind,
            body,
            outcome,
            decided_date,
            minutes,
            case.from_date,
            case.until_date,
        ),
    )
    if upheld and kind == ConductKind.EXPULSION:
        leave_membership(
            act,
            membership_id=member.pk,
            left_date=judged.from_date,
            reason="expelled",
            decided_by=minutes,
        )
    return case


@command
def appeal_conduct_decision(act: Act, *, case_id: int, reason: str) -> ConductCase:
    """Appeal a decision with effect: the member itself, or the office on its word.

    Raises NothingToAppeal, AppealTooLate, CaseReasonMissing.
    """
    case: ConductCase = ConductCase.objects.select_related("membership").hold(case_id)
    policies.can_appeal_conduct_decision(act, case).enforce()
    reason = read_lines(reason, 4000, _("Reason"))
    if case.from_date is None or case.state != ConductCase.State.UPHELD or case.appealed_date:
        raise NothingToAppeal
    if case.appeal_until_date is not None and act.today > case.appeal_until_date:
        raise AppealTooLate(until=case.appeal_until_date.isoformat())
    if not reason:
        raise CaseReasonMissing
    # ---
    case.appealed_date = act.today
    case.save(update_fields=["appealed_date"])
    note_step(act, case, Step.APPEAL, act.today, text=reason)
    member = case.membership
    record(
        act,
        ConductAppealed(
            case.pk, member.party_id, member.number, act.today, Personal(reason, member.party_id)
        ),
    )
    return case


@command
def decide_conduct_appeal(
    act: Act, *, case_id: int, body: str, outcome: str, decided_date: date, minutes: str
) -> ConductCase:
    """Note what another body (or a general meeting) decided on an appeal.

    Upheld, the first decision is undone: an expelled member has been a member without a gap, dues of
    the months between are owed with the next billing, and a refund that was only asked for is not any
    more. What a general meeting resolved to pay back stays resolved.
    Raises NotAppealed, SameBodyAgain, MinutesMissing, MemberAgainAlready.
    """
    case: ConductCase = ConductCase.objects.select_related("membership").hold(case_id)
    policies.can_decide_conduct_appeal(act, case).enforce()
    if body not in dict(BODIES) or outcome not in tuple(Outcome):
        raise NotFound
    if case.appealed_date is None or case.appeal_decided_date is not None:
        raise NotAppealed
    if body == case.decided_by and body not in ASSEMBLIES:
        raise SameBodyAgain(body=dict(BODIES)[body])
    if decided_date > act.today or decided_date < case.appealed_date:
        raise DateInFuture(date=decided_date.isoformat())
    minutes = read_minutes(minutes)
    member: Membership = Membership.objects.hold(case.membership_id)
    undone = outcome == Outcome.UPHELD
    if undone:
        _not_again(case, member)
    # ---
    case.appeal_decided_date = decided_date
    if undone:
        case.state = ConductCase.State.REVERSED
    case.save(update_fields=["appeal_decided_date", "state"])
    note_step(
        act, case, Step.APPEAL_DECISION, decided_date, body=body, outcome=outcome, minutes=minutes
    )
    if undone:
        _as_if_never(case, member)
    record(
        act,
        ConductAppealDecided(
            case.pk, member.party_id, member.number, body, outcome, decided_date, minutes
        ),
    )
    return case


@command
def void_conduct_decision(act: Act, *, case_id: int, reason: str) -> ConductCase:
    """The resolution behind a decision is void: it never had effect, as after an appeal upheld.

    A case that was dismissed, or whose decision was undone already, stays as it is: NothingToAppeal.
    Raises MemberAgainAlready.
    """
    case: ConductCase = ConductCase.objects.select_related("membership").hold(case_id)
    policies.can_void_conduct_decision(act, case).enforce()
    if case.state != ConductCase.State.UPHELD:
        raise NothingToAppeal
    member: Membership = Membership.objects.hold(case.membership_id)
    _not_again(case, member)
    reason = read_lines(reason, 300, _("Reason"))
    # ---
    case.state = ConductCase.State.REVERSED
    case.save(update_fields=["state"])
    note_step(act, case, Step.VOIDED, act.today, text=reason)
    _as_if_never(case, member)
    record(act, ConductDecisionVoided(case.pk, member.party_id, member.number, act.today, reason))
    return case


def _not_again(case: ConductCase, member: Membership) -> None:
    """Who was expelled and has joined again has two memberships to be made one of by hand."""
    if case.kind != ConductKind.EXPULSION:
        return
    again = Membership.objects.filter(party=member.party_id, left_date=None).first()
    if again is not None:
        raise MemberAgainAlready(number=again.number)


def _as_if_never(case: ConductCase, member: Membership) -> None:
    """An expelled member has belonged without a gap; a refund only asked for is asked no more."""
    if case.kind != ConductKind.EXPULSION:
        return
    member.spells.filter(until_date=member.left_date).update(until_date=None)
    member.left_date, member.left_reason = None, ""
    member.save(update_fields=["left_date", "left_reason"])
    member.claims.filter(kind=ShareClaim.Kind.LEAVING, state=ShareClaim.State.ASKED).delete()

"""What is done about late dues besides reminding: a talk, an exemption, instalments, a review."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import (
    ArrearsReviewAsked,
    ArrearsTalked,
    InstalmentsAgreed,
    InstalmentsEnded,
    MemberExempted,
)
from ..models import ArrearsStep, DuesPlan, Exemption, InstalmentPlan, Membership
from ..queries import billing, ladder
from ..rules.arrears import missing_before
from ..rules.conduct import ConductKind
from ..rules.texts import read_lines
from .conduct import open_conduct_case

__all__ = [
    "ExemptionUnclear", "InstalmentsOver", "InstalmentsStand", "InstalmentsUnclear",
    "LadderStepsMissing", "NotLate", "NoteMissing", "ReviewTooEarly", "agree_instalments",
    "ask_for_review", "end_instalments", "exempt_member", "note_arrears_talk",
]  # fmt: skip


class NotLate(Refusal):
    """Nothing of the member's dues is late."""

    text = _("Nothing of the dues of member no. %(number)d is late.")


class NoteMissing(InvalidInput):
    """A step of the ladder needs a word about it."""

    text = _("Write a few words about it.")


class LadderStepsMissing(Refusal):
    """A review comes after the steps before it, and after the days the rules name."""

    text = _("Before a review come: %(steps)s.")
    remedy = _("Take these steps with the member first; none of them is a formality.")


class ReviewTooEarly(Refusal):
    """The rules name the days after which a review may be asked for."""

    text = _("A review may be asked for when dues are late by %(days)d days; here it is %(late)d.")


class ExemptionUnclear(InvalidInput):
    """An exemption has a beginning, an end after it, and a reason."""

    text = _("Give the months from and until which nothing is owed, and the reason.")


class InstalmentsUnclear(InvalidInput):
    """Instalments are above zero, and no more than what is late."""

    text = _("Give an amount a month from 1 won up to what is late, %(late)s.")


class InstalmentsStand(Refusal):
    """A member has one agreement on instalments at a time."""

    text = _("Instalments were agreed on %(date)s.")
    remedy = _("End that agreement first.")


class InstalmentsOver(Refusal):
    """The agreement has ended."""

    text = _("This agreement ended on %(date)s.")


@command
def note_arrears_talk(act: Act, *, membership_id: int, note: str) -> ArrearsStep:
    """Note a talk about late dues. Raises NotLate, NoteMissing."""
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_note_arrears_talk(act, membership).enforce()
    note = read_lines(note, 2000, _("What was said"))
    if not note:
        raise NoteMissing
    late_won, oldest = _late(act, membership)
    # ---
    step = _take(act, membership, ArrearsStep.Kind.TALK, late_won, oldest, note)
    told = Personal(note, membership.party_id)
    record(act, ArrearsTalked(membership.pk, membership.party_id, membership.number, told))
    return step


@command
def exempt_member(
    act: Act,
    *,
    membership_id: int,
    from_month: Month,
    until_month: Month,
    reason: str,
    kind: str = "",
    decided_by: str = "",
) -> Exemption:
    """A member owes nothing (of one sort of dues, or at all) from a month until a month, exclusive.

    What was charged before stays; it can be waived. Raises ExemptionUnclear.
    """
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_exempt_member(act, membership).enforce()
    reason = clean_text(reason, 300, _("Reason"))
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if not reason or until_month <= from_month or kind not in ("", *DuesPlan.Kind.values):
        raise ExemptionUnclear
    # ---
    exemption = Exemption.objects.create(
        membership=membership,
        kind=kind,
        from_date=from_month.first_date,
        until_date=until_month.first_date,
        reason=reason,
        decided_by=decided_by,
        noted_at=act.at,
    )
    late = billing.overdue_sums([membership.pk], act.today).get(membership.pk, 0)
    if late:
        oldest = _oldest(membership, act.today)
        _take(act, membership, ArrearsStep.Kind.RELIEF, late, oldest, reason)
    record(
        act,
        MemberExempted(
            membership.pk,
            membership.party_id,
            membership.number,
            kind,
            exemption.from_date,
            exemption.until_date,
            Personal(reason, membership.party_id),
        ),
    )
    return exemption


@command
def agree_instalments(
    act: Act, *, membership_id: int, monthly_won: int, first_date: date, note: str = ""
) -> InstalmentPlan:
    """A member pays what is late bit by bit; while it is kept no step of the ladder comes due.

    Raises NotLate, InstalmentsUnclear, InstalmentsStand.
    """
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_agree_instalments(act, membership).enforce()
    note = clean_text(note, 300, _("Note"))
    late_won, oldest = _late(act, membership)
    if not 0 < monthly_won <= late_won or first_date < act.today:
        raise InstalmentsUnclear(late=format_won(late_won))
    standing = ladder.open_instalments(membership.pk)
    if standing is not None:
        raise InstalmentsStand(date=standing.agreed_date.isoformat())
    # ---
    plan = InstalmentPlan.objects.create(
        membership=membership,
        total_won=late_won,
        monthly_won=monthly_won,
        first_date=first_date,
        agreed_date=act.today,
        note=note,
    )
    _take(act, membership, ArrearsStep.Kind.RELIEF, late_won, oldest, note)
    record(
        act,
        InstalmentsAgreed(
            membership.pk, membership.party_id, membership.number, late_won, monthly_won, first_date
        ),
    )
    return plan


@command
def end_instalments(act: Act, *, instalments_id: int) -> InstalmentPlan:
    """The agreement holds no longer. Raises InstalmentsOver."""
    plan: InstalmentPlan = InstalmentPlan.objects.select_related("membership").hold(instalments_id)
    policies.can_end_instalments(act, plan).enforce()
    if plan.ended_date is not None:
        raise InstalmentsOver(date=plan.ended_date.isoformat())
    # ---
    plan.ended_date = act.today
    plan.save(update_fields=["ended_date"])
    member = plan.membership
    record(act, InstalmentsEnded(member.pk, member.party_id, member.number))
    return plan


@command
def ask_for_review(act: Act, *, membership_id: int, note: str) -> ArrearsStep:
    """Put late dues before the body that is competent: a case of review opens, with what is late and
    what was done about it. The membership stays as it is.

    Raises NotLate, NoteMissing, LadderStepsMissing, ReviewTooEarly, CaseOpenAlready.
    """
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_ask_for_review(act, membership).enforce()
    note = read_lines(note, 2000, _("Note"))
    if not note:
        raise NoteMissing
    late_won, oldest = _late(act, membership)
    missing = missing_before("review", ladder.steps_since(membership.pk, oldest))
    if missing:
        raise LadderStepsMissing(steps=", ".join(ladder.step_label(step) for step in missing))
    days, late = ladder.ladder_days(act.today).get("review", 0), (act.today - oldest).days
    if late < days:
        raise ReviewTooEarly(days=days, late=late)
    # ---
    step = _take(act, membership, ArrearsStep.Kind.REVIEW, late_won, oldest, note)
    record(
        act,
        ArrearsReviewAsked(
            membership.pk,
            membership.party_id,
            membership.number,
            late_won,
            oldest,
            Personal(note, membership.party_id),
        ),
    )
    open_conduct_case(
        act,
        membership_id=membership.pk,
        kind=ConductKind.REVIEW,
        ground="duties_not_met",
        article=ladder.review_article(act.today),
        reason=ladder.review_reason(membership.pk, late_won, oldest, act.today, note),
    )
    return step


def _late(act: Act, membership: Membership) -> tuple[int, date]:
    won = billing.overdue_sums([membership.pk], act.today).get(membership.pk, 0)
    if not won:
        raise NotLate(number=membership.number)
    return won, _oldest(membership, act.today)


def _oldest(membership: Membership, on: date) -> date:
    return billing.oldest_due([membership.pk], on)[membership.pk]


def _take(
    act: Act, membership: Membership, kind: str, won: int, oldest: date, note: str
) -> ArrearsStep:
    return ArrearsStep.objects.create(
        membership=membership,
        kind=kind,
        taken_date=act.today,
        owed_won=won,
        oldest_date=oldest,
        note=note,
        taken_by_id=act.actor_id,
    )

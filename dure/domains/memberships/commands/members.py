"""A membership under way: its class changes, and it ends."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import NotFound, Refusal

from .. import policies
from ..events import MemberClassChanged, MembershipLeft
from ..models import Charge, ClassSpell, ConductCase, MemberClass, Membership
from ..queries import shares as held
from ..rules.conduct import ConductKind
from ..rules.texts import read_lines
from .admission import _fitting, _kind_of

__all__ = [
    "AlreadyLeft", "ExpulsionNeedsResolution", "LEAVING_REASONS", "LeavesBeforeJoining",
    "LeavesBeforeNotice", "NotAfterLastChange", "SameClass", "change_member_class",
    "leave_membership",
]  # fmt: skip

LEAVING_REASONS = {
    "resigned": _("resigned"),
    "ineligible": _("lost its eligibility"),
    "died": _("died"),
    "dissolved": _("was dissolved"),
    "expelled": _("expelled by resolution"),
    "other": _("other"),
}


class AlreadyLeft(Refusal):
    """The membership has ended."""

    text = _("Member no. %(number)s left on %(date)s.")


class SameClass(Refusal):
    """The membership is of that class already."""

    text = _("Member no. %(number)s is “%(class)s” already.")


class NotAfterLastChange(Refusal):
    """Changes follow each other in time."""

    text = _("The last change of class was on %(date)s; the next one must be later.")


class LeavesBeforeJoining(Refusal):
    """Nobody leaves before or on the day of joining."""

    text = _("Member no. %(number)s joined on %(date)s and can leave from the day after.")


class LeavesBeforeNotice(Refusal):
    """Notice is given some days ahead."""

    text = _(
        "Notice of leaving is given %(days)d days ahead (%(article)s): member no. %(number)s can leave from %(from)s on."
    )
    remedy = _("Type that day or a later one, or the day on which notice was given earlier.")


class ExpulsionNeedsResolution(Refusal):
    """A member is expelled by the decision of a conduct case, not by a note."""

    text = _(
        "A member is expelled only by a case: told the reason, heard, and decided by the body."
    )
    remedy = _("Open a case on the member's page; its decision ends the membership.")


@command
def change_member_class(
    act: Act, *, membership_id: int, member_class: str, from_date: date, reason: str = ""
) -> Membership:
    """The member is of another class from a day on; dues follow from the next month.

    Raises AlreadyLeft, SameClass, NotAfterLastChange, WrongKindOfMember.
    """
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_change_member_class(act, membership).enforce()
    wanted = MemberClass.objects.filter(code=member_class).first()
    if wanted is None:
        raise NotFound
    _still_open(membership)
    _fitting(wanted, _kind_of(membership.party_id))
    last = membership.spells.select_related("member_class").order_by("-from_date").first()
    assert last is not None, "a membership without class"
    if last.member_class_id == wanted.pk:
        raise SameClass(**{"number": membership.number, "class": wanted.name})
    if from_date <= last.from_date:
        raise NotAfterLastChange(date=last.from_date.isoformat())
    reason = clean_text(reason, 200, _("Reason"))
    # ---
    last.until_date = from_date
    last.save(update_fields=["until_date"])
    ClassSpell.objects.create(
        membership=membership, member_class=wanted, from_date=from_date, reason=reason
    )
    record(
        act,
        MemberClassChanged(
            membership.pk,
            membership.party_id,
            membership.number,
            last.member_class.name,
            wanted.name,
            from_date,
        ),
    )
    return membership


@command
def leave_membership(
    act: Act,
    *,
    membership_id: int,
    left_date: date,
    reason: str = "resigned",
    note: str = "",
    decided_by: str = "",
    notice_date: date | None = None,
) -> Membership:
    """End a membership: `left_date` is the first day without it.

    Whoever resigns gives notice as long ahead as the rules ask (제24조제1항), on `notice_date` (the
    day itself, without one). Open dues stay owed; paid-in shares may be claimed back from the next
    fiscal year on (제26조, 제89조). `reason`: a key of LEAVING_REASONS. Raises AlreadyLeft,
    LeavesBeforeJoining, LeavesBeforeNotice, ExpulsionNeedsResolution.
    """
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_leave_membership(act, membership).enforce()
    _still_open(membership)
    if reason not in LEAVING_REASONS:
        raise NotFound
    if left_date <= membership.joined_date:
        raise LeavesBeforeJoining(number=membership.number, date=membership.joined_date.isoformat())
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    if reason == "expelled":
        policies.can_change_member_class(act, membership).enforce()  # the office only
        if not _is_expelled(membership, left_date):
            raise ExpulsionNeedsResolution
    if reason == "resigned":
        _gave_notice(membership, min(notice_date or act.today, act.today), left_date)
    note = read_lines(note, 2000, _("Note"))
    open_dues = (
        Charge.objects.filter(membership=membership).aggregate(
            won=Sum(F("amount_won") - F("paid_won") - F("waived_won"))
        )["won"]
        or 0
    )
    shares = held.holding(membership.pk).won
    # ---
    membership.left_date, membership.left_reason = left_date, reason
    membership.save(update_fields=["left_date", "left_reason"])
    membership.spells.filter(from_date__gte=left_date).delete()
    membership.spells.filter(from_date__lt=left_date).exclude(until_date__lt=left_date).update(
        until_date=left_date
    )
    record(
        act,
        MembershipLeft(
            membership.pk,
            membership.party_id,
            membership.number,
            left_date,
            reason,
            decided_by,
            open_dues,
            shares,
            held.claim_days(left_date)[0],
            Personal(note, membership.party_id),
        ),
    )
    return membership


def _gave_notice(membership: Membership, given: date, left_date: date) -> None:
    book = bylaws.rules_on(given)
    days = book.number("withdrawal.notice_days") if "withdrawal.notice_days" in book else 0
    if days and (left_date - given).days < days:
        raise LeavesBeforeNotice(
            **{
                "number": membership.number,
                "days": days,
                "from": (given + timedelta(days=days)).isoformat(),
                "article": str(book.provision("withdrawal.notice_days").citation),
            }
        )


def _still_open(membership: Membership) -> None:
    if membership.left_date is not None:
        raise AlreadyLeft(number=membership.number, date=membership.left_date.isoformat())


def _is_expelled(membership: Membership, left_date: date) -> bool:
    return ConductCase.objects.filter(
        membership=membership,
        kind=ConductKind.EXPULSION,
        state=ConductCase.State.UPHELD,
        from_date=left_date,
    ).exists()

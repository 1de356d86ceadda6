"""A duplicate was merged, or a person erased: what this room keeps about them follows."""

from __future__ import annotations

from django.db.models import Min

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record

from .. import policies
from ..events import PersonFollowed, WithdrawalsEmptied
from ..models import BreachedPerson, HandedOver, Withdrawal

__all__ = ["empty_withdrawals", "follow_person"]


@command
def follow_person(act: Act, *, from_party_id: int, to_party_id: int) -> int:
    """Breaches, handovers and withdrawals of a duplicate are those of the one kept; how many rows.

    Where both stand in one list the duplicate's line goes; when the first of the two was told stays.
    """
    policies.can_follow_person(act).enforce()
    # ---
    told = BreachedPerson.objects.filter(person__in=(from_party_id, to_party_id))
    both = told.filter(person=from_party_id, breach__people__person=to_party_id).order_by("pk")
    for line in both:
        pair = told.filter(breach=line.breach_id)
        first = pair.aggregate(first=Min("told_at"))["first"]
        pair.filter(person=to_party_id).update(told_at=first)
        line.delete()
    HandedOver.objects.filter(
        person=from_party_id,
        handover__in=HandedOver.objects.filter(person=to_party_id).values("handover"),
    ).delete()
    moved = sum(
        model.objects.filter(person=from_party_id).update(person=to_party_id)
        for model in (BreachedPerson, HandedOver, Withdrawal)
    )
    record(act, PersonFollowed(to_party_id, from_party_id, moved + len(both)))
    return moved


@command
def empty_withdrawals(act: Act, *, party_id: int) -> int:
    """What was noted when an erased person's withdrawals were settled goes; that they were, stays."""
    policies.can_empty_withdrawals(act).enforce()
    # ---
    emptied = Withdrawal.objects.filter(person=party_id).exclude(note="").update(note="")
    record(act, WithdrawalsEmptied(party_id, emptied))
    return emptied

"""What other rooms ask about a member who wants something of the network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, Sum

from dure.kernel.refusals import NotFound

from ..models import Charge, ConductCase, Membership
from ..rules.conduct import ConductKind

__all__ = [
    "Belonging",
    "Borrower",
    "borrower",
    "ever_suspended",
    "member_organisations",
    "membership_named",
    "memberships_of_class",
    "spells_of",
]


@dataclass(frozen=True, slots=True)
class Borrower:
    """Whose membership it is, since when, and what is late of the dues."""

    membership_id: int
    party_id: int
    name: str
    is_person: bool
    number: int
    is_member: bool
    joined_date: date
    late_dues_won: int


@dataclass(frozen=True, slots=True)
class Belonging:
    """A time of belonging."""

    membership_id: int
    joined_date: date
    left_date: date | None


def membership_named(number: int, name: str) -> int:
    """A membership by its number, if the name is the member's: so nobody guesses who is one.

    Raises NotFound.
    """
    bare = "".join(name.split())
    for found in Membership.objects.select_related("party").filter(number=number):
        if "".join(found.party.name.split()) == bare:
            return int(found.pk)
    raise NotFound


def borrower(membership_id: int, on: date) -> Borrower:
    """A membership as it stands on a day. Raises NotFound."""
    found = Membership.objects.select_related("party").filter(pk=membership_id).first()
    if found is None:
        raise NotFound
    late = Charge.objects.filter(membership=found, due_date__lt=on).aggregate(
        won=Sum(F("amount_won") - F("paid_won") - F("waived_won"))
    )
    is_member = found.joined_date <= on and (found.left_date is None or found.left_date > on)
    return Borrower(
        found.pk, found.party_id, found.party.name,
        found.party.kind == "person", found.number, is_member, found.joined_date,
        int(late["won"] or 0),
    )  # fmt: skip


def member_organisations(on: date) -> dict[int, str]:
    """Party → name of the organisations that are members on a day, by name: members know each other."""
    rows = Membership.objects.filter(party__kind="organisation", joined_date__lte=on)
    rows = rows.filter(Q(left_date=None) | Q(left_date__gt=on), party__merged_into=None)
    return dict(rows.order_by("party__name", "party").values_list("party", "party__name"))


def memberships_of_class(code: str, before: date) -> dict[int, int]:
    """Party → membership of who belonged on the day before a day; of one class, or with "" of all."""
    rows = Membership.objects.filter(joined_date__lt=before)
    rows = rows.filter(Q(left_date=None) | Q(left_date__gte=before))
    if code:
        rows = rows.filter(
            Q(spells__until_date=None) | Q(spells__until_date__gte=before),
            spells__from_date__lt=before, spells__member_class__code=code,
        )  # fmt: skip
    return dict(rows.order_by("pk").values_list("party", "pk"))


def spells_of(party_ids: Collection[int]) -> dict[int, list[Belonging]]:
    """Party → its times of belonging, for those who look at many days at once."""
    rows = Membership.objects.filter(party__in=party_ids).order_by("pk")
    found: dict[int, list[Belonging]] = defaultdict(list)
    for pk, party, joined, left in rows.values_list("pk", "party", "joined_date", "left_date"):
        found[party].append(Belonging(pk, joined, left))
    return found


def ever_suspended(party_ids: Collection[int]) -> frozenset[int]:
    """Of these parties those of whom a suspension was ever decided: few."""
    rows = ConductCase.objects.filter(
        membership__party__in=party_ids, kind=ConductKind.SUSPENSION
    ).order_by()
    return frozenset(rows.values_list("membership__party_id", flat=True))

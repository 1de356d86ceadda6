"""The whole register of a day at once: four sets read, and put together in the order of numbers.

`share_register` asks for each row by itself, which is right for a page of fifty; for all of 100,000
members one reads the sums of every member in one go.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, Sum, Value
from django.db.models.functions import Coalesce

from dure.kernel.acts import Act

from ... import policies
from ...models import ClassSpell, MemberClass, Membership, ShareCertificate, ShareMovement
from .register import ADDRESS


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register; the names are those of `share_register`."""

    pk: int
    number: int
    name: str
    address: str
    class_name: str
    joined_date: date
    left_date: date | None
    shares_held: int
    paid_in_won: int
    certificate: int | None
    changed_date: date | None


def register_rows(act: Act, on: date, *, search: str = "") -> list[RegisterRow]:
    """Every line of the register of a day, by number: the same as `share_register`, in one go."""
    policies.can_see_shares(act).enforce()
    moved = ShareMovement.objects.filter(moved_date__lte=on)
    sums = {
        pk: (shares, won, last)
        for pk, shares, won, last in moved.order_by()
        .values_list("membership")
        .annotate(n=Sum("shares"), won=Sum("amount_won"), last=Max("moved_date"))
    }
    live = Q(ended_date=None) | Q(ended_date__gt=on)
    papers = ShareCertificate.objects.filter(live, issued_date__lte=on).order_by()
    certificates = dict(papers.values_list("membership").annotate(last=Max("number")))
    kinds = {one.pk: one for one in MemberClass.objects.all()}
    open_then = Q(until_date=None) | Q(until_date__gt=on)
    spells = dict(
        ClassSpell.objects.filter(open_then, from_date__lte=on)
        .order_by()
        .values_list("membership", "member_class")
    )
    members = Membership.objects.filter(joined_date__lte=on).order_by("number")
    text = search.strip().casefold()
    found = []
    addressed = members.annotate(address=Coalesce(*ADDRESS, Value("")))
    for pk, number, name, address, joined, left in addressed.values_list(
        "pk", "number", "party__name", "address", "joined_date", "left_date"
    ).iterator(chunk_size=10_000):
        shares, won, last = sums.get(pk, (0, 0, None))
        kind = kinds.get(spells.get(pk, 0))
        if left is not None and left <= on:
            if won <= 0:
                continue
        elif kind is None or not kind.holds_shares:
            continue
        if text and text not in name.casefold() and text != str(number):
            continue
        found.append(
            RegisterRow(
                pk,
                number,
                name,
                address,
                kind.name if kind else "",
                joined,
                left,
                shares,
                won,
                certificates.get(pk),
                last,
            )
        )
    return found

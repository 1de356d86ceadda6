"""Elections, read: who stands, which seats are to be filled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dure.kernel.acts import Act

from .. import policies
from ..models import Item, Option, Seat, Term
from ..rules.bodies import SeatKind
from .bodies import in_force


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One line of a ballot: who stands, or what may be chosen."""

    id: int
    number: int
    person_id: int | None
    name: str
    statement: str


def options_of(item: Item, *, also_withdrawn: bool = False) -> tuple[OptionLine, ...]:
    """Who stands, in the order of the ballot."""
    rows = Option.objects.filter(item=item).select_related("person__party").order_by("number")
    if not also_withdrawn:
        rows = rows.filter(withdrawn_at=None)
    return tuple(
        OptionLine(
            one.pk,
            one.number,
            one.person_id,
            one.person.party.name if one.person else one.text,
            one.statement,
        )
        for one in rows
    )


def options(act: Act, item_id: int) -> tuple[OptionLine, ...]:
    """Who stands for an item of an agenda, for those who belong."""
    policies.can_see_bodies(act).enforce()
    return options_of(Item(pk=item_id))


def vacant_seats(
    body_id: int, title: str, from_date: date, until_date: date | None
) -> tuple[int, ...]:
    """The elected seats of a body (of a title, if given) that nobody holds in that time."""
    overlaps = Q(until_date=None) | Q(until_date__gt=from_date)
    if until_date is not None:
        overlaps &= Q(from_date__lt=until_date)
    held = Term.objects.filter(overlaps).order_by().values("seat")
    rows = Seat.objects.filter(in_force(from_date), body=body_id, kind=SeatKind.ELECTED)
    rows = rows.filter(title=title) if title else rows
    found = rows.exclude(pk__in=held).order_by("-is_chair", "pk")
    return tuple(found.values_list("pk", flat=True))

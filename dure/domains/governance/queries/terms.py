"""Terms that run, and those that a decision began or ended."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from ..models import Body, Seat, Term
from ..rules.bodies import OF_OFFICERS, SeatKind

LIST_MAX = 500


def officer_terms(on: date) -> list[tuple[int, str]]:
    """The officers' terms that run on a day, to choose from."""
    running = Q(until_date=None) | Q(until_date__gt=on)
    rows = Term.objects.filter(
        running, from_date__lte=on, seat__kind=SeatKind.ELECTED, seat__body__kind__in=OF_OFFICERS
    ).select_related("person__party", "seat__body")
    return [
        (one.pk, f"{one.person.party.name} · {one.seat.body.name} {one.seat.title}".strip())
        for one in rows.order_by("seat", "pk")[:LIST_MAX]
    ]


def term_holder(term_id: int, on: date) -> int | None:
    """Who holds a term that runs on a day."""
    running = Q(until_date=None) | Q(until_date__gt=on)
    rows = Term.objects.filter(running, pk=term_id, from_date__lte=on)
    found: int | None = rows.values_list("person_id", flat=True).first()
    return found


def terms_begun_by(reference: str) -> tuple[tuple[int, date], ...]:
    """(term, its first day) of those that a resolution began and nobody ended."""
    rows = Term.objects.filter(decided_by=reference, ended_because="").order_by("pk")
    return tuple(rows.values_list("pk", "from_date"))


def body_made_by(reference: str) -> tuple[int, date] | None:
    """The body that a resolution made, and its first day."""
    return Body.objects.filter(decided_by=reference).values_list("pk", "from_date").first()


def holds_seats(party_id: int, on: date) -> bool:
    """Whether a party holds a term or a seat of its own, on a day or later."""
    later = Q(until_date=None) | Q(until_date__gt=on)
    terms, seats = Term.objects.filter(later), Seat.objects.filter(later)
    return terms.filter(person=party_id).exists() or seats.filter(organisation=party_id).exists()

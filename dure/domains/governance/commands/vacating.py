"""Who is a member no more gives up the seats that only members have."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record

from .. import policies
from ..events import SeatsVacated
from ..models import Seat, Term
from ..rules import seats as rules
from ..rules.bodies import BodyKind, EndReason, SeatKind
from .seats import end_seat, end_term

DAY = timedelta(days=1)


@command
def vacate_seats(act: Act, *, party_id: int, until_date: date) -> int:
    """End what a party holds only as a member, from the first day without membership; how many.

    A person's terms end in bodies whose rule asks for members, an organisation's own seats in every
    body of the network; among those of outsiders (public-private) and in a seat in turn people
    look: it waits on the desk.
    """
    policies.can_vacate_seats(act).enforce()
    later = Q(until_date=None) | Q(until_date__gt=until_date)
    book = bylaws.rules_on(until_date)
    terms = [
        one
        for one in Term.objects.filter(later, person=party_id).select_related("seat__body")
        if rules.is_for_members(book, one.seat.body.kind)
    ]
    there = Q(until_date=None) | Q(until_date__gt=max(until_date, act.today))
    seats = Seat.objects.filter(there, organisation=party_id, kind=SeatKind.BY_ORGANISATION)
    own = list(seats.exclude(body__kind=BodyKind.PUBLIC_PRIVATE))
    # ---
    for term in terms:
        end_term(
            act, term_id=term.pk, until_date=max(until_date, term.from_date + DAY),
            because=EndReason.NOT_MEMBER,
        )  # fmt: skip
    for seat in own:
        end_seat(
            act, seat_id=seat.pk, until_date=max(until_date, seat.from_date + DAY),
            because=EndReason.NOT_MEMBER,
        )  # fmt: skip
    count = len(terms) + len(own)
    record(act, SeatsVacated(party_id, until_date, count))
    return count

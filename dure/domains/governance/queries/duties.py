"""What waits about bodies: seats that are vacant, terms and turns that end, rules not met, special
committees whose purpose may be reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Q

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import failed
from dure.domains.memberships import queries as memberships
from dure.kernel.acts import SEOUL, Act, day_of
from dure.kernel.dates import after_months

from .. import policies
from ..models import Body, Meeting, Seat, Term
from ..rules.bodies import BodyKind, EndReason, SeatKind
from .bodies import LIST_MAX, Sitting, in_force, sittings
from .filling import composition

REMINDER, REVIEW = "officers.term_reminder_days", "bodies.review_months"


@dataclass(frozen=True, slots=True)
class BodyDuty:
    """One thing to do about a body. `what`: vacant · ending · turn · rule · reached · left ·
    suspended (whoever sits is a member no more, or for a time) · restored (again a member)."""

    what: str
    body_id: int
    body: str
    seat_id: int | None
    who: str  # the seat's title or holder, the next in turn, the rule, the condition of the end
    day: date | None  # vacant since, ends on
    days: int = 0


def body_duties(act: Act) -> list[BodyDuty]:
    """What the office has to do about bodies, in their order."""
    policies.can_fill_seat(act).enforce()
    book, today = bylaws.rules_on(act.today), act.today
    soon = today + timedelta(days=book.number(REMINDER)) if REMINDER in book else today
    found: list[BodyDuty] = []
    for body in Body.objects.filter(in_force(today)).order_by("pk")[:LIST_MAX]:
        sat = sittings(body, today)
        found += [duty for one in sat if (duty := _of_seat(body, one, today, soon))]
        found += _of_members(body, sat, today)
        found += [
            BodyDuty("rule", body.pk, body.name, None, one.sentence(), None)
            for one in failed(composition(body, today, sat))
        ]
    return [*found, *_restored(today), *_to_end(today)]


def _of_seat(body: Body, one: Sitting, today: date, soon: date) -> BodyDuty | None:
    title = one.title or one.kind_label
    if one.is_vacant and one.vacant_since is not None:
        days = (today - one.vacant_since).days
        return BodyDuty("vacant", body.pk, body.name, one.seat_id, title, one.vacant_since, days)
    if one.until_date is None or one.until_date > soon:
        return None
    if one.kind == SeatKind.IN_TURN:
        return BodyDuty("turn", body.pk, body.name, one.seat_id, one.next_name, one.until_date)
    return BodyDuty("ending", body.pk, body.name, one.seat_id, one.person, one.until_date)


def _of_members(body: Body, sat: tuple[Sitting, ...], today: date) -> list[BodyDuty]:
    """Who sits and is a member no more, or suspended, where no rule says what becomes of the seat."""
    held = {one.party_id for one in sat if one.party_id is not None}
    states = {
        "left": memberships.parties_that_left(held, today),
        "suspended": memberships.suspended_parties(held, today),
    }
    return [
        BodyDuty(what, body.pk, body.name, one.seat_id, one.name, None)
        for one in sat
        for what, parties in states.items()
        if one.party_id in parties
    ]


def _restored(today: date) -> list[BodyDuty]:
    """Seats that ended with a membership whose end has no effect any more, and are still empty."""
    found = []
    ended = Term.objects.filter(ended_because=EndReason.NOT_MEMBER, until_date__lte=today)
    for term in ended.select_related("seat__body", "person__party").order_by("pk"):
        since, seat = term.until_date, term.seat
        assert since is not None
        if seat.terms.filter(from_date__gte=since).exists() or not in_force_on(seat, today):
            continue
        if memberships.membership_of(term.person_id, since) is not None:
            name = term.person.party.name
            found.append(BodyDuty("restored", seat.body_id, seat.body.name, seat.pk, name, since))
    gone = Seat.objects.filter(ended_because=EndReason.NOT_MEMBER, until_date__lte=today)
    for seat in gone.select_related("body", "organisation__party").order_by("pk"):
        again = Seat.objects.filter(in_force(today), body=seat.body_id)
        since, holder = seat.until_date, seat.organisation
        assert since is not None and holder is not None
        if again.filter(organisation=holder).exists() or not in_force_on(seat.body, today):
            continue
        if memberships.membership_of(holder.pk, since) is not None:
            name = holder.party.name
            found.append(BodyDuty("restored", seat.body_id, seat.body.name, seat.pk, name, since))
    return found


def in_force_on(one: Body | Seat, day: date) -> bool:
    return one.from_date <= day and (one.until_date is None or one.until_date > day)


def _to_end(today: date) -> list[BodyDuty]:
    """Committees made for a purpose that nobody has looked at for so many months: whether it is
    reached. They have met neither, nor been called to meet."""
    book = bylaws.rules_on(today)
    if REVIEW not in book:
        return []
    rows = Body.objects.filter(in_force(today), Q(until_date=None)).exclude(ends_when="")
    kinds = rows.exclude(kind=BodyKind.GENERAL_MEETING)
    met = kinds.annotate(
        last=Max("meetings__starts_at", filter=~Q(meetings__state=Meeting.State.CANCELLED))
    )
    found = []
    for body in met.order_by("pk"):
        since = max(body.from_date, day_of(body.last) if body.last else date.min)
        if after_months(since, book.number(REVIEW)) <= today:
            found.append(
                BodyDuty("reached", body.pk, body.name, None, body.ends_when, since,
                         (today - since).days)
            )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class BodyFigures:
    """How a body meets: of how many voters how many came in the last year; when it meets next."""

    came: int
    voters: int
    meetings: int
    vacant: int
    next: Meeting | None

    @property
    def percent(self) -> int | None:
        """Of a hundred, rounded half up."""
        return (200 * self.came + self.voters) // (2 * self.voters) if self.voters else None


def body_figures(act: Act, body_id: int, sat: tuple[Sitting, ...]) -> BodyFigures:
    """The figures at the head of a body's page."""
    policies.can_see_bodies(act).enforce()
    rows = Meeting.objects.filter(body=body_id)
    since = datetime.combine(after_months(act.today, -12), time(), SEOUL)
    over = rows.filter(starts_at__gte=since, voters_count__gt=0).order_by("pk")
    counts = list(over.values_list("came_count", "voters_count"))
    ahead = rows.filter(state__in=("planned", "convened", "open")).order_by("starts_at", "pk")
    return BodyFigures(
        came=sum(came or 0 for came, _voters in counts),
        voters=sum(voters or 0 for _came, voters in counts),
        meetings=len(counts),
        vacant=sum(one.is_vacant for one in sat),
        next=ahead.first(),
    )
